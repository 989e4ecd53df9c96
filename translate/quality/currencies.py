"""Currencies of the French that the English lacks or exchanged for others, with a number or without."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from passerelle.translate.flags import Flag, Kind, Message, Reason
from passerelle.translate.numbers.numeral import Numeral

_BLANK = "[ \u00a0\u202f]"
_SCALE = rf"(?:{_BLANK}(?:k|mille|millions?|milliards?|M|Md|Mds)\b)?(?:{_BLANK}d['’e])?{_BLANK}?"


@dataclass(frozen=True)
class Currency:
    """The ``name`` of a currency, its ``sign``, and what French and English write for it; ``amount`` is what follows
    a number in French.
    """

    name: str
    sign: str
    french: re.Pattern[str]
    english: re.Pattern[str]
    amount: re.Pattern[str]


def _currency(name: str, sign: str, french: str, english: str) -> Currency:
    # A dollar sign by itself is a placeholder.
    marked = rf"\$(?={_BLANK}?\d)|(?<=\d)\$|(?<=\d{_BLANK})\$" if sign == "$" else re.escape(sign)
    return Currency(
        name,
        sign,
        re.compile(rf"{marked}|{french}", re.I),
        re.compile(rf"{re.escape(sign)}|{english}", re.I),
        re.compile(rf"{_SCALE}(?:{re.escape(sign)}|{french})", re.I),
    )


CURRENCIES = (
    _currency("euros", "€", r"\beuros?\b|\bEUR\b", r"\beuros?\b|\bEUR\b|\bcents?\b"),
    _currency("dollars", "$", r"\bdollars?\b|\bUSD\b", r"\bdollars?\b|\bUSD\b|\bbucks?\b|\bgrand\b|\bcents?\b"),
    _currency("pounds", "£", r"\blivres? sterling\b|\bGBP\b", r"\bpounds?\b|\bsterling\b|\bGBP\b|\bquid\b"),
    _currency("yen", "¥", r"\byens?\b|\bJPY\b", r"\byen\b|\bJPY\b"),
    _currency("Swiss francs", "CHF", r"\bfrancs? suisses?\b", r"\bfrancs?\b"),
)


def check_currencies(french: str, english: str) -> Iterator[Flag]:
    """Yield a flag for each currency of ``french`` that ``english`` has not, or has another one for."""
    ours = {each: match for each in CURRENCIES if (match := each.french.search(french))}
    if not ours:
        return
    theirs = {each: match for each in CURRENCIES if (match := each.english.search(english))}
    gained = next((each for each in theirs if each not in ours), None)
    for currency, match in ours.items():
        if currency in theirs:
            continue
        if gained is not None:
            message, places = Message.of(Reason.BECAME, currency.name, gained.name), (theirs[gained].span(),)
            yield Flag(Kind.UNIT, message, "error", (match.span(),), places)
        elif not theirs:
            yield Flag(Kind.UNIT, Message.of(Reason.CURRENCY_LOST, currency.name), "error", (match.span(),))


def lost_currency(french: str, english: str, numeral: Numeral) -> str | None:
    """Return the sign of the currency that ``numeral`` has in ``french`` and that is nowhere in ``english``."""
    for currency in CURRENCIES:
        before = french[: numeral.span[0]].rstrip()
        if currency.amount.match(french, numeral.span[1]) or before.endswith(currency.sign):
            return None if any(each.english.search(english) for each in CURRENCIES) else currency.sign
    return None
