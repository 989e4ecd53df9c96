"""Passages of a marked-up source: where each one stands, what is in it, and the source with its English in place.

Outside the passages that changed, the source comes out character for character.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby
from typing import cast

from translate.documents.document import Unit, is_prose
from translate.documents.inline import Item, Mark, arrange, plain
from translate.translation import Translation

_BLANKS = " \t\n\r\f"
_SPACES = dict.fromkeys(map(ord, _BLANKS), " ")
# After one of these a new line begins something new; so it does at the beginning.
_ENDS = ("", *'\n.!?…:;»”"')
FORBIDDEN = dict.fromkeys([*range(9), 11, *range(14, 32), 0xFFFE, 0xFFFF])


@dataclass(frozen=True)
class Passage:
    """A paragraph, a heading, a cell: ``start`` to ``end`` of the source is written anew from ``items``."""

    start: int
    end: int
    items: tuple[Item, ...]

    @cached_property
    def text(self) -> str:
        """Its plain text."""
        return plain(self.items)

    @property
    def is_prose(self) -> bool:
        """Whether there are words in it, apart from what stands for tags."""
        return any(isinstance(item, str) and is_prose(item) for item in self.items)

    @property
    def unit(self) -> Unit:
        """What is handed to the translator: line breaks that stand in it are kept."""
        if "\n" not in self.text:
            return Unit(self.text)
        regions, start = [], 0
        for line in self.text.split("\n"):
            regions.append((start, start + len(line)))
            start += len(line) + 1
        return Unit(self.text, tuple(regions))


Slice = Callable[[Mark], str]
# Writes arranged items; the function gives the source of a mark, passages inside it in English.
Render = Callable[[Passage, Sequence[Item], Slice], str]


def rewrite(
    source: str,
    passages: Sequence[Passage],
    english: Sequence[Translation],
    render: Render,
    *,
    keep_equal: bool = True,
) -> str:
    """Return ``source`` with each passage written by ``render``; one that is the same in English stays as it is."""
    changed = [
        (passage, translation)
        for passage, translation in zip(passages, english, strict=True)
        if not keep_equal or translation.text != passage.text
    ]
    changed.sort(key=lambda pair: (pair[0].start, -pair[0].end))
    starts = [passage.start for passage, _ in changed]

    def piece(start: int, end: int) -> str:
        return "".join(pieces(start, end))

    def pieces(start: int, end: int) -> Iterator[str]:
        for index in range(bisect_left(starts, start), len(changed)):
            passage, translation = changed[index]
            if passage.start >= end:
                break
            # A passage in a note is written with the paragraph that the note stands in.
            if passage.start < start or passage.end > end:
                continue
            yield source[start : passage.start]
            yield render(passage, arrange(passage.items, translation), lambda mark: piece(mark.start, mark.end))
            start = passage.end
        yield source[start:end]

    return piece(0, len(source))


@dataclass(frozen=True)
class MarkedDocument:
    """A file with tags that was read.  ``encode``: text to bytes; ``render``: how a passage is written."""

    source: str
    passages: tuple[Passage, ...]
    encode: Callable[[str], bytes]
    render: Render
    notices: tuple[str, ...] = ()
    keep_equal: bool = True

    @property
    def units(self) -> tuple[Unit, ...]:
        """One for each passage."""
        return tuple(passage.unit for passage in self.passages)

    def write(self, english: Sequence[Translation]) -> bytes:
        """Return the file in English."""
        return self.encode(rewrite(self.source, self.passages, english, self.render, keep_equal=self.keep_equal))


def escape(text: str) -> str:
    """Return ``text`` as it stands between the tags of HTML or XML, without characters that XML forbids."""
    text = text.translate(FORBIDDEN)
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def tags(passage: Passage, items: Sequence[Item], raw: Slice) -> str:
    """Write items of a language whose tags stand around text: HTML, OpenDocument, XLIFF."""
    return "".join(escape(item) if isinstance(item, str) else raw(item) for item in items)


def moved(passage: Passage, by: int) -> Passage:
    """Return ``passage`` of a source that stands ``by`` characters further on in another one."""
    items = tuple(
        item if isinstance(item, str) else replace(item, start=item.start + by, end=item.end + by)
        for item in passage.items
    )
    return replace(passage, start=passage.start + by, end=passage.end + by, items=items)


@dataclass
class Collector:
    """Gathers what comes in one passage; ``finish`` trims it and gives it out."""

    def __post_init__(self) -> None:
        self._pieces: list[tuple[Item, int, int]] = []

    def text(self, text: str, raw: str, start: int) -> None:
        """Add decoded ``text``, and how it stands in the source; blanks at its ends are pieces of their own."""
        end = start + len(raw)
        lead = len(raw) - len(raw.lstrip(_BLANKS))
        tail = len(raw) - len(raw.rstrip(_BLANKS)) if lead < len(raw) else 0
        cuts = [(text[:lead], start, start + lead), (text[lead : len(text) - tail], start + lead, end - tail)]
        self._pieces += [each for each in (*cuts, (text[len(text) - tail :], end - tail, end)) if each[0]]

    def mark(self, mark: Mark) -> None:
        """Add a tag; one that is closed at once is a single one with what closes it."""
        last = self._pieces[-1][0] if self._pieces else ""
        pair = ("open", mark.name, mark.start, "close")
        if isinstance(last, Mark) and (last.kind, last.name, last.end, mark.kind) == pair:
            mark = Mark("point", last.start, mark.end)
            self._pieces.pop()
        self._pieces.append((mark, mark.start, mark.end))

    def finish(self, *, collapse: bool) -> list[Passage]:
        """Return the passage, or none where nothing came; ``collapse``: runs of blanks count as one space."""
        pieces, self._pieces = self._pieces, []
        return [_trimmed(part, collapse) for part in _apart(pieces) if any(isinstance(item, str) for item, *_ in part)]


def _apart(pieces: list[tuple[Item, int, int]]) -> Iterator[list[tuple[Item, int, int]]]:
    """A row of links with nothing but blanks between them is a menu, not a sentence: each is a passage."""
    depth = 0
    links: list[tuple[int, int]] = []
    begin = 0
    for index, (item, _, _) in enumerate(pieces):
        if isinstance(item, str):
            if not depth and is_prose(item):
                break
        elif item.kind == "open":
            if not depth and item.name != "a":
                break
            begin = begin if depth else index
            depth += 1
        elif item.kind == "close":
            depth -= 1
            if not depth:
                links.append((begin, index + 1))
    else:
        if len(links) > 1 and not depth:
            yield from (pieces[start:end] for start, end in links)
            return
    yield pieces


def _trimmed(pieces: list[tuple[Item, int, int]], collapse: bool) -> Passage:
    """Leave blanks and lone tags at both ends outside, where nothing can happen to them."""
    balance = _lone(pieces)
    first, last = 0, len(pieces)
    while first < last and _is_edge(pieces[first][0], first in balance):
        first += 1
    while last > first and _is_edge(pieces[last - 1][0], last - 1 in balance):
        last -= 1
    kept = pieces[first:last]
    if not kept:
        return Passage(0, 0, ())
    items = [item for item, _, _ in kept]
    start, end = kept[0][1], kept[-1][2]
    if collapse:
        items = _collapsed(items)
    return Passage(start, end, tuple(without_soft_breaks(items)))


def without_soft_breaks(items: Sequence[Item]) -> Iterator[Item]:
    """Turn a line break in the middle of a sentence into a mark between two words, so that the sentence stays whole."""
    before = ""
    for index, item in enumerate(items):
        if isinstance(item, Mark) and item.shown == "\n" and before[-1:] not in _ENDS:
            after = next((each.lstrip() for each in items[index + 1 :] if isinstance(each, str) and each.strip()), "")
            if after[:1].islower():
                yield replace(item, shown="", breaks=True)
                yield " "
                continue
        yield item
        text = item if isinstance(item, str) else item.shown
        before = text.rstrip(" ") or before


def _is_edge(item: Item, is_lone: bool) -> bool:
    if isinstance(item, str):
        return not item.strip(_BLANKS)
    return is_lone and not item.shown.strip(_BLANKS)


def _lone(pieces: list[tuple[Item, int, int]]) -> set[int]:
    """The places of the tags that have no partner."""
    lone: set[int] = set()
    opened: list[tuple[str, int]] = []
    for index, (item, _, _) in enumerate(pieces):
        if isinstance(item, str):
            continue
        if item.kind == "open":
            opened.append((item.name, index))
        elif item.kind == "close" and opened and opened[-1][0] == item.name:
            opened.pop()
        else:
            lone.add(index)
    return lone | {index for _, index in opened}


def _collapsed(items: Sequence[Item]) -> list[Item]:
    """Runs of blanks become one space; none stand at the ends or beside a line break."""
    result: list[Item] = []
    blank, lone = True, -1
    for item in _joined(items):
        if isinstance(item, Mark):
            if item.shown == "\n":
                _strip_last(result)
            is_point = item.kind == "point" and not item.shown
            result.append(replace(item, apart=True) if is_point and blank and result else item)
            if item.shown:
                blank = item.shown[-1:] in _BLANKS
            elif item.kind == "point":
                lone = len(result) - 1 if blank else -1
            continue
        words = " ".join(word for word in item.translate(_SPACES).split(" ") if word)
        if words and item[0] in _BLANKS:
            if lone >= 0 and lone == len(result) - 1:
                result[lone] = replace(cast(Mark, result[lone]), padded=True)
            words = words if blank else f" {words}"
        if item and not words and not blank:
            words = " "
        elif words and item[-1] in _BLANKS:
            words += " "
        if words:
            blank = words[-1] == " "
            result.append(words)
    _strip_last(result)
    return [item for item in result if item != ""]


def _joined(items: Sequence[Item]) -> Iterator[Item]:
    """The items with neighbouring texts as one."""
    for is_text, group in groupby(items, lambda item: isinstance(item, str)):
        if is_text:
            yield "".join(cast(Iterator[str], group))
        else:
            yield from group


def _strip_last(result: list[Item]) -> None:
    """Take the blank off the text that came last."""
    for index in range(len(result) - 1, -1, -1):
        item = result[index]
        if isinstance(item, str):
            result[index] = item.rstrip(_BLANKS)
            return
        if item.shown:
            return
