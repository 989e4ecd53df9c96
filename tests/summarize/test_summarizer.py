from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from passerelle.panes import Column, Piece
from passerelle.seq2seq.errors import CheckpointNotFound
from passerelle.summarize import Summarizer, Summary
from passerelle.summarize.drafts import EndToEnd, SelectAndCompress
from passerelle.summarize.lengths import Length, parse
from passerelle.summarize.sentences import is_full, split
from passerelle.summarize.summarizer import NO_MODEL, PRESETS
from passerelle.summarize.verification import unsupported_names, unsupported_numbers
from passerelle.summarize.words import words
from tests.seq2seq.hub_server import HubServer, serving
from tests.seq2seq.test_hub import settle
from tests.tiny import bart, marian, t5

QUICK = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
SENTENCE = st.builds(
    lambda words, mark: " ".join(words).capitalize() + mark,
    st.lists(
        st.sampled_from('the storm killed Paris 12 not mayor rain, said (maybe) "no" who'.split()),
        min_size=1,
        max_size=25,
    ),
    st.sampled_from([".", "!", "?", "...", ".\n\n", "\n", ""]),
)


def holds(summary: Summary, text: str) -> None:
    """What holds of every summary."""
    assert len(summary.text.split()) <= len(text.split())
    assert all(sentence.evidence for sentence in summary.sentences)
    for sentence in summary.sentences:
        assert sentence.text in summary.text
        evidence = " ".join(piece.text for piece in sentence.evidence)
        assert not unsupported_numbers(sentence.text, evidence)
        assert not unsupported_names(sentence.text, evidence)
        for piece in sentence.evidence:
            assert " ".join(text[piece.start : piece.end].split()) == piece.text
    if summary.sentences and not summary.notices:
        assert is_full(summary.text)
        assert 0 < summary.ratio < 1
    json.dumps(summary.to_dict())


@given(st.lists(SENTENCE, max_size=30), st.sampled_from(["short", "medium", "long", 1, 3, 0.2]))
@QUICK
def test_what_holds_of_every_summary(summarizer: Summarizer, sentences: list[str], length: Length) -> None:
    text = " ".join(sentences)
    holds(summarizer(text, length), text)


@pytest.mark.parametrize(
    "text",
    [
        "no full stop at all in this text which goes on " * 40,
        "Name | Age | City\n" + "Smith | 12 | Paris\n" * 60,
        "- apples\n- pears\n- 3 plums\n" * 30,
        "The same sentence comes again and again. " * 60,
        "Le ministre de l'Intérieur a dénoncé samedi la décision du président français devant les députés. " * 2
        + "Il a ajouté que la mesure coûterait 3 millions d'euros. Les syndicats appellent à la grève lundi. " * 8,
        "x" * 50_000,
        "ALL CAPITALS ARE HERE. " * 3 + "THE MAYOR SAID NO TO 12 MEN. THE CITY OF PARIS WAS NOT WARNED IN TIME. " * 9,
        "\ud800 broken surrogate. " * 30,
        "日本語の文章です。" * 50,
        "?! ... !!! " * 50,
    ],
)
def test_hostile_documents(summarizer: Summarizer, text: str) -> None:
    holds(summarizer(text), text)


def test_an_article(summarizer: Summarizer, english_article: str) -> None:
    summary = summarizer(english_article)
    holds(summary, english_article)
    assert summary.notices == ()
    assert 0.1 < summary.ratio < 0.6
    assert "Portugal" in summary.text


def test_lengths_are_ordered_and_kept(summarizer: Summarizer, english_article: str) -> None:
    words = [len(summarizer(english_article, length).text.split()) for length in ("short", "medium", "long")]
    assert words == sorted(words)
    assert words[0] < words[2]
    assert len(summarizer(english_article, 2).sentences) == 2
    assert 0.2 < summarizer(english_article, 0.25).ratio < 0.3


@pytest.mark.parametrize("length", [0, -1, 1.5, 0.0, "tiny", True])
def test_a_wrong_length_is_refused(summarizer: Summarizer, length: Length) -> None:
    with pytest.raises(ValueError, match="length must be"):
        summarizer("Some text.", length)


def test_styles_and_headline(summarizer: Summarizer, english_article: str) -> None:
    bullets = summarizer(english_article, style="bullets", headline=True)
    assert all(line.startswith("- ") for line in bullets.text.splitlines())
    assert len(bullets.text.splitlines()) == len(bullets.sentences)
    assert bullets.headline is not None
    assert bullets.headline.evidence
    with pytest.raises(ValueError, match="style"):
        summarizer(english_article, style="verse")


