from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from passerelle.summarize.compressor import Compressor, missing
from passerelle.summarize.cuts import Cut, cuts, within
from passerelle.summarize.selector import Selector
from passerelle.summarize.trees import Tree
from passerelle.summarize.verification import unsupported_names, unsupported_numbers
from passerelle.summarize.words import words
from passerelle.summarize.worth import NAMES, Setting, Worth, features

BACKGROUND = Selector.load().background
WORDS = st.sampled_from('The mayor said was killed in Paris , who left , and 12 that - "no" on Monday not'.split())


def texts(sentence: str) -> dict[str, str]:
    return {cut.text: cut.place for cut in cuts(sentence, sentence)}


@pytest.mark.parametrize(
    ("sentence", "shorter", "place"),
    [
        (
            "Luke Calcraft died in a hospital in Fountain Hill, Pennsylvania, after falling ill at home with a fever.",
            "Luke Calcraft died in a hospital in Fountain Hill, Pennsylvania.",
            "end",
        ),
        (
            "The bank, owned by a family, was the site of the bombing of 1920, in which a wagon exploded.",
            "The bank, owned by a family, was the site of the bombing of 1920.",
            "end",
        ),
        (
            "In a strange coincidence, Ryan and Jourdan were introduced by their mothers 16 years later.",
            "Ryan and Jourdan were introduced by their mothers 16 years later.",
            "start",
        ),
        (
            "Mahmoud Othman, an Iraqi Kurdish lawmaker, told reporters that the mediation began in the spring.",
            "Mahmoud Othman told reporters that the mediation began in the spring.",
            "middle",
        ),
    ],
)
def test_a_phrase_is_cut(sentence: str, shorter: str, place: str) -> None:
    assert texts(sentence).get(shorter) == place


@pytest.mark.parametrize(
    ("sentence", "never"),
    [
        ("The president condemned the kidnapping of 15 nursery and primary school pupils on Monday.", "15 nursery."),
        ("A vintage sign that once stood at the gate of the bank in the city was auctioned on Monday.", "of the bank."),
        ("On the day of the vote in the capital, the army was called to the square by the king.", "in the capital."),
        ("The servant told the owner of the house that she needed his help on Monday with the dress.", "house."),
        ("He has scored seven goals in four games, but his seat among the others was taken on Monday.", "his seat."),
        ("Three ships entered the waters near the islands on Friday and left at noon, the Coast Guard said.", "noon."),
        ("The players wanted to stay in Turin for the season but were sold by the club on Friday.", "the season."),
        ("The man who dashed into the house to save the children of his neighbour in the night was a hero.", "house."),
        ("The prize for the record of the year in Paris was given to a singer from Lyon on Monday.", "year."),
        ("He bought a piece of graffiti inspired by the riots which he said was worth a fortune.", "inspired."),
    ],
)
def test_a_cut_leaves_a_sentence_that_says_no_more_than_its_source(sentence: str, never: str) -> None:
    assert not [text for text in texts(sentence) if text.endswith(never)]


def test_an_introduction_stays_where_the_rest_leans_on_it() -> None:
    sentence = "When Smith came to the city of his birth, he was met by a crowd of old friends at the station."
    assert "start" not in texts(sentence).values()


@given(st.lists(WORDS, min_size=1, max_size=40).map(lambda row: " ".join(row).replace(" ,", ",") + "."))
def test_a_cut_is_shorter_and_brings_in_nothing(sentence: str) -> None:
    for cut in cuts(sentence, sentence):
        assert len(words(cut.text)) < len(words(sentence))
        assert not Counter(words(cut.text)) - Counter(words(sentence))
        assert not unsupported_names(cut.text, sentence) + unsupported_numbers(cut.text, sentence)
        row = features(cut, sentence, Setting({}, frozenset()), BACKGROUND)
        assert len(row) == len(NAMES)


def test_what_is_worth_nothing_stays() -> None:
    sentence = "The storm destroyed the harbour of the old city in the night before the fishermen came home."
    stems = [Counter[str]()]

    def worth(value: float) -> Worth:
        return Worth([Tree((-1,), (value,), (0,), (0,))], BACKGROUND)

    assert list(Compressor(worth(-1.0))([sentence], stems)) == [sentence]
    (shorter,) = Compressor(worth(1.0))([sentence], stems)
    assert shorter != sentence
    assert sentence.startswith(shorter[:-1])


def test_what_comes_with_the_package_knows_a_cut_that_hurts_from_one_that_helps() -> None:
    aside = ", which stands beside a small lake with a wooden boat"
    sentence = f"The president was shot dead at his house{aside}."
    setting = Setting(Counter({"president": 6, "shot": 4, "dead": 4, "hous": 1}), frozenset())
    worth = Worth.load(BACKGROUND)
    helps = Cut(
        "The president was shot dead at his house.", ", which stands beside a small lake with a wooden boat", "end"
    )
    hurts = Cut("A small lake stands with a wooden boat.", "The president was shot dead at his house", "start")
    assert worth(helps, sentence, setting) > worth(hurts, sentence, setting)


def test_a_headline_is_the_fullest_cut_that_fits() -> None:
    sentence = "The storm destroyed the harbour of the old city in the night before the fishermen came home."
    assert within(sentence, 12) == "The storm destroyed the harbour of the old city in the night."
    assert within("It rained.", 12) == "It rained."


def test_the_words_that_an_output_lacks() -> None:
    assert missing("The cat sat.", "The old cat sat on the mat.") == "old on the mat"
