"""E-books: the chapters, the contents and the navigation of an .epub; styles, pictures and metadata stay."""

from __future__ import annotations

from posixpath import dirname, join, normpath
from typing import Any
from urllib.parse import unquote

from passerelle.seq2seq.errors import InputError
from passerelle.translate.documents.core.archive import Archive, open_archive
from passerelle.translate.documents.core.package import Part, ZippedDocument, outline_parts
from passerelle.translate.documents.core.units import tags
from passerelle.translate.documents.core.xml_tree import parse_xml
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
    for part in _chapters(archive):
        source = read_source(archive.read(part), f"{part} in {name}")
        parts.append(Part(part, source.text, tuple(html.translation_units(source.text)), source.encode, tags))
    return ZippedDocument(archive, tuple(parts))


def outline(content: bytes, name: str) -> Any:
    """Return how the book is built."""
    archive = open_archive(content, name, _CONTAINER)
    return outline_parts(archive, _chapters(archive), html.outline)


def _chapters(archive: Archive) -> list[str]:
    """The parts with text, in the order of the package's list."""
    container = parse_xml(archive.read(_CONTAINER), f"{_CONTAINER} in {archive.name}").root
    found: list[str] = []
    for rootfile in container.walk():
        if rootfile.name != "rootfile":
            continue
        package = rootfile.get("full-path")
        for item in parse_xml(archive.read(package), f"{package} in {archive.name}").root.walk():
            if item.name == "item" and item.get("media-type") in _TYPES:
                found.append(normpath(join(dirname(package), unquote(item.get("href")))))
    return [part for part in dict.fromkeys(found) if part in set(archive.parts)]
