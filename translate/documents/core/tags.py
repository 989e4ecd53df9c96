"""Tags inside a passage (bold, links, notes, line breaks): taken out of the French, put back into the English.

Every tag is put back exactly once and pairs stay nested; where their words went is what ``alignment`` says.
"""

from __future__ import annotations

from bisect import bisect_right, insort
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from passerelle.translate.documents.core.projection import Alignment
from passerelle.translate.flags import Span
from passerelle.translate.translation import Translation

# Pairs nested deeper than this are put back as single tags.
_DEEPEST = 40


@dataclass(frozen=True)
class InlineTag:
    """A tag at a place of a passage.

    ``kind``: ``"open"``, ``"close"`` or ``"point"`` (what stands alone, such as an image).  ``start``, ``end``: its
    span in the source of the document.  ``name``: what pairs an opening tag with a closing one.  ``shown``: the
    characters that stand for it in the plain text, such as a line break or a piece of code; often none.
    ``padded``: it had blanks on both sides, of which the plain text has one.  ``apart``: a blank stood before it.
    ``breaks``: it breaks a line in mid-sentence, and the plain text has a blank for it.
    """

    kind: str
    start: int
    end: int
    name: str = ""
    shown: str = ""
    padded: bool = False
    apart: bool = False
    breaks: bool = False


Item = str | InlineTag


def plain(items: Sequence[Item]) -> str:
    """Return the text of a passage as a reader sees it."""
    return "".join(item if isinstance(item, str) else item.shown for item in items)


def project_tags(items: Sequence[Item], translation: Translation) -> list[Item]:
    """Return ``items`` with their English text, from the ``translation`` of ``plain(items)``."""
    marks: list[tuple[int, InlineTag]] = []
    offset = 0
    for item in items:
        if isinstance(item, InlineTag):
            marks.append((offset, item))
            offset += len(item.shown)
        else:
            offset += len(item)
    found = list(_find_shown(marks, translation.text))
    held = [((at, at + len(mark.shown)), span) for _, at, mark, span in found]
    numbers = {number for number, *_ in found}
    rest = [(at, mark) for number, (at, mark) in enumerate(marks) if number not in numbers]
    alignment = Alignment(translation, held)
    text = _Text(translation.text, sorted((span, mark) for _, _, mark, span in found))
    return _tidy(_emit(_tree(rest, offset), (0, len(translation.text)), alignment, text))


def _find_shown(marks: Sequence[tuple[int, InlineTag]], english: str) -> Iterator[tuple[int, int, InlineTag, Span]]:
    """Yield number, offset and mark of what has text of its own, and the span of that text in the English."""
    positions: dict[str, int] = {}
    for number, (offset, mark) in enumerate(marks):
        shown = mark.shown
        if not shown:
            continue
        start = english.find(shown, positions.get(shown, 0))
        while start >= 0 and _cuts_word(english, start, start + len(shown)):
            start = english.find(shown, start + 1)
        if start < 0:
            continue
        positions[shown] = start + len(shown)
        yield number, offset, mark, (start, start + len(shown))


def _cuts_word(text: str, start: int, end: int) -> bool:
    before, after = text[max(start - 1, 0) : start], text[end : end + 1]
    return (before.isalnum() and text[start].isalnum()) or (after.isalnum() and text[end - 1].isalnum())


@dataclass
class _Node:
    """A pair of tags and what is in it, or a single tag; the root has neither."""

    start: int
    end: int
    number: int
    opening: InlineTag | None = None
    closing: InlineTag | None = None
    children: list[_Node] = field(default_factory=list)


def _tree(marks: Sequence[tuple[int, InlineTag]], length: int) -> _Node:
    root = _Node(0, length, -1)
    stack = [root]
    for number, (offset, mark) in enumerate(marks):
        node = _Node(offset, offset, number, mark)
        if mark.kind == "open" and len(stack) <= _DEEPEST:
            stack.append(node)
            continue
        if mark.kind == "close":
            for depth in range(len(stack) - 1, 0, -1):
                opening = stack[depth].opening
                if opening is not None and opening.name == mark.name:
                    _flatten(stack, depth + 1)
                    pair = stack.pop()
                    pair.end, pair.closing = offset, mark
                    stack[-1].children.append(pair)
                    break
            else:
                stack[-1].children.append(node)
            continue
        stack[-1].children.append(node)
    _flatten(stack, 1)
    return root


