"""Text into paragraphs, and paragraphs into sentences that know their place.

Nothing is lost on the way: every character is either inside one segment or in a gap between two, and
``pieces`` gives them all back in order.  Line breaks, indentation, bullets, quotation marks of e-mails, blank
lines and columns set with tabs are gaps, so they come out as they went in.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from passerelle.translate.normalizer import is_letter_spaced, join_lines
from passerelle.translate.sentences import sentence_spans

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
_PREFIX = re.compile(
    r"[\s\ufeff]*(?:>[>\s]*)?(?:(?:[-*+•‣◦▪▫●○■□►➢✓·–—]|#{1,6}|\d{1,3}[.)]|[A-Za-z]\)|\[[ xX]\])(?:\s+|$))*"
)
_BULLET = re.compile(r"[-*+•‣◦▪▫●○■□►➢✓·–—#]|\d{1,3}[.)]|[A-Za-z]\)")
_COLUMN_GAP = re.compile(r"[^\S\r\n]*\t[^\S\r\n]*|[^\S\r\n]{3,}")
_TABLE_GAP = re.compile(r"[^\S\r\n]*\|[^\S\r\n]*")
_SENTENCE_END = re.compile(r"[.!?…:;][\"'»”’)\]\s]*$")
_UNFINISHED = re.compile(
    r"(?:[,(«-]|\b(?:à|au|aux|avec|ce|ces|cette|comme|d'une?|dans|de|des|du|elle|en|et|il|la|le|les|leur|mais|ne|"
    r"ou|où|par|pas|plus|pour|que|qui|sa|se|ses|son|sont|sous|sur|un|une|est|a|ont))\s*$",
    re.IGNORECASE,
)
_NARROWEST, _WIDEST = 40, 120


@dataclass(frozen=True)
class Segment:
    """One sentence, or a part of a line that stands alone; ``text`` is exactly ``source[start:end]``."""

    start: int
    end: int
    text: str

    @property
    def flat(self) -> str:
        """The sentence on one line: line breaks and what begins the next line become one space, cut words whole."""
        if "\n" not in self.text and "\r" not in self.text:
            return self.text
        first, *rest = re.split(r"\r\n|\r|\n", self.text)
        return join_lines([first, *(line[_quote_length(line) :] for line in rest)])


@dataclass(frozen=True)
class Wrap:
    """How a paragraph was broken into lines by hand: at most ``width`` characters, joined by ``line_break``."""

    width: int
    line_break: str


@dataclass(frozen=True)
class Block:
    """A paragraph, a heading or a list item: its span in the text and its segments in order."""

    start: int
    end: int
    segments: tuple[Segment, ...]
    wrap: Wrap | None = None


@dataclass(frozen=True)
class _Line:
    start: int
    content: int
    end: int
    stop: int
    text: str

    @property
    def is_blank(self) -> bool:
        return self.content >= self.end

    @property
    def body(self) -> str:
        return self.text[self.content - self.start : self.end - self.start]

    @property
    def prefix(self) -> str:
        return self.text[: self.content - self.start]


def segment(text: str, regions: Iterable[tuple[int, int]] | None = None) -> Iterator[Block]:
    """Yield the blocks of ``text`` in order, lazily.

    ``regions``: spans, in order and apart, outside of which nothing is a segment (a document format knows
    what is prose); each is segmented by itself.  None means the whole text.
    """
    for start, end in regions if regions is not None else ((0, len(text)),):
        for paragraph in _paragraphs(_lines(text, start, end)):
            yield _block(text, paragraph)


def pieces(text: str, blocks: Iterable[Block]) -> Iterator[str | Segment]:
    """Yield gaps (str) and segments in order; their texts, joined, are ``text``."""
    position = 0
    for block in blocks:
        for found in block.segments:
            if found.start > position:
                yield text[position : found.start]
            yield found
            position = found.end
    if position < len(text):
        yield text[position:]


def _lines(text: str, start: int, end: int) -> Iterator[_Line]:
    position = start
    while position < end:
        match = _LINE.match(text, position, end)
        assert match is not None
        line = match.group()
        body = line.rstrip()
        prefix = _PREFIX.match(body)
        content = min(prefix.end() if prefix else 0, len(body))
        yield _Line(position, position + content, position + len(body), match.end(), line)
        position = match.end()


def _paragraphs(lines: Iterable[_Line]) -> Iterator[tuple[list[_Line], int]]:
    """Group lines; each group comes with the width at which it was wrapped, 0 where it is a line by itself."""
    run: list[_Line] = []
    for line in lines:
        begins_anew = line.is_blank or _BULLET.search(line.prefix) is not None
        if run and (begins_anew or not _same_margin(run, line)):
            yield from _split_run(run)
            run = []
        if line.is_blank:
            continue
        run.append(line)
        # A line that no one would have broken by hand cannot be part of a wrapped paragraph: let it go at once.
        if line.end - line.start > _WIDEST:
            yield from _split_run(run)
            run = []
    if run:
        yield from _split_run(run)


def _same_margin(run: list[_Line], line: _Line) -> bool:
    """Whether ``line`` may continue ``run``: the same margin as the line before, or a hanging one under a bullet."""
    previous = run[-1]
    if len(run) == 1:
        hanging = len(line.prefix) == len(previous.prefix) and not line.prefix.strip()
        first_line_indent = not previous.prefix.strip() and len(line.prefix) <= len(previous.prefix)
        return line.prefix == previous.prefix or hanging or first_line_indent
    return line.prefix == previous.prefix


def _split_run(run: list[_Line]) -> Iterator[tuple[list[_Line], int]]:
    width = max(line.end - line.start for line in run)
    if len(run) == 1 or not _NARROWEST <= width <= _WIDEST or not _is_wrapped(run, width):
        yield from (([line], 0) for line in run)
        return
    paragraph = [run[0]]
    for before, line in itertools.pairwise(run):
        if not _is_full(before, line, width):
            yield paragraph, width if len(paragraph) > 1 else 0
            paragraph = []
        paragraph.append(line)
    yield paragraph, width if len(paragraph) > 1 else 0


def _is_wrapped(run: list[_Line], width: int) -> bool:
    breaks = list(itertools.pairwise(run))
    if any(not _is_full(a, b, width) and not _SENTENCE_END.search(a.body) for a, b in breaks):
        return False
    return any(_is_full(a, b, width) and (b.body[0].islower() or _UNFINISHED.search(a.body)) for a, b in breaks)


def _is_full(line: _Line, following: _Line, width: int) -> bool:
    """Whether the first word of ``following`` would not have fitted on ``line``."""
    # Two spaces at the end are a line break that the writer asked for (Markdown).
    if line.text.rstrip("\r\n").endswith("  "):
        return False
    first_word = following.body.split(maxsplit=1)[0]
    return line.end - line.start + 1 + len(first_word) > width


def _block(text: str, paragraph: tuple[list[_Line], int]) -> Block:
    lines, width = paragraph
    start, end = lines[0].content, lines[-1].end
    if len(lines) == 1:
        spans = [span for cell in _cells(text, start, end) for span in _sentences(text, *cell)]
        wrap = None
    else:
        spans = list(_sentences(text, start, end))
        wrap = Wrap(width, lines[0].text[len(lines[0].text.rstrip("\r\n")) :] + lines[1].prefix)
    return Block(start, end, tuple(Segment(a, b, text[a:b]) for a, b in spans), wrap)


def _cells(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    line = text[start:end]
    # Between backquotes a bar or a tab is code; between letters set apart, wide gaps part words.
    if "`" in line or is_letter_spaced(line):
        yield start, end
        return
    gaps = _TABLE_GAP if line.startswith("|") or line.count(" | ") > 1 else _COLUMN_GAP
    for gap in gaps.finditer(text, start, end):
        if gap.start() > start:
            yield start, gap.start()
        start = gap.end()
    if start < end:
        yield start, end


def _sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    return ((start + a, start + b) for a, b in sentence_spans(text[start:end]))


def _quote_length(line: str) -> int:
    """Length of the e-mail quotation marks and blanks that begin a continued line."""
    match = re.match(r"\s*(?:>[>\s]*)?", line)
    return match.end() if match else 0
