"""The pipeline on the real bundled checkpoint: form kept, nothing lost, the same English everywhere."""

from __future__ import annotations

import json
import os
import pickle
import re
import warnings
from dataclasses import FrozenInstanceError
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from passerelle.seq2seq.engine import Decoding
from passerelle.seq2seq.errors import CheckpointNotFound, EngineError, NotTextError
from passerelle.translate import Translation, Translator
from passerelle.translate.glossary import Entry, Glossary
from passerelle.translate.numbers.parse import english_numerals
from passerelle.translate.translator import LONGEST_SOURCE

SENTENCES = [
    "Le chat dort sur la table.",
    "Je ne comprends pas cette question.",
    "La Commission a présenté un rapport au Parlement.",
    "Bonjour à tous.",
]


def shape(text: str) -> list[str]:
    """Line breaks, margins and list marks: what must come out as it went in."""
    return [re.match(r"\s*(?:[-*•]|\d+\.)?\s*", line)[0] for line in text.splitlines(keepends=True)]  # type: ignore[index]


def test_spans_point_at_the_sentences_on_both_sides(translator: Translator, article: str) -> None:
    page = translator(article)
    assert len(page.sentences) == 22
    assert [sentence.index for sentence in page.sentences] == list(range(22))
    for sentence in page.sentences:
        assert page.source[sentence.start : sentence.end] == sentence.source
        assert page.text[sentence.target_start : sentence.target_end] == sentence.text
        assert sentence.score is None or sentence.score <= 0
    assert page.source == article
    assert shape(page.text) == shape(article)
    assert "North Korea" in str(page) or "Korea" in str(page)


@pytest.mark.parametrize(
    "text",
    [
        "\ufeffBonjour.\r\n\r\n  - Le chat dort.\r\n  - Il pleut.\r\n",
        "Bonjour.\n\n\n\tLe chat dort.\n1. Un\n2. Deux\n\n",
        "   \n\nBonjour à tous.   \n",
    ],
)
def test_form_is_kept(translator: Translator, text: str) -> None:
    page = translator(text)
    assert shape(page.text) == shape(text)
    assert page.text.startswith("\ufeff") == text.startswith("\ufeff")
    assert page.text != text


def test_a_wrapped_paragraph_is_wrapped_again(translator: Translator) -> None:
    text = (
        "> La Commission européenne a présenté hier un rapport sur la situation de l’emploi\n"
        "> dans les régions les plus pauvres, que le Parlement examinera au mois de mai. Il\n"
        "> sera discuté par les députés, qui voteront ensuite.\n\nFin.\n"
    )
    page = translator(text)
    quoted = [line for line in page.text.splitlines() if line.startswith("> ")]
    assert page.text.endswith("\n\n" + page.sentences[-1].text + "\n")
    assert len(quoted) >= 2
    assert all(len(line) <= 83 for line in quoted)
    for sentence in page.sentences:
        written = page.text[sentence.target_start : sentence.target_end]
        assert written.replace("\n> ", " ") == sentence.text


@pytest.mark.parametrize(
    "text", ["", "   \n\t\n", "-", "12 345,6", "🎉", "\ud800", "…", "http://a.fr/x", "\x00\x01", "a" * 100_000]
)
def test_what_is_not_french_comes_back_as_it_is(translator: Translator, text: str) -> None:
    page = translator(text)
    assert page.text == text
    assert all(sentence.text == sentence.source for sentence in page.sentences)


@pytest.mark.parametrize(
    "span", ["https://exemple.fr/a_b?c=1&d=%20", "jean.dupont@mairie.fr", "{nom}", "`ls -l`", "🎉", "Привет"]
)
def test_protected_spans_are_byte_identical(translator: Translator, span: str) -> None:
    page = translator(f"Nous avons reçu {span} hier de la part du président.")
    assert page.text.count(span) == 1
    assert "president" in page.text.lower()


def test_a_sentence_too_long_for_the_model_is_split_and_none_of_it_lost(translator: Translator) -> None:
    numbers = range(10, 90)
    text = ", et ".join(f"le Parlement a voté la loi {number}" for number in numbers) + "."
    assert translator.model.count(text) > translator.model.limit
    page = translator(text)
    (sentence,) = page.sentences
    flags = {flag.kind: flag for flag in sentence.flags}
    assert "truncated" not in flags
    # In words it is the same number.
    kept = {int(reading) for each in english_numerals(page.text) for reading in each.readings}
    doubted = {int(text[start:end]) for start, end in flags["number"].spans} if "number" in flags else set()
    assert kept | doubted == set(numbers) and len(kept) >= 60


