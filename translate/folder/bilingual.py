"""Original and translation side by side, as a page, a Word document or a translation memory."""

from __future__ import annotations

import io
from collections.abc import Mapping
from xml.etree import ElementTree

from panes import page
from translate.exchange import writable
from translate.folder.names import shown
from translate.folder.results import Extra
from translate.translation import Translation


def html(translation: Translation, name: str) -> bytes:
    """Return a page with linked columns; see ``panes``."""
    return page(translation.columns(), shown(name), translation.notices).encode("utf-8", "backslashreplace")


def docx(translation: Translation, name: str) -> bytes:
    """Return a Word document with a table of two columns, a row for each paragraph; doubts stand in comments."""
    from docx import Document

    document = Document()
    document.add_heading(shown(name), 1)
    table = document.add_table(rows=1, cols=2, style="Table Grid")
    for cell, heading in zip(table.rows[0].cells, ("Original", "Translation"), strict=True):
        cell.paragraphs[0].add_run(heading).bold = True
    for paragraph in translation.paragraphs:
        french, english = table.add_row().cells
        for sentence in paragraph.sentences:
            french.paragraphs[0].add_run(writable(f"{sentence.source} "))
            run = english.paragraphs[0].add_run(writable(f"{sentence.text} "))
            doubts = [flag.message for flag in sentence.flags if flag.severity != "note"]
            if doubts:
                document.add_comment(run, writable("; ".join(doubts)), author="Passerelle", initials="P")
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def tmx(translation: Translation, name: str) -> bytes:
    """Return a translation memory (TMX 1.4), a unit for each sentence; doubts are notes."""
    root = ElementTree.Element("tmx", version="1.4")
    header = {
        "creationtool": "Passerelle",
        "creationtoolversion": "1",
        "datatype": "plaintext",
        "segtype": "sentence",
        "adminlang": "en",
        "srclang": "fr",
        "o-tmf": "Passerelle",
    }
    ElementTree.SubElement(root, "header", header)
    body = ElementTree.SubElement(root, "body")
    for sentence in translation.sentences:
        unit = ElementTree.SubElement(body, "tu")
        ElementTree.SubElement(unit, "prop", type="x-file").text = writable(shown(name))
        for flag in sentence.flags:
            ElementTree.SubElement(unit, "note").text = writable(flag.message)
        for language, text in (("fr", sentence.source), ("en", sentence.text)):
            variant = ElementTree.SubElement(unit, "tuv", {"xml:lang": language})
            ElementTree.SubElement(variant, "seg").text = writable(text)
    ElementTree.indent(root)
    written: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


FORMATS: Mapping[str, Extra] = {
    "html": Extra(".bilingual.html", html, "1"),
    "docx": Extra(".bilingual.docx", docx, "1"),
    "tmx": Extra(".tmx", tmx, "1"),
}
"""The side-by-side files that can be written beside each translation, by the name of their format."""
