"""Excel and rich text: the words change, formulas, numbers and headings of tables do not."""

from __future__ import annotations

import datetime
import io
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from passerelle.seq2seq.errors import InputError
from passerelle.translate.documents import read_document, verify
from tests.translate.documents.translations import texts, write

FILES = Path(__file__).parent / "files"
WORDS = st.lists(st.sampled_from("le chat noir & dort <ici> été".split()), min_size=1, max_size=4).map(" ".join)
VALUE = st.one_of(WORDS, st.integers(), st.floats(-1e15, 1e15), st.just("=SUM(A1:A2)"))


@settings(deadline=None, max_examples=50)
@given(st.lists(st.lists(VALUE, min_size=1, max_size=4), min_size=1, max_size=4))
def test_only_the_words_of_a_sheet_change(rows: list[list[object]]) -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in rows:
        book.active.append(row)
    target = io.BytesIO()
    book.save(target)
    document = read_document(target.getvalue(), "a.xlsx")
    after = write(document, str.upper)
    verify(target.getvalue(), after, "a.xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(after)).active
    assert sheet is not None
    found = [[cell for cell in row if cell is not None] for row in sheet.iter_rows(values_only=True)]
    expected = [[each.upper() if isinstance(each, str) else pytest.approx(each) for each in row] for row in rows]
    assert found == expected


def test_formulas_dates_and_headings_of_tables_stay() -> None:
    before = (FILES / "stock.xlsx").read_bytes()
    document = read_document(before, "stock.xlsx")
    assert texts(document) == ["Une grande table en bois", "Une petite chaise", "Le chat noir dort."]
    sheet = openpyxl.load_workbook(io.BytesIO(write(document, str.upper))).active
    assert sheet is not None
    assert [sheet[cell].value for cell in ("A1", "A2", "B2", "B4", "A6")] == [
        "produit",
        "UNE GRANDE TABLE EN BOIS",
        12.5,
        "=SUM(B2:B3)",
        "LE CHAT NOIR DORT.",
    ]
    assert sheet["A5"].value == datetime.datetime(2026, 1, 2)


def test_rich_text_becomes_markdown() -> None:
    document = read_document((FILES / "lettre.rtf").read_bytes(), "lettre.rtf")
    assert texts(document)[:2] == ["Le café est fermé ce matin.", "Le chat dort dans la maison."]
    assert "Markdown" in document.notices[0]
    with pytest.raises(InputError, match="no text"):
        read_document(b"{\\rtf1 }", "a.rtf")
