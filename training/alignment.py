"""Which source piece each target piece translates, from counting alone.

Two pieces are translations when they meet in more sentence pairs than chance has it.  The shifted positive
pointwise mutual information of all pairs of pieces, cut to its strongest dimensions (Levy and Goldberg
2014), gives every piece a source vector and a target vector whose product is high for translations.  They
align sentences for guided alignment (Chen et al. 2016) and tell literal sentence pairs from free ones.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor

from training.batches import IGNORED, Batch, Encoded, collate, fill

_SHIFT = 0.5
_FEWEST_MEETINGS = 3
_DIAGONAL = 0.35
_SMALLEST_PRODUCT = 0.3


@dataclass(frozen=True)
class PieceVectors:
    """Unit vectors (pieces, dimensions) of every piece as a source and as a target, and how often each occurs."""

    source: Tensor
    target: Tensor
    source_counts: Tensor
    target_counts: Tensor

    def save(self, path: Path) -> None:
        """Write the vectors to ``path``."""
        torch.save(vars(self), path)

    @classmethod
    def load(cls, path: Path) -> PieceVectors:
        """Read what :meth:`save` wrote, at full or at small size."""
        read = torch.load(path, map_location="cpu", weights_only=True)
        for name in ("source", "target"):
            if read[name].dtype is torch.int8:
                read[name] = read[name].float() / 127
        return cls(**read)

    def save_small(self, path: Path) -> None:
        """Write the vectors in eight bits a number, in a quarter of the space."""
        small = {
            name: (127 * value).round().to(torch.int8) if value.ndim == 2 else value
            for name, value in vars(self).items()
        }
        torch.save(small, path)

    def reversed(self) -> PieceVectors:
        """Return the vectors of the other direction."""
        return PieceVectors(self.target, self.source, self.target_counts, self.source_counts)

    def to(self, device: torch.device) -> PieceVectors:
        """Return these vectors on ``device``."""
        return PieceVectors(**{name: value.to(device) for name, value in vars(self).items()})

    def products(self, source: Tensor, labels: Tensor) -> Tensor:
        """Return how well each target piece is explained by each source piece: (rows, targets, sources), -1 to 1."""
        targets = self.target[labels.clamp_min(0)]
        return targets @ self.source[source].mT

    def align(self, batch: Batch) -> Tensor:
        """Return the source position of each target piece (rows, targets), or -100 where none is plausible.

        A mild preference for the diagonal settles which of two equal words is meant.
        """
        products = self.products(batch.source, batch.labels)
        real = batch.mask.bool()
        taught = batch.labels != IGNORED
        lengths = real.sum(1, keepdim=True).to(products.dtype)
        targets = taught.sum(1, keepdim=True).to(products.dtype)
        across = torch.arange(batch.source.shape[1], device=products.device) / lengths
        down = torch.arange(batch.labels.shape[1], device=products.device) / targets
        distance = (down[:, :, None] - across[:, None, :]).abs()
        scores = (products - _DIAGONAL * distance).masked_fill(~real[:, None, :], -torch.inf)
        best = scores.argmax(2)
        strength = products.gather(2, best[:, :, None]).squeeze(2)
        return best.masked_fill(~taught | (strength < _SMALLEST_PRODUCT), IGNORED)


def learn_vectors(pairs: Sequence[Encoded], pieces: int, dimensions: int = 192, seed: int = 1) -> PieceVectors:
    """Return the vectors of a vocabulary of ``pieces``, learned from encoded (source, target) ``pairs``.

    A vocabulary of fewer pieces than ``dimensions`` gets vectors that are shorter.
    """
    import scipy.sparse
    import scipy.sparse.linalg

    sources = _presence([source for source, _ in pairs], pieces)
    targets = _presence([target for _, target in pairs], pieces)
    meetings = (sources.T @ targets).tocoo()
    frequent = meetings.data >= _FEWEST_MEETINGS
    row, column, count = meetings.row[frequent], meetings.col[frequent], meetings.data[frequent]
    in_source = np.asarray(sources.sum(0)).ravel()
    in_target = np.asarray(targets.sum(0)).ravel()
    information = np.log(count * float(len(pairs)) / (in_source[row] * in_target[column])) - _SHIFT
    kept = information > 0
    matrix = scipy.sparse.csr_matrix((information[kept], (row[kept], column[kept])), shape=(pieces, pieces))
    start = np.random.default_rng(seed).standard_normal(pieces)
    left, strengths, right = scipy.sparse.linalg.svds(
        matrix.astype(np.float64), k=min(dimensions, pieces - 1), v0=start
    )
    root = np.sqrt(strengths)
    return PieceVectors(
        source=_unit(left * root),
        target=_unit(right.T * root),
        source_counts=torch.tensor(in_source, dtype=torch.float32),
        target_counts=torch.tensor(in_target, dtype=torch.float32),
    )


def literalness(vectors: PieceVectors, pairs: Sequence[Encoded], budget: int = 20_000) -> list[float]:
    """Return for each pair how well its two sides explain each other, the mean of both directions, up to 1."""
    numbered = {id(pair): index for index, pair in enumerate(pairs)}
    scores = [0.0] * len(pairs)
    for group in fill(pairs, budget, random.Random(0)):
        batch = collate(group, padding=0)
        lengths = torch.tensor([[len(source), len(target)] for source, target in group])
        real_source = torch.arange(batch.source.shape[1])[None, :] < lengths[:, :1]
        real_target = batch.labels != IGNORED
        products = vectors.products(batch.source, batch.labels)
        products = products.masked_fill(~(real_target[:, :, None] & real_source[:, None, :]), -1.0)
        forward = (products.amax(2) * real_target).sum(1) / lengths[:, 1]
        backward = (products.amax(1) * real_source).sum(1) / lengths[:, 0]
        for pair, score in zip(group, ((forward + backward) / 2).tolist(), strict=True):
            scores[numbered[id(pair)]] = score
    return scores


def _presence(rows: Sequence[Sequence[int]], pieces: int) -> Any:
    """Return a sparse (rows, pieces) matrix that is one where a row holds a piece."""
    from scipy.sparse import csr_matrix

    unique = [np.unique(np.asarray(row, dtype=np.int32)) for row in rows]
    starts = np.concatenate([[0], np.cumsum([len(row) for row in unique])])
    indices = np.concatenate(unique)
    return csr_matrix((np.ones(len(indices), dtype=np.int32), indices, starts), shape=(len(rows), pieces))


def _unit(vectors: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> Tensor:
    scaled = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    return torch.tensor(scaled, dtype=torch.float32)
