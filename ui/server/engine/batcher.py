"""One engine for everybody: the sentences of all texts under way share its batches, in turn.

Each text is followed by a thread of its own, which prepares its sentences and judges their English; one more
thread runs the engine, round by round.  A round takes one search of each text in turn, so that a long text
does not hold up a short one, and starts with a single one of each text that has shown nothing yet.  Second searches
for a sentence count like any other, and come before the text's first ones.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Iterator, Sequence
from itertools import islice
from queue import Empty, SimpleQueue
from typing import Protocol

from passerelle.seq2seq.output import NBest
from passerelle.translate import Sentence, Translator
from passerelle.translate.attempt import Attempt, Search, Steps, Value
from passerelle.translate.scheduler import launch
from passerelle.translate.translation_memory import Candidate

ROUND, AHEAD = 64, 96
"""Sentences that run together at most, and that one text may have waiting."""

_PATIENCE = 0.05

Result = tuple[Attempt, Sequence[NBest]]


class Running(Protocol):
    """A translation under way, of one text or of many: see ``translate.Progressive``."""

    def work(self) -> Iterator[Attempt]:
        """Yield the sentences for the engine."""

    def take(self, attempt: Attempt) -> Sentence:
        """Take the next of them, whose English stands."""


class _Job:
    """One text: searches that wait for the engine, second ones before first ones, and what came of those before."""

    def __init__(self, stop: threading.Event) -> None:
        self.stop = stop
        self.first: deque[Attempt] = deque()
        self.again: deque[Attempt] = deque()
        self.results: SimpleQueue[Result | Exception] = SimpleQueue()
        self.has_shown = False
        self.has_left = False

    @property
    def waits(self) -> bool:
        """Whether there is something for the engine."""
        return bool(self.again or self.first)

    def next(self) -> Attempt:
        """Return what the engine should run next."""
        return (self.again or self.first).popleft()

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
        job, work, order = _Job(stop), running.work(), deque[Attempt]()
        self._enter(job)
        try:
            while not stop.is_set():
                # The first goes to the engine by itself, before the rest of the text is prepared.
                room = 1 if not job.has_shown and not order else AHEAD - len(order)
                for attempt in islice(work, room):
                    order.append(attempt)
                    if attempt.candidate is None:
                        self._send(job.first, attempt)
                if not order:
                    return
                if order[0].candidate is None:
                    self._receive(job)
                else:
                    job.has_shown = True
                    yield running.take(order.popleft())
        finally:
            self._leave(job)

    def ask(self, steps: Steps[Value]) -> Value:
        """Search for one sentence as ``steps`` ask for it, in turn with all texts; return what came of them."""
        value: list[Value] = []

        def kept() -> Steps[Candidate]:
            value.append((yield from steps))
            return Candidate("")

        job, attempt = _Job(threading.Event()), Attempt.begin(kept())
        self._enter(job)
        try:
            if attempt.candidate is None:
                self._send(job.first, attempt)
            while attempt.candidate is None:
                self._receive(job)
        finally:
            self._leave(job)
        return value[0]

    def close(self) -> None:
        """End the engine's thread once its round is over."""
        with self._wake:
            self._is_closed = True
            self._wake.notify_all()

    def _send(self, queue: deque[Attempt], attempt: Attempt) -> None:
        with self._wake:
            queue.append(attempt)
            self._wake.notify_all()

    def _receive(self, job: _Job) -> None:
        """Wait a moment for an answer to a search of ``job``, whose sentence may want another search then."""
        try:
            result = job.results.get(timeout=_PATIENCE)
        except Empty:
            return
        if isinstance(result, Exception):
            raise result
        attempt, found = result
        if isinstance(attempt.take(found), Search):
            self._send(job.again, attempt)

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

    def _run(self, batch: list[tuple[_Job, Attempt]]) -> None:
        with self.translator.model.session() as session:
            flights = launch(session, [attempt for _, attempt in batch])
            for position, ((job, attempt), flight) in enumerate(zip(batch, flights, strict=True)):
                job.results.put((attempt, flight.found()))
                if all(job.is_over for job, _ in batch[position + 1 :]):
                    return  # leaving the session ends the engine's work with its present batches

    def _next_round(self) -> list[tuple[_Job, Attempt]]:
        """Wait for work and return a round of it; nothing once the engine is closed."""
        with self._wake:
            while not self._is_closed:
                jobs = [job for job in self._jobs if job.waits and not job.is_over]
                if jobs:
                    return self._pick(jobs)
                self._wake.wait()
            return []

    def _pick(self, jobs: list[_Job]) -> list[tuple[_Job, Attempt]]:
        new = [job for job in jobs if not job.has_shown]
        if new:
            return [(job, job.next()) for job in new]
        # Whoever came first this time comes last next time.
        self._jobs.append(self._jobs.pop(0))
        batch: list[tuple[_Job, Attempt]] = []
        while jobs and len(batch) < ROUND:
            batch += [(job, job.next()) for job in jobs[: ROUND - len(batch)]]
            jobs = [job for job in jobs if job.waits]
        return batch
