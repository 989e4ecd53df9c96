"""HTML: every paragraph, heading, cell and item is one passage; its inline tags stay with their words.

Scripts, styles, code, comments and attributes are not touched, and neither is anything marked ``translate="no"``.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from passerelle.translate.documents.core.collector import Collector
from passerelle.translate.documents.core.languages import FRENCH, english
from passerelle.translate.documents.core.tags import InlineTag
from passerelle.translate.documents.core.units import TaggedDocument, TranslationUnit, tags
from passerelle.translate.documents.document import DocumentOptions, check_size, is_prose
from passerelle.translate.documents.formats.html.events import TEMPLATES, Event, events
from passerelle.translate.documents.formats.html.source import read_source

LARGEST = 64 * 2**20
_BLOCKS = frozenset(
    """
    address article aside blockquote body button caption center col colgroup datalist dd details dialog dir div dl
    doctitle dt fieldset figcaption figure footer form frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html label
    legend li link main map menu meta nav navlabel navmap navpoint noscript ol optgroup option p param search
    section select source slot summary table tbody td template text tfoot th thead title tr track ul base area
    """.split()
)
# Left alone whole, and what stands on the two sides is not one sentence.
_SKIPPED = frozenset("script style pre textarea xmp iframe noembed noframes object video audio canvas applet".split())
# Left alone whole, in the middle of a sentence.
_CODE = frozenset("code kbd samp var tt".split())
_FIGURES = frozenset("math svg".split())
_WHOLE = dict.fromkeys(_CODE, "code") | dict.fromkeys(_FIGURES, "figure") | dict.fromkeys(_SKIPPED, "skip")
_RAISED = frozenset({"sup", "a"})
_WHOLE |= {"sup": "raised"}
# What <meta> says about the language, by its attribute http-equiv, property or name.
_LANGUAGES = frozenset("content-language Content-Language CONTENT-LANGUAGE og:locale language DC.language".split())
_VOID = frozenset("br img input wbr embed".split())


def parse(content: bytes, name: str, options: DocumentOptions) -> TaggedDocument:
    """Read an HTML file.  Raises InputError where it is not text."""
    check_size(len(content), LARGEST, name)
    source = read_source(content, name)
    return TaggedDocument(
        source.text, tuple(translation_units(source.text)), source.encode, tags, source.notices, finish=in_english
    )


def outline(content: bytes, name: str) -> Any:
    """Return its blocks in order, each with the tags that stand in it, in any order."""
    return outline_text(read_source(content, name).text)


def translation_units(source: str) -> Iterator[TranslationUnit]:
    """Yield the passages of HTML or XHTML that hold words, in order."""
    collector = Collector()
    for part, shown in _parts(source):
        if part.kind == "text":
            collector.text(part.text, source[part.start : part.end], part.start)
        elif part.kind == "break":
            yield from (passage for passage in collector.finish(collapse=True) if passage.is_prose)
        else:
            collector.mark(InlineTag(part.kind, part.start, part.end, part.name, shown))
    yield from (passage for passage in collector.finish(collapse=True) if passage.is_prose)


def in_english(source: str) -> str:
    """Return HTML with the attributes that say that it is in French saying English."""
    return "".join(_marked(source))


def _marked(source: str) -> Iterator[str]:
    position = 0
    for event in events(source):
        attributes = dict(event.attributes)
        key = "content" if event.name == "meta" and _LANGUAGES & set(attributes.values()) else "lang"
        if (attributes.keys() & {key, f"xml:{key}"}) and not whole(event.name, attributes):
            yield source[position : event.start]
            yield re.sub(
                rf"""(?i)(?P<before>[\s"'](?:xml:)?{key}\s*=\s*["']?){FRENCH}(?![\w-])""",
                lambda match: match["before"] + english(match),
                source[event.start : event.end],
            )
            position = event.end
    yield source[position:]


def outline_text(source: str) -> list[Any]:
    """Return the outline of decoded HTML."""
    source = in_english(source)
    blocks: list[Any] = []
    inside: Counter[str] = Counter()
    for part, _ in _parts(source):
        if part.kind == "break":
            blocks += [sorted(inside.items()), source[part.start : part.end]]
            inside.clear()
        elif part.kind != "text":
            raw = source[part.start : part.end]
            # Whether a raised word is taken whole hangs on the word; its tags do not.
            inside.update(_tags(raw) if part.name in _RAISED else [raw])
    return [*blocks, sorted(inside.items())]


def _tags(source: str) -> Iterator[str]:
    return (source[event.start : event.end] for event in events(source) if event.kind != "text")


def _parts(source: str) -> Iterator[tuple[Event, str]]:
    """Yield text, tags (``open``, ``close``, ``point``) and ``break``; with each, what is shown for it."""
    row = list(events(source))
    closing = _closings(row)
    index = figures = 0
    while index < len(row):
        event = row[index]
        last = closing.get(index, index)
        kind, shown = _role(event), ""
        if kind == "raised" and not (last > index and is_number(_text(row[index + 1 : last]))):
            kind = event.kind
        if kind in ("code", "figure", "skip", "raised"):
            if event.kind == "open" and last == index:
                # It is never closed: only the tag itself is left alone.
                kind = "break" if event.name in _BLOCKS | _SKIPPED else "point"
            else:
                if kind in ("code", "figure"):
                    figures += 1
                    shown = placeholder(_text(row[index + 1 : last]), figures) if kind == "code" else f"⟦{figures}⟧"
                kind = "break" if kind == "skip" else "point"
                event = Event(kind, event.start, row[last].end, event.name)
                index = last
        elif event.name == "br":
            shown = "\n"
        elif event.kind == "other" and source.startswith(TEMPLATES, event.start):
            shown = source[event.start : event.end]
        yield Event(kind, event.start, event.end, event.name, event.text), shown
        index += 1


def _role(event: Event) -> str:
    if event.kind in ("text", "other"):
        return "text" if event.kind == "text" else "point"
    if event.kind == "open":
        role = whole(event.name, dict(event.attributes))
        if role:
            return role
    if event.name in _BLOCKS | _SKIPPED:
        return "break"
    return "point" if event.kind == "empty" or event.name in _VOID else event.kind


def whole(name: str, attributes: dict[str, str]) -> str:
    """How an element that is taken as one thing, with all in it, is treated; empty for others."""
    classes = attributes.get("class", "").split()
    kept = attributes.get("translate") == "no" or "notranslate" in classes
    if kept and name not in ("html", "body"):
        return "skip" if name in _BLOCKS else "code"
    if "math" in classes:
        return "skip" if name in _BLOCKS else "figure"
    if name == "a" and attributes.get("href", "").startswith("#"):
        return "raised"
    return _WHOLE.get(name, "")


def placeholder(text: str, number: int) -> str:
    """What the translator sees for code: the code in backquotes, which it keeps, or a number."""
    plain = 0 < len(text) <= 60 and text.isprintable() and "`" not in text and text == text.strip()
    return f"`{text}`" if plain else f"⟦{number}⟧"


def is_number(text: str) -> bool:
    """Whether it is an exponent or the number of a note: that belongs to the word before it."""
    return not is_prose(text)


def _text(inside: Sequence[Event]) -> str:
    return "".join(event.text for event in inside)


def _closings(row: Sequence[Event]) -> dict[int, int]:
    """For each opening tag the place of the tag that closes it, as far as there is one."""
    opened: dict[str, list[int]] = {}
    closing: dict[int, int] = {}
    for index, event in enumerate(row):
        if event.kind == "open":
            opened.setdefault(event.name, []).append(index)
        elif event.kind == "close" and opened.get(event.name):
            closing[opened[event.name].pop()] = index
    return closing
