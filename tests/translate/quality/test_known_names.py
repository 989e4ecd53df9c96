from __future__ import annotations

from collections.abc import Mapping

import pytest

from fixtures.scripted import scripted
from passerelle.seq2seq.checkpoint import Checkpoint
from passerelle.seq2seq.engine import Decoding
from passerelle.translate import Translator
from passerelle.translate.lexicon.gazetteer import name_groups
from passerelle.translate.quality import check
from passerelle.translate.quality.known_names import (
    Substitution,
    check_known_names,
    lost_known_names,
    substitutions,
    undo_substitution,
)
from passerelle.translate.reranker import Reranker
from passerelle.translate.scheduler import ask
from passerelle.translate.sentence_pair import Link
from passerelle.translate.translation_memory import Candidate
from tests.conftest import BUNDLED


@pytest.mark.parametrize(
    ("french", "english", "lost"),
    [
        ("Mardi, le maire a parlé.", "Mardi, the mayor spoke.", ["Mardi"]),
        ("Il est arrivé jeudi.", "He arrived on Tuesday.", ["jeudi"]),
        ("Les soldats nord-coréens partent.", "The north-coreens soldiers leave.", ["nord-coréens"]),
        ("Le déploiement nord-coréen aide.", "The deployment north-coreen helps.", ["nord-coréen"]),
        ("Elle vit au Pérou et au Kenya.", "She lives in Perrou and in Kenya.", ["Pérou"]),
        ("La Côte d’Ivoire gagne.", "The Ivory Coast wins.", []),
        ("La Côte d’Ivoire gagne.", "The side of ivory wins.", ["Côte d’Ivoire"]),
        ("L'armée américaine est là.", "The US army is there.", []),
        ("Le gouvernement britannique est tombé.", "The UK government fell.", []),
        ("Le roi d'Espagne parle.", "The Spanish king speaks.", []),
        ("Les Vénézuéliens votent.", "Venezuela votes.", []),
        ("Le président iranien parle.", "The Iraqi president speaks.", ["iranien"]),
        ("L'Autriche gagne.", "Australia wins.", ["Autriche"]),
        ("La Pologne gagne.", "The Polish win.", []),
        ("Un arc-en-ciel, rue Mai", "A rainbow, Mai street", []),
    ],
)
def test_what_has_one_english_must_be_there(french: str, english: str, lost: list[str]) -> None:
    assert [each.french for each in lost_known_names(french, english)] == lost
    assert [french[slice(*flag.spans[0])] for flag in check_known_names(french, english)] == lost


def test_a_lost_country_is_told_once() -> None:
    flags = [flag for flag in check("Elle vit au Pérou.", "She lives in Perrou.") if flag.kind == "name"]
    assert [str(flag.message) for flag in flags] == ["“Pérou” is “Peru” in English, and did not become that"]


NORTH = "Des forces nord-coréennes partent de Corée du Nord."
CORNED = "North-cored forces leave from North Korea."


def linked(french: str, english: str, *pairs: tuple[str, str]) -> tuple[Link, ...]:
    """The links between words that stand once in their text each."""
    return tuple(
        Link(french.index(one), french.index(one) + len(one), english.index(other), english.index(other) + len(other))
        for one, other in pairs
    )


def test_one_word_does_not_answer_for_two() -> None:
    links = linked(NORTH, CORNED, ("nord-coréennes", "North-cored"), ("Corée", "Korea"), ("Nord", "Korea"))
    assert lost_known_names(NORTH, CORNED) == []
    assert [each.french for each in lost_known_names(NORTH, CORNED, links)] == ["nord-coréennes"]
    (found,) = substitutions(NORTH, CORNED, links)
    assert found.right == "North Korean"


@pytest.mark.parametrize(
    "pairs",
    [
        (("Corée", "Korea"),),
        (("nord-coréennes", "North-cored"),),
        (("nord-coréennes", "North-cored"), ("nord-coréennes", "Korea"), ("Corée", "Korea")),
    ],
)
def test_a_word_without_links_and_an_answer_of_both_are_left_alone(pairs: tuple[tuple[str, str], ...]) -> None:
    assert lost_known_names(NORTH, CORNED, linked(NORTH, CORNED, *pairs)) == []


def test_a_frequent_word_of_the_same_group_stands_in() -> None:
    (found,) = substitutions("Les soldats nord-coréens partent.", "The north-coreens leave.")
    (group,) = (group for group in name_groups() if ("nord-coréens", "North Korean") in group)
    assert (found.french, found.english) == group[0] and found.right == "North Korean"


def test_a_stand_in_is_in_neither_text() -> None:
    french = "Le Japon parle au Pérou et au Togo, pas au Canada."
    found = substitutions(french, "Japan speaks to Perrou and togga, not Canada.")
    assert [each.right for each in found] == ["Peru", "Togo"]
    assert len({"Japan", "Canada", "Peru", "Togo", *(each.english for each in found)}) == 6


@pytest.mark.parametrize(
    ("output", "expected"),
    [
        ("The French soldiers leave.", "The __1__ soldiers leave."),
        ("A French soldier leaves.", "An __1__ soldier leaves."),
        ("The French and the French", None),
        ("The Frenchman leaves.", None),
    ],
)
def test_the_place_goes_to_the_right_word(output: str, expected: str | None) -> None:
    assert undo_substitution(output, Substitution((0, 1), "français", "French", "Icelandic"), "__1__") == expected


def judged(french: str, english: Mapping[str, str]) -> Candidate:
    """Return what stands for ``french`` where the model writes ``english``, or "" for what is not in there."""
    checkpoint = Checkpoint("bundled", BUNDLED, "path", "named by a test")
    model, _ = scripted(checkpoint, lambda text, decoding: [english.get(text, english.get("", "Nothing."))])
    judge = Reranker(model, Decoding(), 128)
    return ask(model, judge.steps(judge.prepare(french)))


def test_the_sentence_is_tried_again_with_the_stand_in() -> None:
    french = "Des soldats islandais arrivent ce soir."
    english = {
        french: "Soldiers island arrive tonight.",
        "Des soldats anglais arrivent ce soir.": "English soldiers arrive tonight.",
    }
    known = judged(french, english)
    assert known.english == "Icelandic soldiers arrive tonight."
    assert not any(flag.kind == "name" for flag in known.flags)


def test_a_lost_word_inside_an_address_is_left_there() -> None:
    french = "Le maire de Kurzeme vit au Pérou, voir http://a.fr/Islande pour la suite."
    known = judged(french, {"": "The mayor of Kurzeme lives in Perrou, see __1__ for the rest."})
    assert "http://a.fr/Islande" in known.english
    assert any(flag.kind == "name" for flag in known.flags)


def test_peoples_of_all_kinds_come_out_of_the_bundled_checkpoint(translator: Translator) -> None:
    page = translator("Une délégation islandaise est arrivée mardi. Les Vénézuéliens votent. Il a plu au Pérou.")
    text = page.text
    assert all(word in text for word in ("Iceland", "Tuesday", "Venezuela", "Peru")), text
