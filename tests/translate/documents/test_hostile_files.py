"""Files made to do harm: each is refused with one clear line, quickly and in little memory."""

from __future__ import annotations

import io
import struct
import time
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from passerelle.seq2seq.errors import InputError
from passerelle.translate.documents import read_document
from tests.translate.documents.translations import write

FILES = Path(__file__).parent / "files"
EXPANDING = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
READING = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


def repacked(name: str, change: Callable[[str, bytes], bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(FILES / name) as archive, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as written:
        for each in archive.namelist():
            written.writestr(each, change(each, archive.read(each)))
    return target.getvalue()


def refused(content: bytes, name: str, reason: str) -> None:
    start = time.process_time()
    tracemalloc.start()
    with pytest.raises(InputError, match=reason) as caught:
        read_document(content, name)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert name in str(caught.value)
    assert "\n" not in str(caught.value)
    assert peak < 40 * 2**20 + 2 * len(content)
    assert time.process_time() - start < 5


@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("lettre.docx", "word/styles.xml"),
        ("lettre.odt", "styles.xml"),
        ("ponts.pptx", "ppt/presentation.xml"),
        ("lettre.epub", "META-INF/container.xml"),
    ],
)
def test_a_zip_bomb_is_refused_unopened(name: str, part: str) -> None:
    bomb = repacked(name, lambda each, content: bytes(100 * 2**20) if each == part else content)
    refused(bomb, name, "zip bomb")


def test_a_bomb_that_lies_about_its_size_is_refused() -> None:
    size = 90 * 2**20
    honest = repacked("lettre.docx", lambda each, content: b" " * size if each == "word/document.xml" else content)
    told = struct.pack("<L", size)
    assert honest.count(told) == 2
    refused(honest.replace(told, struct.pack("<L", 1000)), "a.docx", "damaged")


def test_very_many_parts_are_refused() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for number in range(20_100):
            archive.writestr(f"{number}", b"")
    refused(target.getvalue(), "a.docx", "zip bomb")


@pytest.mark.parametrize("declaration", [EXPANDING, READING])
@pytest.mark.parametrize(
    ("name", "part"),
    [("lettre.docx", "word/document.xml"), ("lettre.docx", "[Content_Types].xml"), ("lettre.odt", "content.xml")],
)
def test_entities_are_refused(name: str, part: str, declaration: str) -> None:
    def change(each: str, content: bytes) -> bytes:
        if each != part:
            return content
        head, _, rest = content.decode().partition("?>")
        return f"{head}?>{declaration}{rest}".encode()

    refused(repacked(name, change), name, "declares entities")


@pytest.mark.parametrize("declaration", [EXPANDING, READING])
def test_entities_are_refused_in_xliff_and_read_as_text_in_html(declaration: str) -> None:
    content = (FILES / "app.xliff").read_bytes().replace(b"?>", f"?>{declaration}".encode())
    refused(content, "app.xliff", "declares entities")
    page = read_document(f"{declaration}<p>Bonjour &a; vous</p>".encode(), "a.html")
    assert page.units[-1].text == "Bonjour &a; vous"


def test_deep_xml_is_refused() -> None:
    refused(b"<xliff>" + b"<a>" * 100_000 + b"</a>" * 100_000 + b"</xliff>", "a.xliff", "nested deeper")


@pytest.mark.parametrize("suffix", [".html", ".csv", ".json", ".po", ".xliff", ".srt"])
def test_what_is_too_large_is_refused(suffix: str) -> None:
    with pytest.raises(InputError, match="too large"):
        read_document(b" " * (65 * 2**20), f"a{suffix}")


def test_an_encrypted_archive_is_refused() -> None:
    content = bytearray((FILES / "lettre.docx").read_bytes())
    place = content.index(b"PK\x01\x02")
    content[place + 8] |= 1
    refused(bytes(content), "a.docx", "encrypted")


def test_a_scanned_pdf_says_what_to_do() -> None:
    from pypdf import PdfWriter

    target = io.BytesIO()
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    writer.write(target)
    refused(target.getvalue(), "a.pdf", "ocrmypdf")
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    writer.encrypt("secret", algorithm="RC4-128")
    target = io.BytesIO()
    writer.write(target)
    refused(target.getvalue(), "a.pdf", "encrypted")


def test_a_damaged_picture_is_one_clear_line_when_it_is_written() -> None:
    content = repacked("lettre.docx", lambda part, text: b"picture" * 99 if part.endswith("app.xml") else text)
    place = content.index(b"docProps/app.xml") + len("docProps/app.xml")
    broken = content[: place + 4] + b"\xff\xff\xff" + content[place + 7 :]
    document = read_document(broken, "a.docx")
    with pytest.raises(InputError, match=r"a\.docx is damaged: docProps/app\.xml"):
        write(document)
