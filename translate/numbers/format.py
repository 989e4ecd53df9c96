"""How English writes a French number: ``1 234,56`` as ``1,234.56``, ``XVIIIe`` as ``18th``, ``vingt`` as ``twenty``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from passerelle.translate.flags import Span
from passerelle.translate.numbers.comparison import lone_numerals
from passerelle.translate.numbers.numeral import Numeral
from passerelle.translate.numbers.parse import french_numerals
from passerelle.translate.numbers.words import ENGLISH

GROUP_MARK = re.compile(r"(?<=\d)[ \u00a0\u202f\u2009.'’](?=\d{3}(?!\d))")
_ORDINAL_SIGN = re.compile(r"(?:ers?|[eè]?res?|èmes?|emes?|ièmes?|es?|nde?s?|ᵉʳ?)(?![^\W_])")
_GLUED_NAME = re.compile(r"(?<![^\W_])[A-Z][^\W\d_]*-$")
_WORDS = {value: word for word, value in reversed(list(ENGLISH.plain.items()))}
_SCALES = {10**6: "million", 10**9: "billion", 10**12: "trillion"}


@dataclass(frozen=True)
class Figure:
    """A French number and what it is in English.  ``span``: in the French, with the sign of an ordinal."""

    span: Span
    english: str


def figure(french: str, numeral: Numeral) -> Figure:
    """Return what a ``numeral`` of ``french`` is in English."""
    start, end = numeral.span
    if not numeral.text[0].isdigit():
        if numeral.text[-1:] in "eèrᵉ" and numeral.text[:1] in "IVXL":
            return Figure((start, end), ordinal(numeral.bare))
        return Figure((start, end), _in_words(numeral))
    sign = _ORDINAL_SIGN.match(french, end)
    if sign and numeral.text.isdigit():
        return Figure((start, sign.end()), ordinal(numeral.text))
    # Covid-19 is one name.
    if name := _GLUED_NAME.search(french[max(0, start - 24) : start]):
        start -= len(name[0])
        return Figure((start, end), french[start:end])
    return Figure((start, end), english_form(numeral))


def lost_figures(french: str, english: str) -> Iterator[Figure]:
    """Yield the numbers of ``french`` that ``english`` lacks; where it lacks none, all that are in digits."""
    missing, _ = lone_numerals(french, english)
    for numeral in missing or french_numerals(french):
        if missing or numeral.text[0].isdigit():
            yield figure(french, numeral)


def english_form(numeral: Numeral) -> str:
    """Return a French number in digits as English writes it: ``1 234,56`` as ``1,234.56``, ``14 h 30`` as ``14:30``."""
    times = [reading for reading in numeral.readings if ":" in reading]
    if times and numeral.parts:
        return f"{numeral.parts[0]}:{int(numeral.parts[1]):02d}"
    return english_marks(numeral.text)


def english_marks(digits: str) -> str:
    """Return ``1,234.56`` for ``1 234,56``."""
    whole, comma, rest = digits.partition(",")
    return GROUP_MARK.sub(",", whole) + ("." + rest if comma else "")


def ordinal(digits: str) -> str:
    """Return ``21st`` for ``21``."""
    last = "th" if digits[-2:] in ("11", "12", "13") else {"1": "st", "2": "nd", "3": "rd"}.get(digits[-1:], "th")
    return digits + last


def _in_words(numeral: Numeral) -> str:
    """A number that the French has in words: in words up to a hundred, in digits beyond."""
    if "." in numeral.bare:
        return f"{numeral.bare} {_SCALES.get(numeral.scale, 'thousand')}"
    value = int(numeral.bare) * (1 if numeral.scale in _SCALES else numeral.scale)
    if value in _WORDS:
        words = _WORDS[value]
    elif value < 100:
        words = f"{_WORDS[value - value % 10]}-{_WORDS[value % 10]}"
    else:
        words = f"{value:,}"
    words = f"{words} {_SCALES[numeral.scale]}" if numeral.scale in _SCALES else words
    return words[:1].upper() + words[1:] if numeral.text[0].isupper() else words