def _flatten(stack: list[_Node], depth: int) -> None:
    """Turn the tags that were opened last and never closed into single ones."""
    while len(stack) > depth:
        node = stack.pop()
        children, node.children, node.end = node.children, [], node.start
        stack[-1].children += [node, *children]


class _Text:
    """The English with what was found in it by its own text: never cut, and put back as the tag that it was."""

    def __init__(self, text: str, held: Sequence[tuple[Span, InlineTag]]) -> None:
        self._text = text
        self._held = [(span, mark) for span, mark in held]
        self._starts = [span[0] for span, _ in self._held]

    def edge(self, place: int) -> int:
        """The place, or the end of what must not be cut there."""
        index = bisect_right(self._starts, place) - 1
        if index >= 0:
            start, end = self._held[index][0]
            if start < place < end:
                return end
        return place

    def items(self, start: int, end: int) -> Iterator[Item]:
        """Yield what stands between two places."""
        index = bisect_right(self._starts, start - 1)
        while index < len(self._held) and self._held[index][0][1] <= end:
            (a, b), mark = self._held[index]
            if a >= start:
                yield self._text[start:a]
                yield mark
                start = b
            index += 1
        yield self._text[start:end]


def _emit(node: _Node, span: Span, alignment: Alignment, text: _Text) -> Iterator[Item]:
    position = span[0]
    for found, child in _settle(node, span, alignment, text):
        start, end = (max(place, position) for place in found)
        yield from text.items(position, start)
        assert child.opening is not None
        yield child.opening
        if child.closing is not None:
            yield from _emit(child, (start, end), alignment, text)
            yield child.closing
        position = end
    yield from text.items(position, span[1])


def _settle(node: _Node, span: Span, alignment: Alignment, text: _Text) -> list[tuple[Span, _Node]]:
    """Give every child its place between the tags of its parent, apart from the others, in the order of the English."""
    taken: list[Span] = []
    places: list[tuple[Span, _Node]] = []
    for child in node.children:
        if child.closing is not None:
            a, b = (text.edge(min(max(place, span[0]), span[1])) for place in alignment.extent(child.start, child.end))
            found = _largest_free(a, b, taken)
            if found[0] < found[1]:
                insort(taken, found)
            places.append((found, child))
    for child in node.children:
        if child.closing is None:
            place = text.edge(min(max(alignment.place(child.start), span[0]), span[1]))
            index = bisect_right(taken, (place, -1)) - 1
            if index >= 0 and taken[index][0] < place < taken[index][1]:
                place = taken[index][1]
            places.append(((place, place), child))
    return sorted(places, key=lambda each: (each[0][0], each[1].number))


def _largest_free(start: int, end: int, taken: Sequence[Span]) -> Span:
    """The longest part of a span that is in none of ``taken``, which is sorted."""
    index = max(bisect_right(taken, (start, -1)) - 1, 0)
    best = (start, start)
    position = start
    while index < len(taken) and taken[index][0] < end:
        a, b = taken[index]
        if b > position:
            if a - position > best[1] - best[0]:
                best = (position, a)
            if best[0] == best[1]:
                best = (b, b)
            position = b
        index += 1
    return (position, end) if end - position > best[1] - best[0] else best


def _tidy(items: Iterator[Item]) -> list[Item]:
    """The items without empty texts, and with the blanks that marks had beside them, or may not have."""
    result: list[Item] = []
    for item in items:
        before = result[-1] if result else ""
        if isinstance(item, InlineTag):
            if item.breaks and isinstance(before, str):
                result[-1:] = [before.rstrip(" ")] if before.strip() else []
            elif item.apart and isinstance(before, str) and before and not before[-1].isspace():
                result.append(" ")
            result.append(item)
            continue
        begins_line = isinstance(before, InlineTag) and before.breaks
        text = item.lstrip(" ") if begins_line else item
        if text and isinstance(before, InlineTag) and before.padded and not text[0].isspace():
            result.append(" ")
        if text:
            result.append(text)
    return result
