"""Draw the log of a run: what training lowered, and what the dev set made of it."""

from __future__ import annotations

import json
from pathlib import Path


def read_log(path: Path) -> list[dict[str, float]]:
    """Return the lines of a training log, oldest first."""
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def plot(log: Path, picture: Path) -> None:
    """Write a picture of ``log`` (cross-entropy above, BLEU and chrF below, over target pieces seen) to ``picture``."""
    import matplotlib as mpl

    mpl.use("agg")
    from matplotlib import pyplot

    lines = read_log(log)
    figure, (upper, lower) = pyplot.subplots(2, 1, sharex=True, figsize=(8, 7), layout="constrained")
    for axis, name, label in (
        (upper, "cross_entropy", "training"),
        (upper, "dev_cross_entropy", "flores-dev, 250 lines"),
        (lower, "dev_bleu", "BLEU, greedy, 100 lines"),
        (lower, "dev_chrf", "chrF, greedy, 100 lines"),
    ):
        points = [(line["tokens"] / 1e6, line[name]) for line in lines if name in line]
        if points:
            axis.plot(*zip(*points, strict=True), label=label, marker="o" if name.startswith("dev") else None)
            axis.legend()
    upper.set_ylabel("nats per target piece")
    lower.set_xlabel("million target pieces seen")
    figure.savefig(picture, dpi=120)
    pyplot.close(figure)
