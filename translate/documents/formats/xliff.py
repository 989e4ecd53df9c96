"""XLIFF 1.2 and 2: what has no translation yet gets one; the codes in it stay with their words."""

from __future__ import annotations

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
_UNDONE = frozenset({"", "new", "needs-translation", "initial"})


@dataclass(frozen=True)
class _Entry(TranslationUnit):
    """``tag``: the one to write around the English, where the file has none yet."""

    tag: str = ""


def parse(content: bytes, name: str, options: DocumentOptions) -> TaggedDocument:
    """Read an XLIFF file.  Raises InputError where it is broken or of another kind."""
    check_size(len(content), LARGEST, name)
    xml = parse_xml(content, name)
    if xml.root.name != "xliff":
        raise InputError(f"{name} is not XLIFF: it begins with <{xml.root.tag}>")
    language = next((found for each in xml.root.walk() if (found := _language(each))), "fr")
    notices = () if language.lower().startswith("fr") else (f"{name} says that its source is {language}, not French",)
    entries = tuple(_entries(xml.root, True))
    return TaggedDocument(xml.text, entries, xml.encode, _render, notices, keep_equal=False)


def outline(content: bytes, name: str) -> Any:
    """Return its elements in order, without those of the translations."""
    return _shape(parse_xml(content, name).root)


def values(content: bytes, name: str) -> Iterator[str]:
    """Yield every translation."""
    return (each.text for each in parse_xml(content, name).root.walk() if each.name == "target")


def _shape(element: Element) -> Any:
    attributes = sorted(element.attributes.items())
    if element.name == "source":
        return attributes, element.text, [each.name for each in element.walk()]
    return element.tag, attributes, [_shape(child) for child in element.elements if child.name != "target"]


def _language(element: Element) -> str:
    return element.get("source-language") or element.get("srcLang")


def _entries(element: Element, wanted: bool) -> Iterator[_Entry]:
    wanted = wanted and element.get("translate") != "no" and element.get("approved") != "yes"
    if element.name in _UNITS:
        source = element.child("source")
        if wanted and source is not None:
            yield from _entry(element, source)
        return
    for child in element.elements:
        yield from _entries(child, wanted)


def _entry(unit: Element, source: Element) -> Iterator[_Entry]:
    target = unit.child("target")
    state = target.get("state") if target is not None else ""
    done = target is not None and target.text.strip() and target.text != source.text
    if done or unit.get("state") not in _UNDONE or state not in _UNDONE:
        return
    # Where the file is cut into sentences its program expects the same cuts in the English.
    cut = unit.child("seg-source")
    items = tuple(_items((cut or source).children))
    tag = source.tag.replace("source", "target")
    if target is not None and target.inner < target.end:
        # Between its tags; an empty one, <target/>, is replaced whole.
        is_empty = target.inner == target.inner_end == target.end
        place = (target.start, target.end) if is_empty else (target.inner, target.inner_end)
        entry = _Entry(*place, items, tag if is_empty else "")
    elif target is not None:
        entry = _Entry(target.start, target.end, items, tag)
    else:
        after = (cut or source).end
        entry = _Entry(after, after, items, tag)
    if entry.is_prose:
        yield entry


def _items(children: Sequence[Element | Chars]) -> Iterator[Item]:
    for child in children:
        if isinstance(child, Chars):
            yield child.text
        elif child.name in _PAIRS and child.inner_end < child.end:
            yield InlineTag("open", child.start, child.inner, child.name)
            yield from _items(child.children)
            yield InlineTag("close", child.inner_end, child.end, child.name)
        else:
            yield InlineTag("point", child.start, child.end)


def _render(passage: TranslationUnit, items: Sequence[Item], raw: Slice) -> str:
    assert isinstance(passage, _Entry)
    text = tags(passage, items, raw)
    return f"<{passage.tag}>{text}</{passage.tag}>" if passage.tag else text
