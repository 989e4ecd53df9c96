"""Single French words that were left in the English: "The cat dort"."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from passerelle.translate.flags import Flag, Kind, Message, Reason
from passerelle.translate.language import ENGLISH_WORDS, FRENCH_WORDS
from passerelle.translate.lexicon import dictionary
from passerelle.translate.lexicon.english import is_english
from passerelle.translate.lexicon.english_forms import plural
from passerelle.translate.lexicon.meanings import lexicon
from passerelle.translate.lexicon.words import Word, fold, stem
from passerelle.translate.quality.senses import answers

_SHORTEST = 3
# How often a word of the training corpus stays as it is, at most, to count as one that English has not.
_SAME = 0.05
# "Rue du Loyer", "place Bellecour": the first word of a name.
_BEGINS_NAME = re.compile(r"(?: d[eu]s?| de la)?(?: | d['’]| de l['’])[A-ZÀ-Þ]")
_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|«[^»]*»|‘[^’]*’")


def untranslated_words(source: Sequence[Word], target: Sequence[Word], english: str) -> list[Word]:
    """Return the words of ``english`` (``target``) that stand in the ``source`` too, and that English has not.

    Names, quotations, compounds and what English has borrowed ("rendez-vous", "coup d'état") are none.
    """
    ours = {word.text.lower() for word in source if word.text.islower() or word.start == source[0].start}
    quoted = [match.span() for match in _QUOTED.finditer(english)]
    return [
        word
        for word in target
        if len(word.text) >= _SHORTEST
        and (word.text.lower() in ours and (word.text.islower() or word.start == target[0].start))
        and english[max(0, word.start - 1) : word.start] not in ("-", ".", "@", "/", "_", "’", "'")
        and english[word.end : word.end + 1] not in ("-", "@", "/", "_")
        and not _BEGINS_NAME.match(english, word.end)
        and not any(start <= word.start < end for start, end in quoted)
        and (word.text.islower() or stem(word.text) in lexicon().meanings)
        and _is_french_alone(word.text.lower())
        and not (_may_be_english(word) and answers(word, [each for each in target if each.folded != word.folded]))
        and not _is_borrowed(english, word)
    ]


def check_untranslated_words(
    source: Sequence[Word], target: Sequence[Word], english: str, kept: Collection[str] = ()
) -> Iterator[Flag]:
    """Yield a flag for each French word in the English; ``kept``: texts that were meant to stay."""
    for word in {word.text: word for word in untranslated_words(source, target, english)}.values():
        if not any(word.text in text for text in kept):
            places = tuple(each.span for each in source if each.text.lower() == word.text.lower())
            yield Flag(Kind.UNTRANSLATED, Message(Reason.PARTLY_FRENCH), "error", places, (word.span,))


def _is_french_alone(word: str) -> bool:
    if word in ENGLISH_WORDS or word in FRENCH_WORDS or word in lexicon().english:
        return False
    stays = lexicon().meanings.get(stem(word))
    if stays is not None and stays.get(stem(word), 0.0) > _SAME:
        return False
    entries = dictionary.look_up(word)
    if not entries:
        return False
    spelt = {fold(word)} | {fold(entry.word) for entry in entries}
    senses = {fold(english) for entry in entries for senses in entry.senses for english in senses.english}
    return spelt.isdisjoint(senses) and fold(word) not in map(plural, senses)


def _may_be_english(word: Word) -> bool:
    """Whether the list of spelling has a word, which it has of some that is no English: "temps", "homme", "dort"."""
    return is_english(word.text.lower()) or is_english(word.folded)


def _is_borrowed(english: str, word: Word) -> bool:
    """Whether ``word`` is part of an expression that English has as it is."""
    found = dictionary.at(english, word.start)
    if found is None or found.end - found.start <= word.end - word.start:
        return False
    text = fold(english[found.start : found.end])
    return any(fold(each) == text for entry in found.entries for senses in entry.senses for each in senses.english)
