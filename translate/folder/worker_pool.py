"""Several engines at work on one job: processes of this machine, or actors of a Ray cluster.

The job stays where it is, with its database and its files; only sentences travel.  What is known of them goes
along, and what was new comes back, so the result is that of one engine.
"""

from __future__ import annotations

import os
import threading
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future, ProcessPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Generic, Protocol, TypeVar

from passerelle.seq2seq.errors import PasserelleError
from passerelle.translate.documents import Unit
from passerelle.translate.folder.database import JobError
from passerelle.translate.folder.stream import Heard, Piece, translated
from passerelle.translate.segmenter import segment
from passerelle.translate.translation import Translation
from passerelle.translate.translation_memory import Candidate, TranslationMemory, sentence_key
from passerelle.translate.translator import Translator

Owner = TypeVar("Owner")

_CHARACTERS = 60_000
_AHEAD = 2


@dataclass(frozen=True)
class Task:
    """Passages for one engine, and what is known of their sentences."""

    units: tuple[Unit, ...]
    known: Mapping[str, Candidate]


@dataclass(frozen=True)
class Done:
    """A Translation for each passage, the sentences that the model was asked for, and what made them."""

    translations: list[Translation]
    kept: list[tuple[str, Candidate]]
    signature: str


class WorkerPool(Protocol):
    """``size`` engines that take tasks."""

    size: int

    def submit(self, task: Task) -> Future[Done]:
        """Give ``task`` to one of them."""


class Worker:
    """One engine; ``arguments`` are those of its Translator."""

    def __init__(self, arguments: Mapping[str, Any]) -> None:
        self._translator = Translator(**arguments)

    def translate(self, task: Task) -> Done:
        """Translate the passages of ``task``."""
        given = _Given(task.known)
        pieces = iter([Piece(None, task.units)])
        ((_, translations),) = translated(self._translator, pieces, recall=given)
        return Done(translations, given.kept, self._translator.signature)


class _Given:
    """A Recall of what came with a task; it remembers what was new."""

    def __init__(self, known: Mapping[str, Candidate]) -> None:
        self._known = known
        self.kept: list[tuple[str, Candidate]] = []

    def lookup(self, french: str) -> Candidate | None:
        return self._known.get(sentence_key(french))

    def store(self, french: str, known: Candidate) -> None:
        self.kept.append((french, known))


def translated_by(
    crew: WorkerPool,
    signature: str,
    pieces: Iterator[Piece[Owner]],
    *,
    recall: TranslationMemory,
    stop: Callable[[], bool],
    heard: Heard,
) -> Iterator[tuple[Piece[Owner], list[Translation]]]:
    """Yield what ``translated`` would, made by ``crew``.

    ``signature``: what must have made it.  Once ``stop()`` is true no task is begun, and those under way are
    finished.  Raises JobError where a worker dies or is of another kind.
    """
    waiting: deque[_Group[Owner]] = deque()
    for group in _groups(pieces, stop):
        waiting.append(group)
        group.start(crew, recall)
        _settle(waiting, recall, signature)
        while waiting and (waiting[0].is_done or _busy(waiting) >= _AHEAD * crew.size):
            _settle(waiting, recall, signature, wait_for_first=True)
            yield from waiting.popleft().whole(heard)
    while waiting:
        _settle(waiting, recall, signature, wait_for_first=True)
        yield from waiting.popleft().whole(heard)


@dataclass
class _Group(Generic[Owner]):
    """Passages of one task: pieces that end in it, each with how many of its passages came before."""

    items: list[Unit | Piece[Owner]] = field(default_factory=list)
    known: dict[str, Candidate] = field(default_factory=dict)
    future: Future[Done] | None = None
    done: Done | None = None

    @property
    def is_done(self) -> bool:
        return self.future is None or self.done is not None

    def start(self, crew: WorkerPool, recall: TranslationMemory) -> None:
        units = tuple(item for item in self.items if isinstance(item, Unit))
        if not units:
            return
        for unit in units:
            for block in segment(unit.text, unit.regions):
                for found in block.segments:
                    known = recall.lookup(found.flat)
                    if known is not None:
                        self.known[sentence_key(found.flat)] = known
        self.future = crew.submit(Task(units, self.known))

    def whole(self, heard: Heard) -> Iterator[tuple[Piece[Owner], list[Translation]]]:
        translations = iter(self.done.translations if self.done else ())
        collected: list[Translation] = []
        for item in self.items:
            if isinstance(item, Piece):
                yield item, collected
                collected = []
                continue
            collected.append(next(translations))
            for sentence in collected[-1].sentences:
                heard(sentence, sentence_key(sentence.source) not in self.known)


def _groups(pieces: Iterator[Piece[Owner]], stop: Callable[[], bool]) -> Iterator[_Group[Owner]]:
    group: _Group[Owner] = _Group()
    size = 0
    for piece in pieces:
        group.items += [*piece.units, piece]
        size += sum(len(unit.text) for unit in piece.units)
        if size > _CHARACTERS:
            yield group
            group, size = _Group(), 0
        if stop():
            return
    if group.items:
        yield group


def _busy(waiting: deque[_Group[Owner]]) -> int:
    return sum(not group.is_done for group in waiting)


def _settle(
    waiting: deque[_Group[Owner]], recall: TranslationMemory, signature: str, *, wait_for_first: bool = False
) -> None:
    """Keep the sentences of every group that is done, whether or not those before it are."""
    if wait_for_first and waiting[0].future is not None:
        wait([waiting[0].future])
    for group in waiting:
        if group.future is None or group.done is not None or not group.future.done():
            continue
        try:
            group.done = group.future.result()
        except PasserelleError:
            raise
        except Exception as error:  # a process that was killed, or whatever a cluster raises in its place
            raise JobError(
                f"a worker was lost ({type(error).__name__}), perhaps for want of memory; run the same command again, "
                "with fewer --jobs if need be: every sentence that was returned is kept"
            ) from error
        if group.done.signature != signature:
            raise JobError(
                f"a worker runs another model ({group.done.signature}) than this machine ({signature}); "
                "give the same --checkpoint, --engine and --number-format everywhere"
            )
        for french, known in group.done.kept:
            recall.store(french, known)


class _Processes:
    def __init__(self, pool: ProcessPoolExecutor, size: int) -> None:
        self.size = size
        self._pool = pool

    def submit(self, task: Task) -> Future[Done]:
        return self._pool.submit(_run, task)


@contextmanager
def processes(count: int, arguments: Mapping[str, Any]) -> Iterator[WorkerPool]:
    """Yield a crew of ``count`` processes, each with an engine of its own and its share of the cores.

    ``arguments``: those of each one's Translator.
    """
    import multiprocessing

    context = multiprocessing.get_context("spawn")
    shares = context.SimpleQueue()
    cores = sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else []
    for number in range(count):
        shares.put(cores[number::count] or cores)
    pool = ProcessPoolExecutor(count, context, initializer=_begin, initargs=(shares, dict(arguments)))
    try:
        yield _Processes(pool, count)
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


_worker: list[Worker] = []


def _begin(shares: Any, arguments: Mapping[str, Any]) -> None:
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group; the job says what to finish
    share = shares.get()
    if share:
        os.sched_setaffinity(0, share)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _worker.append(Worker(arguments))


def _end_with_parent() -> None:
    import multiprocessing

    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _run(task: Task) -> Done:
    return _worker[0].translate(task)
