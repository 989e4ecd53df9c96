"""OpenDocument text: paragraphs, headings, cells, notes, frames, comments, headers and footers of .odt and .fodt."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from passerelle.seq2seq.errors import InputError
from passerelle.translate.documents.core.archive import LARGEST_PART, Archive, open_archive
from passerelle.translate.documents.core.collector import Collector
from passerelle.translate.documents.core.languages import in_english, titles
from passerelle.translate.documents.core.package import Part, ZippedDocument, outline_parts
from passerelle.translate.documents.core.tags import InlineTag
from passerelle.translate.documents.core.units import TaggedDocument, TranslationUnit, tags
from passerelle.translate.documents.core.xml_tree import Chars, Element, Xml, parse_xml
from passerelle.translate.documents.document import DocumentOptions, check_size, is_code_style

_MAIN = "content.xml"
_PARTS = (_MAIN, "styles.xml", "meta.xml")
_TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
_INLINE = frozenset("span a meta meta-field ruby ruby-base".split())
# Text that was deleted under "track changes".
_SKIPPED = frozenset({"tracked-changes"})


def parse(content: bytes, name: str, options: DocumentOptions) -> ZippedDocument | TaggedDocument:
    """Read an .odt, or a .fodt, which is not zipped.  Raises InputError where it is damaged, encrypted or dangerous."""
    if _is_flat(name):
        flat = _flat(content, name)
        return TaggedDocument(flat.text, _passages(flat), flat.encode, tags, finish=in_english)
    archive = open_archive(content, name, _MAIN)
    parts = []
    for part in _present(archive):
        xml = parse_xml(archive.read(part), f"{part} in {name}")
        parts.append(Part(part, xml.text, _passages(xml), xml.encode, tags))
    return ZippedDocument(archive, tuple(parts))


def outline(content: bytes, name: str) -> Any:
    """Return how the file is built: its elements, those inside paragraphs in any order."""
    if _is_flat(name):
        return _shape(_flat(content, name).root)
    archive = open_archive(content, name, _MAIN)
    return outline_parts(archive, _present(archive), lambda part, label: _shape(parse_xml(part, label).root))


def _is_flat(name: str) -> bool:
    return name.lower().endswith(".fodt")


def _flat(content: bytes, name: str) -> Xml:
    check_size(len(content), LARGEST_PART, name)
    xml = parse_xml(content, name)
    if xml.root.tag != "office:document":
        raise InputError(f"{name} is no flat OpenDocument text: it begins with <{xml.root.tag}>")
    return xml


def _present(archive: Archive) -> list[str]:
    return [part for part in _PARTS if part in archive.parts]


def _shape(element: Element) -> Any:
    if element.name in ("p", "h"):
        return element.name, sorted(Counter(each.name for each in element.walk()).items())
    return element.name, [_shape(child) for child in element.elements]


def _passages(xml: Xml) -> tuple[TranslationUnit, ...]:
    return tuple(sorted((*titles(xml), *_paragraphs(xml)), key=lambda passage: passage.start))


def _paragraphs(xml: Xml) -> Iterator[TranslationUnit]:
    prefix = next((key[6:] for key, uri in xml.root.attributes.items() if uri == _TEXT and key[:6] == "xmlns:"), "text")
    parents = {
        element.get("name"): element.get("parent-style-name")
        for element in xml.root.walk()
        if element.tag == "style:style"
    }
    for element in _blocks(xml.root, (f"{prefix}:p", f"{prefix}:h")):
        if _is_code(element, parents):
            continue
        collector = Collector()
        _collect(element.children, collector, prefix, xml.text, parents)
        yield from (passage for passage in collector.finish(collapse=True) if passage.is_prose)


def _blocks(element: Element, names: tuple[str, str]) -> Iterator[Element]:
    if element.tag in names:
        yield element
    for child in element.elements:
        if child.name not in _SKIPPED:
            yield from _blocks(child, names)


def _is_code(element: Element, parents: dict[str, str]) -> bool:
    style = element.get("style-name")
    for _ in range(8):
        if is_code_style(style):
            return True
        style = parents.get(style, "")
    return False


def _collect(
    children: Sequence[Element | Chars], collector: Collector, prefix: str, source: str, parents: dict[str, str]
) -> None:
    for child in children:
        if isinstance(child, Chars):
            collector.text(child.text, source[child.start : child.end], child.start)
        elif child.name in _INLINE and child.children and not _is_code(child, parents):
            collector.mark(InlineTag("open", child.start, child.inner, child.name))
            _collect(child.children, collector, prefix, source, parents)
            collector.mark(InlineTag("close", child.inner_end, child.end, child.name))
        else:
            collector.mark(InlineTag("point", child.start, child.end, "", _shown(child, prefix)))


def _shown(element: Element, prefix: str) -> str:
    """What stands for an element in the plain text."""
    text = element.text
    if element.tag == f"{prefix}:s":
        return " " * min(int(element.get("c") or "1"), 100) if (element.get("c") or "1").isdecimal() else " "
    if element.name in ("tab", "line-break"):
        return "\t" if element.name == "tab" else "\n"
    if element.name == "span" and text.isprintable() and text.strip() and "`" not in text:
        return f"`{text}`"
    if element.name == "frame" and element.child("object"):
        return "⟦1⟧"
    # A field such as the number of a page.
    return text if text.isdigit() and len(text) < 8 and not element.child("note-body") else ""
