"""What is French and what is not, text by text and sentence by sentence."""

from __future__ import annotations

import subprocess
import sys
import time

import pytest

from passerelle.translate.language import language_of, looks_french
from tests.conftest import ROOT


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Le gouvernement a annoncé une réforme de la justice pour les prochaines années.", True),
        ("The government has announced a reform of the courts for the coming years.", False),
        ("Die Regierung hat eine Reform der Justiz für die kommenden Jahre angekündigt.", False),
        ("Bonjour", True),
        ("", True),
    ],
)
def test_does_it_look_french(text: str, expected: bool) -> None:
    assert looks_french(text) is expected


@pytest.mark.parametrize(
    ("sentence", "language"),
    [
        ("Le train pour Nantes part à midi.", "fr"),
        ("Un seul pull rouge.", "fr"),
        ("Les eleves ont ete tres etonnes.", "fr"),
        ("The meeting starts at nine.", "en"),
        ("I have no time today.", "en"),
        ("La présidente Çiğdem Yıldız a signé.", "fr"),
        ("Çiğdem Yıldız a signé.", "fr"),
        ("Recep Tayyip Erdoğan et Ivan Đukić ont signé.", "fr"),
        ("Cumhurbaşkanı Çiğdem Yıldız anlaşmayı imzaladı.", "tr"),
        ("Die Regierung hat eine Reform angekündigt.", "de"),
        ("El gobierno ha anunciado una reforma.", "es"),
        ("Il governo ha annunciato una riforma.", "it"),
        ("O governo anunciou uma reforma importante.", "pt"),
        ("De regering heeft een hervorming aangekondigd.", "nl"),
        # Too short to tell.
        ("Bonjour", "fr"),
        ("Marseille, 1987", "fr"),
        ("", "fr"),
        ("12 345 — ☂", "fr"),
        # But not always.
        ("Who are you?", "en"),
    ],
)
def test_language_of_a_sentence(sentence: str, language: str) -> None:
    assert language_of(sentence) == language


def test_a_sentence_without_end_takes_no_longer() -> None:
    language_of("Un deux trois quatre.")
    started = time.process_time()
    language_of("le chat dort " * 100_000)
    assert time.process_time() - started < 1


def test_the_identifier_is_read_only_when_it_is_asked() -> None:
    code = "import sys, passerelle.translate.language; print('py3langid' in sys.modules)"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert result.stdout.strip() == "False"
