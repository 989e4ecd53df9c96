"""Numbers in words: ``quatre-vingt-dix-sept``, ``one hundred and five``, ``XXIe``."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from passerelle.translate.flags import Span
from passerelle.translate.numbers.numeral import Numeral, plain, roman, time_of_day
from passerelle.translate.numbers.words import ENGLISH, FRENCH, NumberWords

_FRENCH_HALF = re.compile(r"\s+et\s+demie?\b")
_ENGLISH_HALF = re.compile(r"\s+and\s+a\s+half\b(?=[\s-]+([^\W\d_]+)|)")
_ROMAN_ORDINAL = re.compile(r"([IVX]+)(?:e|ème|er|ère|ᵉ|ième)$")


def read_spelled(
    text: str, tokens: list[re.Match[str]], position: int, language: NumberWords
) -> tuple[Numeral | None, int]:
    """Read a number in words from ``position``; return it and the position after it."""
    first = position
    total, current, count, last_end, scale = 0, None, 0, 0, 1
    while position < len(tokens) and count < 16:
        token = tokens[position]
        word = token.group().lower()
        if count and (token["word"] is None or text[last_end : token.start()].strip("-\u00a0\u202f ") != ""):
            break
        if word == language.joiner and count and position + 1 < len(tokens):
            if _may_join(current, tokens[position + 1].group().lower(), language):
                last_end = token.end()
                position += 1
                continue
            break
        if word in language.scales and (count or word in ("mille",)):
            scale = language.scales[word]
            total += (1 if current is None else current) * scale
            current = 0
        elif word in language.plain or (count and 0 < language.loose.get(word, 0) < 20):
            joined = _join(current, language.plain.get(word) or language.loose.get(word, 0), language)
            if joined is None:
                break
            current, scale = joined, 1
        else:
            break
        count += 1
        last_end = token.end()
        position += 1
    if count:
        value, scale, last_end = _with_half(text, total + (current or 0), scale, last_end, language)
        while position < len(tokens) and tokens[position].start() < last_end:
            position += 1
        found = _from_words(text, (tokens[first].start(), last_end), value, count, language)
        return replace(found, bare=plain(Decimal(value) / scale), scale=scale), position
    return _loose(text, tokens[first], language), first + 1


def _with_half(text: str, value: int, scale: int, end: int, language: NumberWords) -> tuple[int, int, int]:
    """Return value, scale and end of a number with the half behind it: ``deux millions et demi``."""
    half = (_FRENCH_HALF if language is FRENCH else _ENGLISH_HALF).match(text, end)
    if half is None:
        return value, scale, end
    if scale > 1:
        return value + scale // 2, scale, half.end()
    following = (half[1] or "").lower() if language is ENGLISH else ""
    scale = language.scales.get(following, 1)
    # Two and a half million is one number, two and a half years is two and something.
    return (value * scale + scale // 2, scale, half.end(1)) if scale > 1 else (value, 1, end)


def _may_join(current: int | None, following: str, language: NumberWords) -> bool:
    """Whether ``and`` or ``et`` belongs to the number: ``vingt et un``, ``two hundred and five``."""
    value = language.plain.get(following)
    if value is None or current is None:
        return False
    if language is FRENCH:
        return value in (1, 11) and current % 100 in (20, 30, 40, 50, 60, 70)
    return current % 100 == 0 and value < 100


def _join(current: int | None, value: int, language: NumberWords) -> int | None:
    """Add the next word of a number to what stands so far; None where a new number begins."""
    if current is None:
        return value
    if value == 100:
        return current * 100 if 0 < current < 100 else None
    rest = current % 100
    if language is FRENCH and rest == 4 and value == 20:
        return current + 76
    if value == 0 or current == 0:
        return value or None
    fits = rest == 0 or (rest >= 20 and rest % 10 == 0 and value < 10)
    if language is FRENCH:
        fits = fits or (rest in (60, 80) and value < 20) or (rest in (10, 70, 90) and 7 <= value <= 9)
    if language is ENGLISH and not fits and 11 <= current <= 20 and value >= 10:
        # nineteen sixty: a year
        return current * 100 + value
    return current + value if fits else None


def _from_words(text: str, span: Span, value: int, count: int, language: NumberWords) -> Numeral:
    words = text[span[0] : span[1]]
    following = text[span[1] : span[1] + 9].strip().lower()
    loose = value < 11 or (count == 1 and value >= 100) or value in (80, 100) or words.lower() in ("quinze", "mille")
    readings = {plain(value)}
    if language is FRENCH and following.startswith("heure"):
        readings |= {time_of_day(value, 0), str(value % 12)}
    if language is FRENCH and following.startswith("jours") and value == 15:
        readings.add("2")  # weeks
    if language is ENGLISH and following.startswith("decades"):
        readings.add(plain(10 * value))
    return Numeral(words, span, frozenset(readings), not loose, bare=plain(value), counted=1 < value < 100 or not loose)


def _loose(text: str, token: re.Match[str], language: NumberWords) -> Numeral | None:
    word = token.group()
    lowered = word.lower()
    value = language.loose.get(lowered) or language.months.get(lowered) or language.scales.get(lowered)
    if value is None and word.isupper() and len(word) >= 2:
        value = roman(word.removeprefix("WW") or word)
    if value is None and language is FRENCH and (match := _ROMAN_ORDINAL.match(word)):
        value = roman(match[1]) or 0
        # XIXe siècle may be the 19th century or the 1800s.
        centuries = {plain(value), plain(100 * value - 100)}
        return Numeral(word, token.span(), frozenset(centuries), value > 2, bare=plain(value), counted=value > 2)
    if value is None and lowered not in language.loose:
        return None
    value = value or 0
    readings = {plain(value)}
    if lowered in language.scales:
        readings.add(plain(_with_half(text, value, value, token.end(), language)[0]))
    if lowered.endswith("ies"):
        readings |= {f"19{value}"}
    return Numeral(word, token.span(), frozenset(readings), False, bare=plain(value), counted=False)
