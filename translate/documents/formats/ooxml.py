"""What .docx and .pptx share: a zip file of parts, in some of which there are paragraphs of runs or words of charts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from passerelle.translate.documents.core.archive import Archive, open_archive
from passerelle.translate.documents.core.package import Part, ZippedDocument, outline_parts
from passerelle.translate.documents.core.units import TranslationUnit
from passerelle.translate.documents.core.xml_tree import Element, Xml, parse_xml
from passerelle.translate.documents.formats.ooxml_runs import DROPPED, SIGNS, RunParagraph, render

CONTENT_TYPES = "[Content_Types].xml"
# Drawn charts and diagrams, in either kind of file.
DRAWINGS = ("drawingml.chart+xml", "drawingml.diagramData+xml", "drawingml.diagramDrawing+xml")
# Where a chart keeps the words that it shows.
_LABELS = frozenset({"strCache", "strLit", "multiLvlStrCache"})
_RUN_PARTS = frozenset({"r", "rPr", "t", *DROPPED, *SIGNS})
_WORD = ("wordprocessingml/2006/main", "ooxml/wordprocessingml/main")


def read_zipped(content: bytes, name: str, main: str, types: Sequence[str]) -> ZippedDocument:
    """Read an Office file that holds the part ``main``; passages are in its parts of the content ``types``."""
    archive = open_archive(content, name, main)
    parts = []
    for part in _parts(archive, types):
        xml = parse_xml(archive.read(part), f"{part} in {name}")
        parts.append(Part(part, xml.text, tuple(_passages(xml)), xml.encode, render))
    return ZippedDocument(archive, tuple(parts))


def outline_zipped(content: bytes, name: str, main: str, types: Sequence[str]) -> Any:
    """Return how an Office file is built: its elements, those inside paragraphs in any order."""
    archive = open_archive(content, name, main)

    def outline(part: bytes, label: str) -> Any:
        return _shape(parse_xml(part, label).root)

    return outline_parts(archive, _parts(archive, types), outline)


def _label(value: Element) -> TranslationUnit:
    """A name in a drawn chart, of a series or a category; the table that the chart was drawn from stays as it is."""
    return TranslationUnit(value.inner, value.inner_end, (value.text,))


def _parts(archive: Archive, types: Sequence[str]) -> list[str]:
    root = parse_xml(archive.read(CONTENT_TYPES), f"{CONTENT_TYPES} in {archive.name}").root
    found = [
        element.get("PartName").lstrip("/")
        for element in root.elements
        if element.name == "Override" and element.get("ContentType").endswith(tuple(types))
    ]
    return [part for part in found if part in set(archive.parts)]


def _shape(element: Element) -> Any:
    if element.name == "p":
        return "p", sorted(Counter(_names(element)).items())
    return element.name, [_shape(child) for child in element.elements]


def _names(element: Element) -> Iterator[str]:
    for child in element.elements:
        if child.name != "rPr":
            if child.name not in _RUN_PARTS:
                yield child.name
            yield from _names(child)


def _passages(xml: Xml) -> Iterator[TranslationUnit]:
    word = {key.partition(":")[2] for key, value in xml.root.attributes.items() if value.endswith(_WORD)}
    for element in xml.root.walk():
        if element.name == "p":
            prefix = element.tag[: -len("p")]
            passage = RunParagraph(xml.text, element, prefix, keeps_blanks=prefix.rstrip(":") in word).passage()
            if passage is not None and passage.is_prose:
                yield passage
        elif element.name in _LABELS:
            labels = (_label(each) for each in element.walk() if each.name == "v")
            yield from (label for label in labels if label.is_prose)
