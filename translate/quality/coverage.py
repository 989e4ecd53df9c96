"""Which words of the source have a counterpart, by dictionary, spelling and number; the basis of what is missing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from passerelle.translate.flags import Span
from passerelle.translate.language import ENGLISH_WORDS, FRENCH_WORDS
from passerelle.translate.lexicon.meanings import lexicon
from passerelle.translate.lexicon.words import Word, words
from passerelle.translate.numbers.parse import english_numerals, french_numerals
from passerelle.translate.sentence_pair import Link

_ALIKE = 4
_LEAST_SHARE = 0.02
LIGHT_FRENCH = FRENCH_WORDS | frozenset(
    """
    a ai ait as aura avait avez avoir avons c d est et eu faire fait fut il j l m n s sera serait sont soit t y
    cela ceci ça ainsi alors aussi bien donc déjà encore fois ici là lors moins puis quand quel quelle quels quelles
    quoi rien si tant tel telle tous tout toute toutes peu peut doit dit dire chez depuis pendant selon afin car
    notamment lorsque toutefois cependant autre autres même mêmes plusieurs certains certaines
    """.split()
)
LIGHT_ENGLISH = ENGLISH_WORDS | frozenset(
    "a am any do does did done get got s t just only very now here yes no".split()
)


@dataclass(frozen=True)
class Item:
    """A word or number of the source that should have a counterpart, and where that is (None: nowhere).

    ``weight``: how surely a good translation shows it, 0 to 1.  ``strength``: how likely the counterpart is one.
    """

    span: Span
    weight: float
    target: Span | None
    strength: float = 1.0


@dataclass(frozen=True)
class Coverage:
    """The items of the source in order, and the content words of the English that answer none of them."""

    items: tuple[Item, ...]
    unexplained: tuple[Span, ...]
    english: int


def cover(french: str, english: str, links: Sequence[Link] = ()) -> Coverage:
    """Find the counterparts of the content words and numbers of ``french``; the model's own ``links`` help."""
    ours = [word for word in words(french) if word.text.lower() not in LIGHT_FRENCH]
    theirs = [word for word in words(english) if word.text.lower() not in LIGHT_ENGLISH]
    options = _options(ours, theirs)
    taken: dict[int, int] = {}
    used: set[int] = set()
    strengths: dict[int, float] = {}
    for strength, i, j in sorted(options, reverse=True):
        if i not in taken and j not in used:
            taken[i] = j
            strengths[i] = strength
            used.add(j)
    linked = {(link.start, link.end): (link.target_start, link.target_end) for link in links}
    numbers, known = _numbers(french, english)
    items = [
        Item(
            word.span,
            _weight(word),
            theirs[taken[i]].span if i in taken else linked.get(word.span),
            strengths.get(i, 1.0),
        )
        for i, word in enumerate(ours)
        if not any(start <= word.start < end for start, end in (number.span for number in numbers))
    ]
    explained = {theirs[j].span for j in used} | set(linked.values())
    unexplained = tuple(
        word.span
        for word in theirs
        if word.span not in explained and not any(start <= word.start < end for start, end in known)
    )
    ordered = sorted([*items, *numbers], key=lambda item: item.span)
    return Coverage(tuple(ordered), unexplained, len(theirs))


def _options(ours: Sequence[Word], theirs: Sequence[Word]) -> list[tuple[float, int, int]]:
    """Every pair that may be counterparts: its strength, less where they stand far apart, and the two places."""
    places: dict[str, list[int]] = {}
    starts: dict[str, list[int]] = {}
    for j, word in enumerate(theirs):
        places.setdefault(word.stem, []).append(j)
        if len(word.stem) >= _ALIKE:
            starts.setdefault(word.stem[:_ALIKE], []).append(j)
    meanings = lexicon().meanings
    nothing: Mapping[str, float] = {}
    found = []
    for i, word in enumerate(ours):
        here = i / len(ours)
        shares = meanings.get(word.stem, nothing)
        pairs = [(j, share) for meaning, share in shares.items() for j in places.get(meaning, ())[:20]]
        if len(word.stem) >= _ALIKE:
            alike = starts.get(word.stem[:_ALIKE], ())[:20]
            pairs += [(j, 0.9 if theirs[j].stem == word.stem else 0.15) for j in alike]
        elif word.stem in places:
            pairs += [(j, 0.5) for j in places[word.stem][:20]]
        for j, share in pairs:
            found.append((share * (1.0 - 0.5 * abs(here - j / len(theirs))), i, j))
    return found


def _weight(word: Word) -> float:
    shares = lexicon().meanings.get(word.stem)
    if shares is None:
        return 0.6 if word.text[0].isupper() else 0.35
    return min(1.0, sum(share for meaning, share in shares.items() if meaning not in LIGHT_ENGLISH))


def _numbers(french: str, english: str) -> tuple[list[Item], list[Span]]:
    theirs = english_numerals(english)
    by_reading: dict[str, Span] = {}
    for each in theirs:
        for reading in each.readings:
            by_reading.setdefault(reading, each.span)
    items = []
    for ours in french_numerals(french):
        if ours.sure:
            target = next((by_reading[reading] for reading in sorted(ours.readings) if reading in by_reading), None)
            items.append(Item(ours.span, 1.0, target))
    return items, [each.span for each in theirs]
