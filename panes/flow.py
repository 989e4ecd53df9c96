"""The text of one column as HTML that grows at its end, in blocks that a browser need not lay out while out of sight.

A block ends at the end of a line, so that blocks stacked look like the one text that they are; only a line far
longer than a screen is cut between two pieces.  The text content of the blocks together is the text itself.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from html import escape
from typing import Any

from passerelle.panes.columns import Column, Note, Piece, Word

LONG_ENOUGH, TOO_LONG = 600, 4000
"""Characters after which a block ends with the line, and after which it ends with the piece."""

_UNSHOWABLE = re.compile("[\0\r\ud800-\udfff]")


class Flow:
    """Turns a text that comes bit by bit into HTML."""

    def __init__(self) -> None:
        self._parts = [""]
        self._size = 0

    def text(self, text: str) -> None:
        """Add text that belongs to no piece."""
        end = max(text.rfind("\n"), text.rfind("\r")) + 1
        self._write(literal(text[:end]), end)
        if end and self._size >= LONG_ENOUGH:
            self._break()
        self._write(literal(text[end:]), len(text) - end)

    def piece(self, text: str, piece: Piece) -> None:
        """Add ``text``, all of which is ``piece``."""
        if self._size >= TOO_LONG:
            self._break()
        self._write(_piece(text, piece), len(text))

    def take(self) -> list[str]:
        """Return what came since the last call: what continues the last block, then each new block."""
        parts, self._parts = self._parts, [""]
        return parts

    def _write(self, html: str, size: int) -> None:
        self._parts[-1] += html
        self._size += size

    def _break(self) -> None:
        self._parts.append("")
        self._size = 0


def body(column: Column) -> list[str]:
    """Return the text of ``column`` as the HTML of its blocks.

    Raises ValueError where its pieces overlap, are out of order or leave the text.
    """
    flow = Flow()
    for text, piece in runs(column):
        if piece is None:
            flow.text(text)
        else:
            flow.piece(text, piece)
    return [part for part in flow.take() if part]


def literal(text: str) -> str:
    """Return ``text`` as HTML that shows it character for character.

    HTML has no way to hold NUL and lone surrogates, so they show as U+2400 and U+FFFD; a carriage return
    survives only as a reference.
    """
    marks = {"\0": "\u2400", "\r": "&#13;"}
    return _UNSHOWABLE.sub(lambda match: marks.get(match[0], "\ufffd"), escape(text))


def numbered(words: Sequence[Word]) -> str:
    """Return ``words`` as the script reads them: start, end and number of each."""
    return " ".join(f"{start}-{end}-{number}" for start, end, number in words)


def runs(column: Column) -> Iterator[tuple[str, Piece | None]]:
    """Yield the text of ``column`` in stretches: that of a piece with the piece, that between two with None.

    Raises ValueError for pieces that overlap or leave the text.
    """
    position = 0
    for piece in column.pieces:
        if not position <= piece.start <= piece.end <= len(column.text):
            raise ValueError(
                f"piece {piece.start}-{piece.end} of {column.heading!r} overlaps its neighbour or leaves the text"
            )
        yield column.text[position : piece.start], None
        yield column.text[piece.start : piece.end], piece
        position = piece.end
    yield column.text[position:], None


def _piece(text: str, piece: Piece) -> str:
    attributes = f' data-key="{literal(piece.key)}"'
    if piece.links:
        attributes += f' data-links="{literal(json.dumps(piece.links))}"'
    if piece.words:
        attributes += f' data-words="{numbered(piece.words)}"'
    if text or piece.notes:
        attributes += ' tabindex="0"'
    kind, mark = "piece", ""
    if piece.notes:
        lead = "To check" if piece.is_doubtful else "Note"
        kind = "piece doubtful" if piece.is_doubtful else "piece noted"
        attributes += f' data-level="{literal(piece.level)}"'
        attributes += f' data-notes="{literal(json.dumps([said(note) for note in piece.notes], ensure_ascii=False))}"'
        reason = literal(f"{lead}: " + "; ".join(map(str, piece.notes)))
        mark = f'<span class="note" role="img" aria-label="{reason}"></span>'
    return f'<span class="{kind}"{attributes}>{mark}{literal(text)}</span>'


def said(note: str | Note) -> str | dict[str, Any]:
    """Return a note as the script reads it: with its code where it has one."""
    return asdict(note) if isinstance(note, Note) else note
