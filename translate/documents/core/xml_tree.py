"""XML as a tree of elements that know their place in the source, so that what is not translated is not touched.

The parser is expat.  Entities that a file declares for itself are refused (they can be made to fill the memory or to
read other files); nothing outside of the file is ever fetched.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from xml.parsers import expat

from passerelle.seq2seq.errors import InputError

_DEEPEST = 200


@dataclass(slots=True)
class Element:
    """An element.  ``start`` to ``end`` is all of it, ``inner`` to ``inner_end`` what stands between its tags.

    ``name``: without prefix.  ``tag``: as it stands in the source.  ``children``: elements and pieces of text.
    """

    name: str
    tag: str
    attributes: dict[str, str]
    start: int
    inner: int = 0
    inner_end: int = 0
    end: int = 0
    children: list[Element | Chars] = field(default_factory=list)

    @property
    def elements(self) -> Iterator[Element]:
        """The children that are elements."""
        return (child for child in self.children if isinstance(child, Element))

    @property
    def text(self) -> str:
        """All text inside, joined."""
        return "".join(child.text for child in self.children)

    def child(self, name: str) -> Element | None:
        """The first child with this name."""
        return next((child for child in self.elements if child.name == name), None)

    def walk(self) -> Iterator[Element]:
        """Yield the element and all below it, in order."""
        yield self
        for child in self.elements:
            yield from child.walk()

    def get(self, name: str) -> str:
        """The value of the attribute ``name``, whatever its prefix; empty where there is none."""
        for key, value in self.attributes.items():
            if key.rpartition(":")[2] == name:
                return value
        return ""


@dataclass(slots=True)
class Chars:
    """Decoded text and its span in the source."""

    text: str
    start: int
    end: int = 0


@dataclass(frozen=True)
class Xml:
    """A parsed file.  ``text``: its characters; ``root``: its tree, whose places are places in ``text``."""

    text: str
    root: Element
    encoding: str

    def encode(self, text: str) -> bytes:
        """Return ``text`` in the encoding of the file."""
        return text.encode(self.encoding, "xmlcharrefreplace")


def parse_xml(content: bytes, name: str) -> Xml:
    """Parse ``content``.  Raises InputError, with ``name``, where it is broken or declares entities."""
    encoding = _encoding(content)
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        raise InputError(f"{name} is damaged: it is not in the encoding that it declares ({encoding})") from error
    builder = _Builder(name)
    try:
        builder.parse(text)
    except expat.ExpatError as error:
        raise InputError(f"{name} is damaged: {error}") from error
    assert builder.root is not None
    return Xml(text, builder.root, encoding)


def _encoding(content: bytes) -> str:
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    head = content[:200].decode("latin-1").lstrip("\xef\xbb\xbf")
    declaration = head.partition("?>")[0] if head.startswith("<?xml") else ""
    label = declaration.partition("encoding")[2].lstrip(" \t\r\n=").replace("'", '"')
    try:
        return codecs.lookup(label.split('"')[1]).name if label.startswith('"') else "utf-8"
    except LookupError:
        return "utf-8"


class _Builder:
    """Hears what expat reports; the end of each part is the beginning of the next one."""

    def __init__(self, name: str) -> None:
        self.root: Element | None = None
        self._name = name
        self._stack: list[Element] = []
        self._pending: Element | Chars | None = None
        self._is_opening = False
        # Expat counts bytes; this many characters have been counted so far.
        self._bytes = b""
        self._counted = (0, 0)

    def parse(self, text: str) -> None:
        self._bytes = text.encode("utf-8", "surrogatepass")
        parser = expat.ParserCreate("utf-8")
        parser.ordered_attributes = False
        parser.buffer_text = False
        parser.StartElementHandler = lambda tag, attributes: self._open(parser, tag, attributes)
        parser.EndElementHandler = lambda tag: self._close(parser)
        parser.CharacterDataHandler = lambda data: self._chars(parser, data)
        parser.StartCdataSectionHandler = lambda: self._chars(parser, "")
        parser.EndCdataSectionHandler = lambda: self._chars(parser, "")
        parser.DefaultHandler = lambda data: self._other(parser)
        parser.CommentHandler = lambda data: self._other(parser)
        parser.ProcessingInstructionHandler = lambda target, data: self._other(parser)
        parser.EntityDeclHandler = self._refuse
        parser.Parse(self._bytes, True)

    def _refuse(self, *_: Any) -> None:
        raise InputError(f"{self._name} declares entities of its own, which can do harm; save it without them")

    def _at(self, parser: expat.XMLParserType) -> int:
        """The place where the current part begins, in characters; it ends the part before."""
        here = parser.CurrentByteIndex
        seen, characters = self._counted
        if here > seen:
            characters += len(self._bytes[seen:here].decode("utf-8", "surrogatepass"))
            self._counted = (here, characters)
        if isinstance(self._pending, Chars):
            self._pending.end = characters
        elif self._pending is not None:
            if self._is_opening:
                self._pending.inner = characters
            else:
                self._pending.end = characters
        self._pending = None
        return characters

    def _open(self, parser: expat.XMLParserType, tag: str, attributes: dict[str, str]) -> None:
        place = self._at(parser)
        element = Element(tag.rpartition(":")[2], tag, attributes, place)
        if self._stack:
            self._stack[-1].children.append(element)
        else:
            self.root = element
        self._stack.append(element)
        if len(self._stack) > _DEEPEST:
            raise InputError(f"{self._name} is nested deeper than {_DEEPEST} elements; it cannot be read")
        self._pending, self._is_opening = element, True

    def _close(self, parser: expat.XMLParserType) -> None:
        place = self._at(parser)
        element = self._stack.pop()
        # An empty element, <a/>, opens and closes in one place.
        element.inner_end = place
        if not self._stack:
            element.end = place + self._closing_length(parser.CurrentByteIndex)
            return
        self._pending, self._is_opening = element, False

    def _closing_length(self, here: int) -> int:
        if not self._bytes.startswith(b"</", here):
            return 0
        return len(self._bytes[here : self._bytes.index(b">", here) + 1].decode())

    def _chars(self, parser: expat.XMLParserType, data: str) -> None:
        place = self._at(parser)
        if self._stack:
            self._pending = Chars(data, place)
            self._stack[-1].children.append(self._pending)

    def _other(self, parser: expat.XMLParserType) -> None:
        self._at(parser)
