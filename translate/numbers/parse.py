"""The numbers of a text, in digits and in words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

from passerelle.translate.numbers.numeral import Numeral, plain, time_of_day
from passerelle.translate.numbers.spelled import read_spelled
from passerelle.translate.numbers.words import ENGLISH, FRENCH, NumberWords

_GAP = "[ \u00a0\u202f\u2009.,'’]"
_TOKEN = re.compile(
    rf"""(?P<grouped>(?<![\d.,])\d{{1,3}}(?P<mark>{_GAP})\d{{3}}(?:(?P=mark)\d{{3}})*(?!\d)(?:[.,]\d+(?![.,]?\d))?)
       | (?P<digits>(?<![kcm]m)(?<!\bm)(?<!CO)(?:(?<!\d[.,])\d+[.,]\d+(?![.,]?\d)|\d+))
       | (?P<word>[^\W\d_]+(?:-(?:septième|huitième|neuvième|thirds)\b)?)""",
    re.VERBOSE,
)
_HOUR = re.compile(r"[\s\u00a0\u202f]?(?:h(?:eures?|rs)?|H)(?![^\W\d_])[\s\u00a0\u202f]?(?:([0-5]\d)(?!\d))?")
_CLOCK = re.compile(r":([0-5]\d)(?![.,:]?\d)|\.([0-5]\d)(?=\s?[ap]\.?\s?m)")
_HALF_DAY = re.compile(r"\s?(?:[ap]\.?\s?m\b|o['’]clock|hours)", re.IGNORECASE)
_YEARS = re.compile(r"(?:années|ans)\s+$", re.IGNORECASE)
_HALF_MORE = re.compile(r"\s(?:et demie?|and (?:a )?half)\b")
_LONGEST_DIGITS = 40


# Several checks ask about one sentence, and several hypotheses have one source.
@lru_cache(maxsize=64)
def french_numerals(text: str) -> tuple[Numeral, ...]:
    """Return the numerals of a French text in order."""
    return tuple(_numerals(text, FRENCH))


@lru_cache(maxsize=64)
def english_numerals(text: str) -> tuple[Numeral, ...]:
    """Return the numerals of an English text in order."""
    return tuple(_numerals(text, ENGLISH))


def _numerals(text: str, language: NumberWords) -> Iterator[Numeral]:
    tokens = list(_TOKEN.finditer(text))
    position = 0
    while position < len(tokens):
        token = tokens[position]
        if token["word"] is None:
            found = _time_of_day(text, token) or _written(text, token, tokens[position + 1 : position + 4], language)
            yield found
            position += 1
            while position < len(tokens) and tokens[position].start() < found.span[1]:
                position += 1
            continue
        word = token.group()
        if word[0].islower() and word.lower() not in language.known:
            position += 1
            continue
        spelled, position = read_spelled(text, tokens, position, language)
        if spelled:
            yield spelled


def _time_of_day(text: str, token: re.Match[str]) -> Numeral | None:
    """Read ``14 h 30`` or ``2:30``; None where no minutes follow."""
    digits = token.group()
    if not digits.isdigit() or len(digits) > 2 or int(digits) > 24:
        return None
    match = _HOUR.match(text, token.end()) or _CLOCK.match(text, token.end())
    minutes = match and match[match.lastindex or 0]
    if not match or not match.lastindex or not minutes:
        return None
    hour, minute = int(digits), int(minutes)
    hours = {0: (str(hour), str(hour % 12)), 30: (f"{hour}.5",)}.get(minute, ())
    span = (token.start(), match.end())
    parts = (plain(hour), plain(minute))
    return Numeral(text[slice(*span)], span, frozenset({time_of_day(hour, minute), *hours}), True, parts)


def _written(text: str, token: re.Match[str], following: list[re.Match[str]], language: NumberWords) -> Numeral:
    """Read a number in digits, with the scale, the hour or the year that stands beside it."""
    digits = token.group()
    end = token.end()
    values = _values(token, language)
    readings = {plain(value) for value in values}
    bare, scale = plain(min(values)), 1
    if following and text[end : following[0].start()].strip(" \u00a0\u202f-'’") == "":
        word = following[0].group()
        lowered = word.lower()
        if lowered in language.scales:
            scale = language.scales[lowered]
            readings = {plain(value * scale) for value in values}
            if _HALF_MORE.match(text, following[0].end()):
                readings = {plain((value + Decimal("0.5")) * scale) for value in values}
        elif word in language.scale_signs:
            readings |= {plain(value * language.scale_signs[word]) for value in values}
        if language is ENGLISH and lowered == "s" and digits.isdigit():
            readings |= {digits[-2:].lstrip("0"), f"19{digits}"}
    if digits.isdigit():
        readings |= _as_years(text, token.start(), digits)
        if len(digits) <= 2:
            readings |= _as_hours(text, int(digits), end)
        elif len(digits) == 4 and int(digits[:2]) < 24 and int(digits[2:]) < 60:
            readings.add(time_of_day(int(digits[:2]), int(digits[2:])))
    elif clock := re.fullmatch(r"(\d{1,2})[.]([0-5]\d)", digits):
        readings.add(time_of_day(int(clock[1]), int(clock[2])))
    parts = tuple(plain(int(part)) for part in re.findall(r"\d+", digits[:_LONGEST_DIGITS])) if token["grouped"] else ()
    return Numeral(digits, token.span(), frozenset(readings), True, parts, bare, scale)


def _values(token: re.Match[str], language: NumberWords) -> list[Decimal]:
    digits = token.group()[:_LONGEST_DIGITS]
    if token["grouped"] is None:
        return [Decimal(digits.replace(",", ".").rstrip("."))]
    mark = token["mark"]
    whole = re.sub(rf"{_GAP}(?=\d{{3}}(?!\d))", "", digits) if mark not in ".," else digits.replace(mark, "")
    values = [Decimal(whole.replace(",", "."))]
    # One group after a point or a comma may be a decimal part, where the language writes it so.
    is_decimal = (mark == "." if language is ENGLISH else mark in ".,") and digits.count(mark) == 1
    if is_decimal and "," not in whole and "." not in whole:
        values.append(Decimal(digits.replace(mark, ".")))
    return values


def _as_years(text: str, start: int, digits: str) -> set[str]:
    if len(digits) != 2:
        return set()
    before = text[max(0, start - 10) : start]
    if _YEARS.search(before) or before.endswith(("'", "’")):
        return {f"19{digits}", f"20{digits}"}
    century = re.search(r"(?<!\d)(\d\d)\d\d[-–/]$", before)
    return {century[1] + digits} if century else set()


def _as_hours(text: str, hour: int, end: int) -> set[str]:
    if hour > 24:
        return set()
    later = {str(hour + 12)} if hour < 12 else {str(hour - 12)}
    if _HOUR.match(text, end):
        return {time_of_day(hour, 0), *later}
    if _HALF_DAY.match(text, end):
        return {time_of_day(hour, 0), *later}
    return set()
