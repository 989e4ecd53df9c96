"""Typography on the way in and on the way out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translate.normalizer import normalize, typeset


@pytest.mark.parametrize(
    ("french", "expected"),
    [
        ("«\u00a0Bonjour\u202f», dit l’œil.", '"Bonjour", dit l\'œil.'),
        ("Vrai\u00a0? Oui\u202f! Si ; non : 50\u202f%", "Vrai? Oui! Si; non: 50%"),
        ("à 14:30 : départ", "à 14:30: départ"),
        ("Et puis…\u00a0rien", "Et puis... rien"),
        ("e\u0301te\u0301", "été"),
        ("mot\u00adcoupé\u200b", "motcoupé"),
        ("Paris – Lyon — Nice", "Paris - Lyon - Nice"),
        ("une\nligne\t de   plus", "une ligne de plus"),
    ],
)
def test_what_the_model_reads(french: str, expected: str) -> None:
    assert normalize(french) == expected


@given(st.text())
def test_normalizing_twice_changes_nothing(text: str) -> None:
    once = normalize(text)
    assert normalize(once) == once
    assert "\n" not in once


@pytest.mark.parametrize(
    ("english", "french", "expected"),
    [
        ('He said "yes".', "Il a dit « oui ».", "He said “yes”."),
        ('"It starts here.', "« Cela commence ici.", "“It starts here."),
        ('It ends here."', "Cela finit ici. »", "It ends here.”"),
        ("It's mine.", "C’est à moi.", "It’s mine."),
        ("It's mine.", "C'est à moi.", "It's mine."),
        ('One "word".', "Un mot.", 'One "word".'),
        ('"a" and "b"', "« a » et b", '"a" and "b"'),
    ],
)
def test_the_english_follows_the_style_of_the_french(english: str, french: str, expected: str) -> None:
    assert typeset(english, french) == expected
