"""A plain text as a new Word document."""

from __future__ import annotations

import io
import re

from passerelle.translate.exchange import writable


def docx(text: str) -> bytes:
    """Return a .docx with a paragraph for each of ``text``, which blank lines part; its lines are kept."""
    from docx import Document
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    document = Document()
    for paragraph in re.split(
        r"\n[ \t]*(?:\n[ \t]*)+", text.replace("\r\n", "\n").replace("\r", "\n").strip("\ufeff\n")
    ):
        run = document.add_paragraph().add_run(writable(paragraph))
        language = OxmlElement("w:lang")
        language.set(qn("w:val"), "en-GB")
        run._r.get_or_add_rPr().append(language)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()
