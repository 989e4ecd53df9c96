from __future__ import annotations

import random
from itertools import chain

import pytest

from training.rare_words import groups
from training.substitution import rare_word


def test_no_word_is_both_frequent_and_rare_in_its_place() -> None:
    for group in groups():
        assert group.frequent and group.rare
        assert not {french for french, _ in group.frequent} & {french for french, _ in group.rare}
        assert all(french and english for french, english in chain(group.frequent, group.rare))


@pytest.mark.parametrize(
    ("french", "english"),
    [
        ("marteau", "hammer"),
        ("marteaux", "hammers"),
        ("couteaux", "knives"),
        ("pommes de terre", "potatoes"),
        ("arcs-en-ciel", "rainbows"),
        ("souris", "mice"),
        ("laine", "wool"),
        ("volcaniques", "volcanic"),
        ("royaux", "royal"),
        ("royales", "royal"),
        ("brûler", "burn"),
        ("brûle", "burns"),
        ("brûlent", "burn"),
        ("brûlées", "burned"),
        ("étudie", "studies"),
        ("nuageuses", "cloudy"),
        ("sportives", "sporting"),
        ("lentement", "slowly"),
    ],
)
def test_each_word_is_there_in_its_forms(french: str, english: str) -> None:
    assert any((french, english) in group.rare for group in groups())


def test_english_that_counts_nothing_has_no_plural() -> None:
    assert not any(french == "laines" for group in groups() for french, _ in group.rare)


def test_a_rare_word_takes_the_place_of_a_frequent_one_in_both_languages() -> None:
    rng = random.Random(3)
    made = {rare_word(rng, "Il a lu un rapport hier.", "He read a report yesterday.") for _ in range(4000)}
    assert len(made) > 100
    assert ("Il a lu un cahier hier.", "He read a notebook yesterday.") in made
    assert all(not english.startswith("He read a e") for _, english in made)


def test_a_text_without_a_frequent_word_stays_as_it_is() -> None:
    texts = "Bonjour à tous.", "Hello, everyone."
    assert rare_word(random.Random(1), *texts) == texts
