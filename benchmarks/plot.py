"""Draws the tables of SPEED.md: words per processor second of each system, on the text of each table.

python -m benchmarks.plot [benchmarks/SPEED.md] [docs/speed.svg]
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]


def read(markdown: str) -> dict[str, dict[str, float]]:
    """Return words per processor second by text and system."""
    found: dict[str, dict[str, float]] = {}
    for line in markdown.splitlines():
        if line.startswith("### "):
            rates = found[line[4:]] = {}
        elif cells := re.fullmatch(r"\| (.+?) \| (\d+) \| (\d+) \|.*", line):
            rates[cells[1].replace("*", "")] = float(cells[3])
    return found


def main() -> None:
    """Draw."""
    import matplotlib as mpl

    mpl.use("svg")
    from matplotlib import pyplot

    source = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "benchmarks" / "SPEED.md"
    target = Path(sys.argv[2]) if len(sys.argv) > 2 else ROOT / "docs" / "speed.svg"
    tables = read(source.read_text(encoding="utf-8"))
    heights = [len(rates) + 1 for rates in tables.values()]
    figure, axes = pyplot.subplots(
        len(tables), 1, figsize=(9, 0.35 * sum(heights)), height_ratios=heights, squeeze=False, layout="constrained"
    )
    for (text, rates), (axis,) in zip(tables.items(), axes, strict=True):
        names = list(rates)[::-1]
        colours = ["#2a6f97" if name.startswith("Passerelle") else "#b0b7bd" for name in names]
        bars = axis.barh(names, [rates[name] for name in names], color=colours)
        axis.bar_label(bars, fmt="%.0f", padding=3)
        axis.set_title(f"{text}: words per processor second", loc="left", fontsize=10)
        axis.spines[["top", "right"]].set_visible(False)
        axis.margins(x=0.1)
    target.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(target, metadata={"Date": None})


if __name__ == "__main__":
    main()
