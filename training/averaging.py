"""Averages of weights, which undo the noise of the last steps and the forgetting of a second run.

The mean of several points of one run is better than the last (Polyak and Juditsky 1992), and the mean of a
checkpoint and what became of it is often better than both (Wortsman et al. 2022).  Which one, is measured.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import torch
from torch import Tensor

Weights = Mapping[str, Tensor]


def mean(weights: Sequence[Weights], shares: Sequence[float] | None = None) -> Weights:
    """Return the mean of ``weights``, each counted by its share (equal ones by default), in float32."""
    shares = shares or [1.0] * len(weights)
    total = sum(shares)
    return {
        name: sum(
            (share / total * one[name].float() for share, one in zip(shares, weights, strict=True)), torch.zeros(())
        )
        for name in weights[0]
    }


def candidates(snapshots: Sequence[Weights], start: Weights | None) -> dict[str, Weights]:
    """Return the last of ``snapshots``, their means over the last few, and mixtures of those with ``start``."""
    found: dict[str, Weights] = {"the last state": snapshots[-1]}
    for count in (2, 4, 8):
        if count <= len(snapshots):
            found[f"the mean of the last {count} states"] = mean(snapshots[-count:])
    if start is not None:
        for name, weights in list(found.items()):
            for share in (0.15, 0.25, 0.35):
                found[f"{name}, with {share:.0%} of the start"] = mean([weights, start], [1 - share, share])
    return found


def best(model: Any, found: Mapping[str, Weights], measure: Callable[[Any], float]) -> str:
    """Load the one of ``found`` with the lowest ``measure`` into ``model`` and return its name; print all."""
    model.eval()
    measured = {}
    for name, weights in found.items():
        model.load_state_dict(weights)
        with torch.inference_mode():
            measured[name] = measure(model)
        print(f"{measured[name]:.4f} {name}", flush=True)
    chosen = min(measured, key=measured.__getitem__)
    model.load_state_dict(found[chosen])
    return chosen
