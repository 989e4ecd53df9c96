"""XLIFF 1.2 and 2: what has no translation yet gets one; the codes in it stay with their words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from passerelle.seq2seq.errors import InputError
from passerelle.translate.documents.core.tags import InlineTag, Item
from passerelle.translate.documents.core.units import Slice, TaggedDocument, TranslationUnit, tags
from passerelle.translate.documents.core.xml_tree import Chars, Element, parse_xml
from passerelle.translate.documents.document import DocumentOptions, check_size

LARGEST = 64 * 2**20
_PAIRS = frozenset({"g", "pc", "mrk"})
_UNITS = frozenset({"trans-unit", "segment"})
# What stands for something that the program fills in.
_WORDS = frozenset({"x", "ph"})
_PAIRED = re.compile(r"(START|CLOSE)_(\w+?)(?:_\d+)?\Z")
_HEADS = re.compile(r"<(?:\w+:)?(?:file|xliff)\s[^<>]*>")
_TARGET = re.compile(r"\s(?:target-language|trgLang)\s*=")
_SOURCE = re.compile(r"""\s(source-language|srcLang)\s*=\s*(?:"[^"]*"|'[^']*')""")
_SAID = {"source-language": ' target-language="en"', "srcLang": ' trgLang="en"'}
_STATE = re.compile(r"(\sstate\s*=\s*[\"'])[^\"']*([\"'])")
_OURS = frozenset({"state", "target-language", "trgLang"})
_UNDONE = frozenset({"", "new", "needs-translation", "initial"})


@dataclass(frozen=True)
class _Entry(TranslationUnit):
    """``before``, ``after``: what is written around the English."""

    before: str = ""
    after: str = ""


def parse(content: bytes, name: str, options: DocumentOptions) -> TaggedDocument:
    """Read an XLIFF file.  Raises InputError where it is broken or of another kind."""
    check_size(len(content), LARGEST, name)
    xml = parse_xml(content, name)
    if xml.root.name != "xliff":
        raise InputError(f"{name} is not XLIFF: it begins with <{xml.root.tag}>")
    language = next((found for each in xml.root.walk() if (found := _language(each))), "fr")
    notices = () if language.lower().startswith("fr") else (f"{name} says that its source is {language}, not French",)
    entries = tuple(_entries(xml.text, xml.root, True))
    return TaggedDocument(xml.text, entries, xml.encode, _render, notices, keep_equal=False, finish=_in_english)


def _in_english(source: str) -> str:
    """The file with the language of its translations, which XLIFF 2 asks for, where it says none."""

    def said(head: re.Match[str]) -> str:
        return head[0] if _TARGET.search(head[0]) else _SOURCE.sub(lambda found: found[0] + _SAID[found[1]], head[0])

    return _HEADS.sub(said, source)


def outline(content: bytes, name: str) -> Any:
    """Return its elements in order, without those of the translations."""
    return _shape(parse_xml(content, name).root)


def values(content: bytes, name: str) -> Iterator[str]:
    """Yield every translation."""
    return (each.text for each in parse_xml(content, name).root.walk() if each.name == "target")


def _shape(element: Element) -> Any:
    # A unit that got its English is in another state, and the file has a language for it.
    attributes = sorted(pair for pair in element.attributes.items() if pair[0] not in _OURS)
    if element.name == "source":
        return attributes, element.text, [each.name for each in element.walk()]
    return element.tag, attributes, [_shape(child) for child in element.elements if child.name != "target"]


def _language(element: Element) -> str:
    return element.get("source-language") or element.get("srcLang")


def _entries(text: str, element: Element, wanted: bool) -> Iterator[_Entry]:
    wanted = wanted and element.get("translate") != "no" and element.get("approved") != "yes"
    if element.name in _UNITS:
        source = element.child("source")
        if wanted and source is not None:
            yield from _entry(text, element, source)
        return
    for child in element.elements:
        yield from _entries(text, child, wanted)


def _entry(text: str, unit: Element, source: Element) -> Iterator[_Entry]:
    target = unit.child("target")
    state = target.get("state") if target is not None else ""
    done = target is not None and target.text.strip() and target.text != source.text
    if done or unit.get("state") not in _UNDONE or state not in _UNDONE:
        return
    # Where the file is cut into sentences its program expects the same cuts in the English.
    cut = unit.child("seg-source")
    items = tuple(_items((cut or source).children))
    tag = source.tag.replace("source", "target")
    start = end = (cut or source).end
    before = f"<{tag}>"
    if target is not None:
        start, end = target.start, target.end
        if target.inner < target.end:
            before = text[target.start : target.inner].rstrip("/> \t\r\n") + ">"
        before = _in_state(before, "needs-review-translation")
    if unit.get("state"):
        # In XLIFF 2 the state is that of the segment, whose tag stands before.
        before = _in_state(text[unit.start : unit.inner], "translated") + text[unit.inner : start] + before
        start = unit.start
    entry = _Entry(start, end, items, before, f"</{tag}>")
    if entry.is_prose:
        yield entry


def _in_state(tag: str, state: str) -> str:
    """An opening tag whose state, where it has one, is ``state``."""
    return _STATE.sub(rf"\g<1>{state}\g<2>", tag, count=1)


def _items(children: Sequence[Element | Chars]) -> Iterator[Item]:
    for index, child in enumerate(children):
        if isinstance(child, Chars):
            yield child.text
        elif child.name in _PAIRS and child.inner_end < child.end:
            yield InlineTag("open", child.start, child.inner, child.name)
            yield from _items(child.children)
            yield InlineTag("close", child.inner_end, child.end, child.name)
        elif found := _PAIRED.match(child.get("id")):
            # Angular has two single tags for a pair.
            yield InlineTag("open" if found[1] == "START" else "close", child.start, child.end, found[2])
        else:
            yield InlineTag("point", child.start, child.end, "", _shown(children, index))


def _shown(children: Sequence[Element | Chars], index: int) -> str:
    """What stands for a code in the plain text: a line break, or a word where it stands apart as one."""
    child = children[index]
    assert isinstance(child, Element)
    if child.get("ctype") == "lb" or child.get("subType") == "xlf:lb":
        return "\n"
    sides = (children[index - 1] if index else None, children[index + 1] if index + 1 < len(children) else None)
    before, after = (each.text if isinstance(each, Chars) else "" for each in sides)
    touches = before[-1:].isalnum() or after[:1].isalnum() or not (before.strip() or after.strip())
    return "" if child.name not in _WORDS or touches else f"⟦{child.start}⟧"


def _render(passage: TranslationUnit, items: Sequence[Item], raw: Slice) -> str:
    assert isinstance(passage, _Entry)
    return passage.before + tags(passage, items, raw) + passage.after
