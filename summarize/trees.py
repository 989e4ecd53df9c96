"""A regression tree, small enough to be evaluated in Python; grown by ``training/summary/boosting.py``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Tree:
    """A regression tree in arrays: node i tests ``row[feature[i]] <= threshold[i]``, and goes left or right.

    ``feature`` is -1 at a leaf, whose value is ``threshold``.
    """

    feature: tuple[int, ...]
    threshold: tuple[float, ...]
    left: tuple[int, ...]
    right: tuple[int, ...]

    def __call__(self, row: Sequence[float]) -> float:
        """Return the value of the leaf that ``row`` falls into."""
        node = 0
        while (feature := self.feature[node]) >= 0:
            node = self.left[node] if row[feature] <= self.threshold[node] else self.right[node]
        return self.threshold[node]
