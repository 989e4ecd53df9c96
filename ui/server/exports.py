"""What stands on the page as a file: a report in HTML, a two-column document, or a translation memory."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from xml.sax.saxutils import escape, quoteattr

from panes import Column, page
from translate.exchange import writable

Pair = tuple[str, str]

_DOCX_TYPES = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/>
<Override PartName="/word/document.xml"
 ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>
</Types>"""
_DOCX_RELATIONS = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
<Relationship Id="rId1"
 Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/>
</Relationships>"""
_DOCX_START = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>"""
_DOCX_TABLE = """<w:tbl><w:tblPr><w:tblW w:w="5000" w:type="pct"/><w:tblBorders>
<w:insideH w:val="single" w:sz="4" w:color="DDDDDD"/></w:tblBorders></w:tblPr>
<w:tblGrid><w:gridCol w:w="4800"/><w:gridCol w:w="4800"/></w:tblGrid>"""


def html(title: str, columns: Sequence[Column], notices: Sequence[str]) -> bytes:
    """Return ``columns`` as a page that stands alone."""
    return page(columns, title, notices).encode("utf-8", "replace")


def docx(title: str, columns: Sequence[Column], notices: Sequence[str]) -> bytes:
    """Return the sentences side by side as a Word document, the summary after them."""
    paragraphs = [_paragraph(title, "fr", bold=True), *(_paragraph(line, "en") for line in notices)]
    rows = "".join(
        f"<w:tr>{''.join(_cell(text, language) for text, language in ((french, 'fr'), (english, 'en')))}</w:tr>"
        for french, english in pairs(columns)
    )
    document = _DOCX_START + "".join(paragraphs) + _DOCX_TABLE + rows + "</w:tbl>" + _paragraph("", "en")
    for column in columns[2:]:
        if column.text.strip():
            document += _paragraph(column.heading, "en", bold=True)
            document += "".join(_paragraph(line, "en") for line in column.text.splitlines())
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", _DOCX_TYPES)
        archive.writestr("_rels/.rels", _DOCX_RELATIONS)
        archive.writestr("word/document.xml", (document + "<w:sectPr/></w:body></w:document>").encode())
    return buffer.getvalue()


def tmx(title: str, columns: Sequence[Column], notices: Sequence[str]) -> bytes:
    """Return the sentences as a translation memory, TMX 1.4."""
    units = "".join(
        f'<tu><tuv xml:lang="fr"><seg>{_xml(french)}</seg></tuv>'
        f'<tuv xml:lang="en"><seg>{_xml(english)}</seg></tuv></tu>\n'
        for french, english in pairs(columns)
    )
    header = (
        '<header creationtool="Passerelle" creationtoolversion="1" segtype="sentence" o-tmf="text" adminlang="en" '
        f'srclang="fr" datatype="plaintext"><prop type="title">{_xml(title)}</prop></header>'
    )
    document = f'<?xml version="1.0" encoding="UTF-8"?>\n<tmx version="1.4">{header}<body>\n{units}</body></tmx>\n'
    return document.encode("utf-8")


FORMS: dict[str, tuple[str, Callable[[str, Sequence[Column], Sequence[str]], bytes]]] = {
    "html": ("text/html; charset=utf-8", html),
    "docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", docx),
    "tmx": ("application/xml", tmx),
}
"""The media type of each form, and what writes it."""


def pairs(columns: Sequence[Column]) -> list[Pair]:
    """Return each sentence of the first column with its partner in the second."""
    original, english = columns[:2]
    partners = {piece.key: english.text[piece.start : piece.end] for piece in english.pieces}
    return [
        (original.text[piece.start : piece.end], partners[piece.key])
        for piece in original.pieces
        if partners.get(piece.key)
    ]


def _cell(text: str, language: str) -> str:
    return f'<w:tc><w:tcPr><w:tcW w:w="2500" w:type="pct"/></w:tcPr>{_paragraph(text, language)}</w:tc>'


def _paragraph(text: str, language: str, *, bold: bool = False) -> str:
    style = f"<w:rPr>{'<w:b/>' if bold else ''}<w:lang w:val={quoteattr(language)}/></w:rPr>"
    return f'<w:p><w:r>{style}<w:t xml:space="preserve">{_xml(text)}</w:t></w:r></w:p>'


def _xml(text: str) -> str:
    return escape(writable(text))
