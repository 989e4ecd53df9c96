"""HTML as a row of tags, texts and the rest, each with its place in the source: nothing is repaired, nothing lost.

The steps are those of the HTML standard, section "Tokenization"; the time is linear in the length, also for input
made to hurt (which html.parser is not), and there is nothing here that fetches or expands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

TEMPLATES = ("{%", "{{", "{#", "<%")
_TEMPLATE = re.compile(r"\{%[^%\n]{0,400}%\}|\{\{[^{}\n]{1,400}\}\}|\{#[^#{}\n]{1,400}#\}")
_BLANKS = frozenset(" \t\n\r\f")
# Their content is text until the closing tag, whatever it looks like; in the last two characters may have names.
_RAW = frozenset({"script", "style", "xmp", "iframe", "noembed", "noframes"})
_RAW_NAMED = frozenset({"textarea", "title"})


@dataclass(frozen=True, slots=True)
class Event:
    """``kind``: ``"open"``, ``"close"``, ``"empty"`` (``<br/>``), ``"text"`` or ``"other"`` (a comment, a doctype).

    ``start``, ``end``: its span in the source; together the events cover the whole of it.  ``name``: that of the
    tag, in lower case.  ``text``: decoded.  ``attributes``: names in lower case, values decoded.
    """

    kind: str
    start: int
    end: int
    name: str = ""
    text: str = ""
    attributes: tuple[tuple[str, str], ...] = ()


def events(source: str) -> Iterator[Event]:
    """Yield what ``source`` is made of, in order, with no gap between."""
    position = begin = 0
    while position < len(source):
        less = source.find("<", position)
        if less < 0:
            break
        event = _markup(source, less)
        if event is None:
            position = less + 1
            continue
        if less > begin:
            yield from _texts(source, begin, less)
        yield event
        position = begin = event.end
        if event.kind == "open" and event.name in _RAW | _RAW_NAMED:
            stop = _raw_end(source, event.end, event.name)
            if stop > begin:
                named = event.name in _RAW_NAMED
                yield _text(source, begin, stop) if named else Event("text", begin, stop, text=source[begin:stop])
            position = begin = stop
    if begin < len(source):
        yield from _texts(source, begin, len(source))


def _texts(source: str, start: int, end: int) -> Iterator[Event]:
    """Yield text, and what a program fills in, ``{{ }}`` or ``{% %}``, apart from it."""
    for match in _TEMPLATE.finditer(source, start, end):
        if match.start() > start:
            yield _text(source, start, match.start())
        yield Event("other", *match.span())
        start = match.end()
    if start < end:
        yield _text(source, start, end)


def _text(source: str, start: int, end: int) -> Event:
    return Event("text", start, end, text=unescape(source[start:end]))


def _markup(source: str, less: int) -> Event | None:
    """What begins with the ``<`` at ``less``; None where it is only a character."""
    following = source[less + 1 : less + 2]
    if _is_letter(following):
        return _tag(source, less, less + 1, "open")
    if following == "/":
        after = source[less + 2 : less + 3]
        if _is_letter(after):
            return _tag(source, less, less + 2, "close")
        return Event("other", less, _after(source, ">", less + 2)) if after else None
    if following == "%" and (end := source.find("%>", less)) > 0:
        return Event("other", less, end + 2)
    if following not in ("!", "?"):
        return None
    if source.startswith("<!--", less):
        end = _comment_end(source, less + 4)
    elif source.startswith("<![CDATA[", less):
        end = _after(source, "]]>", less + 9)
    else:
        end = _after(source, ">", less + 2)
    return Event("other", less, end)


def _tag(source: str, less: int, position: int, kind: str) -> Event:
    start = position
    position = _skip_name(source, position, "/>")
    name = source[start:position].lower()
    attributes: list[tuple[str, str]] = []
    seen: set[str] = set()
    while position < len(source):
        character = source[position]
        if character == ">":
            return Event(kind, less, position + 1, name, "", tuple(attributes))
        if character == "/" and source.startswith("/>", position):
            kind = "empty" if kind == "open" else kind
            return Event(kind, less, position + 2, name, "", tuple(attributes))
        if character in _BLANKS or character == "/":
            position += 1
            continue
        key, value, position = _attribute(source, position)
        if key not in seen:
            seen.add(key)
            attributes.append((key, value))
    return Event("other", less, len(source))


def _attribute(source: str, position: int) -> tuple[str, str, int]:
    start = position
    position = _skip_name(source, position + 1, "/>=")
    key = source[start:position].lower()
    equals = _skip_blanks(source, position)
    if not source.startswith("=", equals):
        return key, "", position
    position = _skip_blanks(source, equals + 1)
    quote = source[position : position + 1]
    if quote in ("'", '"') and quote:
        end = source.find(quote, position + 1)
        end = len(source) if end < 0 else end
        return key, unescape(source[position + 1 : end]), end + 1
    start = position
    position = _skip_name(source, position, ">")
    return key, unescape(source[start:position]), position


def _skip_name(source: str, position: int, stops: str) -> int:
    while position < len(source) and source[position] not in _BLANKS and source[position] not in stops:
        position += 1
    return position


def _skip_blanks(source: str, position: int) -> int:
    while position < len(source) and source[position] in _BLANKS:
        position += 1
    return position


def _comment_end(source: str, position: int) -> int:
    for short in (">", "->"):
        if source.startswith(short, position):
            return position + len(short)
    return _after(source, "-->", position)


def _after(source: str, mark: str, position: int) -> int:
    end = source.find(mark, position)
    return len(source) if end < 0 else end + len(mark)


def _raw_end(source: str, position: int, name: str) -> int:
    while True:
        position = source.find("</", position)
        if position < 0:
            return len(source)
        after = position + 2 + len(name)
        if source[position + 2 : after].lower() == name and source[after : after + 1] in {"", ">", "/", *_BLANKS}:
            return position
        position += 2


def _is_letter(character: str) -> bool:
    return character.isascii() and character.isalpha()
