"""Typography on the way in and on the way out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from passerelle.translate.normalizer import close_up, is_letter_spaced, join_lines, normalize, set_apart, typeset


@pytest.mark.parametrize(
    ("french", "expected"),
    [
        ("«\u00a0Bonjour\u202f», dit l’œil.", '"Bonjour", dit l\'œil.'),
        ("Vrai\u00a0? Oui\u202f! Si ; non : 50\u202f%", "Vrai? Oui! Si; non: 50%"),
        ("à 14:30 : départ", "à 14:30: départ"),
        ("Et puis…\u00a0rien", "Et puis... rien"),
        ("e\u0301te\u0301", "été"),
        ("mot\u00adcoupé\u200b", "motcoupé"),
        ("e\u200b\u0301te\u0301", "été"),
        ("Paris – Lyon — Nice", "Paris - Lyon - Nice"),
        ("une\nligne\t de   plus", "une ligne de plus"),
        ("Le nº 5, no 12 et n\u00a0° 3", "Le n° 5, n° 12 et n ° 3"),
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
        ("It's 'so', he said.", "C’est « ainsi », dit-il.", "It’s “so”, he said."),
        ("The 'WIS and 'thousands'", "L’ISW et « milliers »", "The WIS and “thousands”"),
        ("the boys' 'own' book", "le livre des garçons", "the boys' 'own' book"),
        ("And then...", "Et puis…", "And then…"),
        ("And then...", "Et puis...", "And then..."),
        ("Paris - Lyon - Nice", "Paris – Lyon — Nice", "Paris – Lyon — Nice"),
        ("A well-known name - his", "Un nom connu – très connu – le sien", "A well-known name - his"),
    ],
)
def test_the_english_follows_the_style_of_the_french(english: str, french: str, expected: str) -> None:
    assert typeset(english, french) == expected


@pytest.mark.parametrize(
    ("lines", "joined"),
    [
        (["Le gouverne-", "ment a parlé."], "Le gouvernement a parlé."),
        (["Il viendra peut-", "être demain."], "Il viendra peut-être demain."),
        (["Viens, dit-", "il."], "Viens, dit-il."),
        (["Une après-", "midi."], "Une après-midi."),
        (["Le porte-", "monnaie."], "Le porte-monnaie."),
        (["Paris-", "Nice"], "Paris- Nice"),
        (["Trois -", "quatre"], "Trois - quatre"),
        (["gouverne\u00ad", "ment"], "gouvernement"),
        (["une ligne  ", "  une autre"], "une ligne une autre"),
        (["seule"], "seule"),
    ],
)
def test_words_that_were_cut_at_the_end_of_a_line(lines: list[str], joined: str) -> None:
    assert join_lines(lines) == joined


@pytest.mark.parametrize("text", ["P R É F A C E", "T A B L E  D E S  M A T I È R E S", "D E S", "p r é f a c e"])
def test_letter_spaced_headings(text: str) -> None:
    assert is_letter_spaced(text)


@pytest.mark.parametrize("text", ["", "A B", "à y a", "il y a", "A 4 B", "Il y a x y z"])
def test_no_letter_spaced_headings(text: str) -> None:
    assert not is_letter_spaced(text)


def test_letters_are_closed_up_and_set_apart() -> None:
    assert close_up("T A B L E   D E S  M A T I È R E S") == "TABLE DES MATIÈRES"
    assert set_apart("TABLE OF CONTENTS") == "T A B L E   O F   C O N T E N T S"
    assert close_up(set_apart("PREFACE")) == "PREFACE"
