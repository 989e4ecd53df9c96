"""Original and translation side by side in a file, the same from the page and from a folder job."""

from __future__ import annotations

import io
from xml.etree import ElementTree

import pytest
from docx import Document

from passerelle.panes import Column, Piece
from passerelle.translate.bilingual import FORMS, docx, tmx
from passerelle.translate.columns import notes
from passerelle.translate.flags import Flag, Kind, Message, Reason
from passerelle.translate.folder.bilingual import FORMATS
from passerelle.translate.sentence_pair import Sentence
from passerelle.translate.translation import Paragraph, Translation

HOSTILE = "${alert(1)} <img onerror=x> {{x}} ]]> \u202eà l’envers\u202c"
TRANSLATION = Translation(
    f"Il pleut\ndepuis\u00a03 jours. {HOSTILE}\n",
    f"It has rained\nfor 4 days. EN {HOSTILE}\n",
    (
        Paragraph(
            0,
            26 + len(HOSTILE),
            (
                Sentence(0, "Il pleut\ndepuis\u00a03 jours.", "It has rained for 4 days.", 0, 24, 0, 25),
                Sentence(1, HOSTILE, f"EN {HOSTILE}", 25, 25 + len(HOSTILE), 26, 29 + len(HOSTILE)),
            ),
        ),
    ),
    "none",
    (f"a notice with \0 and {HOSTILE}",),
)
FLAG = Flag(Kind.NUMBER, Message.of(Reason.BECAME, 3, f"4 \x01 {HOSTILE}"))
SUMMARY = Column("Summary", "Rain.\nAgain.", (Piece(0, 5, "x", links=("s0",)),), "en")


@pytest.fixture
def columns() -> tuple[Column, ...]:
    original, english = TRANSLATION.columns()
    first, second = english.pieces
    doubtful = Piece(first.start, first.end, first.key, notes=notes((FLAG,)))
    return original, Column(english.heading, english.text, (doubtful, second), "en"), SUMMARY


def test_a_word_document_has_a_row_for_each_sentence_and_comments_for_doubts(columns: tuple[Column, ...]) -> None:
    document = Document(io.BytesIO(docx(f"Titre {HOSTILE}", columns, TRANSLATION.notices)))
    (table,) = document.tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["Original", "Translation"],
        ["Il pleut depuis\u00a03 jours.", "It has rained for 4 days."],
        [HOSTILE, f"EN {HOSTILE}"],
    ]
    (comment,) = document.comments
    assert comment.text == str(FLAG.message).replace("\x01", "\ufffd")
    lines = [paragraph.text for paragraph in document.paragraphs]
    assert lines[:2] == [f"Titre {HOSTILE}", f"a notice with \ufffd and {HOSTILE}"]
    assert lines[-3:] == ["Summary", "Rain.", "Again."]


def test_a_translation_memory_has_a_unit_for_each_sentence(columns: tuple[Column, ...]) -> None:
    units = ElementTree.fromstring(tmx("Titre", columns)).findall(".//tu")
    assert [[seg.text for seg in unit.iter("seg")] for unit in units] == [
        ["Il pleut depuis\u00a03 jours.", "It has rained for 4 days."],
        [HOSTILE, f"EN {HOSTILE}"],
    ]
    assert units[0].findtext("note") == str(FLAG.message).replace("\x01", "\ufffd")


@pytest.mark.parametrize("name", ["html", "docx", "tmx"])
def test_a_folder_job_writes_what_the_page_saves(name: str) -> None:
    def content(written: bytes) -> object:
        if name != "docx":
            return written
        return [[cell.text for cell in row.cells] for row in Document(io.BytesIO(written)).tables[0].rows]

    page = FORMS[name].write("lettre.txt", TRANSLATION.columns(), TRANSLATION.notices)
    assert content(FORMATS[name].make(TRANSLATION, "lettre.txt")) == content(page)


def test_an_empty_text_gives_an_empty_file() -> None:
    nothing = (Column("Original", ""), Column("Translation", ""))
    assert len(Document(io.BytesIO(docx("", nothing))).tables[0].rows) == 1
    assert ElementTree.fromstring(tmx("", nothing)).findall(".//tu") == []
