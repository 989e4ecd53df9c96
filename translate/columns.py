"""A translation as two linked columns: its sentences are the pieces, the model's word links their words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from passerelle.panes import Column, Note, Piece, Word
from passerelle.translate.counting import moved
from passerelle.translate.flags import SEVERITIES, Flag
from passerelle.translate.lexicon import dictionary
from passerelle.translate.sentence_pair import Sentence


def original_piece(sentence: Sentence, shown: str) -> Piece:
    """Return ``sentence`` as a piece of the original, where it stands as ``shown``."""
    spans = [(link.start, link.end) for link in sentence.links]
    return Piece(sentence.start, sentence.end, _key(sentence), words=_words(spans, sentence.source, shown))


def english_piece(sentence: Sentence, shown: str) -> Piece:
    """Return ``sentence`` as a piece of the translation, where it stands as ``shown``."""
    return Piece(
        sentence.target_start,
        sentence.target_end,
        _key(sentence),
        notes=notes(sentence.flags),
        level=level(sentence.flags),
        words=_words([(link.target_start, link.target_end) for link in sentence.links], sentence.text, shown),
        kinds=tuple(flag.kind.value for flag in sentence.flags if flag.is_doubt),
    )


def columns(source: str, text: str, sentences: tuple[Sentence, ...]) -> tuple[Column, Column]:
    """Return ``source`` and its English ``text`` as columns whose sentences, and the words in them, are linked."""
    original = tuple(original_piece(each, source[each.start : each.end]) for each in sentences)
    english = tuple(english_piece(each, text[each.target_start : each.target_end]) for each in sentences)
    return Column("Original", source, original, "fr"), Column("Translation", text, english, "en")


def with_definitions(shown: Sequence[Column]) -> tuple[Column, ...]:
    """Return the columns, those in French with what the dictionary has on their words."""
    return tuple(
        replace(column, definitions=dictionary.extract([column.text]), credit=f"Dictionary: {dictionary.SOURCES}.")
        if column.language == "fr" and column.text
        else column
        for column in shown
    )


def notes(flags: tuple[Flag, ...]) -> tuple[Note, ...]:
    """Return what is to be said of ``flags``, for a margin."""
    return tuple(Note(str(flag.message), flag.message.reason.code, flag.message.values) for flag in flags)


def level(flags: tuple[Flag, ...]) -> str:
    """Return the gravest severity among ``flags``."""
    return max((flag.severity for flag in flags), key=SEVERITIES.index, default="doubt")


def _key(sentence: Sentence) -> str:
    return f"s{sentence.index}"


def _words(spans: list[tuple[int, int]], flat: str, shown: str) -> tuple[Word, ...]:
    """Number ``spans`` of ``flat`` and move them to where they are ``shown``, which may be broken into lines."""
    places = moved(spans, flat, shown)
    return tuple((*place, number) for number, place in enumerate(places) if place is not None)
