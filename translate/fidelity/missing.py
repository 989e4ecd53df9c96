"""What the source says and the English does not: a lost end, or a lost part in the middle.

A good translation has odd words without a counterpart too, on both sides.  So several small signs are weighed
against each other: how much at the end has none, how much of the English is unexplained instead, and how short
the English is.  The weights come from ``training.missing``.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from translate.fidelity.coverage import Coverage, Item
from translate.fidelity.words import Word
from translate.translation import Flag, Span

TAIL_WEIGHTS: Mapping[str, float] = {
    "uncovered end": 0.843,
    "weakly covered end": 0.207,
    "uncovered suffix": 0.682,
    "share of the suffix": 0.251,
    "uncovered gap": 0.019,
    "unexplained after it": -0.227,
    "uncovered less unexplained": 0.224,
    "shorter in characters": 5.656,
    "shorter in words": 3.557,
    "commas lost": 0.538,
    "cannot end so": 2.064,
    "length": 0.490,
    "always": -6.627,
}
PART_WEIGHTS: Mapping[str, float] = {
    "uncovered end": 0.105,
    "weakly covered end": -0.051,
    "uncovered suffix": -0.610,
    "share of the suffix": 0.821,
    "uncovered gap": 1.133,
    "unexplained after it": -0.055,
    "uncovered less unexplained": 0.247,
    "shorter in characters": 5.679,
    "shorter in words": 3.337,
    "commas lost": 0.624,
    "cannot end so": -0.192,
    "length": 0.858,
    "always": -6.539,
}
# Set so that 18 and 5 in a thousand good translations are suspected.
TAIL_LIMIT, PART_LIMIT = 0.709, 3.812

WEAK = 0.25
_PENALTY = 1.5
_SMALL_PENALTY = 0.7
_CANNOT_END = frozenset(
    """
    a about after an and are as at be because been before between but by can could during for from had has have he her
    his i if in into is it's its may my no not of on or our over she should than that the their there these they this
    those through to under very was we were when which who will with without would your
    """.split()
)


def check_missing(french: str, english: str, ours: list[Word], theirs: list[Word], found: Coverage) -> Iterator[Flag]:
    """Yield a flag where the end of ``french``, or a part of it, seems to be missing from ``english``."""
    if not found.items or not theirs:
        return
    seen = signs(french, english, ours, theirs, found)
    if weigh(seen, TAIL_WEIGHTS) > TAIL_LIMIT:
        start = _last_covered(found.items) + 1
        if start >= len(found.items):
            start = len(found.items) - 1
        span = (found.items[start].span[0], found.items[-1].span[1])
        yield Flag("missing tail", f"“{_short(french, span)}” seems to be missing at the end", "error", (span,))
    elif weigh(seen, PART_WEIGHTS) > PART_LIMIT:
        first, last = _largest_gap(found.items)
        span = (found.items[first].span[0], found.items[last].span[1])
        yield Flag("missing part", f"“{_short(french, span)}” seems to be missing", "doubt", (span,))


def signs(french: str, english: str, ours: list[Word], theirs: list[Word], found: Coverage) -> dict[str, float]:
    """Return what speaks for a loss, by name; see the code for each."""
    items = found.items
    weight = sum(item.weight for item in items) or 1.0
    end, place = _suffix(items, _SMALL_PENALTY)
    strict_end, _ = _suffix(items, _PENALTY)
    anchor = max((item.target[1] for item in items[:place] if item.target), default=0)
    first, last = _largest_gap(items)
    return {
        "uncovered end": _loss(items[_last_covered(items) + 1 :]),
        "weakly covered end": _loss(_without_weak(items)[_last_covered(_without_weak(items)) + 1 :]),
        "uncovered suffix": strict_end,
        "share of the suffix": end / weight,
        "uncovered gap": _loss(items[first : last + 1]),
        "unexplained after it": float(sum(span[0] >= anchor for span in found.unexplained)),
        "uncovered less unexplained": _loss(items) - len(found.unexplained),
        "shorter in characters": math.log((len(french) + 4) / (len(english) + 4)),
        "shorter in words": math.log((len(ours) + 1) / (len(theirs) + 1)),
        "commas lost": float(min(2, max(0, french.count(",") - english.count(",")))),
        "cannot end so": float(theirs[-1].text.lower() in _CANNOT_END),
        "length": math.log(weight),
        "always": 1.0,
    }


def _without_weak(items: Sequence[Item]) -> list[Item]:
    return [replace(item, target=None) if item.strength < WEAK else item for item in items]


def _small(words: Sequence[Word], small: frozenset[str]) -> int:
    return sum(word.text.lower() in small for word in words)


def weigh(seen: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """Return the weighted sum of the signs."""
    return sum(weights.get(name, 0.0) * value for name, value in seen.items())


def _loss(items: Sequence[Item]) -> float:
    return sum(item.weight for item in items if item.target is None)


def _suffix(items: Sequence[Item], penalty: float) -> tuple[float, int]:
    """The suffix with most weight without counterpart, less ``penalty`` times what has one: its sum and start."""
    best, place, total = 0.0, len(items), 0.0
    for index in range(len(items) - 1, -1, -1):
        item = items[index]
        total += item.weight if item.target is None else -penalty * item.weight
        if total > best:
            best, place = total, index
    return best, place


def _last_covered(items: Sequence[Item]) -> int:
    return max((index for index, item in enumerate(items) if item.target), default=-1)


def _largest_gap(items: Sequence[Item]) -> Span:
    """The first and last place of the run with most weight without counterpart, less what has one."""
    best, span = 0.0, (0, 0)
    total, start = 0.0, 0
    for index, item in enumerate(items):
        if total <= 0:
            total, start = 0.0, index
        total += item.weight if item.target is None else -_PENALTY * item.weight
        if total > best:
            best, span = total, (start, index)
    return span


def _short(text: str, span: Span) -> str:
    part = re.sub(r"\s+", " ", text[span[0] : span[1]])
    return part if len(part) <= 48 else f"{part[:24].rstrip()} … {part[-20:].lstrip()}"
