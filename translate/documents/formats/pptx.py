"""PowerPoint: the slides, tables, notes, charts and diagrams of a .pptx; the layouts stay as they are."""

from __future__ import annotations

from typing import Any

from passerelle.translate.documents.core.package import ZippedDocument
from passerelle.translate.documents.document import DocumentOptions
from passerelle.translate.documents.formats.ooxml import DRAWINGS, outline_zipped, read_zipped

_MAIN = tuple(f"{kind}.main+xml" for kind in ("presentation", "slideshow", "template", "macroEnabled"))
_TYPES = ("presentationml.slide+xml", "presentationml.notesSlide+xml", *DRAWINGS)


def parse(content: bytes, name: str, options: DocumentOptions) -> ZippedDocument:
    """Read a .pptx.  Raises InputError where it is damaged, encrypted or dangerous."""
    return read_zipped(content, name, _MAIN, _TYPES)


def outline(content: bytes, name: str) -> Any:
    """Return how the file is built."""
    return outline_zipped(content, name, _MAIN, _TYPES)
