"""Pieces of many files through one translator, so that short files share their batches.

The translator reads ahead, without a limit where sentences are known from before.  So pieces go through in rounds
that hold a bounded amount of text; between two rounds the engine runs dry for a moment, once in some minutes.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar, cast

from passerelle.translate.attempt import Attempt
from passerelle.translate.documents import Unit
from passerelle.translate.progressive import Progressive
from passerelle.translate.translation import Sentence, Translation
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
        through = _Round(translator, pieces, recall, stop)
        yield from through.run(heard)
        if through.was_last:
            return


class _Round(Generic[Owner]):
    """As many pieces as are held in memory at a time."""

    def __init__(
        self,
        translator: Translator,
        pieces: Iterator[Piece[Owner]],
        recall: TranslationMemory | None,
        stop: Callable[[], bool],
    ) -> None:
        self._translator = translator
        self._pieces = pieces
        self._recall = recall
        self._stop = stop
        self._waiting: deque[Progressive | Piece[Owner]] = deque()
        self._done: list[Translation] = []
        self.was_last = False

    def run(self, heard: Heard) -> Iterator[tuple[Piece[Owner], list[Translation]]]:
        deadline = None
        finished = self._translator.run(self._work(), WORKING)
        try:
            for attempt in finished:
                yield from self._whole()
                running = self._waiting[0]
                assert isinstance(running, Progressive)
                heard(running.take(attempt), attempt.was_asked)
                if self._stop():
                    deadline = deadline or time.monotonic() + _PATIENCE
                    if time.monotonic() > deadline:
                        break
        finally:
            # Ends the engine's threads after the batch that they are at.
            cast("Generator[Any]", finished).close()
        yield from self._whole()

    def _work(self) -> Iterator[Attempt]:
        characters, held = 0, 0
        for count, piece in enumerate(self._pieces, 1):
            for unit in piece.units:
                if self._stop():
                    return
                running = self._translator.start(unit.text, unit.regions, window=WORKING, recall=self._recall)
                self._waiting.append(running)
                yield from running.work()
                characters += len(unit.text)
            self._waiting.append(piece)
            held += piece.weight
            if characters > _CHARACTERS or held > _BYTES or count >= _PIECES or self._stop():
                return
        self.was_last = True

    def _whole(self) -> Iterator[tuple[Piece[Owner], list[Translation]]]:
        while self._waiting:
            first = self._waiting[0]
            if isinstance(first, Piece):
                self._waiting.popleft()
                done, self._done = self._done, []
                yield first, done
            elif first.is_complete:
                self._waiting.popleft()
                self._done.append(first.translation)
            else:
                return
