"""Passages of a marked-up source: where each one stands, what is in it, and the source with its English in place.

Outside the passages that changed, the source comes out character for character.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from passerelle.translate.documents.core.tags import InlineTag, Item, plain, project_tags
from passerelle.translate.documents.document import Unit, is_prose
from passerelle.translate.translation import Translation

FORBIDDEN = dict.fromkeys([*range(9), 11, *range(14, 32), 0xFFFE, 0xFFFF])


@dataclass(frozen=True)
class TranslationUnit:
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


Slice = Callable[[InlineTag], str]
# Writes arranged items; the function gives the source of a mark, passages inside it in English.
Render = Callable[[TranslationUnit, Sequence[Item], Slice], str]


def rewrite(
    source: str,
    passages: Sequence[TranslationUnit],
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
            yield render(passage, project_tags(passage.items, translation), lambda mark: piece(mark.start, mark.end))
            start = passage.end
        yield source[start:end]

    return piece(0, len(source))


@dataclass(frozen=True)
class TaggedDocument:
    """A file with tags that was read.

    ``encode``: text to bytes; ``render``: how a passage is written; ``finish``: what else is changed in a file in
    which any passage changed.
    """

    source: str
    translation_units: tuple[TranslationUnit, ...]
    encode: Callable[[str], bytes]
    render: Render
    notices: tuple[str, ...] = ()
    keep_equal: bool = True
    finish: Callable[[str], str] = str

    @property
    def units(self) -> tuple[Unit, ...]:
        """One for each passage."""
        return tuple(passage.unit for passage in self.translation_units)

    def write(self, english: Sequence[Translation]) -> bytes:
        """Return the file in English."""
        written = rewrite(self.source, self.translation_units, english, self.render, keep_equal=self.keep_equal)
        return self.encode(written if written == self.source else self.finish(written))


def escape(text: str) -> str:
    """Return ``text`` as it stands between the tags of HTML or XML, without characters that XML forbids."""
    text = text.translate(FORBIDDEN)
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def tags(passage: TranslationUnit, items: Sequence[Item], raw: Slice) -> str:
    """Write items of a language whose tags stand around text: HTML, OpenDocument, XLIFF."""
    return "".join(escape(item) if isinstance(item, str) else raw(item) for item in items)


def moved(passage: TranslationUnit, by: int) -> TranslationUnit:
    """Return ``passage`` of a source that stands ``by`` characters further on in another one."""
    items = tuple(
        item if isinstance(item, str) else replace(item, start=item.start + by, end=item.end + by)
        for item in passage.items
    )
    return replace(passage, start=passage.start + by, end=passage.end + by, items=items)
