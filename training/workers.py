"""Batches made by several processes, for a device that learns faster than one process can draw, change and cut text."""

from __future__ import annotations

import itertools
import multiprocessing
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from multiprocessing.pool import AsyncResult

from training.batches import Batch, BatchStream, Position, numbered, prefetch

_PATIENCE = 300.0
"""Seconds to wait for a chunk: a process that was killed never delivers."""

_stream: BatchStream


@dataclass(frozen=True)
class ParallelStream:
    """The batches of the :class:`BatchStream` that ``make`` returns, in the same order, from several ``workers``.

    ``make`` is called once in each process and must be picklable; ``ahead`` chunks for each are made in advance.
    """

    make: Callable[[], BatchStream]
    workers: int
    ahead: int = 2

    def start(self, position: Position) -> Iterator[tuple[Batch, Position]]:
        """Yield batches from ``position`` on, each with the position of the one after it."""
        return prefetch(numbered(self._chunks(position.chunk), position), 8)

    def _chunks(self, first: int) -> Iterator[list[Batch]]:
        with multiprocessing.get_context("spawn").Pool(self.workers, _prepare, (self.make,)) as pool:
            numbers = itertools.count(first)
            waiting: deque[AsyncResult[list[Batch]]] = deque(
                pool.apply_async(_batches, (next(numbers),)) for _ in range(self.workers * self.ahead)
            )
            while True:
                batches = waiting.popleft().get(_PATIENCE)
                waiting.append(pool.apply_async(_batches, (next(numbers),)))
                yield batches


def _prepare(make: Callable[[], BatchStream]) -> None:
    global _stream  # noqa: PLW0603 - a process of a pool has no other place for what it prepares
    _stream = make()


def _batches(number: int) -> list[Batch]:
    return _stream.batches(number)
