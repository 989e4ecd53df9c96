"""Original and translation side by side in a file: a page, a Word document or a translation memory.

What is written are columns (see ``panes``): the original, its English, and whatever rests on them, as a summary does.
The pieces of the first two that are partners are the sentences.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from passerelle.panes import Column, Piece, page
from passerelle.translate import exchange
from passerelle.translate.columns import with_definitions
from passerelle.translate.exchange import Pair, writable

if TYPE_CHECKING:
    from docx.text.paragraph import Paragraph
    from docx.text.run import Run


def html(title: str, columns: Sequence[Column], notices: Sequence[str] = ()) -> bytes:
    """Return a page with linked columns, which stands alone; see ``panes``."""
    return page(with_definitions(columns), title, notices).encode("utf-8", "backslashreplace")


def docx(title: str, columns: Sequence[Column], notices: Sequence[str] = ()) -> bytes:
    """Return a Word document with a row for each sentence, its doubts in comments, and further columns below."""
    from docx import Document

    document = Document()
    document.core_properties.author = "Passerelle"
    document.core_properties.title = writable(title)[:255]
    document.add_heading(writable(title), 1)
    for notice in notices:
        document.add_paragraph(writable(notice))
    pairs = list(_pairs(columns))
    # All rows at once, for a table that grows takes longer with every row.
    table = document.add_table(rows=len(pairs) + 1, cols=2, style="Table Grid")
    for cell, column in zip(table.rows[0].cells, columns, strict=False):
        cell.paragraphs[0].add_run(writable(column.heading)).bold = True
    for row, pair in zip(list(table.rows)[1:], pairs, strict=True):
        french, english = row.cells
        _write(french.paragraphs[0], pair.french, "fr-FR")
        run = _write(english.paragraphs[0], pair.english, "en-GB")
        if pair.piece.is_doubtful:
            notes = "; ".join(map(str, pair.piece.notes))
            document.add_comment(run, writable(notes), author="Passerelle", initials="P")
    for column in columns[2:]:
        if column.text.strip():
            document.add_heading(writable(column.heading), 2)
            for line in column.text.splitlines():
                _write(document.add_paragraph(), line, "en-GB")
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def tmx(title: str, columns: Sequence[Column], notices: Sequence[str] = ()) -> bytes:
    """Return a translation memory (TMX 1.4), a unit for each sentence; doubts are notes."""
    units = (Pair(each.french, each.english, tuple(map(str, each.piece.notes))) for each in _pairs(columns))
    return exchange.tmx(units, title)


@dataclass(frozen=True)
class Form:
    """A kind of file: its media type, and what writes it from a title, columns and notices."""

    media: str
    write: Callable[[str, Sequence[Column], Sequence[str]], bytes]


FORMS: Mapping[str, Form] = {
    "html": Form("text/html; charset=utf-8", html),
    "docx": Form("application/vnd.openxmlformats-officedocument.wordprocessingml.document", docx),
    "tmx": Form("application/xml", tmx),
}


@dataclass(frozen=True)
class _Pair:
    """A sentence and its English, each on one line, and the piece of the English with its doubts."""

    french: str
    english: str
    piece: Piece


def _pairs(columns: Sequence[Column]) -> Iterator[_Pair]:
    original, english = columns[:2]
    partners = {piece.key: piece for piece in english.pieces}
    for here in original.pieces:
        there = partners.get(here.key)
        if there is not None and there.end > there.start:
            yield _Pair(
                _on_one_line(original.text[here.start : here.end]),
                _on_one_line(english.text[there.start : there.end]),
                there,
            )


def _on_one_line(text: str) -> str:
    return " ".join(line.strip(" \t") for line in text.splitlines())


def _write(paragraph: Paragraph, text: str, language: str) -> Run:
    """Add ``text`` to ``paragraph`` in its ``language``, by which Word checks its spelling."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    run = paragraph.add_run(writable(text))
    mark = OxmlElement("w:lang")
    mark.set(qn("w:val"), language)
    run._r.get_or_add_rPr().append(mark)
    return run
