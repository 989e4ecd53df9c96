from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from passerelle.translate import dictionary
from passerelle.translate.lexicon.forms import key
from passerelle.ui.cli import main


def first(word: str) -> tuple[str, str]:
    entry = dictionary.look_up(word)[0]
    return entry.word, entry.senses[0].english[0]


@pytest.mark.parametrize(
    ("form", "base", "english"),
    [
        ("dort", "dormir", "sleep"),
        ("loyer", "loyer", "rent"),
        ("l'eau", "eau", "water"),
        ("l’eau", "eau", "water"),
        ("d'acier", "acier", "steel"),
        ("chevaux", "cheval", "horse"),
        ("yeux", "œil", "eye"),
        ("nationales", "national", "national"),
        ("belles", "beau", "beautiful"),
        ("mangeait", "manger", "eat"),
        ("finissons", "finir", "finish"),
        ("courent", "courir", "run"),
        ("est", "être", "be"),
        ("porte", "porte", "door"),
        ("Farine", "farine", "flour"),
        ("SŒUR", "sœur", "sister"),
        ("pouce", "pouce", "thumb"),
        ("avocat", "avocat", "lawyer"),
        ("tout  de suite", "tout de suite", "immediately"),
        ("rendait visite", "rendre visite", "pay a visit"),
    ],
)
def test_a_word_is_found_in_any_form_with_its_usual_sense_first(form: str, base: str, english: str) -> None:
    assert first(form) == (base, english)


EVERYDAY = """
eau:water chiens:dog chien:dog enfants:child livres:book maison:house temps:time santé:health homme:man monde:world
droit:right pain:bread lait:milk fromage:cheese pomme:apple viande:meat poisson:fish œufs:egg sel:salt sucre:sugar
matin:morning soir:evening nuit:night jour:day semaine:week mois:month année:year rue:street route:road voiture:car
train:train gare:station avion:plane école:school travail:work argent:money prix:price main:hand tête:head yeux:eye
pied:foot cœur:heart bras:arm médecin:doctor père:father mère:mother frère:brother sœur:sister fille:girl garçon:boy
amis:friend mange:eat boit:drink dort:sleep vient:come prend:take voit:see achète:buy vend:sell ouvre:open ferme:close
petite:small rouge:red chaud:hot froid:cold vite:quickly souvent:often jamais:never suis:be vit:live fils:son
""".split()


@pytest.mark.parametrize("pair", EVERYDAY)
def test_everyday_words_have_their_usual_sense_first(pair: str) -> None:
    form, english = pair.split(":")
    assert first(form)[1] == english


def test_a_form_of_two_verbs_has_both() -> None:
    assert [entry.word for entry in dictionary.look_up("suis")] == ["être", "suivre"]


def test_senses_have_their_part_of_speech() -> None:
    (entry,) = dictionary.look_up("loyer")
    assert [(each.part_of_speech, each.gender) for each in entry.senses] == [("noun", "m")]
    assert str(entry) == "loyer, noun m: rent"


@pytest.mark.parametrize(
    ("sentence", "pointed", "found"),
    [
        ("Un coup de pouce aide.", "pouce", "coup de pouce"),
        ("Elle rend visite à sa mère.", "visite", "rend visite"),
        ("Le chat dort.", "dort", "dort"),
        ("De l’eau, tout de suite !", "suite", "tout de suite"),
        ("De l’eau, tout de suite !", "eau", "eau"),
    ],
)
def test_the_longest_expression_around_a_word_is_found(sentence: str, pointed: str, found: str) -> None:
    here = dictionary.at(sentence, sentence.index(pointed))
    assert here is not None
    assert sentence[here.start : here.end] == found


@settings(deadline=None)
@given(st.text(max_size=40))
def test_any_text_can_be_looked_up(text: str) -> None:
    dictionary.look_up(text)
    for found in dictionary.every(text):
        assert found.entries
        assert text[found.start : found.end].strip()


def test_every_line_is_found_by_its_key() -> None:
    lines = [line.decode() for line in dictionary._all_lines()]
    keys = [line.partition("\t")[0].encode() for line in lines]
    assert keys == sorted(keys)
    for line in lines[::97]:
        filed, _, rest = line.partition("\t")
        assert rest in dictionary._lines(filed)
    assert dictionary._lines("") == dictionary._lines("zzzz") == []


def test_the_extract_of_a_text_has_its_words_and_no_others() -> None:
    extract = dictionary.extract(["Le chat dort.", "Un coup de pouce à l’école."])
    assert {"chat", "dort", "coup de pouce", "pouce", "école"} <= extract.keys()
    assert extract["dort"][0] == ["dormir", "verb", "", "sleep"]
    assert "loyer" not in extract
    assert all(form == key(form) for form in extract)
    assert json.loads(json.dumps(extract)) == extract


def test_the_package_has_it_within_its_size_and_with_its_credits() -> None:
    assert dictionary.PATH.stat().st_size < 2_000_000
    for source in ("Wiktionary", "EuroVoc", "FranceTerme", "ODbL", "CC BY-SA 3.0", "Unicode", "simplemma"):
        assert source in dictionary.credits()
    settings = (Path(__file__).parents[3] / "pyproject.toml").read_text(encoding="utf-8")
    assert f"lexicon/{dictionary.PATH.name}" in settings
    assert f"lexicon/{dictionary.CREDITS.name}" in settings


def test_the_command_defines_a_word(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["define", "dort"]) == 0
    shown = capsys.readouterr()
    assert shown.out == "dormir, verb: sleep\n"
    assert "Wiktionary" in shown.err
    assert main(["define", "coup", "de", "pouce", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)[0]["word"] == "coup de pouce"
    assert main(["define", "blorf"]) == 1
    assert "no “blorf”" in capsys.readouterr().err
