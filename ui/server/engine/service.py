"""What the server does for its visitors: waits their turn, runs the work in a thread, passes on what it says."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Literal

from passerelle.seq2seq.errors import InputError, PasserelleError
from passerelle.summarize import Summarizer
from passerelle.translate import Translation, Translator
from passerelle.translate.memory import Memory
from passerelle.translate.personal import Personal, ReadOnly
from passerelle.translate.translation_memory import TranslationMemory
from passerelle.ui.server.engine.batcher import Batcher
from passerelle.ui.server.engine.metrics import Metrics
from passerelle.ui.server.engine.queue import WaitingQueue
from passerelle.ui.server.work.request_translator import RequestTranslator, request_translator

Event = dict[str, Any]
Work = Callable[[threading.Event], Iterator[Event]]

Sharing = Literal["one", "own", "shared"]
"""Whose corrections are: the one visitor's, each user's own, or everybody's."""

UNEXPECTED = "this failed, and should not have; the terminal that serves the page says where"
_TICK = 0.25


@dataclass(frozen=True)
class Limits:
    """What one visitor may ask for.

    ``characters`` of a text and ``file_bytes`` of a file at most; ``per_minute`` requests for work, 0 for any
    number; ``at_once`` pieces of work run at a time and ``waiting`` more stand in line.
    """

    characters: int = 500_000
    file_bytes: int = 20_000_000
    per_minute: int = 0
    at_once: int = 8
    waiting: int = 100

    def check(self, text: str) -> str:
        """Return ``text`` as UTF-8 can project_alignment it.  Raises InputError where it is empty or too long."""
        if not text.strip():
            raise InputError("There is no text yet: paste some French, or drop a file.")
        if len(text) > self.characters:
            raise InputError(
                f"This text has {len(text):,} characters and the page takes {self.characters:,} at a time: "
                "give it in parts, or use the command passerelle translate FILE. Your text is untouched."
            )
        return text.encode("utf-8", "surrogatepass").decode("utf-8", "replace")


class Service:
    """The shared engine, the summariser, the memory of corrections, the line and the counters."""

    def __init__(
        self,
        translator: Translator,
        summarizer: Summarizer,
        memory: TranslationMemory | None = None,
        limits: Limits = Limits(),
        sharing: Sharing = "one",
    ) -> None:
        self.translator = translator
        self.summarizer = summarizer
        self.memory = memory
        self.sharing = sharing
        self.limits = limits
        self.engine = Batcher(translator)
        self.line = WaitingQueue(limits.at_once, limits.waiting)
        self.metrics = Metrics()
        self._pool = ThreadPoolExecutor(limits.at_once, thread_name_prefix="passerelle-text")

    def request_translator(
        self, user: str | None, glossary: str = "", corrections: Mapping[str, str] | None = None
    ) -> RequestTranslator:
        """Return the translator with a visitor's terms, in CSV, and corrections.  Raises InputError.

        ``user``: the name with which the visitor signed in.
        """
        return request_translator(self.translator, self.memory_of(user), glossary, corrections)

    def memory_of(self, user: str | None) -> TranslationMemory | None:
        """Return the memory as ``user`` sees it, into which their corrections go."""
        if self.memory is None or self.sharing == "one":
            return self.memory
        if isinstance(self.memory, Memory) and (user or self.sharing == "shared"):
            return Personal(self.memory, "" if self.sharing == "shared" else str(user), user or "")
        # Nobody knows whose a correction would be: it stays in the browser.
        return self.memory if self.sharing == "shared" else ReadOnly(self.memory)

    def translate(self, interpreter: RequestTranslator, text: str, stop: threading.Event) -> Translation:
        """Return ``text`` translated, as far as it came before ``stop`` was set.  Raises InputError."""
        running = interpreter.start(self.limits.check(text))
        for _ in self.engine.follow(running, stop):
            pass
        return running.translation

    async def serve(self, visitor: str, work: Work) -> AsyncIterator[Event]:
        """Yield places in the line, then what ``work`` yields in a thread; an event of type "tick" now and then.

        Closing the iterator stops the work.  What goes wrong is the last event, of type "error".
        """
        try:
            ticket = self.line.enter(visitor)
        except PasserelleError as error:
            yield failure(error, status=503)
            return
        try:
            while ticket.position:
                yield {"type": "queued", "position": ticket.position}
                ticket.moved.clear()
                while ticket.position and not ticket.moved.is_set():
                    with suppress(TimeoutError):
                        await asyncio.wait_for(ticket.moved.wait(), _TICK)
                    yield {"type": "tick"}
        except BaseException:
            self.line.leave(ticket)
            raise
        loop, events, stop = asyncio.get_running_loop(), asyncio.Queue[Event | None](), threading.Event()

        def say(event: Event | None) -> None:
            with suppress(RuntimeError):  # the server has been closed meanwhile
                loop.call_soon_threadsafe(events.put_nowait, event)

        def run() -> None:
            began = time.perf_counter()
            try:
                for event in work(stop):
                    say(event)
                    if stop.is_set():
                        break
            except PasserelleError as error:
                say(failure(error))
            except Exception as error:
                say({"type": "error", "message": UNEXPECTED, "status": 500})
                self.metrics.unforeseen(error)
            finally:
                self.metrics.worked(time.perf_counter() - began, stopped=stop.is_set())
                say(None)
                with suppress(RuntimeError):
                    loop.call_soon_threadsafe(self.line.leave, ticket)

        self._pool.submit(run)
        try:
            while True:
                try:
                    event = await asyncio.wait_for(events.get(), _TICK)
                except TimeoutError:
                    event = {"type": "tick"}
                if event is None:
                    return
                yield event
        finally:
            stop.set()

    def close(self) -> None:
        """End the engine's thread and take no more work."""
        self.engine.close()
        self._pool.shutdown(wait=False, cancel_futures=True)


def failure(error: PasserelleError, status: int | None = None) -> Event:
    """Return ``error`` as an event; ``status`` is what HTTP calls it."""
    return {"type": "error", "message": str(error), "status": status or (422 if isinstance(error, InputError) else 400)}
