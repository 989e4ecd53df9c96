"""Numbers that changed, vanished or came from nowhere; currencies and per cent that changed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from passerelle.translate.numbers.comparison import lone_numerals
from passerelle.translate.numbers.numeral import Numeral
from passerelle.translate.translation import Flag, Span

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


def _spans(numerals: Sequence[Numeral]) -> tuple[Span, ...]:
    return tuple(each.span for each in numerals)


def _list(numerals: Sequence[Numeral]) -> str:
    return ", ".join(each.text for each in numerals[:4])
