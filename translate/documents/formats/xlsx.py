"""Excel: the words in the cells of an .xlsx; formulas, numbers, dates, names of sheets and headings of tables stay."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from passerelle.seq2seq.errors import InputError
from passerelle.translate.documents.core.archive import Archive, open_archive
from passerelle.translate.documents.core.package import Part, ZippedDocument
from passerelle.translate.documents.core.tags import InlineTag, Item
from passerelle.translate.documents.core.units import Slice, TranslationUnit, tags
from passerelle.translate.documents.core.xml_tree import Element, parse_xml
from passerelle.translate.documents.document import DocumentOptions
from passerelle.translate.documents.formats.ooxml import CONTENT_TYPES, outline_zipped, parts_of

_MAIN = ("spreadsheetml.sheet.main+xml", "spreadsheetml.template.main+xml", "sheet.macroEnabled.main+xml")
_TYPES = ("spreadsheetml.sharedStrings+xml", "spreadsheetml.worksheet+xml")
_TABLES = ("spreadsheetml.table+xml",)
# Strings that cells share, and those that stand in a cell.
_STRINGS = frozenset({"si", "is"})


def parse(content: bytes, name: str, options: DocumentOptions) -> ZippedDocument:
    """Read an .xlsx.  Raises InputError where it is damaged, encrypted or dangerous."""
    archive = open_archive(content, name, CONTENT_TYPES)
    if not parts_of(archive, _MAIN):
        raise InputError(f"{name} is damaged or of another kind: no part of it has the type {_MAIN[0]}")
    # A table whose headings differ from its cells is taken for damaged by Excel.
    kept = {
        element.get("name")
        for table in parts_of(archive, _TABLES)
        for element in parse_xml(archive.read(table), f"{table} in {name}").root.walk()
        if element.name == "tableColumn"
    }
    return ZippedDocument(archive, tuple(_parts(archive, kept)))


def outline(content: bytes, name: str) -> Any:
    """Return how the file is built."""
    return outline_zipped(content, name, _MAIN, _TYPES)


def _parts(archive: Archive, kept: set[str]) -> Iterator[Part]:
    for part in parts_of(archive, _TYPES):
        xml = parse_xml(archive.read(part), f"{part} in {archive.name}")
        found = (_passage(each) for each in xml.root.walk() if each.name in _STRINGS)
        passages = tuple(each for each in found if each is not None and each.is_prose and each.text not in kept)
        yield Part(part, xml.text, passages, xml.encode, _render)


def _passage(string: Element) -> TranslationUnit | None:
    """A string; the border of two of its runs, which look different, is a mark."""
    if any(each.name == "rPh" for each in string.elements):
        return None
    texts = [each for each in string.walk() if each.name == "t" and each.inner < each.inner_end]
    items: list[Item] = []
    for before, text in zip([None, *texts], texts, strict=False):
        if before is not None:
            items.append(InlineTag("point", before.inner_end, text.inner))
        items.append(text.text)
    return TranslationUnit(texts[0].inner, texts[-1].inner_end, tuple(items)) if texts else None


def _render(passage: TranslationUnit, items: Sequence[Item], raw: Slice) -> str:
    return tags(passage, items, raw).replace("<t>", '<t xml:space="preserve">')
