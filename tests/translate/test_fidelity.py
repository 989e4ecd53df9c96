"""Each check on a sentence that is wrong in its way, and on one that is right."""

from __future__ import annotations

import time

import pytest

from translate.fidelity import check, digits
from translate.language import looks_french


def kinds(french: str, english: str, *, finished: bool = True) -> list[str]:
    return [flag.kind for flag in check(french, english, finished=finished)]


@pytest.mark.parametrize(
    ("french", "english"),
    [
        ("Il a payé 1 234,50 € le 3 mai.", "He paid €1,234.50 on 3 May."),
        ("La loi du 12 mars 2024 compte 45 articles.", "The law of 12 March 2024 has 45 articles."),
        ("Il y a 3 chats et 2 chiens.", "There are three cats and two dogs."),
        ("Les deux tiers ont voté.", "Two thirds voted."),
        ("Non, non, non !", "No, no, no!"),
        ("Bonjour.", "Hello."),
        ("Le XXIe siècle", "The 21st century"),
        ("Pyongyang, Moscou, Kiev", "Pyongyang, Moscow, Kyiv"),
    ],
)
def test_a_good_translation_has_no_flag(french: str, english: str) -> None:
    assert kinds(french, english) == []


@pytest.mark.parametrize(
    ("french", "english", "kind"),
    [
        ("Il y a 244 890 habitants.", "There are 24,490 inhabitants.", "number"),
        ("Il vit en France.", "He has lived in France since 1987.", "number"),
        ("Je suis désolé.", "I'm sorry I'm sorry I'm sorry I'm sorry", "repetition"),
        ("Le menu du jour est affiché.", "The menu menu menu menu is posted.", "repetition"),
        ("Le chat est sur la table de la cuisine.", "Le chat est sur la table de la cuisine.", "untranslated"),
        ("Nous avons longuement parlé de cette affaire hier soir.", "We talked.", "length"),
        ("Oui.", "Yes, and this goes on and on about things that the source never said at all.", "length"),
    ],
)
def test_a_bad_translation_is_flagged_with_a_reason(french: str, english: str, kind: str) -> None:
    flags = {flag.kind: flag.message for flag in check(french, english)}
    assert kind in flags
    assert flags[kind]


def test_what_the_model_did_not_finish_or_write_is_flagged() -> None:
    assert kinds("Bonjour.", "Hello.", finished=False) == ["truncated"]
    assert "empty" in kinds("Bonjour.", "...")


def test_digits_know_both_ways_of_writing_a_number() -> None:
    assert digits("1 234,56") == digits("1,234.56") == digits("1\u202f234,56")


def test_hostile_text_takes_linear_time() -> None:
    started = time.process_time()
    check("1 " * 20_000, "a b " * 20_000)
    check("1,1." * 20_000, "9" * 50_000)
    assert time.process_time() - started < 3


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
