"""Numbers that a translation got wrong, put right from the source where there is no doubt which one is meant."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from passerelle.translate.flags import Span
from passerelle.translate.masking import mask_spans
from passerelle.translate.numbers.comparison import lone_numerals
from passerelle.translate.numbers.format import english_form, english_marks, figure, ordinal
from passerelle.translate.numbers.numeral import Numeral
from passerelle.translate.numbers.parse import english_numerals, french_numerals
from passerelle.translate.sentence_pair import Link

Pairs = list[tuple[Numeral, list[Numeral]]]

_HALF_DAY = re.compile(r"\s?[ap]\.?\s?m\b", re.IGNORECASE)
_ENDING = re.compile(r"(?:st|nd|rd|th)(?![^\W_])")
_ORDINAL = re.compile(r"(?:st|nd|rd|th)$")
_WITHIN = re.compile(r"[ \u00a0\u202f]?[.,:]?[ \u00a0\u202f]?")
_DIGIT = re.compile(r"\d")
_IMPERIAL = re.compile(
    r"[\s\u00a0-]?\(?(?:square |cubic )?(?:feet|foot|ft|miles?|mi|mph|inch(?:es)?|pounds?|lbs?|ounces?|oz|yards?|acres?"
    r"|gallons?|(?:°|degrees )?F(?:ahrenheit)?)(?![^\W_])"
)
_IMPERIAL_FRENCH = re.compile(r"pied|pouce|mille|livre|once|mile|acre|gallon|yard|fahrenheit|mph|° ?F", re.IGNORECASE)
_MOST = 3
# Three decimals might be thousands, unless they are not round and what is measured follows: 42,195 km.
_DECIMAL_COMMA = re.compile(
    r"(?<![\d.,])(?:\d{1,3}(?:[ \u00a0\u202f]\d{3})+|\d{1,3}(?:\.\d{3})+|\d+),(?:\d{1,2}|\d{4,})(?![\d,])"
    r"|(?<![\d.,])\d{1,3}(?:[ .\u00a0\u202f]\d{3})+,\d{3}(?![\d,])"
    r"|(?<![\d.,])\d{1,3},\d\d[1-9](?=[ \u00a0\u202f]?(?:%|°"
    r"|(?:[kcmdh]?[mg]|[cmdh]?[lL]|[km]?[VAW]|[kMG]?Hz|t|s|h|ha|bar)[²³]?(?![^\W_])|(?:kilo|centi|milli)?(?:mètre|gramme|litre|volt|watt|ampère)s?\b|(?:tonne|seconde|hectare)s?\b))"
)
# One point might be that of a decimal fraction, unless money or what can be counted follows.
_GROUPED = re.compile(
    r"(?<![\d.,+])(?<!\d[ \u00a0\u202f])[1-9]\d{0,2}(?:(?:[ \u00a0\u202f]\d{3})+|(?:\.\d{3}){2,}"
    r"|\.\d{3}(?=[ \u00a0\u202f]?(?:[€$£¥]|(?:EUR|USD|CHF|GBP|FCFA|F)\b|[^\W\d_]{3,}[sx]\b)))(?![.,]?\d)"
)
_ORDINAL_IN_DIGITS = re.compile(r"(?<![\w.,])(\d{1,4})(?:st|nd|rd|th)(?![^\W_])")
_BLANKS = re.compile("[ \u00a0\u202f]")
_TIME = re.compile(r"(?<![\d.,])([01]?\d|2[0-4])[ \u00a0\u202f]?h(?:[ \u00a0\u202f]?([0-5]\d))?(?![^\W_])")
_FRENCH_TIME = re.compile(r"(?<![\w.,:])([01]?\d|2[0-4])h([0-5]\d)(?![^\W_])")
_LATE_HOUR = re.compile(r"(?<![\w.,:])(?:1[3-9]|2[0-3])(?=(?:[:.][0-5]\d)?\s?p\.?\s?m\b)", re.IGNORECASE)
# Thousands of tourists, but three million tourists and two of them.
_OF = re.compile(
    r"^((?:\s(?:hundred|thousand|[mb]illion))?)\sof(?=\s(?!(?:the|these|those|them|this|that|its|his|her|our|their|my|your|us|you"
    r"|which|whom|it|all)\b)[a-z]{3})"
)
_BLANK = re.compile("(?:\\\\ |[\u00a0\u202f])")


def with_english_marks(french: str, english: str) -> str:
    """Return ``english`` with the numbers that it copied from ``french`` as English writes them.

    ``2,5`` becomes ``2.5``, ``244 890`` and ``2.200.112`` become ``244,890`` and ``2,200,112``, and in ``12.500 €``
    the point does.  What names something (``SIREN 552 100 554``) stays as it is.
    """
    kept = mask_spans(french)
    found = {
        match.group()
        for pattern in (_DECIMAL_COMMA, _GROUPED)
        for match in pattern.finditer(french)
        if not any(start < match.end() and match.start() < end for start, end in kept)
    }
    if not found:
        return english
    copied = "|".join(
        _BLANK.sub("[ \u00a0\u202f]", re.escape(each)).replace(",", "[.,]")
        for each in sorted(found, key=len, reverse=True)
    )
    number = re.compile(rf"(?<![\d.,])(?:{copied})(?![\d,]*\d)")
    names = "|".join(re.escape(french[slice(*span)]) for span in kept)
    pieces = re.split(f"({names})", english) if names else [english]
    pieces[::2] = [number.sub(lambda match: _marked(match.group(), found), piece) for piece in pieces[::2]]
    return "".join(pieces)


def _marked(copied: str, numbers: Collection[str]) -> str:
    """A number as English writes it, be its last comma a point already."""
    plain = _BLANKS.sub(" ", copied)
    same = next(
        (each for each in numbers if _BLANKS.sub(" ", each).replace(",", ".") == plain.replace(",", ".")), copied
    )
    return english_marks(same)


def with_right_endings(french: str, english: str) -> str:
    """Return ``english`` with the ending of every ordinal in digits, and times of day as English writes them.

    ``3th`` becomes ``3rd``, ``19 p.m.`` becomes ``7 p.m.``, ``19h00`` becomes ``19:00``, and so does ``1900`` for 19 h.
    """
    for hour, minute in _TIME.findall(french):
        together = f"{int(hour):02d}{minute or '00'}"
        if together not in french:
            english = re.sub(rf"(?<![\d.,:€$£]){together}(?![\d,:]|\.\d)", f"{int(hour)}:{minute or '00'}", english)
    english = _FRENCH_TIME.sub(r"\1:\2", english)
    english = _ORDINAL_IN_DIGITS.sub(lambda match: ordinal(match[1]), english)
    return _LATE_HOUR.sub(lambda match: str(int(match.group()) - 12), english)


def repair_numbers(french: str, english: str, links: Sequence[Link] = ()) -> str | None:
    """Return ``english`` with its wrong numbers replaced by those of ``french``; None where that is not certain.

    Certain means: a number fell into pieces that have all its digits; or as many numbers are missing as came from
    nowhere, three at most, and they pair off by the model's word ``links``, or in order where digits meet digits and
    words meet words.  And afterwards nothing is missing or from nowhere any more.
    """
    if lone_numerals(french, english) == ([], []):
        return None
    repaired = _rejoined(french, english)
    missing, invented = lone_numerals(french, repaired)
    groups = list(_groups(repaired, invented))
    if len(missing) != len(groups) or len(missing) > _MOST or any(_is_glued(french, each) for each in missing):
        return None
    pairs = (_linked(missing, groups, links) if repaired == english else None) or _in_order(french, missing, groups)
    for ours, group in reversed(pairs or ()):
        written = _written(french, repaired, ours, group)
        if written is None:
            return None
        repaired = written
    return repaired if lone_numerals(french, repaired) == ([], []) else None


def _rejoined(french: str, english: str) -> str:
    """Put numbers together that fell into pieces: ``2, 50`` for ``2,50``, ``11, 20`` for ``11 h 20``."""
    whole = {digits: numeral for numeral in french_numerals(french) for digits in _digits(numeral) if len(digits) > 1}
    groups = list(_groups(english, english_numerals(english)))
    for group in reversed(groups):
        ours = whole.get("".join(_DIGIT.findall(english[slice(*_span(group))]))) if len(group) > 1 else None
        if ours is not None and not any(ours.readings & theirs.readings for theirs in group):
            start, end = _span(group)
            english = english[:start] + english_form(ours) + english[end:]
    return english


def _is_glued(french: str, numeral: Numeral) -> bool:
    """Whether a number is the end of a name, as that of CM1, a class of school that English counts otherwise."""
    return french[max(0, numeral.span[0] - 1) : numeral.span[0]].isalpha()


def _digits(numeral: Numeral) -> Iterator[str]:
    """The digits that a number which may fall into pieces is written with."""
    if numeral.text[0].isdigit() and not numeral.text.isdigit():
        yield "".join(_DIGIT.findall(numeral.text))


def _groups(english: str, numerals: Sequence[Numeral]) -> Iterator[list[Numeral]]:
    """Yield ``numerals`` in order, those in digits between which only a mark stands together."""
    group: list[Numeral] = []
    for numeral in numerals:
        between = english[group[-1].span[1] : numeral.span[0]] if group else ""
        are_digits = bool(group) and group[-1].text[0].isdigit() and numeral.text[0].isdigit()
        if group and not (are_digits and _WITHIN.fullmatch(between)):
            yield group
            group = []
        group.append(numeral)
    if group:
        yield group


def _span(group: Sequence[Numeral]) -> Span:
    return group[0].span[0], group[-1].span[1]


def _in_order(french: str, missing: Sequence[Numeral], groups: Sequence[list[Numeral]]) -> Pairs | None:
    """Pair missing numbers with what stands for them in order; None where digits would meet words."""
    pairs = list(zip(missing, groups, strict=True))
    are_alike = all(
        figure(french, ours).english[0].isdigit() == group[0].text[0].isdigit()
        or ours.text[0].isalpha() == group[0].text[0].isalpha()
        for ours, group in pairs
    )
    return pairs if are_alike else None


def _linked(missing: Sequence[Numeral], groups: Sequence[list[Numeral]], links: Sequence[Link]) -> Pairs | None:
    """Pair each missing number with the one that the model wrote for it, in the order of the English; None: unclear."""
    pairs = []
    for group in groups:
        start, end = _span(group)
        here = [link for link in links if link.target_start < end and start < link.target_end]
        ours = [each for each in missing if any(link.start < each.span[1] and each.span[0] < link.end for link in here)]
        if len(ours) != 1:
            return None
        pairs.append((ours[0], group))
    return pairs if len({ours.span for ours, _ in pairs}) == len(missing) else None


def _written(french: str, english: str, ours: Numeral, group: Sequence[Numeral]) -> str | None:
    """Return ``english`` with ``ours`` in the place of ``group``; None where they are numbers of different kinds."""
    start, end = _span(group)
    theirs = group[0]
    ending = _ENDING.match(english, end) if theirs.text[0].isdigit() else None
    ordinal_place = ending is not None or _ORDINAL.search(theirs.text) is not None
    number = _form(french, ours, theirs, ordinal_place)
    rest = english[ending.end() if ending else end :]
    if number is None or _is_converted(french, ours, theirs, rest):
        return None
    if theirs.text[0].isalpha():
        number = number[0].upper() + number[1:] if theirs.text[0].isupper() else number.lower()
    if ":" in number and _HALF_DAY.match(rest):
        hour, _, minute = number.partition(":")
        number = f"{int(hour) % 12 or 12}:{minute}"
    if not ordinal_place:
        rest = _OF.sub(r"\1", rest)
    return english[:start] + number + rest


def _is_converted(french: str, ours: Numeral, theirs: Numeral, rest: str) -> bool:
    """Whether another number may be right: in feet for metres, in all its thousands for "12 à 16 mille"."""
    in_thousands = theirs.text.replace(",", "").replace(".", "") in {ours.text + "000" * times for times in (1, 2, 3)}
    return in_thousands or (_IMPERIAL.match(rest) is not None and not _IMPERIAL_FRENCH.search(french))


def _form(french: str, ours: Numeral, theirs: Numeral, ordinal_place: bool) -> str | None:
    """How ``ours`` is written where ``theirs`` stands."""
    number = figure(french, ours).english
    if _ORDINAL.search(number):
        # In the 21 century, for XVIIIe; but 8es de finale are the last 16.
        return number if ordinal_place or (ours.text[0].isalpha() and theirs.text[0].isdigit()) else None
    if ordinal_place:
        # On 12th May, for le 21 mai.
        return ordinal(ours.text) if ours.text.isdigit() else None
    # A scale stands behind a number in digits, and within one in words.
    supplied, left = (each.scale if each.text[0].isdigit() else 1 for each in (ours, theirs))
    if supplied != left:
        return None
    return english_form(ours) if ours.text[0].isdigit() else number