def test_a_term_at_the_seam_of_a_sentence_over_the_limit_is_kept_whole(translator: Translator) -> None:
    term = "la ville, le port et la chambre de commerce"
    text = (
        "Comme le raconte le journal de dimanche, selon le maire et les pompiers de la commune, les 63 familles qui "
        "vivent au bord de la rivière attendent encore de savoir si leurs maisons, construites il y a trente ans, "
        f"devront être détruites avant que ne commencent les travaux du nouveau pont, qui ont été confiés à {term}, "
        "alors que les pêcheurs, dont les bateaux ne peuvent plus sortir, demandent au gouvernement de les aider, "
        "parce que la saison a déjà commencé et que le prix du poisson augmente chaque semaine sur tous les marchés de "
        "la région, où les clients sont de moins en moins nombreux."
    )
    assert translator.model.count(text) > LONGEST_SOURCE
    (sentence,) = translator.with_glossary(Glossary([Entry(term, "the harbour partners")]))(text).sentences
    assert "the harbour partners" in sentence.text and "63" in sentence.text
    assert len(translator.alternatives(text)) > 2


def test_the_same_sentence_gives_the_same_english_everywhere(translator: Translator) -> None:
    alone = [translator(sentence).text for sentence in SENTENCES]
    assert [page.text for page in translator(SENTENCES)] == alone
    assert [s.text for s in translator.stream(" ".join(SENTENCES))] == alone
    assert translator(" ".join(SENTENCES)).text == " ".join(alone)
    fresh = Translator(translator.checkpoint.path)
    assert [page.text for page in fresh(list(reversed(SENTENCES)))] == alone[::-1]


def test_lists_keep_their_order_and_their_empty_texts(translator: Translator) -> None:
    pages = translator(["", SENTENCES[0], "-", SENTENCES[1], ""])
    assert [page.source for page in pages] == ["", SENTENCES[0], "-", SENTENCES[1], ""]
    assert [bool(page.text.strip(" -")) for page in pages] == [False, True, False, True, False]
    assert translator([]) == []


def test_a_translation_under_way_is_valid_at_every_step(translator: Translator, article: str) -> None:
    running = translator.start(article)
    for steps, sentence in enumerate(running, start=1):
        so_far = running.translation
        assert so_far.sentences[-1] == sentence
        assert so_far.text.endswith(sentence.text)
        if steps == 5:
            break
    assert not running.is_complete
    whole = translator(article)
    assert whole.text.startswith(so_far.text)


def test_english_is_translated_with_a_notice(translator: Translator) -> None:
    page = translator("The government has announced a reform of the courts for the coming years.")
    assert "does not look like French" in page.notices[0]
    assert page.text


def test_results_are_frozen_and_go_to_json(translator: Translator) -> None:
    page = translator("Bonjour. Il y a 3 chats.")
    with pytest.raises(FrozenInstanceError):
        page.text = ""  # type: ignore[misc]
    again = json.loads(json.dumps(page.to_dict()))
    assert again["text"] == page.text
    assert again["paragraphs"][0]["sentences"][1]["start"] == 9
    assert set(again) == {"source", "text", "paragraphs", "signature", "notices"}


def test_a_repr_says_what_is_in_use_and_why(translator: Translator) -> None:
    assert "compact-fr-en" in repr(translator)
    assert "cpu" in repr(translator) or "cuda" in repr(translator)
    assert translator.signature.split("|")[3] == f"beam:{Decoding().beam}"
    assert "2 sentences" in repr(translator("Bonjour. Il pleut."))
    assert translator("Bonjour.")._repr_html_().count('data-key="s0"') == 2


def test_an_unknown_checkpoint_is_one_clear_line() -> None:
    with pytest.raises(CheckpointNotFound) as caught:
        Translator("/nowhere/at-all")
    assert "\n" not in str(caught.value)


@given(st.text(max_size=80))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_keeps_its_lines_and_gives_something(translator: Translator, text: str) -> None:
    page = translator(text)
    assert isinstance(page, Translation)
    assert page.text.count("\n") == text.count("\n")
    assert bool(page.text.strip()) == bool(text.strip())


@pytest.mark.parametrize("wrong", [None, float("nan"), b"Il pleut.", {"a": "Il pleut."}])
def test_what_is_no_text_is_named_before_any_work(translator: Translator, wrong: Any) -> None:
    with pytest.raises(NotTextError, match="text must be a str"):
        translator(wrong)
    with pytest.raises(NotTextError, match=r"text\[1\] must be a str"):
        translator(["Il pleut.", wrong])
    with pytest.raises(NotTextError, match=r"texts\[1\] must be a str"):
        list(translator.translate_many(["Il pleut.", wrong]))


def test_a_translator_is_pickled_and_loaded_again(translator: Translator) -> None:
    other = pickle.loads(pickle.dumps(translator.with_glossary(Glossary([Entry("chat", "feline")]))))
    assert other.signature == translator.with_glossary(Glossary([Entry("chat", "feline")])).signature
    assert other("Le chat dort.").text == translator.with_glossary(other.glossary)("Le chat dort.").text


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")
def test_in_a_forked_process_it_says_what_to_do(translator: Translator) -> None:
    translator("Le chat dort.")
    reading, writing = os.pipe()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # there are threads, which is the point
        child = os.fork()
    if not child:
        try:
            translator("Il pleut beaucoup ici.")
        except EngineError as error:
            os.write(writing, str(error).encode())
        finally:
            os._exit(0)
    os.close(writing)
    os.waitpid(child, 0)
    with os.fdopen(reading, "rb") as said:
        assert b"load it in the new process" in said.read()
