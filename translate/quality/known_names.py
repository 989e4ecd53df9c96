"""Days, months, countries and peoples: their English is known, so it must be there; and a second try where it is not.

A small model has seen some of them a few times only and spells them out by guesswork.  The second try puts a frequent
word of the same group in the place of the lost one ("français" for "nord-coréen"), lets the model translate that, and
gives the place in the English to the right word: substitution for rare words (Luong et al. 2015), with a real word
for the placeholder, so that gender, number and order come out right.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain

from passerelle.translate.flags import Flag, Kind, Message, Reason, Span
from passerelle.translate.lexicon.english import is_english
from passerelle.translate.lexicon.exonyms import EXONYMS
from passerelle.translate.lexicon.gazetteer import Entry, article, name_groups, whole
from passerelle.translate.lexicon.words import Word, fold, words
from passerelle.translate.sentence_pair import Link

_SHARED, _ROOT = 3, 4
_COMMON_PARTS = frozenset({"north", "south", "new", "great", "united", "coast"})
# How English says it in short.
_SHORT = {
    "American": {"us", "usa", "u"},
    "British": {"uk", "u"},
    "European": {"eu", "union"},
    "African": {"au"},
    "Soviet": {"ussr"},
}


@dataclass(frozen=True)
class KnownName:
    """A word of a French text that has an English of its own: its place, the two words, and the group it is of."""

    span: Span
    french: str
    english: str
    group: tuple[Entry, ...]


@dataclass(frozen=True)
class Substitution:
    """What stands in for the lost word at ``span``, and its English; ``right`` is the English that belongs there."""

    span: Span
    french: str
    english: str
    right: str


def check_known_names(french: str, english: str, links: Sequence[Link] = ()) -> Iterator[Flag]:
    """Yield a flag for each word of ``french`` whose English ``english`` lacks."""
    for lost in lost_known_names(french, english, links):
        message = Message.of(Reason.KNOWN_NAME, lost.french, lost.english)
        yield Flag(Kind.NAME, message, "doubt", (lost.span,))


def lost_known_names(french: str, english: str, links: Sequence[Link] = ()) -> list[KnownName]:
    """Return the days, months, countries and peoples of ``french`` that ``english`` has in no form.

    By ``links``, which word became which, one word of the English does not answer for two of the French: one that
    became something else is lost too ("forces nord-coréennes en Corée du Nord", "north-cored forces in North Korea").
    """
    found = list(find_known_names(french))
    theirs = words(english) if found else ()
    answers = [list(_answers(each, english, theirs)) for each in found]
    became = [
        [(link.target_start, link.target_end) for link in links if _overlap(each.span, (link.start, link.end))]
        for each in found
    ]
    return [
        each
        for number, each in enumerate(found)
        if not answers[number] or (became[number] and all(_answers_another(a, number, became) for a in answers[number]))
    ]


def find_known_names(french: str) -> Iterator[KnownName]:
    """Yield the days, months, countries and peoples of ``french``, in order."""
    entries, pattern = _known()
    for match in pattern.finditer(french.replace("’", "'")):
        group, english = entries[match.group()]
        yield KnownName(match.span(), french[slice(*match.span())], english, group)


def substitutions(french: str, english: str, links: Sequence[Link] = (), first: int = 0) -> list[Substitution]:
    """Return what may stand in for the words that ``english`` lost, one for each that something free is found for.

    A stand-in and its English are single words, and neither text has them yet; ``links`` tell which word became which,
    and ``first`` words of each group are passed over.
    """
    taken = {word.folded for word in (*words(french), *words(english))}
    chosen: list[Substitution] = []
    for lost in lost_known_names(french, english, links):
        for other, partner in lost.group[first:]:
            if " " not in other + partner and not {fold(other), fold(partner)} & taken:
                if lost.english not in (each.right for each in chosen):
                    chosen.append(Substitution(lost.span, other, partner, lost.english))
                taken |= {fold(other), fold(partner)}
                break
    return chosen


def undo_substitution(output: str, substitution: Substitution, placeholder: str) -> str | None:
    """Return ``output`` with ``placeholder`` where the stand-in came out; None where it did not, or more than once.

    The article before it becomes that of the right word.
    """
    pattern = rf"(?:\b([Aa])n? )?{whole(substitution.english)}"
    rest = article(substitution.right)[1:]
    changed, count = re.subn(
        pattern, lambda match: f"{match[1]}{rest} {placeholder}" if match[1] else placeholder, output
    )
    return changed if count == 1 else None


def _answers(each: KnownName, english: str, theirs: Sequence[Word]) -> Iterator[Span]:
    """Yield the places in ``english``, whose words are ``theirs``, that may say what ``each`` says."""
    yield from (match.span() for match in re.finditer(re.escape(each.english), english, re.IGNORECASE))
    known = (EXONYMS.get(fold(part), frozenset()) for part in (each.french, *each.french.split()))
    usual = frozenset(_SHORT.get(each.english, ())).union(*(stems - _COMMON_PARTS for stems in known))
    beginnings = {part[:_SHARED] for part in each.english.lower().split() if part not in _COMMON_PARTS}
    roots = _roots(each.french)
    for word in theirs:
        if word.stem in usual or (
            word.folded[:_SHARED] in beginnings
            and word.text[0].isupper()
            and word.folded != fold(each.french)
            and is_english(word.text.lower())
            and roots & _roots_by_english().get(word.text, roots)
        ):
            yield word.span


def _answers_another(answer: Span, number: int, became: Sequence[Sequence[Span]]) -> bool:
    """Say whether ``answer`` is what other words of the French became, and not the one of this ``number``."""
    owners = {owner for owner, spans in enumerate(became) for span in spans if _overlap(answer, span)}
    return bool(owners) and number not in owners


def _overlap(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _roots(french: str) -> frozenset[str]:
    """Return what tells a country and its people, who share it, from others: Iran from Iraq, Austria from Australia."""
    return frozenset(part[:_ROOT] for part in re.split(r"[ '-]", fold(french)))


@cache
def _roots_by_english() -> Mapping[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for french, english in chain.from_iterable(name_groups()):
        for word in english.split():
            found[word] = found.get(word, frozenset()) | _roots(french)
    return found


@cache
def _known() -> tuple[Mapping[str, tuple[tuple[Entry, ...], str]], re.Pattern[str]]:
    entries = {french: (group, english) for group in name_groups() for french, english in group}
    return entries, re.compile(whole(*entries))
