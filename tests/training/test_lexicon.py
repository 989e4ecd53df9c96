"""The dictionary of the checks is learned from pairs, and the errors that the checks are measured with are errors."""

from __future__ import annotations

from collections import Counter
from random import Random

import pytest

from fixtures import errors
from passerelle.translate.lexicon.meanings import lexicon
from training.lexicon import Settings, learn, markers

FRENCH = "Le maire, qui n'a jamais vu Londres, a parlé avec trois ministres le 12 mai 1987 dans le jardin de la mairie."
ENGLISH = (
    "The mayor, who has never seen London, spoke with three ministers on 12 May 1987 in the garden of the town hall."
)


def test_words_find_their_translations() -> None:
    chance = Random(1)
    rows = [chance.sample("abcdef", 3) for _ in range(200)]
    table = learn([(row, [word.upper() for word in row]) for row in rows], Settings(smallest_share=0.2))
    assert {word: table[word][0][0] for word in "abcdef"} == {word: word.upper() for word in "abcdef"}


def test_markers_are_words_that_only_one_language_has() -> None:
    ours, theirs = Counter({"maison": 90, "table": 90, "x": 90}), Counter({"table": 80, "house": 90})
    assert markers(ours, theirs, Settings()) == ["maison"]


def test_the_bundled_dictionary_knows_plain_words() -> None:
    known = lexicon()
    assert known.meanings["maison"]["house"] > 0.3
    assert "afin" in known.french
    assert "hours" in known.english
    assert not known.french & known.english


@pytest.mark.parametrize(
    "maker",
    [
        errors.number,
        errors.number_in_words,
        errors.clause,
        errors.tail,
        errors.repetition,
        errors.copy,
        errors.negation,
        errors.names_swapped(["Berlin", "Quimper"]),
    ],
)
def test_every_error_changes_the_english(maker: errors.Maker) -> None:
    chance = Random(1)
    french = FRENCH.replace("Londres", "Oxford")
    english = ENGLISH.replace("London", "Oxford")
    made = [found for _ in range(20) if (found := maker(french, english, chance))]
    assert made
    assert english not in made
