"""Edges of formats: parts by other names, tables without headings, blank lines in cues, kinds that are not read."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from passerelle.seq2seq.errors import InputError
from passerelle.translate.documents import FOREIGN, SUFFIXES, read_document, verify
from passerelle.translate.folder.names import beside, destinations
from passerelle.ui.cli import main
from tests.translate.documents.translations import texts, write

FILES = Path(__file__).parent / "files"
WORDS = st.lists(st.sampled_from("Chat chien dort maison ville noir".split()), min_size=2, max_size=6).map(" ".join)


def renamed(name: str, old: str, new: str, *, by_default: bool) -> bytes:
    """The package ``name`` with its main part under another name, declared by name or by its ending."""
    target = io.BytesIO()
    with zipfile.ZipFile(FILES / name) as archive, zipfile.ZipFile(target, "w") as written:
        for part in archive.namelist():
            content = archive.read(part)
            if part == "[Content_Types].xml":
                text = content.decode().replace(f"/{old}", f"/{new}")
                if by_default:
                    text = text.replace(f'PartName="/{new}"', 'Extension="main"').replace(
                        "<Override Ext", "<Default Ext"
                    )
                content = text.encode()
            elif part.endswith(".rels"):
                content = content.replace(old.encode(), new.encode())
            written.writestr(part.replace(old, new), content)
    return target.getvalue()


@pytest.mark.parametrize(
    ("name", "old", "ending"),
    [("lettre.docx", "word/document", ".xml"), ("ponts.pptx", "ppt/presentation", ".xml")],
)
@pytest.mark.parametrize("by_default", [False, True])
def test_main_parts_are_known_by_their_type(name: str, old: str, ending: str, by_default: bool) -> None:
    new = "other/part2.main" if by_default else f"{old}2.xml"
    content = renamed(name, old + ending, new, by_default=by_default)
    document = read_document(content, name)
    assert sorted(texts(document)) == sorted(texts(read_document((FILES / name).read_bytes(), name)))
    verify(content, write(document, str.upper), name)


@pytest.mark.parametrize("name", ["lettre.docx", "ponts.pptx", "stock.xlsx"])
def test_parts_without_a_type_are_known_by_their_relations(name: str) -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(FILES / name) as archive, zipfile.ZipFile(target, "w") as written:
        for part in archive.namelist():
            content = archive.read(part)
            if part == "[Content_Types].xml":
                content = re.sub(rb'ContentType="[^"]*\.(openxmlformats|ms-)[^"]*"', b'ContentType="text/xml"', content)
            written.writestr(part, content)
    content = target.getvalue()
    document = read_document(content, name)
    assert sorted(texts(document)) == sorted(texts(read_document((FILES / name).read_bytes(), name)))
    verify(content, write(document, str.upper), name)


@settings(deadline=None)
@given(
    st.lists(WORDS, min_size=2, max_size=4), st.sampled_from(",;\t|"), st.booleans(), st.sampled_from(["\n", "\r\n"])
)
def test_a_line_that_names_the_separator_is_no_row(rows: list[str], separator: str, bom: bool, line_end: str) -> None:
    target = io.StringIO(newline="")
    writer = csv.writer(target, delimiter=separator, lineterminator=line_end)
    writer.writerows([["nom", "texte"], *(["A", row] for row in rows)])
    content = (("\ufeff" if bom else "") + f"sep={separator}{line_end}{target.getvalue()}").encode()
    document = read_document(content, "a.csv")
    assert texts(document) == rows
    after = write(document, str.upper)
    assert after.startswith(content[: content.index(b"texte")])
    assert after.count(b"\r\n") == content.count(b"\r\n")
    verify(content, after, "a.csv")


@settings(deadline=None)
@given(st.lists(WORDS.map(lambda words: f"Le chat voit {words}."), min_size=2, max_size=4))
def test_a_first_row_of_sentences_is_no_heading(rows: list[str]) -> None:
    content = "".join(f"{number};{row}\n" for number, row in enumerate(rows)).encode()
    document = read_document(content, "a.csv")
    assert texts(document) == rows
    assert "no row was taken for a heading" in document.notices[0]
    verify(content, write(document, str.upper), "a.csv")


@settings(deadline=None)
@given(st.lists(st.lists(WORDS, min_size=1, max_size=3), min_size=1, max_size=4), st.sampled_from(["\n", "\r\n"]))
def test_text_after_a_blank_line_of_a_subtitle_is_translated(cues: list[list[str]], line_end: str) -> None:
    rows = []
    for number, blocks in enumerate(cues, 1):
        rows += [str(number), f"00:00:0{number},000 --> 00:00:0{number},900"]
        for block in blocks:
            rows += [block, ""]
    content = line_end.join(rows).encode()
    document = read_document(content, "a.srt")
    assert write(document) == content
    after = write(document, str.upper)
    assert after.decode() == line_end.join(row if "-->" in row else row.upper() for row in rows)
    verify(content, after, "a.srt")


def test_a_line_break_of_another_program_stays_in_its_place() -> None:
    content = b"1\n00:00:01,000 --> 00:00:02,000\n{\\an8}Une ligne\\NDeux lignes ici\n"
    document = read_document(content, "a.srt")
    assert texts(document) == ["Une ligne\nDeux lignes ici"]
    assert write(document, str.upper) == content.replace(b"Une ligne", b"UNE LIGNE").replace(
        b"Deux lignes", b"DEUX LIGNES"
    ).replace(b"ici", b"ICI")


@pytest.mark.parametrize("suffix", sorted(FOREIGN))
def test_a_kind_that_is_not_read_is_refused_by_name(
    suffix: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert suffix not in SUFFIXES
    (tmp_path / f"a{suffix}").write_text("Le chat dort.", encoding="utf-8")
    assert main(["translate", str(tmp_path / f"a{suffix}"), "-o", str(tmp_path / "out.txt")]) != 0
    assert suffix in capsys.readouterr().err
    assert not (tmp_path / "out.txt").exists()


@pytest.mark.parametrize("wanted", [".odt", ".srt", ".png", ".rtf", ".xlsx"])
def test_a_text_is_not_written_under_a_name_that_lies(
    wanted: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.txt").write_text("Le chat dort.", encoding="utf-8")
    assert main(["translate", str(tmp_path / "a.txt"), "-o", str(tmp_path / f"y{wanted}")]) != 0
    assert f"not as {wanted}" in capsys.readouterr().err
    assert not (tmp_path / f"y{wanted}").exists()


def test_a_text_is_written_as_a_word_document(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(
        "Le chat dort.\r\nIl fait froid.\r\n\r\nLa maison est grande.\r\n", encoding="utf-8"
    )
    assert main(["translate", str(tmp_path / "a.txt"), "-o", str(tmp_path / "y.docx"), "--quiet"]) == 0
    found = texts(read_document((tmp_path / "y.docx").read_bytes(), "y.docx"))
    assert [text.count("\n") for text in found] == [1, 0]
    assert "house" in found[1]
    (tmp_path / "a.md").write_text("**Le chat**", encoding="utf-8")
    assert main(["translate", str(tmp_path / "a.md"), "-o", str(tmp_path / "z.docx")]) != 0


@pytest.mark.parametrize("content", [b"{\\rtf1\\ansi Le chat.}", b"%PDF-1.7 x", b"%!PS-Adobe"])
def test_what_is_no_text_under_a_name_of_text_is_refused(content: bytes) -> None:
    with pytest.raises(InputError, match="not plain text"):
        read_document(content, "a.txt")


@given(
    st.lists(st.sampled_from(["a", "b.srt", "c.txt"]), min_size=1, max_size=3, unique=True),
    st.sampled_from([".summary.txt", ".bilingual.html", ".bilingual.docx"]),
    st.integers(0, 3),
)
def test_no_made_file_takes_the_place_of_a_document(names: list[str], ending: str, depth: int) -> None:
    documents = {name + end for name in names for end in ["", *(ending * (n + 1) for n in range(depth))]}
    places = destinations(documents, str)
    made = [beside(name, ending, set(places.values())) for name in documents]
    assert not set(made) & set(places.values())
    assert len(set(made)) == len(made)
