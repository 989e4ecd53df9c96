"""Signs that a vocabulary lacks are said in words."""

from __future__ import annotations

import pytest

from passerelle.translate.spelling import verbalise_symbols


@pytest.mark.parametrize(
    ("text", "lacking", "said"),
    [
        ("Le repas à 12,50 €, oui.", "€", "Le repas à 12,50 euros, oui."),
        ("5€", "€", "5 euros"),
        ("5 €", "$", "5 €"),
        ("Il fait 32 °C.", "°", "Il fait 32 degrés Celsius."),
        ("Il fait 32° à Lyon, au n° 5.", "°", "Il fait 32 degrés à Lyon, au numéro 5."),
        ("Šumperk", "Š", "Šumperk"),
        ("", "€", ""),
    ],
)
def test_signs_are_said(text: str, lacking: str, said: str) -> None:
    assert verbalise_symbols(text, lacking) == said
