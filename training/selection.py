"""How much a sentence reads like the text that the tool is for, after Moore and Lewis 2010.

A model of the wanted text and one of the whole corpus each say how likely a sentence is; the difference, per
piece, tells which sentences to learn first when there is no time for all.  Counting single pieces is enough
to tell news from procedure.
"""

from __future__ import annotations

import json
import lzma
from collections.abc import Sequence
from pathlib import Path

import numpy as np

_LARGEST_RATIO = 3.0


def read_wanted(path: Path) -> list[str]:
    """Return the documents of a ``.jsonl.xz`` file with one ``{"document": ...}`` a line."""
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line)["document"] for line in lines]


def likeness(wanted: Sequence[Sequence[int]], corpus: Sequence[Sequence[int]], pieces: int) -> list[float]:
    """Return for each encoded text of ``corpus`` the mean log ratio of its pieces: above 0, more like ``wanted``."""
    ratio = np.clip(_log_shares(wanted, pieces) - _log_shares(corpus, pieces), -_LARGEST_RATIO, _LARGEST_RATIO)
    return [float(ratio[np.asarray(row)].mean()) for row in corpus]


def _log_shares(rows: Sequence[Sequence[int]], pieces: int) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    """Return the log of the share that each piece has in ``rows``, one added to every count."""
    flat = np.fromiter((piece for row in rows for piece in row), dtype=np.int64)
    counts = np.bincount(flat, minlength=pieces) + 1.0
    shares: np.ndarray[tuple[int, ...], np.dtype[np.float64]] = np.log(counts / counts.sum())
    return shares
