"""What comes between two blocks of a marked-up source, gathered into passages: trimmed, its blanks collapsed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import cast

from passerelle.translate.documents.core.tags import InlineTag, Item
from passerelle.translate.documents.core.units import TranslationUnit
from passerelle.translate.documents.document import is_prose

_BLANKS = " \t\n\r\f"
_SPACES = dict.fromkeys(map(ord, _BLANKS), " ")
# After one of these a new line begins something new; so it does at the beginning.
_ENDS = ("", *'\n.!?…:;»”"')


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

    def mark(self, mark: InlineTag) -> None:
        """Add a tag; one that is closed at once is a single one with what closes it."""
        last = self._pieces[-1][0] if self._pieces else ""
        pair = ("open", mark.name, mark.start, "close")
        if isinstance(last, InlineTag) and (last.kind, last.name, last.end, mark.kind) == pair:
            mark = InlineTag("point", last.start, mark.end)
            self._pieces.pop()
        self._pieces.append((mark, mark.start, mark.end))

    def finish(self, *, collapse: bool) -> list[TranslationUnit]:
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


def _trimmed(pieces: list[tuple[Item, int, int]], collapse: bool) -> TranslationUnit:
    """Leave blanks and lone tags at both ends outside, where nothing can happen to them."""
    balance = _lone(pieces)
    first, last = 0, len(pieces)
    while first < last and _is_edge(pieces[first][0], first in balance):
        first += 1
    while last > first and _is_edge(pieces[last - 1][0], last - 1 in balance):
        last -= 1
    kept = pieces[first:last]
    if not kept:
        return TranslationUnit(0, 0, ())
    items = [item for item, _, _ in kept]
    start, end = kept[0][1], kept[-1][2]
    if collapse:
        items = _collapsed(items)
    return TranslationUnit(start, end, tuple(without_soft_breaks(items)))


def without_soft_breaks(items: Sequence[Item]) -> Iterator[Item]:
    """Turn a line break in the middle of a sentence into a mark between two words, so that the sentence stays whole."""
    before = ""
    for index, item in enumerate(items):
        if isinstance(item, InlineTag) and item.shown == "\n" and before[-1:] not in _ENDS:
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
        if isinstance(item, InlineTag):
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
                result[lone] = replace(cast(InlineTag, result[lone]), padded=True)
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
