"""Which words are English, and which only stand in a list of what is said in films."""

from __future__ import annotations

import pytest

from passerelle.translate.lexicon.english import is_english


@pytest.mark.parametrize("word", ["dorts", "accompanys", "loyer", "pouce", "boxs"])
def test_french_of_films_and_wrong_endings_are_no_english(word: str) -> None:
    assert not is_english(word)


@pytest.mark.parametrize("word", ["boxes", "accompanies", "cafes", "unhelpful", "grandfathers", "snowy"])
def test_rightly_built_words_are_english(word: str) -> None:
    assert is_english(word)
