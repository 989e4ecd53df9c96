"""Numbers that changed, vanished or came from nowhere; currencies and per cent that changed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from translate.fidelity.numeral import Numeral
from translate.fidelity.numerals import english_numerals, french_numerals
from translate.translation import Flag, Span

_UNITS = {
    "euros": (r"€|\beuros?\b|\bEUR\b", r"€|\beuros?\b|\bEUR\b"),
    "dollars": (r"\$|\bdollars?\b|\bUSD\b", r"\$|\bdollars?\b|\bUSD\b|\bbucks?\b|\bgrand\b|\bcents?\b"),
    "pounds": (r"£|\blivres? sterling\b|\bGBP\b", r"£|\bpounds?\b|\bsterling\b|\bGBP\b"),
    "yen": (r"¥|\byens?\b|\bJPY\b", r"¥|\byen\b|\bJPY\b"),
    "per cent": (
        r"%|\bpour ?cents?\b|\bpourcent",
        r"%|\bper ?cent|\bpct\b|\bpoints?\b|\bone in\b|\bout of\b|\bp\.c\.",
    ),
}
_FRENCH_UNITS, _ENGLISH_UNITS = (
    re.compile("|".join(f"({pair[side]})" for pair in _UNITS.values()), re.IGNORECASE) for side in (0, 1)
)
_MOST_NUMERALS = 400
_WORD = re.compile(r"[^\W\d_]+")


def check_numbers(french: str, english: str) -> Iterator[Flag]:
    """Yield a flag where a number of one side has no counterpart on the other."""
    missing, invented = lone_numerals(french, english)
    if missing and invented:
        message = f"{_list(missing)} of the French became {_list(invented)}"
    elif missing:
        message = f"{_list(missing)} of the French is not in the English"
    elif invented:
        message = f"{_list(invented)} is not in the French"
    else:
        return
    severity = "error" if any(each.text[0].isdigit() for each in [*missing, *invented]) else "doubt"
    yield Flag("number", message, severity, _spans(missing), _spans(invented))


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


def check_units(french: str, english: str) -> Iterator[Flag]:
    """Yield a flag where a currency became another one, or per cent was lost."""
    before = _units(french, _FRENCH_UNITS)
    after = _units(english, _ENGLISH_UNITS) if before else {}
    gained = [name for name in after if name not in before and name != "per cent"]
    for name, span in before.items():
        if name in after:
            continue
        if gained and name != "per cent":
            yield Flag("unit", f"{name} became {gained[0]}", "error", (span,), (after[gained[0]],))
        elif name == "per cent" and french[slice(*span)] == "%":
            yield Flag("unit", "the per cent sign is lost", "doubt", (span,))


def _units(text: str, pattern: re.Pattern[str]) -> dict[str, Span]:
    """Return the units in ``text`` and where each stands first."""
    names = list(_UNITS)
    found: dict[str, Span] = {}
    for match in pattern.finditer(text):
        found.setdefault(names[(match.lastindex or 1) - 1], match.span())
    return found


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


def _spans(numerals: Sequence[Numeral]) -> tuple[Span, ...]:
    return tuple(each.span for each in numerals)


def _list(numerals: Sequence[Numeral]) -> str:
    return ", ".join(each.text for each in numerals[:4])
