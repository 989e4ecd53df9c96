"""Gradient-boosted regression trees on squared error (Friedman 2001), in a page of numpy.

Values are first put into bins; a tree grows level by level, each node splitting where the squared error falls most.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from passerelle.summarize.trees import Tree

Array = np.ndarray[Any, np.dtype[Any]]


@dataclass(frozen=True)
class Boosting:
    """How the trees are grown; ``least``: rows in a leaf at least; ``ridge``: added to a leaf's count."""

    trees: int = 300
    depth: int = 5
    rate: float = 0.05
    bins: int = 48
    least: int = 60
    ridge: float = 20.0


def fit(rows: Array, targets: Array, settings: Boosting) -> list[Tree]:
    """Return trees whose sum predicts ``targets`` (count) from ``rows`` (count, features); the first is a constant."""
    edges = [_edges(rows[:, column], settings.bins) for column in range(rows.shape[1])]
    binned = [np.searchsorted(edge, rows[:, column]) for column, edge in enumerate(edges)]
    start = float(targets.mean())
    trees = [Tree((-1,), (start,), (0,), (0,))]
    residual = targets - start
    for _ in range(settings.trees):
        tree, predicted = _grow(binned, edges, residual, settings)
        trees.append(tree)
        residual = residual - predicted
    return trees


def saved(trees: list[Tree], digits: int) -> list[list[object]]:
    """Return trees as lists, to be kept as JSON."""
    return [[tree.feature, [round(value, digits) for value in tree.threshold], tree.left, tree.right] for tree in trees]


def _edges(values: Array, bins: int) -> Array:
    """Return thresholds between bins of roughly equal counts."""
    return np.unique(np.quantile(values, np.linspace(0, 1, bins + 1)[1:-1]))


def _grow(binned: list[Array], edges: list[Array], residual: Array, settings: Boosting) -> tuple[Tree, Array]:
    """Return a tree fitted to ``residual``, already multiplied by the rate, and its prediction for every row."""
    feature, threshold, left, right = [-1], [0.0], [0], [0]
    node = np.zeros(len(residual), dtype=np.int64)
    level = [0]
    for _ in range(settings.depth):
        places = {number: place for place, number in enumerate(level)}
        local = np.full(len(feature), -1)
        for number, place in places.items():
            local[number] = place
        here = local[node]
        if not level:
            break
        splits = _splits(binned, edges, residual, here, settings)
        following = []
        for number, place in places.items():
            gain, column, position = splits[place]
            if gain <= 0:
                continue
            feature[number], threshold[number] = column, float(edges[column][position])
            left[number], right[number] = len(feature), len(feature) + 1
            for branch in (left, right):
                following.append(branch[number])
            feature += [-1, -1]
            threshold += [0.0, 0.0]
            left += [0, 0]
            right += [0, 0]
            mine = here == place
            node[mine] = np.where(binned[column][mine] <= position, left[number], right[number])
        level = following
    sums = np.bincount(node, weights=residual, minlength=len(feature))
    counts = np.bincount(node, minlength=len(feature))
    values = settings.rate * sums / (counts + settings.ridge)
    for number in range(len(feature)):
        if feature[number] < 0:
            threshold[number] = float(values[number])
    return Tree(tuple(feature), tuple(threshold), tuple(left), tuple(right)), values[node]


def _splits(
    binned: list[Array], edges: list[Array], residual: Array, here: Array, settings: Boosting
) -> list[tuple[float, int, int]]:
    """Return for each node its best split: the gain, the column, and the last bin that goes left.

    ``here``: each row's node, or -1 where it is in a leaf.
    """
    active, nodes = here >= 0, int(here.max()) + 1
    best = [(0.0, -1, -1)] * nodes
    weights, place = residual[active], here[active]
    for column, edge in enumerate(edges):
        if not len(edge):
            continue
        width = len(edge) + 1
        cell = place * width + binned[column][active]
        sums = np.bincount(cell, weights=weights, minlength=nodes * width).reshape(nodes, width).cumsum(1)
        counts = np.bincount(cell, minlength=nodes * width).reshape(nodes, width).cumsum(1)
        total, size = sums[:, -1:], counts[:, -1:]
        lower, count = sums[:, :-1], counts[:, :-1]
        gains = lower**2 / (count + settings.ridge) + (total - lower) ** 2 / (size - count + settings.ridge)
        gains -= total**2 / (size + settings.ridge)
        gains[(count < settings.least) | (size - count < settings.least)] = 0.0
        for number in range(nodes):
            position = int(gains[number].argmax())
            if gains[number, position] > best[number][0]:
                best[number] = (float(gains[number, position]), column, position)
    return best
