"""The small signs that something of the source is missing from the English, each a number with a name."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace

from passerelle.translate.flags import Span
from passerelle.translate.lexicon.words import Word
from passerelle.translate.quality.coverage import Coverage, Item

_WEAK = 0.25
_PENALTY = 1.5
_SMALL_PENALTY = 0.7
# How many characters of French say what one of English says.
_FRENCH_LENGTH = 1.15
# What an unexplained English word may stand for, in French words; and how far around a jump it may stand.
_EXPLAINS, _AROUND = 0.7, 25
_CANNOT_END = frozenset(
    """
    a about after all also although among an and another any are as at be because been before between but by can could
    during each either especially even every few for from had has have he her his i if in including into is it it's
    its less like many may might more most much must my neither no nor not of on only or other our over per several
    she should since some sometimes such than that the their there these they this those though through to toward
    towards under until upon very via was we were when where which while who whose will with within without would your
    """.split()
)


def signs(french: str, english: str, ours: Sequence[Word], theirs: Sequence[Word], found: Coverage) -> dict[str, float]:
    """Return what speaks for a loss, by name; see the code for each."""
    items = found.items
    weight = sum(item.weight for item in items) or 1.0
    end, place = _suffix(items, _SMALL_PENALTY)
    strict_end, _ = _suffix(items, _PENALTY)
    anchor = max((item.target[1] for item in items[:place] if item.target), default=0)
    first, last = largest_gap(items)
    shorter = math.log((len(french) + 4) / (len(english) + 4))
    last_third = _share([item for item in items if item.span[0] >= len(french) * 2 / 3])
    gaps = list(_gaps(french, english, found))
    return {
        "uncovered end": _loss(items[last_covered(items) + 1 :]),
        "weakly covered end": _loss(_without_weak(items)[last_covered(_without_weak(items)) + 1 :]),
        "uncovered suffix": strict_end,
        "share of the suffix": end / weight,
        "uncovered gap": _loss(items[first : last + 1]),
        "gap less what stands there": max((lost for lost, _ in gaps), default=0.0),
        "gap shorter in characters": math.log1p(max((short for _, short in gaps), default=0.0) / 10),
        "uncovered": _share(items),
        "uncovered in the last third": last_third,
        "the same of a shorter one": shorter * last_third,
        "last words in the second half": _arrived(items[-4:], len(english) / 2),
        "unexplained after it": float(sum(span[0] >= anchor for span in found.unexplained)),
        "unexplained at the end": float(sum(span[0] >= 0.6 * len(english) for span in found.unexplained)),
        "unexplained": len(found.unexplained) / max(found.english, 1),
        "uncovered less unexplained": _loss(items) - len(found.unexplained),
        "shorter in characters": shorter,
        "shorter in words": math.log((len(ours) + 1) / (len(theirs) + 1)),
        "commas lost": float(min(2, max(0, french.count(",") - english.count(",")))),
        "cannot end so": float(theirs[-1].text.lower() in _CANNOT_END),
        "length": math.log(weight),
        "always": 1.0,
    }


def last_covered(items: Sequence[Item]) -> int:
    """The place of the last item that has a counterpart, -1 where none has."""
    return max((index for index, item in enumerate(items) if item.target), default=-1)


def largest_gap(items: Sequence[Item]) -> Span:
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


def _gaps(french: str, english: str, found: Coverage) -> Iterator[tuple[float, float]]:
    """Yield for each run of items without counterpart what is lost there, less what the English has in its place.

    First in items, then in characters, 0 where the runs are short or where the English goes another way round.
    """
    items = found.items
    sure = [(place, item.span, item.target) for place, item in enumerate(items) if item.strength >= _WEAK]
    known = [(place, span, target) for place, span, target in sure if target is not None]
    start, end = (-1, (0, 0), (0, 0)), (len(items), (len(french),) * 2, (len(english),) * 2)
    for (place, here, there), (next_place, next_here, next_there) in zip([start, *known], [*known, end], strict=True):
        lost = _loss(items[place + 1 : next_place])
        if lost <= 0:
            continue
        if next_there[0] >= there[1]:
            said = sum(there[1] <= span[0] < next_there[0] for span in found.unexplained)
            short = next_here[0] - here[1] - _FRENCH_LENGTH * (next_there[0] - there[1])
        else:
            said = sum(
                there[1] <= span[0] < there[1] + _AROUND or next_there[0] - _AROUND <= span[0] < next_there[0]
                for span in found.unexplained
            )
            short = 0.0
        yield lost - _EXPLAINS * said, max(short, 0.0) if lost >= 1 else 0.0


def _arrived(items: Sequence[Item], middle: float) -> float:
    """The share of ``items`` whose counterpart stands behind the ``middle`` of the English."""
    return sum(item.target is not None and item.target[0] >= middle for item in items) / max(len(items), 1)


def _without_weak(items: Sequence[Item]) -> list[Item]:
    return [replace(item, target=None) if item.strength < _WEAK else item for item in items]


def _loss(items: Sequence[Item]) -> float:
    return sum(item.weight for item in items if item.target is None)


def _share(items: Sequence[Item]) -> float:
    return _loss(items) / (sum(item.weight for item in items) or 1.0)


def _suffix(items: Sequence[Item], penalty: float) -> tuple[float, int]:
    """The suffix with most weight without counterpart, less ``penalty`` times what has one: its sum and start."""
    best, place, total = 0.0, len(items), 0.0
    for index in range(len(items) - 1, -1, -1):
        item = items[index]
        total += item.weight if item.target is None else -penalty * item.weight
        if total > best:
            best, place = total, index
    return best, place
