"""What the source says and the English does not: a lost end, or a lost part in the middle.

A good translation has odd words without a counterpart too, on both sides.  So several small signs are weighed
against each other: how much at the end has none, how much of the English is unexplained instead, and how short
the English is.  The weights come from ``training.missing``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from passerelle.translate.flags import Flag, Kind, Message, Reason, Span
from passerelle.translate.lexicon.words import Word
from passerelle.translate.quality.coverage import Coverage
from passerelle.translate.quality.signs import largest_gap, last_covered, signs

TAIL_WEIGHTS: Mapping[str, float] = {
    "uncovered end": 0.506,
    "weakly covered end": 0.089,
    "uncovered suffix": 0.520,
    "share of the suffix": -0.806,
    "uncovered gap": 0.054,
    "gap less what stands there": 0.143,
    "gap shorter in characters": 0.813,
    "uncovered": 0.821,
    "uncovered in the last third": 2.350,
    "the same of a shorter one": -1.203,
    "last words in the second half": -1.636,
    "unexplained after it": -0.116,
    "unexplained at the end": -0.510,
    "unexplained": -1.800,
    "uncovered less unexplained": -0.083,
    "shorter in characters": 4.734,
    "shorter in words": 3.485,
    "commas lost": 0.469,
    "cannot end so": 1.675,
    "length": 0.615,
    "always": -6.192,
}
PART_WEIGHTS: Mapping[str, float] = {
    "uncovered end": 0.146,
    "weakly covered end": -0.105,
    "uncovered suffix": -0.147,
    "share of the suffix": -0.378,
    "uncovered gap": 0.635,
    "gap less what stands there": 0.056,
    "gap shorter in characters": 1.167,
    "uncovered": 3.289,
    "uncovered in the last third": 0.128,
    "the same of a shorter one": -3.159,
    "last words in the second half": 0.478,
    "unexplained after it": -0.062,
    "unexplained at the end": -0.003,
    "unexplained": -1.064,
    "uncovered less unexplained": 0.191,
    "shorter in characters": 4.296,
    "shorter in words": 3.513,
    "commas lost": 0.618,
    "cannot end so": 0.095,
    "length": 0.665,
    "always": -6.698,
}
# Set so that 18 and 8 in a thousand good translations are suspected.
TAIL_LIMIT, PART_LIMIT = 0.764, 2.991


def check_omission(
    french: str, english: str, ours: Sequence[Word], theirs: Sequence[Word], found: Coverage
) -> Iterator[Flag]:
    """Yield a flag where the end of ``french``, or a part of it, seems to be missing from ``english``."""
    if not found.items or not theirs:
        return
    seen = signs(french, english, ours, theirs, found)
    if weigh(seen, TAIL_WEIGHTS) > TAIL_LIMIT:
        start = last_covered(found.items) + 1
        if start >= len(found.items):
            start = len(found.items) - 1
        span = (found.items[start].span[0], found.items[-1].span[1])
        yield Flag(Kind.MISSING_TAIL, Message.of(Reason.END_MISSING, _short(french, span)), "error", (span,))
    elif weigh(seen, PART_WEIGHTS) > PART_LIMIT:
        first, last = largest_gap(found.items)
        span = (found.items[first].span[0], found.items[last].span[1])
        yield Flag(Kind.MISSING_PART, Message.of(Reason.MISSING, _short(french, span)), "doubt", (span,))


def weigh(seen: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """Return the weighted sum of the signs."""
    return sum(weights.get(name, 0.0) * value for name, value in seen.items())


def _short(text: str, span: Span) -> str:
    part = re.sub(r"\s+", " ", text[span[0] : span[1]])
    return part if len(part) <= 48 else f"{part[:24].rstrip()} … {part[-20:].lstrip()}"
