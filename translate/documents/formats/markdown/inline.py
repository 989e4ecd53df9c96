"""What stands in a line of Markdown, each with its place: emphasis, links, pictures, code, notes, formulas, breaks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from passerelle.translate.documents.core.tags import InlineTag, Item
from passerelle.translate.documents.formats.html.document import is_number, placeholder, whole
from passerelle.translate.documents.formats.html.events import Event, events
from passerelle.translate.documents.formats.markdown.emphasis import EMPHASIS

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

SOFT, HARD = "soft", "hard"
_PAIRS = {"strong_open": "open", "em_open": "open", "s_open": "open"}
_PAIRS |= {"pair_open": "open", "pair_close": "close"}
_PAIRS |= {"strong_close": "close", "em_close": "close", "s_close": "close"}


@dataclass(frozen=True)
class LinkEnd(InlineTag):
    """The end of a link; ``named``: how it is written once its words have changed, where it was known by these."""

    named: str = ""


@dataclass(frozen=True)
class Picture(InlineTag):
    """A picture; ``alt``: the span of the words that stand for it, in the text that ``items`` was given."""

    alt: tuple[int, int] = (0, 0)


@dataclass(frozen=True)
class Line:
    """Text that stands in one paragraph, heading or cell; ``place``: where a place of it is in the file.

    ``env``: the link references of the file, as markdown-it keeps them.
    """

    md: MarkdownIt
    text: str
    env: Any
    place: Callable[[int], int] = int
    is_cell: bool = False

    def kinds(self) -> Iterator[tuple[str, str]]:
        """Yield what each mark is and where it leads; emphasis is the same in signs and in tags of HTML."""
        for token in self.md.inline.parse(self.text, self.md, self.env, []):
            tag = _event(token)
            if tag is not None and tag.name in EMPHASIS:
                yield f"{tag.name}_{tag.kind}", ""
            elif token.type == "inline_note":
                yield token.type, ""
            elif token.type not in ("text", "text_special", "softbreak", "hardbreak"):
                yield token.type, str(token.attrs.get("href") or token.attrs.get("src") or token.content)

    def part(self, start: int, end: int) -> Line:
        """Return what stands from ``start`` to ``end``, as a line of its own."""
        return replace(self, text=self.text[start:end], place=lambda at: self.place(start + at))

    def pieces(self) -> Iterator[tuple[Item, int, int]]:
        """Yield what it is made of, each with its span in ``text``; line breaks are marks, ``SOFT`` and ``HARD``."""
        tokens = [each for each in self.md.inline.parse(self.text, self.md, self.env, []) if each.type != "text"]
        position = index = 0
        while index < len(tokens):
            last = _last(tokens, index)
            token, (start, end) = tokens[index], self._span(tokens[index], tokens[last], position)
            if position < start:
                yield self.text[position:start], position, start
            if token.type == "text_special":
                yield token.content, start, end
            elif start < end:
                yield self._mark(tokens[index : last + 1], start, end), start, end
            position, index = max(position, end), last + 1
        if position < len(self.text):
            yield self.text[position:], position, len(self.text)

    def _span(self, token: Token, last: Token, position: int) -> tuple[int, int]:
        start, end = token.meta["span"][0], last.meta["span"][1]
        if token.type in ("softbreak", "hardbreak"):
            start = position + len(self.text[position:start].rstrip(" "))
        elif token.type == "strong_open":
            # Of the two characters only the inner one became the token.
            start -= 1
        elif token.type == "strong_close":
            end += 1
        elif token.type == "link_open" and not token.markup:
            end = start + 1
        elif token.type == "link_close" and token.markup:
            start = end
        return start, end

    def _mark(self, tokens: Sequence[Token], start: int, end: int) -> InlineTag:
        token, raw = tokens[0], self.text[start:end]
        span = self.place(start), self.place(end)
        found = InlineTag("point", *span)
        if token.type in _PAIRS:
            found = InlineTag(_PAIRS[token.type], *span, token.tag)
        elif token.type == "link_close":
            label = self.text[token.meta["begin"] + 1 : start]
            found = LinkEnd("close", *span, "a", named=f"][{label}]" if raw in ("]", "][]") else "")
        elif token.type == "inline_note":
            found = Picture("point", *span, alt=(start + 2, end - 1))
        elif token.type == "whole":
            # Raised and lowered signs belong to the word before them.
            shown = {"^": "", "~": raw}.get(raw[0])
            found = InlineTag("point", *span, "", placeholder(raw, start) if shown is None else shown)
        elif token.type == "image":
            found = Picture("point", *span, alt=(start + 2, start + 2 + len(token.content)))
        elif token.type in ("softbreak", "hardbreak"):
            found = InlineTag("point", *span, SOFT if token.type == "softbreak" else HARD, "\n")
        elif token.type == "html_inline":
            found = _tag([_event(each) for each in tokens], self.text[start + len(token.content) : end], span)
        elif token.type == "link_open":
            found = InlineTag("open", *span, "a") if not token.markup else InlineTag("point", *span, "", raw)
        elif token.type == "code_inline":
            shown = f"⟦{start}⟧" if raw.startswith("``") else placeholder(raw.strip("`").strip(), start)
            found = InlineTag("point", *span, "", shown)
        elif token.type == "formula":
            found = InlineTag("point", *span, "", f"⟦{start}⟧")
        return found


def _last(tokens: Sequence[Token], index: int) -> int:
    """The place of the tag that ends what is taken whole, such as ``<kbd>``; ``index`` where it is only a tag."""
    event = _event(tokens[index])
    if event is None or event.kind != "open" or not whole(event.name, dict(event.attributes)):
        return index
    for last in range(index + 1, len(tokens)):
        closing = _event(tokens[last])
        if closing is not None and (closing.kind, closing.name) == ("close", event.name):
            return last
    return index


def _event(token: Token) -> Event | None:
    return next(events(token.content), None) if token.type == "html_inline" else None


def _tag(found: Sequence[Event | None], rest: str, span: tuple[int, int]) -> InlineTag:
    """The mark of a tag, or of an element that is taken as one thing; ``rest``: what follows its first tag."""
    event = found[0]
    if event is None:
        return InlineTag("point", *span)
    if len(found) > 1:
        inside = rest[: rest.rindex("<")]
        if whole(event.name, dict(event.attributes)) == "raised" and is_number(inside):
            return InlineTag("point", *span)
        return InlineTag("point", *span, "", placeholder(inside, span[0]))
    if event.kind in ("open", "close") and event.name not in ("br", "img", "wbr", "input"):
        return InlineTag(event.kind, *span, f"<{event.name}>")
    return InlineTag("point", *span, HARD if event.name == "br" else "", "\n" if event.name == "br" else "")
