"""Markdown: which spans of the text are prose.  Everything else comes out byte for byte.

markdown-it-py (the CommonMark parser that Jupyter uses) says which lines are paragraphs, headings, list items and
tables; code blocks, raw HTML, link definitions and front matter are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from translate.documents.document import DocumentOptions
from translate.documents.text import TextDocument, decode

_FRONT_MATTER = re.compile(r"\ufeff?---[ \t]*\r?\n.*?\r?\n(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
_CELL = re.compile(r"(?:[^|\\`]|\\.|`[^`\n]*`|`)+")
_UNDERLINE = re.compile(r"[ \t]*(?:=+|-+)[ \t]*\Z")


def prose(text: str) -> Iterator[tuple[int, int]]:
    """Yield the spans of ``text`` that are prose, in order: a paragraph, a heading, or a cell of a table."""
    from markdown_it import MarkdownIt

    offset = 0
    front_matter = _FRONT_MATTER.match(text)
    if front_matter:
        offset = front_matter.end()
    starts = _line_starts(text, offset)
    for token in MarkdownIt("commonmark").enable("table").parse(_plain_lines(text[offset:])):
        if token.map is None or token.type not in {"paragraph_open", "heading_open", "tr_open"}:
            continue
        first, last = token.map
        if token.type == "tr_open":
            yield from _cells(text, starts[first], starts[last])
        else:
            yield starts[first], _without_underline(text, starts[first], starts[last])


def parse(content: bytes, name: str, options: DocumentOptions) -> TextDocument:
    """Read a Markdown file.  Raises InputError where it is not text."""
    decoded = decode(content, name)
    return TextDocument(decoded, tuple(prose(decoded.text)))


def outline(content: bytes, name: str) -> Any:
    """Return its blocks in order, and the text of those that are not prose."""
    from markdown_it import MarkdownIt

    text = decode(content, name).text
    front_matter = _FRONT_MATTER.match(text)
    offset = front_matter.end() if front_matter else 0
    tokens = MarkdownIt("commonmark").enable("table").parse(_plain_lines(text[offset:]))
    return text[:offset], [(token.type, token.type != "inline" and token.content) for token in tokens]


def _plain_lines(text: str) -> str:
    """The text as markdown-it counts its lines: it takes CR LF and CR for LF by itself, but not NUL."""
    return text.replace("\x00", "\ufffd")


def _line_starts(text: str, offset: int) -> list[int]:
    starts = [offset]
    position = offset
    while position < len(text):
        match = _LINE.match(text, position)
        assert match is not None
        position = match.end()
        starts.append(position)
    return [*starts, len(text)]


def _cells(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    return (match.span() for match in _CELL.finditer(text, start, end) if match.group().strip())


def _without_underline(text: str, start: int, end: int) -> int:
    """The end of a heading without the line of ``===`` or ``---`` below it."""
    lines = text[start:end].rstrip("\r\n")
    last = max(lines.rfind("\n"), lines.rfind("\r")) + 1
    return start + last if last and _UNDERLINE.match(lines, last) else end
