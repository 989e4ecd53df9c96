"""Which English stands: other hypotheses, other searches, numbers put right; the model says what a test wants it to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest

from fixtures.scripted import scripted
from passerelle.seq2seq.checkpoint import Checkpoint
from passerelle.seq2seq.engine import Decoding
from passerelle.translate.glossary import Entry, Glossary
from passerelle.translate.reranker import Reranker
from passerelle.translate.scheduler import ask
from passerelle.translate.translation_memory import Candidate
from tests.conftest import BUNDLED

BEAM = Decoding(beam=4, hypotheses=4)
Script = Mapping[str, Sequence[str]]


def judged(french: str, script: Script, glossary: Glossary | None = None) -> tuple[Candidate, list[str]]:
    """Return what stands for ``french`` where the model writes as in ``script``, and what it was asked."""

    def answers(text: str, decoding: Decoding) -> Sequence[str]:
        return script.get("no repeat" if decoding.no_repeat_ngram else text, ["Nothing fits here."])

    model, engine = scripted(Checkpoint("bundled", BUNDLED, "path", "named by a test"), answers)
    judge = Reranker(model, BEAM, 128, glossary)
    prepared = judge.prepare(french)
    return ask(model, judge.steps(prepared)), engine.searches


FRENCH = "Il y a 34 autres fonctionnaires dans la ville."


def test_a_good_hypothesis_is_taken_and_no_other_search_is_run() -> None:
    known, searches = judged(FRENCH, {FRENCH: ["There are 34 other officials in the city.", "Another."]})
    assert known.english == "There are 34 other officials in the city."
    assert searches == [FRENCH]


def test_a_hypothesis_of_real_words_is_taken() -> None:
    french = "Le voleur a été arrêté."
    known, searches = judged(french, {french: ["The thief was drestationed.", "The thief was arrested."]})
    assert known.english == "The thief was arrested."
    assert searches == [french]
    assert not known.flags


def test_a_number_weighs_more_than_words_that_are_none() -> None:
    right = "There are 34 other officierons in the civamille."
    known, _ = judged(FRENCH, {FRENCH: [right, "There are other officials in the city."]})
    assert known.english == right
    assert [flag.kind for flag in known.flags] == ["made-up word", "made-up word"]


def test_the_last_hypothesis_is_taken_where_it_alone_is_right() -> None:
    lost = "There are other officials in the city."
    script = {FRENCH: [lost, "There are officials in the city.", lost, "In the city are 34 other officials."]}
    known, searches = judged(FRENCH, script)
    assert known.english == "In the city are 34 other officials."
    assert searches == [FRENCH]
    assert not known.flags


def test_a_number_that_is_certain_is_put_right_before_anything_is_tried() -> None:
    known, searches = judged(FRENCH, {FRENCH: ["There are 43 other officials in the city.", "34 officials."]})
    assert known.english == "There are 34 other officials in the city."
    assert searches == [FRENCH]
    assert [(flag.kind, flag.severity) for flag in known.flags] == [("number", "note")]
    assert any(known.english[link.target_start : link.target_end] == "34" for link in known.links)


def test_a_lost_number_is_given_to_the_model_as_a_placeholder() -> None:
    hidden = FRENCH.replace("34", "__1__")
    script = {FRENCH: ["There are other officials in the city."], hidden: ["There are __1__ officials in the city."]}
    known, searches = judged(FRENCH, script)
    assert known.english == "There are 34 officials in the city."
    assert searches == [FRENCH, hidden]
    assert not known.flags


@pytest.mark.parametrize("answer", ["There are officials in the city.", "__1__ __1__ officials in the city."])
def test_a_checkpoint_that_copies_no_placeholder_does_no_harm(answer: str) -> None:
    first = "There are other officials in the city."
    known, _ = judged(FRENCH, {FRENCH: [first], FRENCH.replace("34", "__1__"): [answer]})
    assert known.english == first
    assert [flag.kind for flag in known.flags] == ["number"]


def test_a_loop_is_searched_again_without_repetition() -> None:
    french = "Le chat dort sur la table."
    loop = "The cat sleeps sleeps sleeps sleeps on the table."
    known, _ = judged(french, {french: [loop], "no repeat": ["The cat sleeps on the table."]})
    assert known.english == "The cat sleeps on the table."


def test_a_term_is_brought_about_by_a_placeholder() -> None:
    french = "Le maire a parlé."
    script = {french: ["The head has spoken."], "Le __1__ a parlé.": ["The __1__ has spoken."]}
    known, _ = judged(french, script, Glossary([Entry("maire", "mayor")]))
    assert known.english == "The mayor has spoken."


def test_a_lost_address_is_left_between_two_searches() -> None:
    french = "Voir http://a.fr pour la suite."
    script = {
        "Voir __1__ pour la suite.": ["See for the rest."],
        "Voir": ["See"],
        "pour la suite.": ["for the rest."],
    }
    known, _ = judged(french, script)
    assert known.english == "See http://a.fr for the rest."


def test_lost_names_are_given_to_the_model_as_placeholders_those_that_stand_together_as_one() -> None:
    french = "Hier la mairie a reçu Zlatan Hadjiev dans la ville."
    script = {
        french: ["Yesterday the town hall received Zmurgho Fablo in the city."],
        french.replace("Zlatan Hadjiev", "__1__"): ["Yesterday the town hall received __1__ in the city."],
    }
    known, searches = judged(french, script)
    assert known.english == "Yesterday the town hall received Zlatan Hadjiev in the city."
    assert searches == [french, french.replace("Zlatan Hadjiev", "__1__")]
    assert not known.flags


def test_a_name_that_english_spells_its_own_way_is_not_hidden() -> None:
    french = "Hier la mairie a reçu Londres dans la ville."
    script = {french: ["Yesterday the town hall received the guests in the city."]}
    known, searches = judged(french, script)
    assert searches == [french]
    assert [flag.kind for flag in known.flags] == ["name"]


CLAUSE = "on a vu le chien qui dort sous la table près de la porte"
TOO_LONG = (
    ", et ".join([CLAUSE] * 4 + ["le maire de la ville, du port et de la gare a reçu 34 chats"] + [CLAUSE] * 5) + "."
)


def copied(text: str, decoding: Decoding) -> Sequence[str]:
    """Words for words, as far as a checkpoint that knows few of them goes; it reads no term and no number."""
    english = {"on a vu le chien qui dort sous la table": "we saw the dog that sleeps under the table", "et": "and"}
    for french, word in (*english.items(), ("près de la porte", "near the door"), ("a reçu", "received")):
        text = text.replace(french, word)
    return [text.replace("chats", "cats").replace("34 ", "").replace("le maire de la ville, du port", "the head")]


def test_second_tries_of_a_sentence_over_the_limit_know_its_terms_and_its_numbers() -> None:
    term = Entry("maire de la ville, du port et de la gare", "tri-mayor")
    model, _ = scripted(Checkpoint("bundled", BUNDLED, "path", "named by a test"), copied)
    assert model.count(TOO_LONG) > 150
    judge = Reranker(model, BEAM, 128, Glossary([term]))
    prepared = judge.prepare(TOO_LONG)
    assert len(prepared.parts) > 1
    known = ask(model, judge.steps(prepared))
    assert "le tri-mayor received 34 cats" in known.english
    assert not {flag.kind for flag in known.flags} & {"glossary", "number"}


def test_another_hypothesis_of_one_part_is_taken_where_a_sentence_is_over_the_limit() -> None:
    def answers(text: str, decoding: Decoding) -> Sequence[str]:
        right = copied(text.replace("34", "3 4"), decoding)[0].replace("3 4", "34")
        return [right.replace("34 ", ""), right.replace("34 ", "a few "), right]

    model, engine = scripted(Checkpoint("bundled", BUNDLED, "path", "named by a test"), answers)
    judge = Reranker(model, BEAM, 128)
    prepared = judge.prepare(TOO_LONG)
    known = ask(model, judge.steps(prepared))
    assert "received 34 cats" in known.english
    assert engine.searches == list(dict.fromkeys(part.text for part in prepared.parts))
    assert len(ask(model, judge.alternatives(prepared, 4))) == 3
