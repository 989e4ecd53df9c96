"""What the web page answers: text in, and the changes to the page out, sentence by sentence.

Nothing here knows how the page is laid out; ``ui.web`` does.  What a user wrote reaches the page through ``panes``
and ``html.escape``, and never through a Gradio template, which would run it.
"""

from __future__ import annotations

import json
import re
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from html import escape
from pathlib import Path
from typing import Any

import gradio as gr

from panes import Column, page, render
from seq2seq.errors import InputError, PasserelleError
from summarize import Summarizer
from translate import Sentence, Translation, Translator
from translate.documents.text import decode

LIMIT = 500_000
"""The longest text that the page takes, in characters."""

LENGTHS = ("short", "medium", "long")
CHANGES = ("panes", "status", "notices", "work", "text", "upload")
"""The parts of the page that an answer changes, in the order in which it gives them."""

_UPDATES_PER_SECOND = 5
_SECONDS_PER_MEGABYTE = 1.0
_SECONDS_BETWEEN_ANNOUNCEMENTS = 10
_UNEXPECTED = "This failed, and should not have. What is done is kept; the terminal that serves the page says why."
_SURROGATE = re.compile("[\ud800-\udfff]")
_SUMMARY = Column("Summary", "", language="en")

Change = tuple[Any, ...]


@dataclass(frozen=True)
class Work:
    """What a visitor has on the page: a name for downloads, the English so far, the columns and the remarks."""

    name: str = "translation"
    english: str = ""
    sentences: int = 0
    columns: tuple[Column, ...] = (
        Column("Original", "", language="fr"),
        Column("Translation", "", language="en"),
        _SUMMARY,
    )
    notices: tuple[str, ...] = ()

    def panes(self) -> str:
        """Return the columns as HTML, for a page that holds the assets of ``panes`` already."""
        return render(self.columns, assets=False)

    def text_file(self) -> str:
        """Return the English as a file for the browser to save, in JSON: ``name``, ``type`` and ``content``."""
        return json.dumps({"name": f"{self.name}.txt", "type": "text/plain", "content": self.english})

    def page_file(self) -> str:
        """Return all columns as a self-contained page for the browser to save, in the same form."""
        content = page(self.columns, self.name, self.notices)
        return json.dumps({"name": f"{self.name}.html", "type": "text/html", "content": content})


class Desk:
    """Answers the events of one page for all its visitors; it remembers who is served, so as to stop the work."""

    def __init__(self, translator: Translator, summarizer: Summarizer) -> None:
        self._translator = translator
        self._summarizer = summarizer
        self._stops: dict[str | None, threading.Event] = {}

    def enter(self, request: gr.Request) -> str:
        """Take note of a visitor who is about to send a text, which ends an earlier one, and return the status.

        The wait for the model can be stopped from now on too.
        """
        self.stop(request)
        self._stops[request.session_hash] = threading.Event()
        return status("Waiting for the translator…", busy=True)

    def paste(self, text: str, length: str, request: gr.Request) -> Iterator[Change]:
        """Yield the page's changes while ``text`` is translated, then summarised."""
        yield from self._serve(text, Work(), length, request.session_hash)

    def drop(self, upload: str | None, length: str, request: gr.Request) -> Iterator[Change]:
        """Do the same for an uploaded file, which is deleted once it is read; its text goes into the text box."""
        if upload is None:
            return
        path, visitor = Path(upload), request.session_hash
        try:
            opened = decode(path.read_bytes(), path.name)
            _check(opened.text)
        except PasserelleError as error:
            self._stops.pop(visitor, None)
            yield _change(status=status(str(error), alert=True), upload=None)
            return
        finally:
            path.unlink(missing_ok=True)
        yield _change(text=_showable(opened.text), upload=None)
        yield from self._serve(opened.text, Work(path.stem, notices=opened.notices), length, visitor)

    def stop(self, request: gr.Request) -> None:
        """Stop what the visitor has under way, the model's work included, or is waiting for."""
        if stop := self._stops.get(request.session_hash):
            stop.set()

    def leave(self, request: gr.Request) -> None:
        """Do the same for a visitor who has closed the page, and forget the visitor."""
        self.stop(request)
        self._stops.pop(request.session_hash, None)

    def translate(self, text: str) -> dict[str, Any]:
        """Translate a French text; the answer holds the English text and every sentence with its spans and flags."""
        return self._translate(text).to_dict()

    def summarize(self, text: str, length: str = "medium", english: bool = False) -> dict[str, Any]:
        """Summarise a French text, or an English one with english=true; length is "short", "medium" or "long"."""
        if length not in LENGTHS:
            raise gr.Error(f"length must be one of {', '.join(LENGTHS)}", print_exception=False)
        source = _showable(text) if english else self._translate(text)
        return self._summarizer(source, length=length).to_dict()

    def _translate(self, text: str) -> Translation:
        try:
            _check(text)
            return self._translator(_showable(text))
        except PasserelleError as error:
            raise gr.Error(str(error), print_exception=False) from error

    def _serve(self, text: str, work: Work, length: str, visitor: str | None) -> Iterator[Change]:
        stop = self._stops.setdefault(visitor, threading.Event())
        try:
            _check(text)
            yield from self._follow(_showable(text), work, length, stop)
        except PasserelleError as error:
            yield _change(status=status(str(error), alert=True))
        except Exception:
            yield _change(status=status(_UNEXPECTED, alert=True))
            raise
        finally:
            if self._stops.get(visitor) is stop:
                del self._stops[visitor]

    def _follow(self, text: str, work: Work, length: str, stop: threading.Event) -> Iterator[Change]:
        """Translate, showing the sentences as they are done, then summarise; stop between any two sentences."""
        running, progress = self._translator.start(text), _Progress(len(text))
        work = _progressed(work, running.translation)
        panes = work.panes()
        yield _change(
            panes=panes,
            work=work,
            notices=remarks(work.notices),
            status=status("Translating…", "Translating", busy=True),
        )
        with closing(iter(running)) as sentences:
            while not stop.is_set() and (sentence := next(sentences, None)) is not None:
                if progress.is_due(sentence, len(panes)):
                    work = _progressed(work, running.translation)
                    panes = work.panes()
                    yield _change(panes=panes, work=work, status=progress.status())
                    progress.shown = time.monotonic()
        translation = running.translation
        work, report = _progressed(work, translation), progress.report()
        if work.sentences and not stop.is_set():
            yield _change(panes=work.panes(), work=work, status=status("Summarising…", busy=True))
            summary = self._summarizer(translation, length=length)
            work = replace(work, columns=summary.columns(), notices=_merged(work.notices, summary.notices))
        line = f"{'Stopped' if stop.is_set() else 'Done'}: {report}."
        yield _change(panes=work.panes(), work=work, notices=remarks(work.notices), status=status(line))


