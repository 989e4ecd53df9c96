"""Short segments and lists: no word of them is lost in silence."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from passerelle.translate.quality import check

WORDS = {
    "accueil": "home page",
    "mairie": "town hall",
    "horaires": "schedule",
    "prix": "price",
    "école": "school",
    "farine": "flour",
    "loyer": "rent",
    "Lyon": "Lyon",
    "Nantes": "Nantes",
}


def doubted(french: str, english: str) -> bool:
    return any(flag.severity != "note" for flag in check(french, english))


@pytest.mark.parametrize(
    ("french", "english"),
    [("69003 Lyon", "69003"), ("Accueil | Mairie de Lyon", "Lyon Town Hall"), ("A » B", "” B"), ("Plan A", "Plan")],
)
def test_a_lost_word_of_a_short_line_is_flagged(french: str, english: str) -> None:
    assert doubted(french, english)


@pytest.mark.parametrize(
    ("french", "english"),
    [
        ("69003 Lyon", "69003 Lyon"),
        ("Accueil | Mairie de Lyon", "Home | Lyon City Hall"),
        ("A » B", "A » B"),
        ("Nous contacter", "Contact us"),
        ("A Lyon", "In Lyon"),
    ],
)
def test_a_whole_short_line_is_not(french: str, english: str) -> None:
    assert not doubted(french, english)


@given(st.lists(st.sampled_from(sorted(WORDS)), min_size=2, max_size=4, unique=True), st.data())
def test_any_list_is_whole_or_flagged(chosen: list[str], data: st.DataObject) -> None:
    lost = data.draw(st.sampled_from(chosen))
    french = " | ".join(chosen)
    kept = [WORDS[word] for word in chosen if word != lost]
    assert doubted(french, " | ".join(kept))
    assert not [flag for flag in check(french, " | ".join(map(WORDS.get, chosen))) if flag.kind == "missing word"]
