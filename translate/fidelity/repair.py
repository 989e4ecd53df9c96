"""Numbers that a translation got wrong, put right from the source where there is no doubt which one is meant."""

from __future__ import annotations

import re

from translate.fidelity.numbers import lone_numerals
from translate.fidelity.numeral import Numeral

_GROUP_MARK = re.compile(r"(?<=\d)[ \u00a0\u202f\u2009.'’](?=\d{3}(?!\d))")
_HALF_DAY = re.compile(r"\s?[ap]\.?\s?m\b", re.IGNORECASE)
_MOST = 3
# Three decimals might be thousands.
_DECIMAL_COMMA = re.compile(r"(?<![\d.,])(?:\d{1,3}(?:[ \u00a0\u202f]\d{3})+|\d+),(?:\d{1,2}|\d{4,})(?![\d,])")


def with_decimal_points(french: str, english: str) -> str:
    """Return ``english`` with the numbers that it copied from ``french`` with a decimal comma written as in English."""
    for number in set(_DECIMAL_COMMA.findall(french)):
        whole, _, decimals = number.partition(",")
        written = f"{_GROUP_MARK.sub(',', whole)}.{decimals}"
        english = re.sub(rf"(?<![\d.,]){re.escape(number)}(?![\d,]*\d)", written, english)
    return english


def repair_numbers(french: str, english: str) -> str | None:
    """Return ``english`` with its wrong numbers replaced by those of ``french``; None where that is not certain.

    Certain means: as many numbers in digits are missing as came from nowhere, three at most, they pair off in order
    and by scale, and afterwards nothing is missing or from nowhere any more.
    """
    missing, invented = lone_numerals(french, english)
    if not missing or len(missing) != len(invented) or len(missing) > _MOST:
        return None
    repaired = english
    for ours, theirs in reversed(list(zip(missing, invented, strict=True))):
        if not (ours.text[0].isdigit() and theirs.text[0].isdigit()) or ours.scale != theirs.scale:
            return None
        rest = repaired[theirs.span[1] :]
        number = english_form(ours)
        if ":" in number and _HALF_DAY.match(rest):
            hour, _, minute = number.partition(":")
            number = f"{int(hour) % 12 or 12}:{minute}"
        repaired = repaired[: theirs.span[0]] + number + rest
    return repaired if lone_numerals(french, repaired) == ([], []) else None


def english_form(numeral: Numeral) -> str:
    """Return a French number in digits as English writes it: ``1 234,56`` as ``1,234.56``, ``14 h 30`` as ``14:30``."""
    times = [reading for reading in numeral.readings if ":" in reading]
    if times and numeral.parts:
        return f"{numeral.parts[0]}:{int(numeral.parts[1]):02d}"
    whole, comma, rest = numeral.text.partition(",")
    return _GROUP_MARK.sub(",", whole) + ("." + rest if comma else "")
