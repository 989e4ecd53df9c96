"""Whether a text opens with its news, as most reports do, and what its first sentences gain by that.

Learnt without any summary: from articles as they stand against the same articles with their first three sentences
moved to the end (``training/summary/opening.py``), from what the sentences say and not from where they stand.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from passerelle.summarize.features import NAMES
from passerelle.summarize.trees import Tree

LEAD = (0.25, 0.225, 0.05)
LEAST = 4
_LEARNT = Path(__file__).with_name("opening.json")
_UNLIKELY, _LIKELY = 0.3, 0.6
_OF_PLACE = frozenset(
    {"order", "place", "remaining", "sentences", "with_first", "after", "before", "novelty", "names_new"}
)
_COLUMNS = tuple(column for column, name in enumerate(NAMES) if name not in _OF_PLACE)


@dataclass(frozen=True)
class Opening:
    """Judges openings; ``trees`` add up to how likely a text is to open with its news, about 0 to 1."""

    trees: tuple[Tree, ...]

    @classmethod
    def load(cls) -> Opening:
        """Return the judge that comes with the package."""
        return cls(tuple(Tree(*map(tuple, tree)) for tree in json.loads(_LEARNT.read_text("utf-8"))["trees"]))

    def gains(self, rows: Sequence[Sequence[float]]) -> tuple[float, ...]:
        """Return what each of the first sentences gains, given the features of all sentences of the text's beginning.

        Empty for a text too short to tell.  Certainty counts: nothing below ``_UNLIKELY``, all above ``_LIKELY``.
        """
        if len(rows) < LEAST:
            return ()
        row = described(rows)
        likely = sum(tree(row) for tree in self.trees)
        sure = min(1.0, max(0.0, (likely - _UNLIKELY) / (_LIKELY - _UNLIKELY)))
        return tuple(sure * gain for gain in LEAD)


def described(rows: Sequence[Sequence[float]]) -> list[float]:
    """Return what tells an opening: the first sentence, and how the first, second and last differ from the average."""
    first, second, last = rows[0], rows[1], rows[-1]
    usual = {column: sum(row[column] for row in rows) / len(rows) for column in _COLUMNS}
    told = [first[column] for column in _COLUMNS]
    for sentence in (first, second, last):
        told += [sentence[column] - usual[column] for column in _COLUMNS]
    return told
