"""The list of English words that the dictionary of spelling lacks."""

from __future__ import annotations

from passerelle.translate.lexicon.english import is_in_dictionary
from training.wordlist import capitalised, missing


def test_words_that_occur_twice_and_are_in_no_dictionary_are_kept_in_order() -> None:
    texts = ["The colour of zorbing is the colour of Zorbing and oddwurd.", "It's zorbing; a3b4 café-goers, xyz xyz."]
    assert missing(texts) == [word for word in ("colour", "zorbing") if not is_in_dictionary(word)]
    assert "zorbing" in missing(texts)


def test_words_that_nearly_always_have_a_capital_within_sentences_are_kept() -> None:
    texts = ["Bread was sold to French bakers, and March came. The french fries, to march on."] + [
        "the French may"
    ] * 60
    assert capitalised(texts, fewest=10) == ["french"]
    assert capitalised(texts, fewest=100) == []
