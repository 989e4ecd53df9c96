"""Emphasis in Markdown hugs its words: no blank stands inside its marks, and none of it is empty."""

from __future__ import annotations

from collections.abc import Sequence

from passerelle.translate.documents.core.tags import InlineTag, Item

EMPHASIS = frozenset({"strong", "em", "s"})


def hugging(items: Sequence[Item]) -> list[Item]:
    """Return ``items`` with blanks inside of emphasis put outside, and a word in emphasis that had none."""
    result: list[Item] = []
    for item in items:
        if isinstance(item, str) and result and _kind(result[-1]) == "open":
            words = item.lstrip()
            _insert_before_openings(result, item[: len(item) - len(words)])
            result += [words] if words else []
        elif isinstance(item, InlineTag) and _kind(item) == "close":
            last = result[-1] if result else ""
            words = last.rstrip() if isinstance(last, str) else ""
            if isinstance(last, str) and result:
                result[-1:] = [words, item, last[len(words) :]]
            else:
                result.append(item)
        else:
            result.append(item)
    return _filled([item for item in result if item != ""])


def _kind(item: Item) -> str:
    """``"open"`` or ``"close"`` for a mark of emphasis, empty for anything else."""
    return item.kind if isinstance(item, InlineTag) and item.name in EMPHASIS else ""


def _insert_before_openings(items: list[Item], blank: str) -> None:
    place = len(items)
    while place and _kind(items[place - 1]) == "open":
        place -= 1
    items.insert(place, blank)


def _filled(items: list[Item]) -> list[Item]:
    """The items with the word after empty emphasis in it, or else the one before it."""
    for index in range(len(items) - 1):
        opening, closing = items[index : index + 2]
        if (_kind(opening), _kind(closing)) != ("open", "close"):
            continue
        after = items[index + 2] if index + 2 < len(items) else ""
        before = items[index - 1] if index else ""
        if isinstance(after, str) and after.strip():
            word = after.split()[0]
            start = after.index(word)
            items[index : index + 3] = [after[:start], opening, word, closing, after[start + len(word) :]]
        elif isinstance(before, str) and before.strip():
            word = before.split()[-1]
            start = before.rindex(word)
            items[index - 1 : index + 2] = [before[:start], opening, word, closing, before[start + len(word) :]]
    return [item for item in items if item != ""]
