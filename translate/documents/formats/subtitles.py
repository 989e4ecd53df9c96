"""Subtitles as .srt and .vtt: numbers, times and settings stay; a sentence over several subtitles is one passage.

The English of such a sentence is cut where the words stand at which the French was cut.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from typing import Any

from passerelle.seq2seq.errors import InputError
from passerelle.translate.documents.core.tags import InlineTag, Item
from passerelle.translate.documents.core.text import decode, lines
from passerelle.translate.documents.core.units import Slice, TaggedDocument, TranslationUnit, escape
from passerelle.translate.documents.document import DocumentOptions, check_size, is_prose
from passerelle.translate.documents.formats.html.events import events

LARGEST = 32 * 2**20
# A sentence over more subtitles than this is taken in parts.
_MOST_JOINED = 4
_ENDS = tuple('.!?…:;»”"♪])')
# A line that begins so is one of its own: another person speaks, somebody sings, something is heard.
_OWN = ("-", "–", "—", "‐", "♪", "♫", "[", "(")
_CUT = "subtitle"
# Codes of SubStation Alpha, and times inside of a subtitle.
_CODE = re.compile(r"\{\\[^{}\n]*\}|<[^<>\n]*>|\\[Nn]")
_CLOSING = frozenset("!?:;,.»%")


@dataclass(frozen=True)
class _Cue:
    """The lines of text of one subtitle, as spans of the file."""

    lines: tuple[tuple[int, int], ...]

    @property
    def start(self) -> int:
        return self.lines[0][0]

    @property
    def end(self) -> int:
        return self.lines[-1][1]


@dataclass(frozen=True)
class _Subtitles(TranslationUnit):
    """One or several subtitles; ``counts``: how many lines each had, where they are not those of a dialogue."""

    counts: tuple[int, ...] = ()


def parse(content: bytes, name: str, options: DocumentOptions) -> TaggedDocument:
    """Read subtitles.  Raises InputError where there are none in it."""
    check_size(len(content), LARGEST, name)
    decoded = decode(content, name)
    cues = list(_cues(decoded.text, name))
    is_web = name.lower().endswith(".vtt")
    passages = tuple(_passages(decoded.text, cues, is_web=is_web))
    render = partial(_render, line_end="\r\n" if "\r\n" in decoded.text else "\n", is_web=is_web)
    return TaggedDocument(decoded.text, passages, decoded.encode, render, decoded.notices)


def outline(content: bytes, name: str) -> Any:
    """Return all that is not text: numbers, times, settings, notes."""
    text = decode(content, name).text
    position = 0
    kept = []
    for cue in _cues(text, name):
        kept.append(text[position : cue.start])
        position = cue.end
    return [*kept, text[position:]]


def _cues(text: str, name: str) -> Iterator[_Cue]:
    block: list[tuple[int, int]] = []
    is_text = found = False
    is_web = name.lower().endswith(".vtt")
    for start, stop in lines(text):
        body = text[start:stop].rstrip("\r\n")
        if "-->" in body and ":" in body:
            # Without a blank line before it, the number of this subtitle was taken for text.
            if block and text[slice(*block[-1])].strip().isdigit():
                block.pop()
            if block:
                yield _Cue(tuple(block))
            block, is_text, found = [], True, True
        elif not body.strip():
            if block:
                yield _Cue(tuple(block))
            # In .srt, where nothing but subtitles can stand, what follows a blank line is still text.
            block, is_text = [], found and not is_web
        elif is_text:
            block.append((start, start + len(body)))
    if block:
        yield _Cue(tuple(block))
    if not found:
        raise InputError(f"{name} holds no subtitles: no line with --> in it; check the file")


def _passages(text: str, cues: Sequence[_Cue], *, is_web: bool) -> Iterator[TranslationUnit]:
    group: list[_Cue] = []
    items: list[Item] = []
    for cue in cues:
        found = list(_items(text, cue, is_web=is_web))
        if group and not (len(group) < _MOST_JOINED and _goes_on(items, found)):
            yield from _passage(group, items)
            group, items = [], []
        if group:
            items += [InlineTag("point", group[-1].end, cue.start, _CUT), " "]
        group.append(cue)
        items += found
    if group:
        yield from _passage(group, items)


def _passage(group: Sequence[_Cue], items: Sequence[Item]) -> Iterator[TranslationUnit]:
    breaks = [item.start for item in items if isinstance(item, InlineTag) and item.shown]
    counts = [1 if any(cue.start < at < cue.end for at in breaks) else len(cue.lines) for cue in group]
    passage = _Subtitles(group[0].start, group[-1].end, tuple(items), tuple(counts))
    if passage.is_prose:
        yield passage


def _goes_on(items: Sequence[Item], following: Sequence[Item]) -> bool:
    before = "".join(item for item in items if isinstance(item, str)).rstrip()
    after = "".join(item for item in following if isinstance(item, str)).lstrip()
    return bool(before) and not before.endswith(_ENDS) and after[:1].islower()


def _items(text: str, cue: _Cue, *, is_web: bool) -> Iterator[Item]:
    """The text of a subtitle on one line, unless its lines are apart, and its tags."""
    has_own_lines = any(text[start:end].lstrip().startswith(_OWN) for start, end in cue.lines[1:])
    for index, (start, end) in enumerate(cue.lines):
        if index and has_own_lines:
            yield InlineTag("point", cue.lines[index - 1][1], start, "", "\n")
        elif index:
            yield " "
        for event in events(text[start:end]):
            place = start + event.start, start + event.end
            if event.kind == "text":
                yield from _braces(event.text if is_web else text[slice(*place)], place, text)
            elif event.kind in ("open", "close"):
                yield InlineTag(event.kind, *place, event.name.partition(".")[0])
            else:
                yield InlineTag("point", *place)


def _braces(shown: str, place: tuple[int, int], text: str) -> Iterator[Item]:
    r"""Split off codes such as ``{\an8}``, and times such as ``<00:01.000>``."""
    start, end = place
    position = start
    for code in _CODE.finditer(text, start, end):
        if code.start() > position:
            yield text[position : code.start()]
        yield InlineTag("point", *code.span(), "", "\n" if code.group() in ("\\N", "\\n") else "")
        position = code.end()
    if position == start:
        yield shown
    elif position < end:
        yield text[position:end]


def _render(passage: TranslationUnit, items: Sequence[Item], raw: Slice, *, line_end: str, is_web: bool) -> str:
    assert isinstance(passage, _Subtitles)
    sizes = [len(_visible(part)) for part in _parts(passage.items)]
    parts = list(_parts(items))
    if not all(is_prose(_visible(part)) for part in parts):
        parts = _shared_out(items, sizes)
    cuts = [item for item in passage.items if isinstance(item, InlineTag) and item.name == _CUT]
    pieces = []
    for index, part in enumerate(parts):
        if index:
            pieces.append(raw(cuts[index - 1]))
        text = "".join(_source(item, raw, is_web=is_web) for item in _broken(part, passage.counts[index]))
        # A blank line would end the subtitle.
        shown = [line for line in text.replace("\r\n", "\n").split("\n") if line.strip()]
        pieces.append(line_end.join(shown) or "…")
    return "".join(pieces)


def _source(item: Item, raw: Slice, *, is_web: bool) -> str:
    if isinstance(item, InlineTag):
        return raw(item)
    return escape(item) if is_web else item


def _parts(items: Sequence[Item]) -> Iterator[list[Item]]:
    """Yield the items of each subtitle, without blanks at its ends."""
    part: list[Item] = []
    for item in items:
        if isinstance(item, InlineTag) and item.name == _CUT:
            yield _stripped(part)
            part = []
        else:
            part.append(item)
    yield _stripped(part)


def _stripped(part: list[Item]) -> list[Item]:
    texts = [index for index, item in enumerate(part) if isinstance(item, str)]
    for index in texts[:1]:
        part[index] = str(part[index]).lstrip(" ")
    for index in texts[-1:]:
        part[index] = str(part[index]).rstrip(" ")
    return part


def _visible(part: Sequence[Item]) -> str:
    return "".join(item if isinstance(item, str) else item.shown for item in part)


def _shared_out(items: Sequence[Item], sizes: Sequence[int]) -> list[list[Item]]:
    """Cut the English in proportion to the French, between words."""
    kept = [item for item in items if not (isinstance(item, InlineTag) and item.name == _CUT)]
    length, total = len(_visible(kept)), max(sum(sizes), 1)
    parts: list[list[Item]] = []
    for index in range(len(sizes) - 1):
        share = round(sum(sizes[: index + 1]) * length / total)
        done = sum(len(_visible(part)) for part in parts)
        head, kept = _cut(kept, max(share - done, 1))
        parts.append(_stripped(head))
    return [*parts, _stripped(kept)]


def _cut(items: list[Item], place: int) -> tuple[list[Item], list[Item]]:
    """Cut at the blank that is nearest to ``place``."""
    text = _visible(items)
    blanks = [index for index, pair in enumerate(pairwise(text)) if pair[0] == " " and pair[1] not in _CLOSING]
    at = min(blanks, key=lambda blank: abs(blank - place), default=len(text))
    head: list[Item] = []
    for index, item in enumerate(items):
        size = len(item) if isinstance(item, str) else len(item.shown)
        if isinstance(item, str) and at < size:
            return [*head, item[:at]], [item[at:], *items[index + 1 :]]
        at -= size
        head.append(item)
    return head, []


def _broken(part: list[Item], count: int) -> list[Item]:
    """Break a subtitle into ``count`` lines of about the same length."""
    broken: list[Item] = []
    for left in range(count, 1, -1):
        head, rest = _cut(part, round(len(_visible(part)) / left))
        if not _visible(rest).strip():
            break
        broken += [*_stripped(head), "\n"]
        part = _stripped(rest)
    return [*broken, *part]
