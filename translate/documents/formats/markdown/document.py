"""Markdown: paragraphs, headings, items, cells, notes and raw HTML; everything else comes out byte for byte.

Emphasis, links, code and the like are marks that stay with their words, as tags do in HTML; a paragraph that was
broken into lines by hand is broken again at the same width.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from passerelle.translate.documents.core.collector import Collector
from passerelle.translate.documents.core.text import decode, lines
from passerelle.translate.documents.core.units import TaggedDocument, TranslationUnit, moved
from passerelle.translate.documents.document import DocumentOptions, check_size
from passerelle.translate.documents.formats.html import document as html
from passerelle.translate.documents.formats.markdown.inline import SOFT, Line, Picture
from passerelle.translate.documents.formats.markdown.parser import parser
from passerelle.translate.documents.formats.markdown.writing import Paragraph, render

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

LARGEST = 64 * 2**20
_FRONT_MATTER = re.compile(
    r"\ufeff?(?:---[ \t]*\r?\n.*?\r?\n(?:---|\.\.\.)|\+\+\+[ \t]*\r?\n.*?(?<=\n)\+\+\+|\{[ \t]*\r?\n\s*\".*?\r?\n\})"
    r"[ \t]*(?:\r?\n|\Z)",
    re.DOTALL,
)
_BLOCKS = frozenset({"paragraph_open", "heading_open"})
# Lines of other programs: fences, alerts, attributes, tables of contents, shortcodes; some end with words of their own.
_FENCE = re.compile(
    r"""
    (?: :::+[ \t]*(?:[\w-]+[ \t]+(?P<title>[^\W\d_][^\n{}]*))?[^\n]*
      | \+\+\+[^\n]*|\{%[^\n]*|\{\{[<%][^\n]*[%>]\}\}|\{:[^\n]*\}|%%[^\n]*%%|--8<--[^\n]*
      | \[![\w-]+\][+-]?[ \t]*(?P<words>[^\n]*)
      | \*\[[^\]\n]+\]:[ \t]+(?P<meaning>[^\n]+)
      | \[TOC\]|\[\[_?TOC_?\]\]|\$\{toc\}|\([\w.-]+\)=
      | import[ ][^\n]*['"];?|export[ ](?:const|default|function)[ ][^\n]*
    )[ \t]*(?=\n|\Z)
    """,
    re.VERBOSE | re.IGNORECASE,
)
_DEFINITIONS = (": ", "~ ", "| ")
_ENDS = (".", "!", "?", "…", ":", ";", "»", "”", '"')


def parse(content: bytes, name: str, options: DocumentOptions) -> TaggedDocument:
    """Read a Markdown file.  Raises InputError where it is not text or too large."""
    check_size(len(content), LARGEST, name)
    decoded = decode(content, name)
    source = _Source(decoded.text)
    passages = tuple(
        sorted((each for each in source.translation_units() if each.is_prose), key=lambda each: each.start)
    )
    write = partial(render, md=source.md, env=source.env)
    return TaggedDocument(decoded.text, passages, decoded.encode, write, decoded.notices)


def outline(content: bytes, name: str) -> Any:
    """Return its blocks in order, the marks in each in any order, and the text of those that are not prose."""
    source = _Source(decode(content, name).text)
    shape: list[Any] = [source.text[: source.starts[0]]]
    for token in source.tokens:
        if token.type == "inline":
            line = Line(source.md, token.content, source.env)
            shape.append(sorted(Counter(line.kinds()).items()))
        elif token.type == "html_block":
            shape.append(html.outline_text(token.content))
        else:
            shape.append((token.type, token.content))
    return shape


def prose(text: str) -> Iterator[tuple[int, int]]:
    """Yield the spans of ``text`` that are prose, in order: a paragraph, a heading, or a cell of a table."""
    for line in _Source(text).lines():
        yield line.place(0), line.place(len(line.text))


@dataclass(frozen=True)
class _Place:
    """Maps places of a paragraph to those of the file: ``begins`` of its lines in the one, ``starts`` in the other."""

    begins: Sequence[int]
    starts: Sequence[int]

    def __call__(self, offset: int) -> int:
        index = bisect_right(self.begins, offset) - 1
        return self.starts[index] + offset - self.begins[index]


class _Source:
    """A file taken apart into blocks."""

    def __init__(self, text: str) -> None:
        front_matter = _FRONT_MATTER.match(text)
        offset = front_matter.end() if front_matter else int(text.startswith("\ufeff"))
        self.text = text
        # markdown-it takes CR LF and CR for LF by itself, but not NUL.
        self._plain = text.replace("\x00", "\ufffd")
        self.starts = [offset + start for start, _ in lines(text[offset:])] or [offset]
        self.md: MarkdownIt = parser()
        self.env: dict[str, Any] = {}
        self.tokens: list[Token] = self.md.parse(self._plain[offset:], self.env)

    def translation_units(self) -> Iterator[TranslationUnit]:
        """Yield the passages; those of raw HTML come first."""
        for token in self.tokens:
            if token.type == "html_block":
                yield from self._html(token)
        for line in self.lines():
            yield from self._passages(line)

    def lines(self) -> Iterator[Line]:
        """Yield every paragraph, heading and cell."""
        before = ""
        for token in self.tokens:
            if token.type == "inline" and before in _BLOCKS:
                line = self._line(token)
                if line is not None:
                    yield line
            elif token.type == "tr_open" and token.map:
                yield from self._cells(token.map[0])
            before = token.type

    def _line(self, token: Token) -> Line | None:
        """The text of a paragraph without what begins its lines; None where it does not stand in the file as it is."""
        assert token.map is not None
        kept: list[str] = []
        starts, begins, begin = [], [], 0
        wanted = token.content.split("\n")
        for number, row in enumerate(wanted):
            start, end = self._row(token.map[0] + number)
            at = self._plain.rfind(row.strip(" \t"), start, end)
            if at < 0:
                return None
            kept.append(self.text[at : end if number + 1 < len(wanted) else at + len(row.strip(" \t"))])
            starts.append(at)
            begins.append(begin)
            begin += len(kept[-1]) + 1
        return Line(self.md, "\n".join(kept), self.env, _Place(begins, starts))

    def _row(self, number: int) -> tuple[int, int]:
        """The span of a line of the file without its line end."""
        start = self.starts[number]
        stop = self.starts[number + 1] if number + 1 < len(self.starts) else len(self.text)
        return start, start + len(self.text[start:stop].rstrip("\r\n"))

    def _cells(self, number: int) -> Iterator[Line]:
        start, end = self._row(number)
        position = start
        while position <= end:
            stop = position
            while stop < end and self.text[stop] != "|":
                stop += 2 if self.text[stop] == "\\" else 1
            cell = self.text[position : min(stop, end)]
            begin = position + len(cell) - len(cell.lstrip())
            if cell.strip():
                yield Line(self.md, cell.strip(), self.env, _Place([0], [begin]), is_cell=True)
            position = stop + 1

    def _html(self, token: Token) -> Iterator[TranslationUnit]:
        assert token.map is not None
        start = self.starts[token.map[0]]
        raw = self._plain[start : start + len(token.content)]
        # In a list or a quotation its lines begin with what is not HTML.
        if raw == token.content:
            yield from (moved(passage, start) for passage in html.translation_units(raw))

    def _passages(self, line: Line) -> Iterator[TranslationUnit]:
        """A paragraph is one passage, but for definitions and what other programs mark by lines of their own."""
        collector = Collector()
        before, is_fence = "", _FENCE.match(line.text) is not None
        position = 2 if line.text.startswith("| ") else 0
        yield from self._titles(line, 0)
        for item, start, end in line.pieces():
            begin = max(start, position)
            if isinstance(item, str):
                if not is_fence:
                    place = line.place(begin)
                    collector.text(item[begin - start :], self.text[place : line.place(end)], place)
                before = item
            elif item.name == SOFT and (is_fence or _begins_anew(line.text, end)):
                yield from self._finished(collector, line)
                is_fence = _FENCE.match(line.text, end) is not None
                yield from self._titles(line, end)
                position = end if is_fence or not line.text.startswith(_DEFINITIONS, end) else end + 2
            elif item.name == SOFT and not before.endswith(_ENDS):
                collector.text(" ", " ", line.place(start))
            elif not is_fence:
                collector.mark(item)
            if isinstance(item, Picture) and not is_fence:
                yield from self._passages(line.part(*item.alt))
        yield from self._finished(collector, line)

    def _titles(self, line: Line, start: int) -> Iterator[TranslationUnit]:
        """The words that another program's line, which begins at ``start``, ends with."""
        found = _FENCE.match(line.text, start)
        for name in ("title", "words", "meaning") if found else ():
            assert found is not None
            if found[name]:
                yield from self._passages(line.part(*found.span(name)))

    def _finished(self, collector: Collector, line: Line) -> Iterator[TranslationUnit]:
        for found in collector.finish(collapse=True):
            rows = self.text[found.start : found.end].splitlines()
            width, line_break, column = 0, "", 0
            if len(rows) > 1:
                begin = bisect_right(self.starts, found.start) - 1
                spans = [self._row(number) for number in range(begin, begin + len(rows))]
                width = max(end - start for start, end in spans)
                column = found.start - spans[0][0]
                after = (line.place(at.end()) for at in re.finditer("\n", line.text))
                line_break = self.text[spans[0][1] : next(place for place in after if place > spans[0][1])]
            yield Paragraph(found.start, found.end, found.items, width, line_break, column, line.is_cell)


def _begins_anew(text: str, place: int) -> bool:
    return text.startswith(_DEFINITIONS, place) or _FENCE.match(text, place) is not None
