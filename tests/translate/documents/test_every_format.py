"""What holds for every format, on files that real programs made."""

from __future__ import annotations

import io
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from passerelle.seq2seq.errors import InputError, OutputError
from passerelle.translate import Translator
from passerelle.translate.documents import SUFFIXES, DocumentOptions, output_name, read_document, verify
from tests.conftest import ROOT
from tests.translate.documents.translations import texts, translated, write

FILES = Path(__file__).parent / "files"
NAMES = sorted(path.name for path in FILES.iterdir() if path.suffix in SUFFIXES and path.name != "README.md")
ZIPPED = {".xlsx", ".docx", ".odt", ".pptx", ".epub"}
# Their French is copied into places of its own, so that the file changes even where the text does not.
FILLED = {"app.po", "app.xliff"}

ALL_KEYS = DocumentOptions(keys=("menu.open", "menu.quit", "aide"))


def backwards(sentence: str) -> str:
    """Every word in capitals, pairs of words exchanged: what moves takes its tags along."""
    return sentence if "`" in sentence or "⟦" in sentence else re.sub(r"(\w+) (\w+)", r"\2 \1", sentence).upper()


def parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_there_is_a_file_of_every_format() -> None:
    assert {Path(name).suffix for name in NAMES} == set(SUFFIXES) - {".htm", ".xlf"}


@pytest.mark.parametrize("name", NAMES)
def test_a_translation_that_changes_nothing_changes_no_byte(name: str) -> None:
    before = (FILES / name).read_bytes()
    document = read_document(before, name)
    assert document.units
    after = write(document)
    verify(before, after, name)
    if Path(name).suffix in ZIPPED:
        assert parts(after) == parts(before)
    elif name not in FILLED and not name.endswith((".pdf", ".rtf")):
        assert after == before


@pytest.mark.parametrize("name", NAMES)
def test_what_is_written_is_in_the_file_and_the_form_is_the_same(name: str) -> None:
    before = (FILES / name).read_bytes()
    document = read_document(before, name, ALL_KEYS)
    english = [translated(unit, backwards) for unit in document.units]
    after = document.write(english)
    assert after != before
    verify(before, after, name)
    if name not in FILLED and not name.endswith((".pdf", ".rtf", ".md", ".srt", ".po")):
        found = [" ".join(text.split()) for text in texts(read_document(after, name, ALL_KEYS))]
        assert found == [" ".join(each.text.split()) for each in english]


@pytest.mark.parametrize("name", NAMES)
def test_what_is_not_built_alike_is_found_out(name: str) -> None:
    before = (FILES / name).read_bytes()
    other = next(path for path in (FILES / each for each in NAMES) if path.suffix == ".docx" and path.name != name)
    with pytest.raises(OutputError, match=re.escape(name)):
        verify(before, other.read_bytes(), name)


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize(
    "content", [b"", b"\x00\x01\x02" * 99, b"PK\x03\x04" + b"\x00" * 80, b"<", b'{"a', b"\xff\xfe\x00"]
)
def test_rubbish_is_one_clear_line_or_a_document(suffix: str, content: bytes) -> None:
    name = f"un fichier{suffix}"
    try:
        document = read_document(content, name)
    except InputError as error:
        assert name in str(error)
        assert "\n" not in str(error)
    else:
        assert suffix in {".txt", ".md", ".html", ".htm", ".csv", ".po"}
        write(document)


@pytest.mark.parametrize("name", [name for name in NAMES if Path(name).suffix in ZIPPED | {".pdf", ".xliff", ".json"}])
@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.98])
def test_a_file_cut_short_is_one_clear_line(name: str, share: float) -> None:
    content = (FILES / name).read_bytes()
    try:
        read_document(content[: int(len(content) * share)], name)
    except InputError as error:
        assert name in str(error)
        assert "\n" not in str(error)
    else:
        assert name.endswith(".pdf")


def test_a_pdf_becomes_markdown_and_says_so() -> None:
    assert output_name("a/b.pdf") == "a/b.md"
    assert output_name("A.PDF") == "A.md"
    assert output_name("a.b/c.docx") == "a.b/c.docx"
    document = read_document((FILES / "lettre.pdf").read_bytes(), "lettre.pdf")
    assert document.notices == ("lettre.pdf: only its text was read; it is written as Markdown",)
    assert "- Premier point" in texts(document)
    assert b"\n\n- Premier point\n\n" in write(document)


def test_an_unknown_kind_is_named() -> None:
    with pytest.raises(InputError, match=r"a\.xyz.*\.docx"):
        read_document(b"", "a.xyz")


def test_no_format_is_loaded_before_it_is_needed() -> None:
    code = (
        "import sys, passerelle.translate.documents as d; before = set(sys.modules); d.read_document(b'a', 'a.txt');"
        "heavy = {'markdown_it', 'polib', 'pypdf', 'passerelle.translate.documents.formats.docx'};"
        "print(*sorted(heavy & set(sys.modules)))"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert result.stdout.strip() == ""


@pytest.mark.parametrize("name", ["lettre.docx", "rapport.html"])
def test_a_real_translation_keeps_the_form(name: str, translator: Translator) -> None:
    before = (FILES / name).read_bytes()
    document = read_document(before, name)
    english = []
    for unit in document.units:
        running = translator.start(unit.text, unit.regions)
        list(running)
        english.append(running.translation)
    after = document.write(english)
    verify(before, after, name)
    if name.endswith(".docx"):
        body = parts(after)["word/document.xml"].decode()
        # The word in italics is the big house, wherever the model put it; the note follows the house.
        runs = re.findall(r"<w:rPr><w:i/></w:rPr><w:t[^>]*>([^<]*)</w:t></w:r>(<w:r>.{0,80}footnoteReference)?", body)
        assert [("house" in text, bool(note)) for text, note in runs] == [(True, True)]
        assert b"yesterday" in parts(after)["word/document.xml"]
    else:
        code = before[before.index(b"<pre") : before.index(b"</pre>")]
        assert code in after
        assert b"<code>git status</code>" in after
