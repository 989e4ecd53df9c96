from __future__ import annotations

import itertools
import time
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from passerelle.panes import Column, Piece
from passerelle.summarize.sentences import LONGEST, is_full, of, split
from passerelle.summarize.windows import windows


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He left. She stayed.", ["He left.", "She stayed."]),
        ("Mr. Smith met Dr. J. R. Jones. They spoke.", ["Mr. Smith met Dr. J. R. Jones.", "They spoke."]),
        ("The U.S. Senate voted. It passed.", ["The U.S. Senate voted.", "It passed."]),
        ("He lives in the U.S. She does not.", ["He lives in the U.S.", "She does not."]),
        ("It cost $3.5 million. Really?", ["It cost $3.5 million.", "Really?"]),
        ('"I won." He smiled.', ['"I won."', "He smiled."]),
        ("Fruit, e.g. apples, is good. Eat it.", ["Fruit, e.g. apples, is good.", "Eat it."]),
        ("Broken over\ntwo lines. Next.", ["Broken over two lines.", "Next."]),
        ("A heading\nThe text starts here. It ends.", ["A heading", "The text starts here.", "It ends."]),
        ("- one thing\n- another thing", ["- one thing", "- another thing"]),
        ("one\n\ntwo", ["one", "two"]),
        ("", []),
        (" \n\t", []),
    ],
)
def test_sentences_end_where_they_end(text: str, expected: list[str]) -> None:
    assert [sentence.text for sentence in split(text)] == expected


@given(st.text(alphabet=st.sampled_from("abC .!?\"'\n\r\t,;-()0…é\u00a0"), max_size=400))
def test_nothing_is_lost_and_spans_are_true(text: str) -> None:
    sentences = split(text)
    assert "".join("".join(text[s.start : s.end].split()) for s in sentences) == "".join(text.split())
    assert all(s.text == " ".join(text[s.start : s.end].split()) for s in sentences)
    assert all(a.end <= b.start for a, b in itertools.pairwise(sentences))
    assert [s.index for s in sentences] == list(range(len(sentences)))


def test_a_text_without_full_stops_is_divided() -> None:
    sentences = split("word " * 1000 + "and, " * 500)
    assert len(sentences) > 15
    assert max(sentence.size for sentence in sentences) <= LONGEST


@pytest.mark.parametrize(
    "text", ["." * 200_000, "a." * 100_000, "x" * 300_000, "\n" * 200_000, '."' * 100_000, "word " * 200_000]
)
def test_time_is_linear_on_hostile_text(text: str) -> None:
    began = time.perf_counter()
    split(text)
    assert time.perf_counter() - began < 8


@pytest.mark.parametrize(
    ("text", "full"), [("Yes.", True), ('"Yes!"', True), ("(Yes.)", True), ("Yes", False), ("", False)]
)
def test_what_a_full_sentence_ends_on(text: str, full: bool) -> None:
    assert is_full(text) is full


@dataclass(frozen=True)
class Translated:
    text: str = "Hello. It is cold."

    def columns(self) -> tuple[Column, ...]:
        french = "Bonjour. Il fait froid."
        return (
            Column("Original", french, (Piece(0, 8, "s0"), Piece(9, 23, "s1")), "fr"),
            Column("Translation", self.text, (Piece(0, 6, "s0"), Piece(7, 18, "s1")), "en"),
        )


def test_a_translation_gives_its_own_sentences_and_their_french() -> None:
    first, second = of(Translated())
    assert (first.text, first.source) == ("Hello.", "Bonjour.")
    assert (second.text, second.source, second.start, second.end) == ("It is cold.", "Il fait froid.", 7, 18)


@given(st.lists(st.integers(1, 30), max_size=40), st.integers(1, 60))
def test_windows_hold_everything_in_order_within_the_budget(sizes: list[int], budget: int) -> None:
    sentences = split("\n\n".join(" ".join(["w"] * size) for size in sizes))
    found = list(windows(sentences, budget))
    assert [sentence for window in found for sentence in window] == sentences
    assert all(len(window) == 1 or sum(s.size for s in window) <= budget for window in found)
