"""Texts come in the shapes that notebooks have them in: lists, generators, columns, event loops."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Iterable, Iterator
from typing import Any

import pandas
import pytest

from passerelle.seq2seq.errors import NotTextError
from passerelle.translate import Translation, Translator

FRENCH = ["Il pleut.", "Le train part à midi.", "Il fait froid."]


class Counted:
    """A progress bar that keeps what it was told."""

    def __init__(self) -> None:
        self.total: int | None = -1
        self.passed = 0

    def __call__(self, iterable: Iterable[Translation], *, total: int | None) -> Iterator[Translation]:
        self.total = total
        for each in iterable:
            self.passed += 1
            yield each


@pytest.fixture(scope="module")
def english(translator: Translator) -> list[str]:
    return [translator(text).text for text in FRENCH]


def test_a_list_a_tuple_and_a_generator_come_back_in_order(translator: Translator, english: list[str]) -> None:
    assert [page.text for page in translator(FRENCH)] == english
    assert [page.text for page in translator(tuple(FRENCH))] == english
    lazily = translator(text for text in FRENCH)
    assert [page.text for page in lazily] == english
    assert list(translator(iter([]))) == translator([]) == []


def test_a_generator_is_read_as_it_is_needed(translator: Translator) -> None:
    read = []

    def texts() -> Iterator[str]:
        for number in range(10_000):
            read.append(number)
            yield f"Il a {number} ans."

    next(translator.translate_many(texts(), batch_size=4))
    assert len(read) < 100
    with pytest.raises(ValueError, match="batch_size"):
        translator.translate_many(FRENCH, batch_size=0)


def test_progress_sees_every_text_and_the_total_where_it_is_known(translator: Translator, english: list[str]) -> None:
    known, unknown = Counted(), Counted()
    assert [page.text for page in translator.translate_many(FRENCH, progress=known)] == english
    assert (known.total, known.passed) == (3, 3)
    list(translator.translate_many(iter(FRENCH), progress=unknown))
    assert (unknown.total, unknown.passed) == (None, 3)


def test_a_column_of_a_table_keeps_its_index_and_what_is_missing(translator: Translator, english: list[str]) -> None:
    values = [FRENCH[0], None, FRENCH[1], math.nan, pandas.NA, FRENCH[2]]
    frame = pandas.DataFrame({"fr": pandas.Series(values, index=list("abcdef"), dtype=object)})
    progress = Counted()
    frame["en"] = translator.series(frame.fr, progress=progress)
    assert list(frame.en[["a", "c", "f"]]) == english
    assert list(frame.en.isna()) == [False, True, False, True, True, False]
    assert frame.en.index.equals(frame.fr.index) and progress.passed == 3
    assert translator.series([FRENCH[0], None]) == [english[0], None]
    with pytest.raises(NotTextError, match=r"values\[1\]"):
        translator.series([FRENCH[0], 7])


def test_an_event_loop_goes_on_while_a_text_is_translated(translator: Translator, english: list[str]) -> None:
    async def both() -> tuple[Any, int]:
        turns = 0
        asked = asyncio.gather(*(translator.atranslate(text) for text in FRENCH))
        while not asked.done():
            turns += 1
            await asyncio.sleep(0.001)
        return await asked, turns

    pages, turns = asyncio.run(both())
    assert [page.text for page in pages] == english and turns > 1


def test_a_cancelled_task_begins_no_further_sentence(translator: Translator) -> None:
    text = " ".join(f"Le passager numéro {number} descend du train." for number in range(5000))

    async def cancelled() -> None:
        task = asyncio.create_task(translator.atranslate(text))
        await asyncio.sleep(0.2)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    # The loop waits for its threads when it ends, so this returns only once the work has stopped.
    asyncio.run(cancelled())
    with pytest.raises(NotTextError):
        asyncio.run(translator.atranslate(None))  # type: ignore[arg-type]
