"""What is right passes every change that is made to the English after the model unchanged."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.harmless import SHOWN_RIGHT, changes, read_pairs
from passerelle.translate import Translator
from passerelle.translate.postedit.numbers import repair_numbers
from passerelle.translate.reranker import post_edit

CORPUS = Path(__file__).parents[2] / "shared" / "corpus"


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the dev sets are not here")
def test_references_pass_unchanged() -> None:
    found = [change for pair in read_pairs(CORPUS) for change in changes(*pair)]
    assert [change for change in found if change.after not in SHOWN_RIGHT] == []


@pytest.mark.parametrize(
    ("french", "english"),
    [
        ("Ils sont deux millions et demi.", "They are two and a half million."),
        ("Il a gagné un million et demi.", "He won one and a half million."),
        ("Ils ont la moyenne en CM1 et en 4ème.", "They are average in grade 4 and in grade 8."),
        ("Trois millions de touristes.", "Three million tourists."),
        ("Il a deux ans et demi.", "He is two and a half years old."),
        ("Deux millions et demi de touristes.", "Two and a half million tourists."),
    ],
)
def test_a_right_number_is_left_alone(french: str, english: str) -> None:
    assert repair_numbers(french, english) in (None, english)
    assert post_edit(french, english) == english


@pytest.mark.parametrize("wrong", ["Thousands of tourists came.", "Five million of tourists came."])
def test_no_of_is_left_behind_a_number(wrong: str) -> None:
    repaired = repair_numbers("Trois millions de touristes sont venus.", wrong)
    assert repaired in (None, "Three million tourists came.")


def test_an_address_keeps_its_bracket(translator: Translator) -> None:
    address = "https://fr.wikipedia.org/wiki/Lyon_(ville)"
    assert address in str(translator(f"Voir {address} pour la suite de cette page."))


@pytest.mark.parametrize(
    ("french", "english", "right"),
    [
        ("Il reste 93 049,27 $ ici.", "It remains 93 049.27 dollars.", "It remains 93,049.27 dollars."),
        ("Ouvert de 17h à 20h.", "Open from 1700 to 20:00.", "Open from 17:00 to 20:00."),
        ("En 1900, de 19 h à 20 h.", "In 1900, from 19 to 20.", "In 1900, from 19 to 20."),
        ("À 19 h, au 3e étage.", "At 19 p.m., on the 3th floor.", "At 7 p.m., on the 3rd floor."),
        ("À 12 h 30.", "At 12h30.", "At 12:30."),
    ],
)
def test_what_is_half_french_is_put_right(french: str, english: str, right: str) -> None:
    assert post_edit(french, english) == right
