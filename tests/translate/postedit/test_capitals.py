"""Capitals that English always writes."""

from __future__ import annotations

import pytest

from passerelle.translate import Translator
from passerelle.translate.postedit.capitals import with_capitals


@pytest.mark.parametrize(
    ("french", "english", "wanted"),
    [
        ("Le soldat ukrainien dort.", "The ukrainian soldier sleeps.", "The Ukrainian soldier sleeps."),
        ("Il part lundi.", "He leaves on monday.", "He leaves on Monday."),
        ("Elle peut partir.", "She may leave and march.", "She may leave and march."),
        ("il part lundi", "he leaves on monday", "he leaves on monday"),
        (
            "Voir www.europe.fr et monday@x.fr.",
            "See www.europe.fr and monday@x.fr.",
            "See www.europe.fr and monday@x.fr.",
        ),
        ("Le module monday est là.", "The module monday is there.", "The module monday is there."),
    ],
)
def test_capitals_are_restored_where_they_always_stand(french: str, english: str, wanted: str) -> None:
    assert with_capitals(french, english) == wanted


def test_the_translator_restores_them(translator: Translator) -> None:
    assert all(
        word[0].isupper() for word in str(translator("Il part lundi matin.")).split() if word.lower() == "monday"
    )


@pytest.mark.parametrize("english", ["He could ford the river.", "She eats turkey at the baker's.", "In the senate."])
def test_plain_words_that_are_names_too_stay_as_they_are(english: str) -> None:
    assert with_capitals("Il mange.", english) == english
