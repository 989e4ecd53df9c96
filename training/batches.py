"""Endless, resumable batches: pairs are drawn, encoded, sorted by length and filled to a token budget.

The stream is cut into chunks.  Chunk ``k`` is a pure function of the seed and ``k``, so a run that was
killed goes on from a :class:`Position` and meets the batches that it would have met.
"""

from __future__ import annotations

import itertools
import queue
import random
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeVar

import torch
from torch import Tensor

Encoded = tuple[list[int], list[int]]
Item = TypeVar("Item")
IGNORED = -100


class Position(NamedTuple):
    """Where a stream stands: the chunk, and the batch within it that comes next."""

    chunk: int = 0
    batch: int = 0


@dataclass(frozen=True)
class Batch:
    """Piece numbers (rows, longest row); the mask is one where ``source`` is real, ``labels`` are -100 elsewhere."""

    source: Tensor
    mask: Tensor
    labels: Tensor

    @property
    def target_tokens(self) -> int:
        """How many target pieces this batch teaches, end marks included."""
        return int((self.labels != IGNORED).sum())

    def to(self, device: torch.device) -> Batch:
        """Return this batch on ``device``."""
        return Batch(*(part.to(device, non_blocking=True) for part in (self.source, self.mask, self.labels)))


def collate(rows: Sequence[Encoded], padding: int, multiple: int = 1) -> Batch:
    """Return the encoded ``rows`` of (source, target) as one batch, padded to a ``multiple`` of so many pieces."""
    longest_source, longest_target = (-(-max(len(row[side]) for row in rows) // multiple) * multiple for side in (0, 1))
    source = torch.tensor([left + [padding] * (longest_source - len(left)) for left, _ in rows])
    labels = torch.tensor([right + [IGNORED] * (longest_target - len(right)) for _, right in rows])
    return Batch(source, (source != padding).long(), labels)


def fill(rows: Sequence[Encoded], budget: int, rng: random.Random) -> list[list[Encoded]]:
    """Return ``rows`` in groups of similar length, in random order.

    A group's rows times its longest side, padding included, stay within ``budget``, unless one row alone is longer.
    """
    ordered = sorted(rows, key=lambda row: (max(len(row[0]), len(row[1])), len(row[0]), rng.random()))
    groups: list[list[Encoded]] = []
    for row in ordered:
        longest = max(len(row[0]), len(row[1]))
        if groups and longest * (len(groups[-1]) + 1) <= budget:
            groups[-1].append(row)
        else:
            groups.append([row])
    rng.shuffle(groups)
    return groups


@dataclass(frozen=True)
class BatchStream:
    """Batches of at most ``budget`` padded pieces a side, made from ``chunk(rng, number)``, for ever.

    ``ahead`` batches are made in advance, in a thread of their own, while the model is busy with earlier ones.
    Rows are padded to a ``multiple`` of so many pieces.
    """

    chunk: Callable[[random.Random, int], Sequence[Encoded]]
    budget: int
    padding: int
    seed: int = 1
    ahead: int = 0
    multiple: int = 1

    def start(self, position: Position) -> Iterator[tuple[Batch, Position]]:
        """Yield batches from ``position`` on, each with the position of the one after it."""
        return prefetch(self._make(position), self.ahead) if self.ahead else self._make(position)

    def batches(self, number: int) -> list[Batch]:
        """Return the batches of chunk ``number``, the same ones at every call."""
        rng = random.Random(f"{self.seed}/{number}")
        groups = fill(self.chunk(rng, number), self.budget, rng)
        return [collate(group, self.padding, self.multiple) for group in groups]

    def _make(self, position: Position) -> Iterator[tuple[Batch, Position]]:
        return numbered((self.batches(number) for number in itertools.count(position.chunk)), position)


def numbered(chunks: Iterable[Sequence[Batch]], position: Position) -> Iterator[tuple[Batch, Position]]:
    """Yield the batches of ``chunks`` from ``position``, which is in the first, on, each with the place of the next."""
    number, skipped = position
    for batches in chunks:
        for index in range(skipped, len(batches)):
            last = index + 1 == len(batches)
            yield batches[index], Position(number + 1, 0) if last else Position(number, index + 1)
        number, skipped = number + 1, 0


def prefetch(items: Iterator[Item], ahead: int) -> Iterator[Item]:
    """Yield ``items``, of which a thread keeps up to ``ahead`` ready; its exceptions are raised here."""
    ready: queue.Queue[tuple[Item | None, BaseException | None]] = queue.Queue(ahead)

    def work() -> None:
        try:
            for item in items:
                ready.put((item, None))
        except BaseException as error:
            ready.put((None, error))
        else:
            ready.put((None, None))

    threading.Thread(target=work, daemon=True).start()
    while True:
        item, error = ready.get()
        if error is not None:
            raise error
        if item is None:
            return
        yield item
