"""English written as Markdown: plain where it reads as it should, else with backslashes, else with tags of HTML."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from string import punctuation
from typing import TYPE_CHECKING, Any

from passerelle.translate.documents.core.tags import Item
from passerelle.translate.documents.core.units import Slice, TranslationUnit, tags
from passerelle.translate.documents.formats.markdown.emphasis import EMPHASIS, hugging
from passerelle.translate.documents.formats.markdown.inline import HARD, SOFT, Line, LinkEnd

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

_SPECIAL = str.maketrans({character: f"\\{character}" for character in "\\`*_[]<&~${"})


@dataclass(frozen=True)
class Paragraph(TranslationUnit):
    """A passage of Markdown.

    ``width``: the longest of its lines, 0 where it has one; ``line_break``: a line end with what begins the next line
    (``> `` in a quotation); ``column``: where it begins in its line.  ``is_cell``: it is a cell of a table.
    """

    width: int = 0
    line_break: str = ""
    column: int = 0
    is_cell: bool = False


def render(passage: TranslationUnit, items: Sequence[Item], raw: Slice, *, md: MarkdownIt, env: Any) -> str:
    """Return the source of ``passage`` with ``items`` for its content."""
    if not isinstance(passage, Paragraph):
        return tags(passage, items, raw)
    items = hugging(items)
    wanted = _skeleton(items)
    for spell, as_html in ((str, False), (_escaped, False), (_escaped, True)):
        pieces = [_piece(item, raw, spell, as_html=as_html, is_cell=passage.is_cell) for item in items]
        flat = "".join(" " if "\n" in text else text for text, _ in pieces)
        read = [item for item, *_ in Line(md, flat, env).pieces()]
        starts = [flat, *(text for (before, _), (text, _) in pairwise(pieces) if "\n" in before)]
        if as_html or (_skeleton(read) == wanted and not any(map(_begins_block, starts))):
            break
    return _wrapped(pieces, passage)


def as_paragraph(text: str, md: MarkdownIt) -> str:
    """Return plain ``text`` as a paragraph of Markdown."""
    return render(Paragraph(0, 0, ()), [" ".join(text.split())], lambda mark: "", md=md, env={})


def _piece(item: Item, raw: Slice, spell: Callable[[str], str], *, as_html: bool, is_cell: bool) -> tuple[str, bool]:
    """The source of an item, and whether it may be broken at its blanks."""
    if isinstance(item, str):
        text = spell(item.replace("\n", " "))
        return (text.replace("\\|", "|").replace("|", "\\|") if is_cell else text), True
    if as_html and item.name in EMPHASIS:
        return f"<{item.name}>" if item.kind == "open" else f"</{item.name}>", False
    if isinstance(item, LinkEnd) and item.named:
        return item.named, False
    return raw(item), False


def _escaped(text: str) -> str:
    text = text.translate(_SPECIAL)
    if not _begins_block(text):
        return text
    start = len(text) - len(text.lstrip(" "))
    # Before the sign that makes it a block: the first one, or the full stop after a number.
    sign = start if text[start] in punctuation else start + len(text[start:].split(" ", 1)[0]) - 1
    return f"{text[:sign]}\\{text[sign:]}"


def _begins_block(text: str) -> bool:
    """Whether a line that begins so is a heading, an item, a quotation, a rule or the address of a link."""
    if text.lstrip(" ").startswith("[") and "]:" in text:
        return True
    first = text.lstrip(" ").split(" ", 1)[0]
    if first[:1] in "#>=+-~|:*_" and first[:1]:
        return first[0] in ">|~" or not first.strip(first[0])
    return first[:-1].isdecimal() and first[-1:] in (".", ")")


def _skeleton(items: Sequence[Item]) -> str:
    """What a line says: its words, and a sign for each mark."""
    signs = (
        item if isinstance(item, str) else " " if item.name in (SOFT, HARD) else f"\0{item.kind[0]}" for item in items
    )
    return " ".join("".join(signs).split())


def _wrapped(pieces: Sequence[tuple[str, bool]], paragraph: Paragraph) -> str:
    """Join ``pieces``, broken into lines where the French was; no blanks stand beside a line end that was kept."""
    words = [""]
    begins_line = False
    for text, is_words in pieces:
        if "\n" in text:
            while len(words) > 1 and not words[-1]:
                words.pop()
            words[-1] += text
        else:
            first, *rest = (text.lstrip(" ") if begins_line else text).split(" ") if is_words else [text]
            words[-1] += first
            words += rest
        begins_line = "\n" in text
    if not paragraph.width:
        return " ".join(words)
    result, column = words[0], paragraph.column + len(words[0])
    for word in filter(None, words[1:]):
        if column + 1 + len(word.partition("\n")[0]) > paragraph.width and not _begins_block(word):
            result += paragraph.line_break
            column = len(paragraph.line_break.rpartition("\n")[2])
        else:
            result += " "
            column += 1
        result += word
        column = len(word.rpartition("\n")[2]) + (0 if "\n" in word else column)
    return result
