"""The numerals of a sentence beside those of its English: which of them have no counterpart."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from passerelle.translate.numbers.numeral import Numeral
from passerelle.translate.numbers.parse import english_numerals, french_numerals

_MOST_NUMERALS = 400
_WORD = re.compile(r"[^\W\d_]+")


def lone_numerals(french: str, english: str) -> tuple[list[Numeral], list[Numeral]]:
    """Return the numerals of ``french`` that ``english`` lacks, and those that it has from nowhere."""
    expected, found = french_numerals(french)[:_MOST_NUMERALS], english_numerals(english)[:_MOST_NUMERALS]
    missing, changed = _without_counterpart(expected, found)
    invented, into = _without_counterpart([each for each in found if not _is_quoted(each, french)], expected)
    # "Two" alone may go, or come; where two became three, it did not just go.
    if (missing or changed) and (invented or into):
        missing, invented = missing or changed, invented or into
    if missing or invented:
        return missing, invented
    return _beyond(expected, found), _beyond(found, expected)


def _beyond(ours: Sequence[Numeral], theirs: Sequence[Numeral]) -> list[Numeral]:
    """The numerals in digits that ``ours`` has several times, and ``theirs`` fewer times."""
    digits = Counter(each.text for each in ours if each.text[0].isdigit())
    beyond: list[Numeral] = []
    for text, count in digits.items():
        if count > 1:
            alike = [each for each in ours if each.text == text]
            there = sum(not each.readings.isdisjoint(alike[0].readings) for each in theirs)
            beyond += alike[max(there, 1) :]
    return beyond


def _without_counterpart(ours: Sequence[Numeral], theirs: Sequence[Numeral]) -> tuple[list[Numeral], list[Numeral]]:
    """The numerals that need a counterpart and have none, and the others that have none."""
    known = {reading for each in theirs for reading in each.readings}
    bare = {each.bare: each.scale for each in theirs}
    our_scales = {each.scale for each in ours}
    their_scales = {each.scale for each in theirs}

    def is_known(numeral: Numeral) -> bool:
        if numeral.readings & known or (numeral.parts and all(part in known for part in numeral.parts)):
            return True
        # 2 or 3 million: the scale is said once for both.
        scale = bare.get(numeral.bare)
        if scale is None or scale == numeral.scale:
            return False
        return (scale == 1 and numeral.scale in their_scales) or (numeral.scale == 1 and scale in our_scales)

    lone = [each for each in ours if each.counted and not is_known(each)]
    return [each for each in lone if each.sure], [each for each in lone if not each.sure]


def _is_quoted(numeral: Numeral, french: str) -> bool:
    """Whether an English number in words stands in the French as it is, as in *Ocean's Eleven*."""
    return not numeral.text[0].isdigit() and numeral.text.lower() in _WORD.findall(french.lower())
