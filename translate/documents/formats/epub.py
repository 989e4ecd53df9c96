"""E-books: the chapters, the contents, the navigation and the title of an .epub; styles and pictures stay."""

from __future__ import annotations

from posixpath import dirname, join, normpath
from typing import Any
from urllib.parse import unquote

from passerelle.seq2seq.errors import InputError
from passerelle.translate.documents.core.archive import Archive, open_archive
from passerelle.translate.documents.core.languages import titles
from passerelle.translate.documents.core.package import Part, ZippedDocument, outline_parts
from passerelle.translate.documents.core.units import tags
from passerelle.translate.documents.core.xml_tree import Element, parse_xml
from passerelle.translate.documents.document import DocumentOptions
from passerelle.translate.documents.formats.html import document as html
from passerelle.translate.documents.formats.html.source import read_source

_CONTAINER = "META-INF/container.xml"
# The contents of EPUB 2 are XML of their own, whose labels are elements that HTML does not know.
_TYPES = ("application/xhtml+xml", "text/html", "application/x-dtbncx+xml")


def parse(content: bytes, name: str, options: DocumentOptions) -> ZippedDocument:
    """Read an .epub.  Raises InputError where it is damaged, protected or dangerous."""
    archive = open_archive(content, name, _CONTAINER)
    if "META-INF/encryption.xml" in archive.parts and b"EncryptedKey" in archive.read("META-INF/encryption.xml"):
        raise InputError(f"{name} is protected against copying; it cannot be read")
    parts = []
    for package in _packages(archive):
        xml = parse_xml(archive.read(package), f"{package} in {name}")
        parts.append(Part(package, xml.text, tuple(titles(xml)), xml.encode, tags))
    for part in _chapters(archive):
        source = read_source(archive.read(part), f"{part} in {name}")
        passages = tuple(html.translation_units(source.text))
        parts.append(Part(part, source.text, passages, source.encode, tags, html.in_english))
    return ZippedDocument(archive, tuple(parts))


def outline(content: bytes, name: str) -> Any:
    """Return how the book is built."""
    archive = open_archive(content, name, _CONTAINER)
    packages = _packages(archive)

    def outline(part: bytes, label: str) -> Any:
        is_package = label in {f"{package} in {archive.name}" for package in packages}
        return _shape(parse_xml(part, label).root) if is_package else html.outline(part, label)

    return outline_parts(archive, [*packages, *_chapters(archive)], outline)


def _shape(element: Element) -> Any:
    """How a package is built, without what changes with its language."""
    attributes = sorted(pair for pair in element.attributes.items() if not pair[0].endswith("lang"))
    return element.tag, attributes, [_shape(child) for child in element.elements]


def _packages(archive: Archive) -> list[str]:
    """The lists of what the book is made of."""
    container = parse_xml(archive.read(_CONTAINER), f"{_CONTAINER} in {archive.name}").root
    return list(dict.fromkeys(each.get("full-path") for each in container.walk() if each.name == "rootfile"))


def _chapters(archive: Archive) -> list[str]:
    """The parts with text, in the order of the package's list."""
    found: list[str] = []
    for package in _packages(archive):
        for item in parse_xml(archive.read(package), f"{package} in {archive.name}").root.walk():
            if item.name == "item" and item.get("media-type") in _TYPES:
                found.append(normpath(join(dirname(package), unquote(item.get("href")))))
    return [part for part in dict.fromkeys(found) if part in set(archive.parts)]
