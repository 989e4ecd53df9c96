"""What was written is read back: a document that came out in French, or in part, is an error with a name."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from passerelle.seq2seq.errors import OutputError
from passerelle.translate.documents import Document, DocumentOptions, read_document, verify
from passerelle.translate.documents.core import fields, units
from passerelle.translate.documents.core.package import ZippedDocument
from passerelle.translate.documents.formats import csv_file, json_file, po
from passerelle.translate.documents.formats.html import document as html
from passerelle.translate.documents.formats.text import TextDocument
from tests.translate.documents.test_every_format import ALL_KEYS, FILES, NAMES, backwards
from tests.translate.documents.translations import translated, write

LACKS = "lacks the English of"


def english_of(document: Document) -> list[units.Translation]:
    return [translated(unit, backwards) for unit in document.units]


@pytest.mark.parametrize("name", NAMES)
def test_a_document_that_came_out_in_french_is_an_error(name: str) -> None:
    before = (FILES / name).read_bytes()
    document = read_document(before, name, ALL_KEYS)
    # What the peers do: the English is made, and the file is written as it was read.
    with pytest.raises(OutputError, match=f"{re.escape(name)}: .*{LACKS}"):
        verify(before, write(document), name, english_of(document))


@pytest.mark.parametrize("name", NAMES)
def test_one_passage_that_is_missing_is_an_error(name: str) -> None:
    before = (FILES / name).read_bytes()
    document = read_document(before, name, ALL_KEYS)
    english = english_of(document)
    changed = [number for number, each in enumerate(english) if each.text != each.source]
    lost = changed[len(changed) // 2]
    partly = [*english]
    partly[lost] = translated(document.units[lost], lambda _: "oublié")
    with pytest.raises(OutputError, match=LACKS):
        verify(before, document.write(partly), name, english)
    verify(before, document.write(english), name, english)


def test_writers_that_break_in_the_usual_ways_are_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(name: str, owner: object, attribute: str, value: object) -> None:
        with monkeypatch.context() as patch:
            patch.setattr(owner, attribute, value)
            before = (FILES / name).read_bytes()
            document = read_document(before, name, ALL_KEYS)
            english = english_of(document)
            with pytest.raises(OutputError, match=LACKS):
                verify(before, document.write(english), name, english)

    write_archive = ZippedDocument.write

    def first_part_only(self: ZippedDocument, english: list[units.Translation]) -> bytes:
        return write_archive(replace(self, parts=self.parts[:1]), english[: len(self.parts[0].passages)])

    source_of_items = lambda passage, items, raw: "".join(  # noqa: E731 - the text of each tag, not its translation
        units.escape(item) if isinstance(item, str) else raw(item) for item in passage.items
    )
    for name in ("lettre.docx", "lettre.odt", "ponts.pptx", "rapport.epub"):
        broken(name, ZippedDocument, "write", first_part_only)
    broken("rapport.html", html, "tags", source_of_items)
    for name in ("produits.csv", "app.json", "app.po"):
        broken(name, fields.FieldDocument, "_pieces", lambda self, english: iter([self.decoded.text]))
    broken("app.json", json_file, "_written", lambda text, keep: '""')
    broken("produits.csv", csv_file, "_written", lambda text, is_quoted, separator: '""')
    broken("fr.po", po, "_written", lambda text, keyword, **_: f'{keyword} ""')
    broken("discours.txt", TextDocument, "write", lambda self, english: self.decoded.encode(self.decoded.text))


@pytest.mark.parametrize("name", NAMES)
def test_what_stays_as_it_is_for_good_reason_is_no_error(name: str) -> None:
    before = (FILES / name).read_bytes()
    document = read_document(before, name, ALL_KEYS)
    unchanged = [translated(unit) for unit in document.units]
    # English already, carried over with flags, or known to a memory as it is.
    verify(before, document.write(unchanged), name, unchanged)
    half = [translated(unit, backwards if number % 2 else str) for number, unit in enumerate(document.units)]
    verify(before, document.write(half), name, half)


def test_numbers_odd_characters_and_words_cut_by_tags_are_no_error() -> None:
    for name, content, words in [
        ("a.html", b"<p>an<b>ti</b>cyclone \xc3\xa9t\xc3\xa9</p><p>12 345,6</p>", "an\x01ti\ufffecyclone <é> & ’ñ"),
        ("a.md", b"Un **mot** \\* et `code`\n\n12\n", "a*b_c [d](e) <f>\n`code` 1."),
        ("a.srt", b"1\n00:00:01,000 --> 00:00:02,000\nUn mot\n", "one\n\ntwo"),
        ("a.csv", b"titre\nUn mot ici\n", 'a "b", c'),
        ("a.json", b'{"a": "Un mot ici"}', 'a "\x01b\\ c'),
    ]:
        document = read_document(content, name, DocumentOptions())
        english = [translated(unit, lambda _, words=words: words) for unit in document.units]
        verify(content, document.write(english), name, english)


def test_the_error_is_one_line_that_shows_what_is_missing(tmp_path: Path) -> None:
    document = read_document(b"<p>Un mot</p><p>Deux</p>", "a.html")
    english = [translated(unit, lambda text: f"{text} " + "long\nline " * 20) for unit in document.units]
    with pytest.raises(OutputError) as caught:
        verify(b"<p>Un mot</p><p>Deux</p>", b"<p>Un mot</p><p>Deux</p>", "a.html", english)
    assert "2 of 2 passages" in str(caught.value)
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 200
