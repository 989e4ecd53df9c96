"""Numbers that changed, vanished or came from nowhere; per cent that was lost."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from passerelle.translate.flags import Flag, Kind, Message, Reason, Span
from passerelle.translate.numbers.comparison import lone_numerals
from passerelle.translate.numbers.numeral import Numeral

_PER_CENT = re.compile(r"%|\bper ?cent|\bpct\b|\bpoints?\b|\bone in\b|\bout of\b|\bp\.c\.", re.IGNORECASE)


def check_numbers(french: str, english: str) -> Iterator[Flag]:
    """Yield a flag where a number of one side has no counterpart on the other."""
    missing, invented = lone_numerals(french, english)
    if missing and invented:
        message = Message.of(Reason.NUMBERS_BECAME, _list(missing), _list(invented))
    elif missing:
        message = Message.of(Reason.NOT_IN_ENGLISH, _list(missing))
    elif invented:
        message = Message.of(Reason.NOT_IN_FRENCH, _list(invented))
    else:
        return
    severity = "error" if any(each.text[0].isdigit() for each in [*missing, *invented]) else "doubt"
    yield Flag(Kind.NUMBER, message, severity, _spans(missing), _spans(invented))


def check_per_cent(french: str, english: str) -> Iterator[Flag]:
    """Yield a flag where a per cent sign is said in no way."""
    place = french.find("%")
    if place >= 0 and not _PER_CENT.search(english):
        yield Flag(Kind.UNIT, Message(Reason.PER_CENT_LOST), "doubt", ((place, place + 1),))


def _spans(numerals: Sequence[Numeral]) -> tuple[Span, ...]:
    return tuple(each.span for each in numerals)


def _list(numerals: Sequence[Numeral]) -> str:
    return ", ".join(each.text for each in numerals[:4])
