"""Files: every usual encoding, every unusual one with one clear line, and nothing half written."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from passerelle.seq2seq.errors import InputError, OutputError
from passerelle.translate.documents.core.files import check_writable, write_atomic
from passerelle.translate.documents.core.text import decode, read
from passerelle.translate.documents.formats.markdown import document as markdown
from passerelle.translate.segmenter import segment

FRENCH = "L’été, à Nîmes : « Ça va ? »\r\nŒuvre à 5 €.\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_unicode_files_come_back_byte_for_byte(encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(FRENCH.encode(encoding))
    text = read(path)
    assert text.text.removeprefix("\ufeff") == FRENCH
    assert text.notices == ()
    assert text.encode(text.text) == FRENCH.encode(encoding)


@pytest.mark.parametrize(("encoding", "label"), [("cp1252", "Windows-1252"), ("latin-1", "Windows-1252")])
def test_old_encodings_are_read_with_a_notice(encoding: str, label: str) -> None:
    french = FRENCH if encoding == "cp1252" else "Été à Nîmes\n"
    text = decode(french.encode(encoding), "a.txt")
    assert text.text == french
    assert label in text.notices[0]
    assert text.encode("é") == "é".encode()


@given(st.binary(max_size=400))
def test_any_bytes_are_text_or_one_clear_line(content: bytes) -> None:
    try:
        text = decode(content, "a.bin")
    except InputError as error:
        assert "a.bin" in str(error)
        assert "\n" not in str(error)
    else:
        assert text.encoding in {"utf-16"} or text.notices or text.encode(text.text) == content


@pytest.mark.parametrize("content", [b"\x89PNG\r\n\x1a\n\x00\x00", b"PK\x03\x04\x14\x00\x08", bytes(range(1, 32)) * 9])
def test_binary_files_are_refused(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(content)
    with pytest.raises(InputError, match="not a text file"):
        read(tmp_path / "a.txt")


def test_a_missing_file_and_a_folder_are_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file"):
        read(tmp_path / "none.txt")
    with pytest.raises(InputError, match="is a folder"):
        read(tmp_path)


def test_writing_replaces_at_once_and_keeps_permissions(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "out.txt"
    write_atomic(path, b"one")
    path.chmod(0o640)
    write_atomic(path, b"two")
    assert path.read_bytes() == b"two"
    assert path.stat().st_mode & 0o777 == 0o640
    assert [file.name for file in path.parent.iterdir()] == ["out.txt"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_is_one_clear_line(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    path = tmp_path / "out.txt"
    path.write_bytes(b"old")
    # The kernel itself refuses: the temporary file is opened on the device that is always full.
    monkeypatch.setattr("tempfile.mkstemp", lambda **_: (os.open("/dev/full", os.O_WRONLY), str(tmp_path / "x.part")))
    with pytest.raises(OutputError, match="No space left"):
        write_atomic(path, b"new")
    assert path.read_bytes() == b"old"


def test_a_link_stays_a_link_and_a_device_a_device(tmp_path: Path) -> None:
    (tmp_path / "real.txt").write_bytes(b"old")
    (tmp_path / "link.txt").symlink_to("real.txt")
    write_atomic(tmp_path / "link.txt", b"new")
    assert (tmp_path / "link.txt").is_symlink()
    assert (tmp_path / "real.txt").read_bytes() == b"new"
    os.mkfifo(tmp_path / "pipe")
    reader = os.open(tmp_path / "pipe", os.O_RDONLY | os.O_NONBLOCK)
    write_atomic(tmp_path / "pipe", b"through")
    assert os.read(reader, 100) == b"through"
    os.close(reader)


def test_an_unwritable_output_is_found_out_beforehand(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="is a folder"):
        check_writable(tmp_path)
    (tmp_path / "file").write_text("x")
    with pytest.raises(OutputError, match="cannot be written"):
        check_writable(tmp_path / "file" / "out.txt")
    check_writable(tmp_path / "new" / "deep" / "out.txt")


MARKDOWN = """\
---
titre: ne pas traduire
---
# Un titre

Un paragraphe avec `du code` et [un lien](http://a.fr).
Une suite.

```python
print("bonjour")
```

    code indenté

- un point
- un autre point

| Nom | Rôle |
|-----|------|
| Le maire | Il décide |

> une citation

Titre souligné
==============

<div>brut</div>

[ref]: http://b.fr "titre"
"""


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_only_the_prose_of_markdown_is_translated(newline: str, mark: str) -> None:
    text = mark + MARKDOWN.replace("\n", newline)
    found = [part.text for block in segment(text, markdown.prose(text)) for part in block.segments]
    assert found == [
        "Un titre",
        "Un paragraphe avec `du code` et [un lien](http://a.fr).",
        "Une suite.",
        "un point",
        "un autre point",
        "Nom",
        "Rôle",
        "Le maire",
        "Il décide",
        "une citation",
        "Titre souligné",
    ]


@settings(deadline=None)
@given(st.text(alphabet=st.sampled_from("ab |`#->\n\r*_[]()!=~:1. \t<\x00é"), max_size=80))
def test_prose_spans_are_in_order_and_apart(text: str) -> None:
    spans = list(markdown.prose(text))
    position = 0
    for start, end in spans:
        assert position <= start <= end <= len(text)
        position = end
