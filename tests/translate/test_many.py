"""Many texts as one: each group comes back whole and in its place, whatever the texts hold and whenever one stops."""

from __future__ import annotations

from collections.abc import Iterator

from hypothesis import given
from hypothesis import strategies as st

from passerelle.translate.attempt import Accept, Attempt
from passerelle.translate.many import Many
from passerelle.translate.progressive import Progressive
from passerelle.translate.segmenter import Segment
from passerelle.translate.translation_memory import Candidate, MemoryChain


def upper(segment: Segment) -> Attempt:
    return Attempt(Accept(Candidate(segment.flat.upper())))


def started(text: str) -> Progressive:
    return Progressive(text, None, MemoryChain(), attempt=upper, run=lambda work: work, signature="upper")


TEXTS = st.lists(
    st.lists(st.sampled_from(["", "-", "Un chat.", "Un chat. Un chien.\n\nUn rat."]), max_size=4), max_size=5
)


@given(TEXTS)
def test_every_group_comes_back_in_order(groups: list[list[str]]) -> None:
    many = Many((number, map(started, texts)) for number, texts in enumerate(groups))
    found = []
    for attempt in many.work():
        many.take(attempt)
        found += many.whole()
    found += many.whole()
    assert [owner for owner, _ in found] == list(range(len(groups)))
    assert [[each.text for each in translations] for _, translations in found] == [
        [text.upper() for text in texts] for texts in groups
    ]


@given(TEXTS, st.integers(0, 12))
def test_a_group_that_was_stopped_is_not_given_back(groups: list[list[str]], most: int) -> None:
    begun = 0

    def begin(texts: list[str]) -> Iterator[Progressive]:
        nonlocal begun
        for text in texts:
            begun += 1
            yield started(text)

    many = Many(((number, begin(texts)) for number, texts in enumerate(groups)), lambda: begun > most)
    for attempt in many.work():
        many.take(attempt)
    for owner, translations in many.whole():
        assert len(translations) == len(groups[owner])
    assert begun <= most + 1


def test_a_text_that_is_complete_is_given_back_before_the_next_is_begun() -> None:
    many = Many((text, [started(text)]) for text in ("Un chat.", "Un chien."))
    work = many.work()
    many.take(next(work))
    assert not list(many.whole())  # nothing says yet that it was its last sentence
    many.take(next(work))
    assert [owner for owner, _ in many.whole()] == ["Un chat."]
