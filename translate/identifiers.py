"""Numbers that name something, and so come out as they are: telephone, bank and company numbers, dates, references.

Some are known by their shape (``06 11 11 11 11``, ``FR76 3000 …``, ``2024-05-01``), others by the word before them
(``SIREN 552 100 554``, ``dossier n° 12 345``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_BLANK = "[ \u00a0\u202f\u2009]"
_NO_DIGIT_BEFORE = rf"(?<![\w.,/+-])(?<!\d{_BLANK})"
_NO_DIGIT_AFTER = r"(?![^\W_]|[.,/-]\d)"
_SHAPES = re.compile(
    rf"""
    {_NO_DIGIT_BEFORE}(?:
      (?:(?:\+|00)33[ .\u00a0\u202f-]?(?:\(0\){_BLANK}?)?|0)[1-9](?:[ .\u00a0\u202f-]?\d\d){{4}}    # telephones,
    | \+(?=(?:[^\d\n]{{0,3}}\d){{9}})[1-9]\d{{0,2}}(?:[ .\u00a0\u202f-]?\(?\d{{1,4}}\)?){{2,6}}
    | 0{_BLANK}?8\d\d(?:{_BLANK}\d{{3}}{_BLANK}\d{{3}}|(?:{_BLANK}\d\d){{3}})
    | \d\d(?:[ .\u00a0\u202f-]\d\d){{3,}}
    | \d{{3}}(?:{_BLANK}\d{{3}}){{2}}{_BLANK}\d{{5}}                                               # SIRET,
    | \d{{4}}(?:[ \u00a0\u202f-]\d{{4}}){{3}}                                                      # cards,
    | [12]{_BLANK}\d\d{_BLANK}\d\d{_BLANK}\d[\dAB]{_BLANK}\d{{3}}{_BLANK}\d{{3}}(?:{_BLANK}\d\d)?  # NIR,
    | [A-Z]{{2}}\d\d(?:{_BLANK}?[A-Z\d]{{4}}){{3,7}}(?:{_BLANK}?[A-Z\d]{{1,4}})?(?=\W|$)           # IBAN,
    | [A-Z]{{2}}{_BLANK}?\d\d{_BLANK}?\d{{3}}{_BLANK}?\d{{3}}{_BLANK}?\d{{3}}                      # VAT,
    | [A-Z]{{1,4}}\d{{4,20}}
    | \d{{4}}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:?\d\d)?)?                           # dates,
    | \d{{1,2}}/\d{{1,2}}/\d{{2,4}}
    | (?!\d{{1,3}}(?:\.\d{{3}})+(?![.\d]))\d{{1,5}}(?:\.\d{{1,5}}){{2,6}}                          # versions,
    | \d\d-\d\d\.\d{{3}}
    | \d{{5}}(?={_BLANK}[A-ZÀÂÇÉÈÊÎÔ][\w'’-])                                                      # postal codes,
    | \d{{7,}}
    | (?=[A-Z\d/_-]*\d)(?=[\d/_-]*[A-Z]|(?:\d+[/_-]){{2}})(?:[A-Z\d]{{1,12}}[/_-]){{1,6}}[A-Z\d]{{1,12}}  # references.
    ){_NO_DIGIT_AFTER}
    """,
    re.VERBOSE,
)
_NUMBER = rf"(?:n[°ºo˚]|num[ée]ro){_BLANK}?(?:de{_BLANK}\w{{3,12}}{_BLANK}?)?"
_VALUE = (
    rf"(?P<value>[A-Z]{{0,4}}{_BLANK}?\d[A-Z\d]*(?:[ ./\u00a0\u202f-][A-Z\d]*\d[A-Z\d]*)*)"
    rf"(?![^\W_])(?!,\d|{_BLANK}?(?:[€$£%]|euros?\b|EUR\b))"
)
_NAMED = (
    re.compile(
        rf"\b(?:SIREN|SIRET|RCS(?:{_BLANK}[A-Z][\w-]+)?|NIR|INSEE|IBAN|ISBN|ISSN|EAN|RNA|FINESS|RPPS|ADELI|EORI|RIB"
        rf"|TVA(?:{_BLANK}intracommunautaire)?|[Rr][ée]f(?:[ée]rence)?|[Mm]atricule|[Ii]dentifiant|[Tt][ée]l(?:[ée]phone)?"
        rf"|[Ff]ax|[Mm]obile|[Cc]ode{_BLANK}postal|[Aa]ppele[rz]{_BLANK}(?:le|au)|[Cc]ompose[rz]{_BLANK}le)\b"
        rf"\.?{_BLANK}?(?:{_NUMBER})?{_BLANK}?:?{_BLANK}?{_VALUE}"
    ),
    re.compile(rf"(?<!\w)(?i:{_NUMBER})(?::{_BLANK}?)?{_VALUE}"),
)
# These are the same in English, and so go with the number.
_COPIED_LABEL = re.compile(r"(?:SIREN|SIRET|NIR|IBAN|ISBN|ISSN|EAN|RNA|FINESS|RPPS|ADELI|EORI|RIB)\b|[nN][°º˚]")
_SINGLE = re.compile(r"\d{1,4}")


def identifiers(text: str) -> Iterator[tuple[int, int]]:
    """Yield the spans of the numbers of ``text`` that name something; they may lie on each other."""
    if not any(map(str.isdecimal, text)):
        return
    yield from (match.span() for match in _SHAPES.finditer(text))
    for pattern in _NAMED:
        for match in pattern.finditer(text):
            # A short one comes out as it is anyhow.
            if not _SINGLE.fullmatch(match["value"]):
                start = match.start() if _COPIED_LABEL.match(match.group()) else match.start("value")
                yield start, match.end("value")
