"""What names something by number comes out as it is; so do runs of marks, and the words between them are translated."""

from __future__ import annotations

import pytest

from passerelle.translate import Translator
from passerelle.translate.masking import mask_spans


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("Appelez le 06 11 11 11 11.", "06 11 11 11 11"),
        ("Tél. : +33 (0)1 40 40 40 40", "+33 (0)1 40 40 40 40"),
        ("Le 0 800 123 456 est gratuit.", "0 800 123 456"),
        ("SIREN 552 100 554", "SIREN 552 100 554"),
        ("RCS Lyon 552 100 554", "552 100 554"),
        ("SIRET : 123 456 789 00012", "SIRET : 123 456 789 00012"),
        ("IBAN FR76 3000 6000 0112 3456 7890 189.", "IBAN FR76 3000 6000 0112 3456 7890 189"),
        ("Carte 4970 1012 3456 7890", "4970 1012 3456 7890"),
        ("Né le 2024-05-01.", "2024-05-01"),
        ("à 69003 Lyon", "69003"),
        ("Votre dossier n° 12 345 du 3 mai", "n° 12 345"),
        ("le numéro de dossier 123 456", "123 456"),
        ("Pourvoi n° 21-85.123", "n° 21-85.123"),
        ("réf. : 2024/0012-A", "2024/0012-A"),
        ("Sécurité sociale : 1 85 05 75 115 001 42", "1 85 05 75 115 001 42"),
    ],
)
def test_an_identifier_is_protected(text: str, span: str) -> None:
    assert span in [text[start:end] for start, end in mask_spans(text)]


@pytest.mark.parametrize(
    "text",
    [
        "La commune compte 12 500 habitants et 1 500 000 euros, 1.234.567 et 20,12.",
        "De 2020-2021 à 1914-1918, 3-0 et 20h30-22h.",
        "La population est de 1 234 567 890 personnes, 45 678 901,50 en tout.",
        "Commande : 1 500 €",
    ],
)
def test_a_quantity_is_not_protected(text: str) -> None:
    assert mask_spans(text) == ()


def test_leaders_keep_their_length_and_the_words_between_are_translated(translator: Translator) -> None:
    text = "Introduction ........................ 3\nNom : .............................. Date : ........\n"
    english = str(translator(text))
    assert english.startswith("Introduction ........................ 3\n")
    assert english.endswith(": .............................. Date: ........\n")
    blanks = str(translator("Fait à ……………………, le ……………………"))
    assert blanks.count("……………………") == 2
    assert "Fait" not in blanks


@pytest.mark.parametrize(
    ("french", "english"),
    [
        ("Le total est de 12.500 €.", "12,500"),
        ("Le prix est de 1.234,56 €.", "1,234.56"),
        ("La ville a 12.500 habitants.", "12,500"),
        ("Il habite au 3e étage.", "3rd"),
        ("Le 31e congrès aura lieu ici.", "31st"),
        ("SIREN 552 100 554", "SIREN 552 100 554"),
        ("Tél. : 04 72 10 10 10", "04 72 10 10 10"),
    ],
)
def test_numbers_are_written_as_english_writes_them(translator: Translator, french: str, english: str) -> None:
    assert english in str(translator(french))