def test_empty_and_short_texts_say_so(summarizer: Summarizer) -> None:
    empty = summarizer("  \n ")
    assert (empty.text, empty.sentences) == ("", ())
    assert "empty" in empty.notices[0]
    short = summarizer("It rained in Paris. Nobody minded.")
    assert short.text == "It rained in Paris. Nobody minded."
    assert "whole" in short.notices[0]


def test_a_list_gives_a_list(summarizer: Summarizer, english_article: str) -> None:
    first, second = summarizer([english_article, "Short."])
    assert first == summarizer(english_article)
    assert second.text == "Short."


def test_a_foreign_text_is_quoted_with_a_notice(summarizer: Summarizer, article: str) -> None:
    summary = summarizer(article)
    assert "English" in summary.notices[0]
    assert not any(sentence.rewritten for sentence in summary.sentences)


@dataclass(frozen=True)
class Translated:
    text: str

    def columns(self) -> tuple[Column, ...]:
        pieces = tuple(Piece(s.start, s.end, f"s{s.index}") for s in split(self.text))
        french = Column("Original", self.text.upper(), pieces, "fr")
        return (french, Column("Translation", self.text, pieces, "en"))


def test_evidence_reaches_through_a_translation(summarizer: Summarizer, english_article: str) -> None:
    page = Translated(english_article)
    summary = summarizer(page)
    for sentence in summary.sentences:
        for piece in sentence.evidence:
            assert " ".join(page.text[piece.start : piece.end].split()) == piece.text
            assert " ".join(piece.source.split()) == piece.text.upper()
    _original, translation, column = summary.columns()
    keys = {piece.key for piece in translation.pieces}
    assert all(set(piece.links) <= keys for piece in column.pieces)
    assert [column.text[piece.start : piece.end] for piece in column.pieces] == [s.text for s in summary.sentences]
    assert "<" in summary._repr_html_()


def test_a_very_long_text_takes_linear_time(summarizer: Summarizer, english_article: str) -> None:
    def seconds(copies: int) -> float:
        text = " ".join(f"{english_article} Report {number} ended in town {number * 7}." for number in range(copies))
        began = time.process_time()
        holds(summarizer(text, "short"), text)
        return time.process_time() - began

    small = max(seconds(15), 0.2)
    assert seconds(120) < 16 * small


@pytest.mark.parametrize(("make", "prefix"), [(marian, ""), (t5, "summarize: "), (bart, "")])
def test_an_end_to_end_checkpoint_is_verified_the_same_way(
    tmp_path: Path, english_article: str, make: Callable[[Path], Path], prefix: str
) -> None:
    summarizer = Summarizer(make(tmp_path / "tiny"))
    assert isinstance(summarizer.writer, EndToEnd)
    assert summarizer.writer.prefix == prefix
    text = english_article[:300]
    summary = summarizer(text)
    holds(summary, text)
    assert summary.sentences
    assert summary.signature.startswith("tiny@")


def test_a_preset_comes_from_the_hub_and_is_verified_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, english_article: str
) -> None:
    files = {path.name: path.read_bytes() for path in t5(tmp_path / "tiny").iterdir()}
    with serving(HubServer({PRESETS["t5-small"]: files})) as hub:
        settle(monkeypatch, tmp_path, hub.endpoint)
        summarizer = Summarizer("t5-small")
        assert hub.sent("GET", "model.safetensors")
    text = english_article[:300]
    holds(summarizer(text), text)
    assert "google-t5/t5-small" in repr(summarizer)
    # The default stays what it is, whatever the cache holds.
    assert "compact-en" in repr(Summarizer())
    assert Summarizer("t5-small")(text) == summarizer(text)


def test_the_bundled_compressor_is_the_default(summarizer: Summarizer, english_article: str) -> None:
    assert isinstance(summarizer.writer, SelectAndCompress)
    assert "compact-en" in summarizer.signature
    holds(summarizer(english_article), english_article)


def test_cuts_alone_need_no_checkpoint(english_article: str) -> None:
    summarizer = Summarizer(NO_MODEL)
    assert summarizer.model is None
    assert "no checkpoint" in repr(summarizer)
    assert summarizer.signature.startswith("cuts@")
    assert any(s.rewritten for s in summarizer(english_article, "long").sentences)
    holds(summarizer(english_article), english_article)