class _Progress:
    """How far a translation is, and when to say so: no more often than a browser can follow."""

    def __init__(self, characters: int) -> None:
        self._characters = characters
        self._began = self._announced = self.shown = time.monotonic()
        self._sentences = self._words = self._reached = 0
        self._spoken = "Translating"

    def is_due(self, sentence: Sentence, page_size: int) -> bool:
        """Count ``sentence``; return whether to show it now, on a page of ``page_size`` characters of HTML."""
        self._sentences, self._reached = sentence.index + 1, sentence.end
        self._words += len(sentence.source.split())
        pause = max(1 / _UPDATES_PER_SECOND, page_size / 1e6 * _SECONDS_PER_MEGABYTE)
        return sentence.index == 0 or time.monotonic() - self.shown >= pause

    def status(self) -> str:
        """Return the status line, with the time left."""
        seconds, share = self._seconds(), self._reached / self._characters
        left = seconds / share - seconds
        line = f"{_count(self._sentences, 'sentence')}, {self._rate()}, {share:.0%}"
        line += f", about {left:.0f} s left" if left >= 2 else ""
        if time.monotonic() - self._announced > _SECONDS_BETWEEN_ANNOUNCEMENTS:
            self._spoken, self._announced = line, time.monotonic()
        return status(line, self._spoken, busy=True)

    def report(self) -> str:
        """Return what was done, how long it took and how fast it was."""
        counts = f"{_count(self._sentences, 'sentence')}, {_count(self._words, 'word')}"
        return f"{counts} in {self._seconds():.1f} s ({self._rate()})"

    def _rate(self) -> str:
        return f"{self._words / self._seconds():,.0f} words/s"

    def _seconds(self) -> float:
        return max(time.monotonic() - self._began, 0.001)


def status(line: str, spoken: str = "", *, busy: bool = False, alert: bool = False) -> str:
    """Return the status line as HTML, and with it what a screen reader says, which should change less often."""
    kind = "alert" if alert else "busy" if busy else "idle"
    role = "alert" if alert else "status"
    return (
        f'<p class="line {kind}" aria-hidden="true">{escape(line)}</p>'
        f'<p class="spoken" role="{role}" aria-live="polite">{escape(spoken or line)}</p>'
    )


def remarks(lines: Sequence[str]) -> str:
    """Return ``lines`` as paragraphs of HTML."""
    return "".join(f"<p>{escape(_showable(line))}</p>" for line in lines)


def _change(**changed: Any) -> Change:
    """The parts of the page in order; those not named stay as they are."""
    assert changed.keys() <= set(CHANGES)
    return tuple(changed.get(name, gr.skip()) for name in CHANGES)


def _progressed(work: Work, translation: Translation) -> Work:
    return replace(
        work,
        english=translation.text,
        sentences=len(translation.sentences),
        columns=(*translation.columns(), _SUMMARY),
        notices=_merged(work.notices, translation.notices),
    )


def _merged(*notices: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(notice for group in notices for notice in group))


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _showable(text: str) -> str:
    """``text`` as UTF-8 can carry it to the browser."""
    return _SURROGATE.sub("\ufffd", text)


def _check(text: str) -> None:
    if not text.strip():
        raise InputError("There is no text yet: paste some French, or drop a file.")
    if len(text) > LIMIT:
        raise InputError(
            f"This text has {len(text):,} characters and the page takes {LIMIT:,} at a time: "
            "give it in parts, or use the command passerelle translate FILE. Your text is untouched."
        )
