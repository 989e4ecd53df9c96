"""A translation as linked columns: sentences are partners, and so are their words wherever lines were broken."""

from __future__ import annotations

from dataclasses import replace

from passerelle.translate.columns import english_piece, level, original_piece
from passerelle.translate.flags import Flag, Kind, Message, Reason
from passerelle.translate.sentence_pair import Link, Sentence

SENTENCE = Sentence(3, "Le chat dort", "The cat sleeps", 10, 22, 9, 23, links=(Link(3, 7, 4, 7), Link(8, 12, 8, 14)))


def test_words_of_one_number_are_partners() -> None:
    assert original_piece(SENTENCE, "Le chat dort").words == ((3, 7, 0), (8, 12, 1))
    piece = english_piece(SENTENCE, "The cat sleeps")
    assert (piece.key, piece.start, piece.end, piece.words) == ("s3", 9, 23, ((4, 7, 0), (8, 14, 1)))


def test_words_are_found_again_where_a_line_was_broken() -> None:
    shown = "The cat\n> sleeps"
    words = english_piece(SENTENCE, shown).words
    assert [shown[start:end] for start, end, _ in words] == ["cat", "sleeps"]
    assert english_piece(SENTENCE, "Something else").words == ()


X, Y, Z = (Message.of(Reason.OTHER, text) for text in "xyz")


def test_the_gravest_doubt_counts() -> None:
    flags = (Flag(Kind.NUMBER, X, "note"), Flag(Kind.NAME, Y, "error"), Flag(Kind.SIGN, Z))
    assert [level(flags), level(flags[:1]), level(flags[::2]), level(())] == ["error", "note", "doubt", "doubt"]


def test_a_piece_says_what_its_doubts_are_about() -> None:
    flagged = replace(
        SENTENCE, flags=(Flag(Kind.NUMBER, X, "error"), Flag(Kind.NAME, Y), Flag(Kind.GLOSSARY, Z, "note"))
    )
    assert english_piece(flagged, "The cat sleeps").kinds == ("number", "name")
