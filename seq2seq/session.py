"""Texts on their way through an engine: batched, each searched for once, and the urgent ones first."""

from __future__ import annotations

import heapq
import itertools
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from types import TracebackType

from passerelle.seq2seq.batching import Recent, batches
from passerelle.seq2seq.engine import Decoding, Engine
from passerelle.seq2seq.output import NBest

Key = tuple[str, Decoding]
Source = Sequence[int]


@dataclass(frozen=True)
class Pending:
    """Where the n-best list of a text will appear: in a row of a batch."""

    batch: Future[list[NBest]]
    row: int

    @property
    def is_ready(self) -> bool:
        """Whether ``result`` would not wait."""
        return self.batch.done()

    def result(self) -> NBest:
        """Wait for the list and return it; raises what the engine raised."""
        return self.batch.result()[self.row]


class Session:
    """A time during which an engine is given texts; leaving it ends the work after the batches that are running.

    ``encode(texts)`` gives their tokens and refuses what is too long; ``generate(sources, decoding)`` runs a batch;
    ``recent`` has what was found lately.
    """

    def __init__(
        self,
        engine: Engine,
        encode: Callable[[Sequence[str]], Sequence[Source]],
        generate: Callable[[Sequence[Source], Decoding], list[NBest]],
        recent: Recent[Key, NBest],
    ) -> None:
        self._engine = engine
        self._encode = encode
        self._generate = generate
        self._recent = recent
        self._pool = ThreadPoolExecutor(engine.workers, thread_name_prefix="passerelle")
        self._lock = threading.Lock()
        self._queue: list[tuple[bool, int, _Batch]] = []
        self._numbers = itertools.count()
        self._flying: dict[Key, Pending] = {}

    def submit(self, texts: Sequence[str], decoding: Decoding, *, urgent: bool = False) -> list[Pending]:
        """Start the search for ``texts``, in order; the ``urgent`` ones pass all others that have not begun.

        A text that is under way, or came lately, is not run again.  Raises ValueError for one that is too long.
        """
        found: dict[str, Pending] = {}
        for text in dict.fromkeys(texts):
            # In this order: what is done becomes recent before it stops being under way.
            pending = self._flying.get((text, decoding)) or self._known(text, decoding)
            if pending is not None:
                found[text] = pending
        fresh = [text for text in dict.fromkeys(texts) if text not in found]
        sources = self._encode(fresh)
        lengths = [len(source) for source in sources]
        share = -(-sum(lengths) // self._engine.workers)
        budget = min(self._engine.token_budget, max(share, 1))
        groups = lengths if self._engine.equal_lengths else [decoding.max_new_tokens(length) for length in lengths]
        for rows in batches(lengths, budget, groups):
            batch = _Batch([fresh[row] for row in rows], [sources[row] for row in rows], decoding, Future())
            here = {text: Pending(batch.future, row) for row, text in enumerate(batch.texts)}
            self._flying.update({(text, decoding): pending for text, pending in here.items()})
            found.update(here)
            with self._lock:
                heapq.heappush(self._queue, (not urgent, next(self._numbers), batch))
            self._pool.submit(self._run_next)
        return [found[text] for text in texts]

    def close(self) -> None:
        """Run no further batch."""
        self._pool.shutdown(wait=True, cancel_futures=True)

    def _known(self, text: str, decoding: Decoding) -> Pending | None:
        known = self._recent.get((text, decoding))
        if known is None:
            return None
        done: Future[list[NBest]] = Future()
        done.set_result([known])
        return Pending(done, 0)

    def _run_next(self) -> None:
        """Run the batch that is the most urgent now."""
        with self._lock:
            *_, batch = heapq.heappop(self._queue)
        try:
            found = self._generate(batch.sources, batch.decoding)
        except BaseException as error:  # goes to those who wait for it
            batch.future.set_exception(error)
            found = []
        for text, nbest in zip(batch.texts, found, strict=False):
            self._recent.put((text, batch.decoding), nbest)
        for text in batch.texts:
            self._flying.pop((text, batch.decoding), None)
        if found:
            batch.future.set_result(found)

    def __enter__(self) -> Session:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


@dataclass(frozen=True)
class _Batch:
    texts: Sequence[str]
    sources: Sequence[Source]
    decoding: Decoding
    future: Future[list[NBest]]
