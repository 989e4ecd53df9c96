"""Word: the text, headers, footers, tables, text boxes, notes, comments, charts and diagrams of a .docx."""

from __future__ import annotations

from typing import Any

from passerelle.translate.documents.core.package import ZippedDocument
from passerelle.translate.documents.document import DocumentOptions
from passerelle.translate.documents.formats.ooxml import DRAWINGS, outline_zipped, read_zipped

_MAIN = ("wordprocessingml.document.main+xml", "wordprocessingml.template.main+xml")
_MACROS = ("document.macroEnabled.main+xml", "template.macroEnabledTemplate.main+xml")
_KINDS = "document.main template.main header footer footnotes endnotes comments".split()
_TYPES = (*_MACROS, *(f"{kind}+xml" for kind in _KINDS), *DRAWINGS)


def parse(content: bytes, name: str, options: DocumentOptions) -> ZippedDocument:
    """Read a .docx.  Raises InputError where it is damaged, encrypted or dangerous."""
    return read_zipped(content, name, (*_MAIN, *_MACROS), _TYPES)


def outline(content: bytes, name: str) -> Any:
    """Return how the file is built."""
    return outline_zipped(content, name, (*_MAIN, *_MACROS), _TYPES)
