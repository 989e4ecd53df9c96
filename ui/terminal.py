"""What is shown in a terminal: progress on standard error, results on standard output."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

from passerelle.seq2seq.errors import OutputError

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

    from passerelle.summarize.summary import Summary
    from passerelle.translate.sentence_pair import Sentence
    from passerelle.translate.translation import Translation

_CONTROL = re.compile("[\0-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufeff]")

NARROW = 90
"""Below this many columns the panes stand one below the other."""

Advance = Callable[[int, int | None], None]
"""Called with how much is done and how much there is, None where nobody knows."""


def version(package: str) -> str:
    """The installed version of ``package``, or ``"not installed"``."""
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return "not installed"


def say(line: str, *, quiet: bool = False) -> None:
    """Write one line to standard error, unless ``quiet``."""
    if not quiet:
        sys.stderr.write(f"passerelle: {line}\n")
        sys.stderr.flush()


def emit(text: str | bytes) -> None:
    """Write ``text`` to standard output, as UTF-8 and as it is: no line end is added or changed.

    Raises OutputError where it cannot be written, BrokenPipeError where nobody reads any more.
    """
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(text if isinstance(text, bytes) else text.encode("utf-8", "backslashreplace"))
        sys.stdout.flush()
    except OSError as error:
        abandon_output()
        if isinstance(error, BrokenPipeError):
            raise
        raise OutputError(f"standard output cannot be written ({error.strerror}); free space or use -o") from error


def abandon_output() -> None:
    """Send what is still to be written nowhere: the interpreter flushes once more at exit, and would complain."""
    with Path(os.devnull).open("wb") as nowhere:
        os.dup2(nowhere.fileno(), sys.stdout.fileno())


@contextmanager
def progress(what: str, *, quiet: bool = False, unit: str = "") -> Iterator[Advance]:
    """Offer a bar named ``what`` on standard error while the block runs, where that is a terminal.

    Yields the function that moves it; the bar appears when that is called first.  ``unit``: ``"bytes"``, a
    plural such as ``"files"``, or nothing: a share.
    """
    with ExitStack() as stack:
        bars: list[Advance] = []

        def advance(done: int, total: int | None) -> None:
            if quiet or not sys.stderr.isatty():
                return
            if not bars:
                bars.append(stack.enter_context(_bar(what, unit)))
            bars[0](done, total)

        yield advance


@contextmanager
def _bar(what: str, unit: str) -> Iterator[Advance]:
    from rich import progress as rich
    from rich.console import Console

    count = {"": rich.TaskProgressColumn, "bytes": rich.DownloadColumn}.get(unit, rich.MofNCompleteColumn)()
    columns = (rich.TextColumn("{task.description}", markup=False), rich.BarColumn(), count, rich.TimeRemainingColumn())
    with rich.Progress(*columns, console=Console(stderr=True), transient=True) as bars:
        task = bars.add_task(what, total=None)
        yield lambda done, total: bars.update(task, completed=done, total=total)


def show(translation: Translation, summary: Summary, console: Console) -> None:
    """Print original, translation and summary side by side, or one below the other where it is narrow.

    Sentences with a doubt are marked.
    """
    from rich.table import Table
    from rich.text import Text

    parts = [paragraph.sentences for paragraph in translation.paragraphs if paragraph.sentences]
    french = [_styled(translation.source, sentences, english=False) for sentences in parts]
    english = [_styled(translation.text, sentences) for sentences in parts]
    digest = Text(_showable(summary.text))
    if console.width < NARROW:
        for heading, texts in (("Original", french), ("Translation", english), ("Summary", [digest])):
            console.rule(heading)
            for text in texts:
                console.print(text, end="\n\n")
        return
    pair = Table(box=None, expand=True, padding=(0, 2, 1, 0))
    for heading in ("Original", "Translation"):
        pair.add_column(heading, ratio=1)
    for row in zip(french, english, strict=True):
        pair.add_row(*row)
    aside = Table(box=None, expand=True, padding=(0, 0, 1, 0))
    aside.add_column("Summary")
    aside.add_row(digest)
    panes = Table.grid(expand=True)
    panes.add_column(ratio=3)
    panes.add_column(ratio=1)
    panes.add_row(pair, aside)
    console.print(panes)


def _styled(text: str, sentences: Sequence[Sentence], *, english: bool = True) -> Text:
    """The part of ``text`` that ``sentences`` cover, with the doubtful ones marked."""
    from rich.text import Text

    spans = [(s.target_start, s.target_end) if english else (s.start, s.end) for s in sentences]
    first = spans[0][0]
    shown = Text(_showable(text[first : spans[-1][1]]))
    for (start, end), sentence in zip(spans, sentences, strict=True):
        if sentence.doubts:
            shown.stylize("yellow", start - first, end - first)
    return shown


def _showable(text: str) -> str:
    """``text`` with one harmless character in place of each that would steer the terminal."""
    return _CONTROL.sub("\ufffd", text.replace("\r\n", " \n"))