def test_a_ratio_is_filled_and_a_number_of_sentences_kept(summarizer: Summarizer) -> None:
    text = " ".join(f"The storm number {n} destroyed the harbour near the city of Town{n}." for n in range(40))
    assert len(summarizer(text, 7).sentences) == 7
    assert 0.3 <= summarizer(text, 0.4).ratio <= 0.4


def test_short_texts_keep_their_lines(summarizer: Summarizer) -> None:
    text = "- milk\n- bread\n\nCall the baker.\nHe closes at noon."
    summary = summarizer(text)
    assert summary.text == text
    assert [summary.column().text[p.start : p.end] for p in summary.column().pieces] == [
        sentence.text for sentence in summary.sentences
    ]


def test_a_headline_is_short_and_comes_from_its_evidence(summarizer: Summarizer, english_article: str) -> None:
    headline = summarizer(english_article, headline=True).headline
    assert headline is not None
    assert not headline.text.endswith(".")
    assert set(words(headline.text)) <= set(words(headline.evidence[0].text))
    assert len(headline.text.split()) < len(headline.evidence[0].text.split())


@pytest.mark.parametrize(
    ("text", "length"), [("short", "short"), ("Long", "long"), ("3", 3), ("0.2", 0.2), ("20%", 0.2), (" 12.5% ", 0.125)]
)
def test_a_length_in_words(text: str, length: Length) -> None:
    assert parse(text) == length


@pytest.mark.parametrize("text", ["", "0", "-1", "1.5", "150%", "%", "tiny", "1e3", "²", "nan"])
def test_what_is_no_length(text: str) -> None:
    with pytest.raises(ValueError, match="length must be"):
        parse(text)


def test_a_name_that_is_nowhere_is_an_error_and_not_the_bundled_one() -> None:
    with pytest.raises(CheckpointNotFound):
        Summarizer("./no-such-folder")


def test_both_engines_give_the_same_summary(english_article: str) -> None:
    summaries = [
        Summarizer("compact-en", engine=engine, number_format="float32")(english_article).text
        for engine in ("pytorch", "ctranslate2")
    ]
    assert summaries[0] == summaries[1]


def test_one_sentence_is_one_even_of_a_short_text() -> None:
    text = "The council met on Monday. The work will cost EUR 450,000. Shopkeepers fear for their sales."
    assert len(Summarizer(NO_MODEL)(text, 1).sentences) == 1


@pytest.mark.parametrize("length", [1, 2, 3])
def test_an_amount_keeps_its_currency_and_the_headline_is_not_the_first_sentence(length: int) -> None:
    text = (
        "The council met on Monday evening. The work will last six months and will cost EUR 450,000. During this "
        "period, parking will be banned and the market will be held in front of the station. Shopkeepers fear a fall "
        "in their sales. The mayor promised help of EUR 2,000 per month."
    )
    summary = Summarizer(NO_MODEL)(text, length, style="bullets", headline=True)
    assert "EUR 450,000" in summary.text
    assert summary.headline is not None
    assert summary.headline.text != summary.sentences[0].text.removesuffix(".")


@dataclass(frozen=True)
class Doubted(Translated):
    """A translation in which the facts of some sentences, by number, are doubted."""

    wrong: frozenset[int]

    def columns(self) -> tuple[Column, ...]:
        french, english = super().columns()
        pieces = tuple(
            replace(piece, notes=("12 became 21",), kinds=("number",)) if number in self.wrong else piece
            for number, piece in enumerate(english.pieces)
        )
        return (french, replace(english, pieces=pieces))


@given(st.frozensets(st.integers(0, 11)), st.sampled_from(["short", "medium", "long", 1, 3, 0.3]))
@QUICK
def test_what_a_flag_doubts_is_never_in_a_summary(
    summarizer: Summarizer, english_article: str, wrong: frozenset[int], length: Length
) -> None:
    whole = frozenset(range(len(split(english_article)))) <= wrong
    summary = summarizer(Doubted(english_article, wrong), length, headline=True)
    assert summary.sentences
    assert summary.headline is not None
    for sentence in (*summary.sentences, summary.headline):
        used = {evidence.index for evidence in sentence.evidence}
        assert whole or not used & wrong
        assert not whole or any(flag.kind == "translation" for flag in sentence.flags)
    assert whole == any("to check" in notice for notice in summary.notices)


def test_the_facts_of_a_text_that_is_all_doubted_are_marked(summarizer: Summarizer, english_article: str) -> None:
    summary = summarizer(Doubted(english_article, frozenset(range(30))))
    assert "to check" in summary.notices[0]
    assert all(sentence.flags[-1].kind == "translation" for sentence in summary.sentences)
