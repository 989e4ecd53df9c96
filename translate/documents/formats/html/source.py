"""The bytes of an HTML file as text, by its byte-order mark or the encoding that it declares, and back."""

from __future__ import annotations

import codecs
from dataclasses import dataclass

from passerelle.translate.documents.core.text import Text, decode
from passerelle.translate.documents.formats.html.events import events

_HEAD = 4096


@dataclass(frozen=True)
class HtmlSource:
    """``text``: the characters of the file.  ``charset``: what it declares and is written in; empty for Unicode."""

    text: str
    notices: tuple[str, ...]
    charset: str
    plain: Text

    def encode(self, text: str) -> bytes:
        """Return ``text`` as bytes; a character that the file's encoding lacks is written by its number."""
        if not self.charset:
            return self.plain.encode(text)
        return text.encode(self.charset, "xmlcharrefreplace")


def read_source(content: bytes, name: str) -> HtmlSource:
    """Decode ``content``.  Raises InputError where it is not text."""
    plain = decode(content, name)
    charset = _declared(content)
    if charset and (content.isascii() or plain.notices):
        try:
            text = content.decode(charset)
            text.encode(charset)
        except ValueError:
            pass
        else:
            return HtmlSource(text, (), charset, plain)
    return HtmlSource(plain.text, plain.notices, "", plain)


def _declared(content: bytes) -> str:
    """The encoding that the file names, in Python's name for it; empty where none, an unknown one or UTF-8."""
    label = ""
    head = content[:_HEAD].decode("latin-1")
    for event in events(head):
        if event.kind == "other" and head.startswith("<?xml", event.start):
            label = _value(head[event.start : event.end], "encoding")
        elif event.name == "meta":
            attributes = dict(event.attributes)
            label = attributes.get("charset") or _value(attributes.get("content", ""), "charset")
        if label:
            break
    try:
        found = codecs.lookup(label.strip()).name if label.isascii() and label.strip() else ""
        "".encode(found or "utf-8")
    except (LookupError, ValueError):
        return ""
    # What the web calls Latin-1 is Windows-1252.
    found = {"iso8859-1": "cp1252", "ascii": "cp1252"}.get(found, found)
    return "" if found.startswith("utf") else found


def _value(text: str, key: str) -> str:
    _, _, rest = text.lower().partition(key)
    rest = rest.lstrip().removeprefix("=").lstrip()
    quote = rest[:1]
    if quote and quote in "'\"":
        return rest[1:].partition(quote)[0]
    return rest.split(";")[0].split()[0] if rest.split() else ""
