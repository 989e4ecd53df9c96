"""A number's minus and unit: checked, and put back, its currency too, where there is no doubt."""

from __future__ import annotations

import re
from collections.abc import Iterator

from passerelle.translate.flags import Flag, Kind, Message, Reason, Span
from passerelle.translate.numbers.numeral import Numeral
from passerelle.translate.numbers.parse import english_numerals, french_numerals
from passerelle.translate.quality.currencies import lost_currency

_MINUS = re.compile(r"(?:^|(?<=[\s(:«\"“]))(?<!\d\s)[-−–](?=[€$£¥]?\d)")
_SAID_MINUS = re.compile(r"\b(?:minus|negative|below|under zero|sub-zero|loss|deficit|down|negatively)\b", re.I)
_BELOW = re.compile(r"\b(?:below zero|sub-?zero|under zero)\b", re.I)
_MOST, _NEAR = 100, 24
# Of one kind each: what French and English write for it, and what is written where it is put back.
_UNITS = {
    "length": {
        "km": r"km|kilom[èe]tres?|kilomet(?:er|re)s?",
        "miles": r"mi|miles?|milles?(?: marins| nautiques)?",
        "m": r"m|m[èe]tres?|met(?:er|re)s?",
        "feet": r"ft|foot|feet|pieds?",
        "yards": r"yards?|verges?",
        "cm": r"cm|centim[èe]tres?|centimet(?:er|re)s?",
        "mm": r"mm|millim[èe]tres?|millimet(?:er|re)s?",
        "inches": r"inch(?:es)?|pouces?",
    },
    "weight": {
        "kg": r"kg|kilos?|kilogram(?:me)?s?",
        "lb": r"lbs?|pounds?|livres?",
        "g": r"g|gram(?:me)?s?",
        "mg": r"mg|milligram(?:me)?s?",
        "ounces": r"oz|ounces?|onces?",
        "tons": r"t|tons?|tonnes?",
    },
    "speed": {
        "km/h": r"km/h|kph|kmh|kilom[èe]tres?[- ](?:à l[’']|par |/)heure|kilomet(?:er|re)s? (?:per|an) hour",
        "mph": r"mph|mi/h|miles? (?:per|an) hour|milles? (?:à l[’']|par )heure",
    },
    "temperature": {"°C": r"°\s?C|degr[ée]e?s? Celsius", "°F": r"°\s?F|degr[ée]e?s? Fahrenheit"},
    "volume": {
        "litres": r"l|L|litres?|liters?",
        "gallons": r"gal|gallons?",
        "ml": r"ml|mL|millilit(?:re|er)s?",
        "pints": r"pints?|pintes?",
    },
}
_PATTERNS = {
    kind: re.compile(
        r"[\s\u00a0\u202f-]?(?:"
        + "|".join(f"(?P<u{n}>{each})" for n, each in enumerate(units.values()))
        + r")(?![^\W_]|/)",
        re.I if kind in ("speed", "temperature") else 0,
    )
    for kind, units in _UNITS.items()
}
_MILES_AN_HOUR = re.compile(_UNITS["speed"]["mph"], re.I)


def check_measures(french: str, english: str) -> Iterator[Flag]:
    """Yield a flag where a number of ``french`` lost its minus or got another unit."""
    for numeral in french_numerals(french)[:_MOST]:
        if not numeral.text[0].isdigit():
            continue
        if _lost_minus(french, english, numeral):
            message = Message.of(Reason.MINUS_LOST, numeral.text)
            yield Flag(Kind.NUMBER, message, "error", (_with_minus(french, numeral),))
        for ours, theirs, span in _exchanged(french, english, numeral):
            yield Flag(Kind.UNIT, Message.of(Reason.BECAME, ours, theirs), "error", (numeral.span,), (span,))


def with_measures(french: str, english: str) -> str:
    """Return ``english`` with the minus, the currency or the unit that a number lost, where that number stands once."""
    for numeral in french_numerals(french)[:_MOST]:
        if not numeral.text[0].isdigit():
            continue
        for _, theirs, span in _exchanged(french, english, numeral):
            name = next(ours for ours, other, _ in _exchanged(french, english, numeral) if other == theirs)
            blank = "" if english[span[0]] not in " -\u00a0\u202f" else " "
            english = english[: span[0]] + blank + name + english[span[1] :]
        lost = lost_currency(french, english, numeral)
        places = _same(english, numeral)
        if lost is not None and len(places) == 1:
            start = places[0].span[0]
            mark = f"{lost} " if lost.isalpha() else lost
            english = english[:start] + mark + english[start:]
        places = _same(english, numeral)
        if _lost_minus(french, english, numeral) and len(places) == 1:
            start = places[0].span[0]
            start -= english[start - 1 : start] in tuple("€$£¥")
            english = english[:start] + " " * (english[start - 1 : start] in tuple(":;,")) + "-" + english[start:]
    return english


def _lost_minus(french: str, english: str, numeral: Numeral) -> bool:
    if not _is_negative(french, numeral):
        return False
    if _BELOW.search(english):
        return False
    same = [each for each in english_numerals(english) if each.readings & numeral.readings]
    return not any(_is_negative(english, each) or _is_said(english, each.span) for each in same)


def _is_said(english: str, span: Span) -> bool:
    """Whether a word near a number says that it is less than nothing."""
    return _SAID_MINUS.search(english[max(0, span[0] - _NEAR) : span[1] + _NEAR]) is not None


def _is_negative(text: str, numeral: Numeral) -> bool:
    start, end = numeral.span
    before = max(0, start - 6)
    found = [match.end() for match in _MINUS.finditer(text, 0, start + 1) if match.end() >= before]
    if not found or text[end : end + 1].isalpha() or found[-1] > start:
        return False
    return re.fullmatch(r"(?:EUR|USD|CHF|[€$£¥])?\s?", text[found[-1] : start]) is not None


def _with_minus(text: str, numeral: Numeral) -> Span:
    return max(0, numeral.span[0] - 1), numeral.span[1]


def _exchanged(french: str, english: str, numeral: Numeral) -> Iterator[tuple[str, str, Span]]:
    """Yield the unit of a number, the other one of the same kind that it has in ``english``, and where that stands."""
    for kind, pattern in _PATTERNS.items():
        match = pattern.match(french, numeral.span[1])
        if match is None:
            continue
        names = list(_UNITS[kind])
        name = names[int((match.lastgroup or "u0")[1:])]
        for each in _same(english, numeral):
            other = pattern.match(english, each.span[1])
            is_other = other and names[int((other.lastgroup or "u0")[1:])] != name
            if other and is_other and not re.search(rf"(?<![^\W\d_])(?:{_UNITS[kind][name]})(?![^\W_])", english):
                yield name, other.group().strip(" -"), other.span()
    if re.match(r"\s?h(?:eures?)?(?![^\W_])", french[numeral.span[1] :]) and not re.search(r"km|mph|mile", french):
        yield from (("h", match.group(), match.span()) for match in _MILES_AN_HOUR.finditer(english))


def _same(english: str, numeral: Numeral) -> list[Numeral]:
    """The numbers of ``english`` in digits that may be ``numeral``."""
    return [each for each in english_numerals(english) if each.text[0].isdigit() and each.readings & numeral.readings]
