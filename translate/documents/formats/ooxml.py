"""What .docx and .pptx share: a zip file of parts, in some of which there are paragraphs of runs or words of charts."""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from passerelle.seq2seq.errors import InputError
from passerelle.translate.documents.core.archive import Archive, open_archive
from passerelle.translate.documents.core.languages import titles
from passerelle.translate.documents.core.package import Part, ZippedDocument, outline_parts
from passerelle.translate.documents.core.units import TranslationUnit
from passerelle.translate.documents.core.xml_tree import Element, Xml, parse_xml
from passerelle.translate.documents.formats.ooxml_runs import DROPPED, SIGNS, RunParagraph, render

CONTENT_TYPES = "[Content_Types].xml"
# Drawn charts and diagrams, in either kind of file.
DRAWINGS = ("drawingml.chart+xml", "drawingml.diagramData+xml", "drawingml.diagramDrawing+xml")
_VAGUE = frozenset({"application/xml", "text/xml", "application/octet-stream"})
# Relations, and the root elements of main parts, with the content types that they stand for.
_RELATED = {
    "document": "wordprocessingml.document.main+xml",
    "presentation": "presentationml.presentation.main+xml",
    "workbook": "spreadsheetml.sheet.main+xml",
    "core-properties": "core-properties+xml",
    "chart": "drawingml.chart+xml",
    "diagramData": "drawingml.diagramData+xml",
    "diagramDrawing": "drawingml.diagramDrawing+xml",
    "table": "spreadsheetml.table+xml",
    "styles": "wordprocessingml.styles+xml",
    "settings": "wordprocessingml.settings+xml",
    **{kind: f"wordprocessingml.{kind}+xml" for kind in "header footer footnotes endnotes comments".split()},
    **{kind: f"presentationml.{kind}+xml" for kind in ("slide", "notesSlide")},
    **{kind: f"spreadsheetml.{kind}+xml" for kind in ("sharedStrings", "worksheet")},
}
# What is said about the file, and in which language its styles are.
_ABOUT = ("core-properties+xml", "wordprocessingml.styles+xml", "wordprocessingml.settings+xml")
# Where a chart keeps the words that it shows.
_LABELS = frozenset({"strCache", "strLit", "multiLvlStrCache"})
_RUN_PARTS = frozenset({"r", "rPr", "t", *DROPPED, *SIGNS})
_WORD = ("wordprocessingml/2006/main", "ooxml/wordprocessingml/main")


def read_zipped(content: bytes, name: str, main: Sequence[str], types: Sequence[str]) -> ZippedDocument:
    """Read an Office file with a part of a type of ``main``; passages are in its parts of the content ``types``."""
    archive = _open(content, name, main)
    parts = []
    for part in parts_of(archive, (*types, *_ABOUT)):
        xml = parse_xml(archive.read(part), f"{part} in {name}")
        parts.append(Part(part, xml.text, (*titles(xml), *_passages(xml)), xml.encode, render))
    return ZippedDocument(archive, tuple(parts))


def outline_zipped(content: bytes, name: str, main: Sequence[str], types: Sequence[str]) -> Any:
    """Return how an Office file is built: its elements, those inside paragraphs in any order."""
    archive = _open(content, name, main)

    def outline(part: bytes, label: str) -> Any:
        return _shape(parse_xml(part, label).root)

    return outline_parts(archive, parts_of(archive, (*types, *_ABOUT)), outline)


def _label(value: Element) -> TranslationUnit:
    """A name in a drawn chart, of a series or a category; the table that the chart was drawn from stays as it is."""
    return TranslationUnit(value.inner, value.inner_end, (value.text,))


def _open(content: bytes, name: str, main: Sequence[str]) -> Archive:
    """Open an Office file with a part of one of the types ``main``, whatever that part is called."""
    archive = open_archive(content, name, CONTENT_TYPES)
    if not any(kind.endswith(tuple(main)) for kind in _types(archive).values()):
        raise InputError(f"{name} is damaged or of another kind: no part of it has the type {main[0]}")
    return archive


def _types(archive: Archive) -> dict[str, str]:
    """The content type of each part that is there, by its name or by its ending."""
    root = parse_xml(archive.read(CONTENT_TYPES), f"{CONTENT_TYPES} in {archive.name}").root
    kinds = {"Override": "PartName", "Default": "Extension"}
    known = {
        (element.name, element.get(kinds[element.name]).lstrip("/").lower()): element.get("ContentType")
        for element in root.elements
        if element.name in kinds
    }
    found = {}
    for part in archive.parts:
        kind = known.get(("Override", part.lower())) or known.get(("Default", part.lower().rpartition(".")[2]))
        if kind is not None:
            found[part] = kind
    vague = [part for part, kind in found.items() if kind in _VAGUE]
    related = _related(archive) if vague else {}
    return found | {part: related[part] for part in vague if part in related}


def _related(archive: Archive) -> dict[str, str]:
    """The kind of each part by what other parts take it for, for files whose types say no more than XML."""
    found = {}
    for part in archive.parts:
        if not part.endswith(".rels"):
            continue
        folder = posixpath.dirname(posixpath.dirname(part))
        for relation in parse_xml(archive.read(part), f"{part} in {archive.name}").root.elements:
            target = relation.get("Target")
            path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            kind = relation.get("Type").rpartition("/")[2]
            if kind == "officeDocument" and path in archive.parts:
                kind = parse_xml(archive.read(path), f"{path} in {archive.name}").root.name
            if path in archive.parts and kind in _RELATED:
                found[path] = _RELATED[kind]
    return found


def parts_of(archive: Archive, types: Sequence[str]) -> list[str]:
    """Return the parts whose content type ends with one of ``types``."""
    return [part for part, kind in _types(archive).items() if kind.endswith(tuple(types))]


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
