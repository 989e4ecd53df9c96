"""One number of a text: what it may mean, and where it stands.

A numeral can be read in more ways than one: ``1.234`` in French is a thousand or a little over one, ``14 h 30`` is a
time that English writes ``2.30 pm``.  So each carries all its readings, and two numerals agree when they share one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from passerelle.translate.flags import Span

_ROMAN = re.compile(r"M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}


@dataclass(frozen=True)
class Numeral:
    """``readings``: what it may mean; ``sure``: whether a translation must have it;
    ``counted``: whether it counts something, be it in a word that may go; ``parts``: what it may fall into.

    ``bare`` is the number without its scale, ``scale`` 1 or a thousand, a million and so on.
    """

    text: str
    span: Span
    readings: frozenset[str]
    sure: bool
    parts: tuple[str, ...] = ()
    bare: str = ""
    scale: int = 1
    counted: bool = True


def plain(value: Decimal | int) -> str:
    """Return a number in one form: ``1234.5``."""
    text = f"{Decimal(value):f}"
    return text.rstrip("0").rstrip(".") or "0" if "." in text else text


def roman(text: str) -> int | None:
    """Return the value of a Roman numeral in capitals, None where it is none."""
    if not text or not _ROMAN.fullmatch(text):
        return None
    values = [_ROMAN_VALUES[letter] for letter in text]
    return sum(-a if a < b else a for a, b in zip(values, [*values[1:], 0], strict=True))


def time_of_day(hour: int, minute: int) -> str:
    """Return a time as a reading; French counts to 24, English to 12."""
    return f"{hour % 12}:{minute:02d}"
