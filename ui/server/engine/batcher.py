"""One engine for everybody: the sentences of all texts under way share its batches, in turn.

Each text is followed by a thread of its own, which prepares its sentences and takes their English; one more
thread runs the engine, round by round.  A round takes one sentence of each text in turn, so that a long text
does not hold up a short one, and starts with a single sentence of each text that has shown nothing yet.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Generator, Iterator
from contextlib import closing
from queue import Empty, SimpleQueue
from typing import Protocol, cast

from passerelle.seq2seq.model import Output
from passerelle.translate import Sentence, Translator
from passerelle.translate.preparation import Prepared

ROUND, AHEAD = 64, 96
"""Sentences that run together at most, and that one text may have waiting."""

_PATIENCE = 0.05

Result = tuple[Prepared, list[Output]]


class Running(Protocol):
    """A translation under way, of one text or of many: see ``translate.Progressive``."""

    def work(self) -> Iterator[Prepared]:
        """Yield the sentences for the engine."""

    def take(self, prepared: Prepared, outputs: list[Output]) -> Sentence:
        """Take what the engine made of the next of them."""


class _Job:
    """One text: sentences that wait for the engine, and what it made of those before."""

    def __init__(self, stop: threading.Event) -> None:
        self.stop = stop
        self.waiting: deque[Prepared] = deque()
        self.results: SimpleQueue[Result | Exception] = SimpleQueue()
        self.has_shown = False
        self.has_left = False

    @property
    def is_over(self) -> bool:
        """Whether nobody waits for it any more."""
        return self.has_left or self.stop.is_set()


class Batcher:
    """Runs ``translator`` for any number of threads at once; ``close`` ends its own thread."""

    def __init__(self, translator: Translator) -> None:
        self.translator = translator
        self._jobs: list[_Job] = []
        self._wake = threading.Condition()
        self._is_closed = False
        self._thread: threading.Thread | None = None

    def follow(self, running: Running, stop: threading.Event) -> Iterator[Sentence]:
        """Yield the sentences of ``running`` as they are done, until the end or until ``stop`` is set."""
        job, work, outstanding = _Job(stop), running.work(), 0
        self._enter(job)
        try:
            while not stop.is_set():
                # The first goes to the engine by itself, before the rest of the text is prepared.
                room = 1 if not job.has_shown and not outstanding else AHEAD - outstanding
                outstanding += self._offer(job, work, room)
                result = self._result(job, wait=outstanding > 0)
                if result is None:
                    if not outstanding:
                        return
                    continue
                outstanding -= 1
                job.has_shown = True
                yield running.take(*result)
        finally:
            self._leave(job)

    def close(self) -> None:
        """End the engine's thread once its round is over."""
        with self._wake:
            self._is_closed = True
            self._wake.notify_all()

    def _offer(self, job: _Job, work: Iterator[Prepared], room: int) -> int:
        offered = 0
        while offered < room and (prepared := next(work, None)) is not None:
            with self._wake:
                job.waiting.append(prepared)
                self._wake.notify_all()
            offered += 1
        return offered

    def _result(self, job: _Job, *, wait: bool) -> Result | None:
        try:
            result = job.results.get(timeout=_PATIENCE) if wait else job.results.get_nowait()
        except Empty:
            return None
        if isinstance(result, Exception):
            raise result
        return result

    def _enter(self, job: _Job) -> None:
        with self._wake:
            self._jobs.append(job)
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name="passerelle-engine", daemon=True)
                self._thread.start()

    def _leave(self, job: _Job) -> None:
        with self._wake:
            job.has_left = True
            self._jobs.remove(job)

    def _work(self) -> None:
        while batch := self._next_round():
            try:
                self._run(batch)
            except Exception as error:  # goes to those who wait for it, and the next round starts afresh
                for job in {id(job): job for job, _ in batch}.values():
                    job.results.put(error)

    def _run(self, batch: list[tuple[_Job, Prepared]]) -> None:
        sentences = iter([prepared for _, prepared in batch])
        with closing(cast(Generator[Result, None, None], self.translator.run(sentences, len(batch)))) as results:
            for position, result in enumerate(results):
                batch[position][0].results.put(result)
                if all(job.is_over for job, _ in batch[position + 1 :]):
                    return  # closing the generator ends the engine's work with its present batch

    def _next_round(self) -> list[tuple[_Job, Prepared]]:
        """Wait for work and return a round of it; nothing once the engine is closed."""
        with self._wake:
            while not self._is_closed:
                jobs = [job for job in self._jobs if job.waiting and not job.is_over]
                if jobs:
                    return self._pick(jobs)
                self._wake.wait()
            return []

    def _pick(self, jobs: list[_Job]) -> list[tuple[_Job, Prepared]]:
        new = [job for job in jobs if not job.has_shown]
        if new:
            return [(job, job.waiting.popleft()) for job in new]
        # Whoever came first this time comes last next time.
        self._jobs.append(self._jobs.pop(0))
        batch: list[tuple[_Job, Prepared]] = []
        while jobs and len(batch) < ROUND:
            batch += [(job, job.waiting.popleft()) for job in jobs[: ROUND - len(batch)]]
            jobs = [job for job in jobs if job.waiting]
        return batch
