"""Where a command's text comes from, and where its result goes."""

from __future__ import annotations

import json
import time
from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from passerelle.seq2seq.errors import OutputError
from passerelle.ui.terminal import emit, say

if TYPE_CHECKING:
    from passerelle.summarize import Summary
    from passerelle.translate import Progressive, Translation


def check_output(options: Namespace) -> None:
    """Raise OutputError where the result could not be written, or would overwrite what it is made from."""
    from passerelle.translate.documents.core.files import check_writable

    output: Path | None = options.output
    if output is None:
        return
    check_writable(output)
    if options.file != "-" and output.exists() and output.samefile(options.file):
        raise OutputError(f"{output} is the input too and would be lost; give another name with -o")


def form_of(options: Namespace) -> str:
    """The form of the result: the one asked for, else the one that the output's name tells, else text."""
    if options.format:
        return str(options.format)
    if options.output is None:
        return "text"
    ending = options.output.suffix.lower()
    # A page or a .json that is translated comes out as what it is, not as a page about it.
    if options.command == "translate" and options.file != "-" and Path(options.file).suffix.lower() == ending:
        return "text"
    return {".json": "json", ".html": "html", ".htm": "html"}.get(ending, "text")


def write(options: Namespace, form: str, result: Translation | Summary, plain: bytes) -> None:
    """Write ``result`` in ``form``; ``plain`` is what it is as text or as a document.  Raises OutputError."""
    from passerelle.panes import page
    from passerelle.translate.documents.core.files import write_atomic

    if form == "json":
        plain = (json.dumps(result.to_dict(), indent=2, ensure_ascii=False) + "\n").encode("utf-8", "backslashreplace")
    elif form == "html":
        plain = page(result.columns(), title(options), result.notices).encode("utf-8", "backslashreplace")
    if options.output is None:
        emit(plain)
    else:
        write_atomic(options.output, plain)


def title(options: Namespace) -> str:
    """What the input is called."""
    return "Standard input" if options.file == "-" else Path(options.file).name


def tell(options: Namespace, notices: tuple[str, ...]) -> None:
    """Say each of ``notices``."""
    for notice in notices:
        say(notice, quiet=options.quiet)


class Stream:
    """Writes to standard output what has become final of a translation under way."""

    def __init__(self) -> None:
        self._written = 0
        self._next = 0.0

    def advance(self, running: Progressive, end: int) -> None:
        """Write up to the character ``end`` of the translation, unless that was done a moment ago."""
        began = time.monotonic()
        if began < self._next:
            return
        self.finish(running.text[:end])
        now = time.monotonic()
        # Composing takes longer as the text grows: spend a tenth of the time on it at most.
        self._next = now + max(0.1, 9 * (now - began))

    def finish(self, text: str) -> None:
        """Write what ``text`` has beyond what was written."""
        emit(text[self._written :])
        self._written = max(self._written, len(text))
