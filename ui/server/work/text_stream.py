"""A text translated for someone who watches: events with the HTML that each pane grows by."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from passerelle.panes import Column
from passerelle.panes.flow import Flow, body, numbered
from passerelle.panes.html import checkable
from passerelle.summarize import Summarizer, Summary
from passerelle.translate import Progressive, Sentence, segment
from passerelle.translate.columns import english_piece, original_piece
from passerelle.translate.documents.formats.markdown.document import prose
from passerelle.ui.server.engine.service import Event, Service
from passerelle.ui.server.work.request_translator import RequestTranslator

_SECONDS_BETWEEN_UPDATES = 0.12


@dataclass(frozen=True)
class SummaryOptions:
    """How the summary is wanted: ``length`` and ``style`` as ``Summarizer`` takes them."""

    length: str | int = "medium"
    style: str = "prose"


@dataclass(frozen=True)
class Begun:
    """What a reader has of a text from before: how many sentences, and how many characters those take up."""

    sentences: int = 0
    characters: int = 0


@dataclass(frozen=True)
class ShownTranslation:
    """What stands on the page, sent back to be summarised: columns, the last of them the English."""

    shown: tuple[Column, ...]

    @property
    def text(self) -> str:
        """The English."""
        return self.shown[-1].text

    def columns(self) -> tuple[Column, ...]:
        """Original and translation."""
        return self.shown


def stream_text(
    service: Service,
    interpreter: RequestTranslator,
    text: str,
    wishes: SummaryOptions,
    stop: threading.Event,
    *,
    markdown: bool = False,
    begun: Begun = Begun(),
) -> Iterator[Event]:
    """Yield the original at once, the sentences as they are done, then the summary.

    Of what has ``begun`` only the sentences that are left come; who has them all asks for the summary of the whole.
    Raises InputError for a text that is empty or too long.
    """
    text = service.limits.check(text)
    regions = list(prose(text)) if markdown else None
    running = interpreter.start(text, _left(text, regions, begun.characters) if begun.sentences else regions)
    yield {"type": "begin", "characters": len(text), "words": len(text.split()), "begun": begun.sentences}
    if not begun.sentences:
        yield {"type": "original", "parts": _original(text, regions)}
    pane = _Pane(running, begun)
    for sentence in service.engine.follow(running, stop):
        service.metrics.count("sentences")
        pane.add(sentence)
        if pane.is_due():
            yield pane.event()
    translation = running.translation
    if not stop.is_set():
        yield pane.event(rest=True)
        service.metrics.count("words", pane.words)
    yield {"type": "translated", "notices": list(translation.notices), "seconds": pane.seconds()}
    if not stop.is_set() and not begun.sentences:
        yield from summarise(service.summarizer, ShownTranslation(translation.columns()), wishes, stop)


def summarise(
    summarizer: Summarizer, shown: ShownTranslation, wishes: SummaryOptions, stop: threading.Event
) -> Iterator[Event]:
    """Yield the summary of what is ``shown``."""
    if not shown.text.strip():
        return
    yield {"type": "summarising"}
    summary: Summary = summarizer(shown, length=wishes.length, style=wishes.style, stop=stop.is_set)
    if not stop.is_set():
        column = summary.column()
        yield {
            "type": "summary",
            "parts": body(column),
            "check": checkable(column),
            "notices": list(summary.notices),
            "ratio": round(summary.ratio, 3),
        }


class _Pane:
    """The translation pane while it grows."""

    def __init__(self, running: Progressive, begun: Begun) -> None:
        self._running = running
        self._begun = begun
        self._flow = Flow()
        self._new: list[Sentence] = []
        # What the reader has already was carried over as it is.
        self._position = begun.characters if begun.sentences else 0
        self._began = time.monotonic()
        self._shown = 0.0
        self._done = self._check = 0
        self._sources = set[str]()
        self.words = self._repeated = 0

    def add(self, sentence: Sentence) -> None:
        self._new.append(replace(sentence, index=sentence.index + self._begun.sentences))

    def is_due(self) -> bool:
        return time.monotonic() - self._shown >= _SECONDS_BETWEEN_UPDATES

    def seconds(self) -> float:
        return round(time.monotonic() - self._began, 3)

    def event(self, *, rest: bool = False) -> Event:
        """What was added since the last event; with ``rest``, what stands after the last sentence too."""
        text = self._running.text
        for sentence in self._new:
            piece = english_piece(sentence, text[sentence.target_start : sentence.target_end])
            self._flow.text(text[self._position : sentence.target_start])
            self._flow.piece(text[sentence.target_start : sentence.target_end], piece)
            self._position = sentence.target_end
            self._check += piece.is_doubtful
            words = len(sentence.source.split())
            self.words += words
            self._repeated += words if sentence.source in self._sources else 0
            self._sources.add(sentence.source)
        if rest:
            self._flow.text(text[self._position :])
        self._done += len(self._new)
        event = {
            "type": "sentences",
            "parts": self._flow.take(),
            "words": _source_words(self._new),
            "done": self._done,
            "wordsDone": self.words,
            "repeated": self._repeated,
            "reached": self._new[-1].end if self._new else len(text),
            "check": self._check,
            "seconds": self.seconds(),
        }
        self._new = []
        self._shown = time.monotonic()
        return event


def _left(text: str, regions: Sequence[tuple[int, int]] | None, position: int) -> list[tuple[int, int]]:
    """Return the prose of ``text`` from ``position`` on."""
    spans = [(0, len(text))] if regions is None else regions
    return [(max(start, position), end) for start, end in spans if end > position]


def _original(text: str, regions: Sequence[tuple[int, int]] | None) -> list[str]:
    flow, position = Flow(), 0
    sentences = (found for block in segment(text, regions) for found in block.segments)
    for index, found in enumerate(sentences):
        flow.text(text[position : found.start])
        sentence = Sentence(index, found.text, "", found.start, found.end, 0, 0)
        flow.piece(text[found.start : found.end], original_piece(sentence, found.text))
        position = found.end
    flow.text(text[position:])
    return flow.take()


def _source_words(sentences: Sequence[Sentence]) -> dict[str, str]:
    """The words of the French that have partners, by the key of their sentence, as the renderer writes them."""
    found = {}
    for sentence in sentences:
        piece = original_piece(sentence, sentence.source)
        if piece.words:
            found[piece.key] = numbered(piece.words)
    return found
