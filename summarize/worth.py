"""What a cut is worth: how much better a summary is likely to be with the shorter sentence.

A sum of small regression trees over what is dropped and what is kept, learnt from articles and their highlights by
``training/summary/cuts.py`` and kept in ``cuts.json``.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from pathlib import Path

from passerelle.summarize.cuts import Cut
from passerelle.summarize.features import TIME, Background
from passerelle.summarize.joins import RELATIVES, SUBORDINATORS
from passerelle.summarize.trees import Tree
from passerelle.summarize.words import content, names, numbers, words

NAMES = (
    "words",
    "dropped",
    "share",
    "content_dropped",
    "salience_dropped",
    "salience_kept",
    "salience_peak",
    "rarity_dropped",
    "frequency_dropped",
    "frequency_kept",
    "frequency_peak",
    "fresh",
    "names",
    "numbers",
    "time",
    "from_the_end",
    "from_the_start",
    "marked",
    "relative",
    "subordinate",
    "conjunction",
    "quoted",
    "others",
)
_LEARNT = Path(__file__).with_name("cuts.json")


@dataclass(frozen=True)
class Setting:
    """Where a sentence stands.

    ``counts``: how often each stem occurs in the text.  ``others``: the stems of the other sentences of the summary.
    """

    counts: Mapping[str, int]
    others: AbstractSet[str]


class Worth:
    """Says what cuts are worth, in points of ROUGE-1 and ROUGE-2 together."""

    def __init__(self, trees: Sequence[Tree], background: Background) -> None:
        self.trees = tuple(trees)
        self.background = background

    @classmethod
    def load(cls, background: Background) -> Worth:
        """Return what comes with the package."""
        saved = json.loads(_LEARNT.read_text("utf-8"))
        return cls([Tree(*map(tuple, tree)) for tree in saved["trees"]], background)

    def __call__(self, cut: Cut, sentence: str, setting: Setting) -> float:
        """Return what is gained where ``cut`` stands for ``sentence``."""
        row = features(cut, sentence, setting, self.background)
        return sum(tree(row) for tree in self.trees)


def features(cut: Cut, sentence: str, setting: Setting, background: Background) -> list[float]:
    """Return one number for each of ``NAMES``."""
    whole, gone = words(sentence), words(cut.dropped)
    kept_stems = content(cut.text)
    kept = set(kept_stems)
    dropped = list((Counter(content(sentence)) - Counter(kept_stems)).elements())
    first = gone[0] if gone else ""
    size = len(gone) or 1
    salience = sorted((background.salience.get(stem, 0.0) for stem in dropped), reverse=True)
    often = [setting.counts.get(stem, 0) for stem in dropped]
    return [
        float(len(whole)),
        float(size),
        size / len(whole),
        len(dropped) / size,
        _mean(salience),
        _mean([background.salience.get(stem, 0.0) for stem in kept_stems]),
        max(salience, default=0.0),
        _mean([background.rarity.get(stem, background.rarest) for stem in dropped]),
        _mean(often),
        _mean([setting.counts.get(stem, 0) for stem in kept_stems]),
        float(max(often, default=0)),
        sum(stem not in setting.others and stem not in kept for stem in dropped) / size,
        len(names(cut.dropped)) / size,
        float(len(numbers(cut.dropped))),
        float(any(word in TIME for word in gone)),
        float(cut.place == "end"),
        float(cut.place == "start"),
        float(cut.dropped.lstrip()[:1] in (",", ";", ":", "-", "–", "—")),
        float(first in RELATIVES),
        float(first in SUBORDINATORS),
        float(first in ("and", "or")),
        float('"' in cut.dropped or "“" in cut.dropped),
        float(len(setting.others)),
    ]


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0
