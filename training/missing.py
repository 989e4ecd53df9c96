"""The weights of ``passerelle.translate.quality.omission``: ``python -m training.missing CORPUS``.

CORPUS holds dev/NAME.fr and dev/NAME.en.  Logistic regression tells references from references whose end, or a
clause, was dropped by ``fixtures.errors``.  Limits are set by the share of references that may be flagged.  A dozen
numbers are fitted, on half of the sentences; what they find in the other half is printed.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import scipy.optimize
from numpy.typing import NDArray

from benchmarks.trust import Pair, inject, read
from fixtures import errors
from passerelle.translate.lexicon.words import words
from passerelle.translate.quality.coverage import cover
from passerelle.translate.quality.signs import signs

Floats = NDArray[np.float64]
ALARMS = {"tail": 0.0172, "part": 0.008}


def measured(pairs: Sequence[Pair]) -> tuple[list[str], Floats]:
    """Return the names of the signs, and one row of them for each pair that has any."""
    rows = []
    for french, english in pairs:
        ours, theirs = words(french), words(english)
        found = cover(french, english)
        if found.items and theirs:
            rows.append(signs(french, english, ours, theirs, found))
    return list(rows[0]), np.array([list(row.values()) for row in rows])


def fit(good: Floats, bad: Floats) -> Floats:
    """Return the weights that tell ``bad`` from ``good``."""
    rows = np.concatenate([good, bad])
    labels = np.concatenate([-np.ones(len(good)), np.ones(len(bad))])
    spread = rows.std(0)
    spread[spread == 0] = 1.0
    scaled = rows / spread

    def loss(weights: Floats) -> tuple[float, Floats]:
        margins = labels * (scaled @ weights)
        gradient = -scaled.T @ (labels / (1 + np.exp(np.clip(margins, -50, 50)))) + weights
        return float(np.logaddexp(0, -margins).sum() + 0.5 * weights @ weights), gradient

    solution = scipy.optimize.minimize(loss, np.zeros(rows.shape[1]), jac=True, method="L-BFGS-B")
    found: Floats = solution.x / spread
    return found


def main() -> None:
    """Print the weights and the limits."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("corpus", type=Path)
    options = parser.parse_args()
    pairs = [pair for each in read(options.corpus).values() for pair in each]
    halves = pairs[::2], pairs[1::2]
    for name, maker in (("tail", errors.tail), ("part", errors.clause)):
        names, good = measured(halves[0])
        _, bad = measured(inject(halves[0], maker, 3000))
        weights = fit(good, bad)
        limit = float(np.quantile(good @ weights, 1 - ALARMS[name]))
        other, wrong = (measured(each)[1] @ weights for each in (halves[1], inject(halves[1], maker, 3000)))
        print(f"{name.upper()}_WEIGHTS = {{")
        for key, weight in zip(names, weights.tolist(), strict=True):
            print(f'    "{key}": {weight:.3f},')
        print(f"}}\n{name.upper()}_LIMIT = {limit:.3f}")
        print(f"# other half: recall {(wrong > limit).mean():.3f}, false alarms {(other > limit).mean():.4f}\n")


if __name__ == "__main__":
    main()
