"""Pieces of many files through one translator, so that short files share their batches.

The translator reads ahead, without a limit where sentences are known from before.  So pieces go through in rounds
that hold a bounded amount of text; between two rounds the engine runs dry for a moment, once in some minutes.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar, cast

from passerelle.translate.documents import Unit
from passerelle.translate.many import Many
from passerelle.translate.sentence_pair import Sentence
from passerelle.translate.translation import Translation
from passerelle.translate.translation_memory import TranslationMemory
from passerelle.translate.translator import WORKING, Translator

Owner = TypeVar("Owner")

_CHARACTERS, _BYTES, _PIECES = 1_000_000, 64_000_000, 1_000
_PATIENCE = 10.0

Heard = Callable[[Sentence, bool], None]
"""Called with each finished sentence and whether the model was asked for it."""


@dataclass(frozen=True)
class Piece(Generic[Owner]):
    """What is translated together: ``units`` of the file ``owner``, which keeps ``weight`` bytes in memory."""

    owner: Owner
    units: Sequence[Unit]
    weight: int = 0


def translated(
    translator: Translator,
    pieces: Iterator[Piece[Owner]],
    *,
    recall: TranslationMemory | None = None,
    stop: Callable[[], bool] = lambda: False,
    heard: Heard = lambda sentence, asked: None,
) -> Iterator[tuple[Piece[Owner], list[Translation]]]:
    """Yield each of ``pieces`` with a Translation for each of its units, lazily and in order.

    Once ``stop()`` is true nothing more is begun; the sentences under way are finished, for ten seconds at most,
    and pieces that are not whole by then are not yielded.
    """
    while not stop():
        round_ = _Round(pieces)
        groups = (
            (piece, (translator.start(unit.text, unit.regions, window=WORKING, recall=recall) for unit in piece.units))
            for piece in round_
        )
        yield from _run(translator, Many(groups, stop), stop, heard)
        if round_.was_last:
            return


def _run(
    translator: Translator, many: Many[Piece[Owner]], stop: Callable[[], bool], heard: Heard
) -> Iterator[tuple[Piece[Owner], list[Translation]]]:
    deadline = None
    finished = translator.run(many.work(), WORKING)
    try:
        for attempt in finished:
            heard(many.take(attempt), attempt.was_asked)
            yield from many.whole()
            if stop():
                deadline = deadline or time.monotonic() + _PATIENCE
                if time.monotonic() > deadline:
                    break
    finally:
        # Ends the engine's threads after the batch that they are at.
        cast("Generator[Any]", finished).close()
    yield from many.whole()


class _Round(Generic[Owner]):
    """As many of ``pieces`` as are held in memory at a time; ``was_last``: there are no more of them."""

    def __init__(self, pieces: Iterator[Piece[Owner]]) -> None:
        self._pieces = pieces
        self.was_last = False

    def __iter__(self) -> Iterator[Piece[Owner]]:
        characters, held = 0, 0
        for count, piece in enumerate(self._pieces, 1):
            yield piece
            characters += sum(len(unit.text) for unit in piece.units)
            held += piece.weight
            if characters > _CHARACTERS or held > _BYTES or count >= _PIECES:
                return
        self.was_last = True
