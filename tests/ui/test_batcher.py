"""One engine for everybody: second searches pass its queue like first ones, and hold up nobody else's text."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence

import pytest

from fixtures.scripted import Scripted
from passerelle.seq2seq.engine import Decoding, Hypothesis
from passerelle.seq2seq.errors import EngineError
from passerelle.seq2seq.session import Session
from passerelle.translate import Translator
from passerelle.ui.server.engine.batcher import Batcher
from tests.conftest import BUNDLED

LONG, SHORT = 400, 3


def without_numbers(text: str, decoding: Decoding) -> Sequence[str]:
    """An English without the numbers, so that each sentence is searched for again with them hidden."""
    words = text.replace("Le maire de", "The mayor of").replace("a vu", "saw")
    words = words.replace("chats", "cats").replace("chiens", "dogs")
    return [" ".join(word for word in words.split() if not word.isdigit())]


@pytest.fixture
def batcher() -> Iterator[tuple[Batcher, Scripted]]:
    translator = Translator(BUNDLED)
    engine = Scripted(translator.model, without_numbers)
    translator.model.engine = engine
    batcher = Batcher(translator)
    yield batcher, engine
    batcher.close()


def name(number: int) -> str:
    return "B" + "".join("aeioulnrst"[int(digit)] for digit in str(number))


def text(animals: str, count: int) -> str:
    return " ".join(f"Le maire de {name(number)} a vu {number} {animals}." for number in range(100, 100 + count))


def english_of(animals: str, count: int) -> list[str]:
    return [f"The mayor of {name(number)} saw {number} {animals}." for number in range(100, 100 + count)]


def test_a_short_text_overtakes_a_long_one_whose_sentences_are_all_searched_for_twice(
    batcher: tuple[Batcher, Scripted],
) -> None:
    shared, engine = batcher
    stop, began, english = threading.Event(), threading.Event(), list[str]()

    def follow_long() -> None:
        for sentence in shared.follow(shared.translator.start(text("chats", LONG)), stop):
            english.append(sentence.text)
            began.set()

    thread = threading.Thread(target=follow_long)
    thread.start()
    began.wait()
    short = [each.text for each in shared.follow(shared.translator.start(text("chiens", SHORT)), stop)]
    searched = len(engine.searches)
    thread.join()
    assert short == english_of("dogs", SHORT)
    assert english == english_of("cats", LONG)
    assert len(engine.searches) == 2 * (LONG + SHORT)
    assert searched < 2 * LONG


def test_a_text_that_is_stopped_leaves_the_engine_to_the_others(batcher: tuple[Batcher, Scripted]) -> None:
    shared, engine = batcher
    stop = threading.Event()
    for _ in shared.follow(shared.translator.start(text("chats", LONG)), stop):
        stop.set()
    (sentence,) = shared.follow(shared.translator.start(text("chiens", 1)), threading.Event())
    assert [sentence.text] == english_of("dogs", 1)
    assert len(engine.searches) < LONG


def test_what_a_reader_asks_about_one_sentence_passes_the_queue_too(batcher: tuple[Batcher, Scripted]) -> None:
    shared, engine = batcher
    threads: set[str] = set()
    session = shared.translator.model.session

    def noted() -> Session:
        threads.add(threading.current_thread().name)
        return session()

    shared.translator.model.session = noted  # type: ignore[method-assign]
    french = "Le maire de Bora a vu 34 chats."
    for found in (
        shared.translator.alternatives(french, 2, ask=shared.ask),
        [shared.translator.another(french, "The mayor saw cats.", ask=shared.ask)],
    ):
        assert found[0] is not None and found[0].english.startswith("The mayor of Bora saw")
    assert shared.translator.alternatives("12 345", ask=shared.ask) == ()
    assert engine.searches and threads == {"passerelle-engine"}


def test_a_failure_reaches_whoever_asked(batcher: tuple[Batcher, Scripted]) -> None:
    shared, engine = batcher

    def broken(batch: Sequence[Sequence[int]], decoding: Decoding) -> list[tuple[Hypothesis, ...]]:
        raise EngineError("the engine is out of order")

    engine.generate = broken  # type: ignore[method-assign]
    with pytest.raises(EngineError, match="out of order"):
        shared.translator.alternatives("Le maire a vu des chats.", ask=shared.ask)
