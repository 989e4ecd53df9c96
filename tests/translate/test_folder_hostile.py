"""What goes wrong around a folder job: names, links, locks, disks and files that will not hold still."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from passerelle.seq2seq.errors import OutputError
from passerelle.translate import Translator
from passerelle.translate.folder import FileReport, JobOptions, large, opening, translate_folder
from passerelle.translate.folder import file as files
from passerelle.translate.folder.lock import held
from passerelle.translate.folder.names import destinations, shown
from tests.conftest import BUNDLED, ROOT


@pytest.fixture
def source(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text("Bonjour.")
    return folder


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "out"


def by_name(reports: tuple[FileReport, ...]) -> dict[str, FileReport]:
    return {report.name: report for report in reports}


def test_any_name_comes_through(source: Path, target: Path, translator: Translator) -> None:
    names = [b"deux mots.txt", b'\'"quotes".txt', b"line\nbreak.txt", b"latin-\xe9t\xe9.txt", b"-dash.txt"]
    for name in names:
        Path(os.fsdecode(os.path.join(os.fsencode(source), name))).write_text("Il pleut.")  # noqa: PTH118
    report = translate_folder(source, target, translator, options=JobOptions(report=True))
    assert report.failed == ()
    english = translator("Il pleut.").text
    for name in names:
        assert (target / os.fsdecode(name)).read_text() == english
    again = translate_folder(source, target, translator)
    assert {file.state for file in again.files} == {"finished before"}
    page = (target / "passerelle-report.html").read_text("utf-8")
    assert r"line\nbreak.txt" in page
    assert r"latin-\xe9t\xe9.txt" in page


def test_names_are_shown_on_one_line() -> None:
    assert shown("a\nb\x1b[31m\x85.txt") == r"a\nb\x1b[31m\x85.txt"
    assert shown(os.fsdecode(b"\xff.txt")) == r"\xff.txt"
    assert shown("été 1.txt") == "été 1.txt"


def test_two_files_never_get_one_place() -> None:
    written = {"a.pdf": "a.md", "b.pdf": "b.md"}
    places = destinations(["a.pdf", "a.md", "a.pdf.md", "b.pdf"], lambda name: written.get(name, name))
    assert places == {"a.md": "a.md", "a.pdf.md": "a.pdf.md", "a.pdf": "a.pdf.md.md", "b.pdf": "b.md"}


def test_links_are_followed_once(source: Path, target: Path, tmp_path: Path, translator: Translator) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "b.txt").write_text("Il pleut.")
    (source / "loop").symlink_to(source)
    (source / "out").symlink_to(outside)
    (source / "again").symlink_to(outside)
    (source / "self.txt").symlink_to("self.txt")
    (source / "gone.txt").symlink_to("nowhere")
    (source / "copy.txt").symlink_to("a.txt")
    os.mkfifo(source / "pipe.txt")
    found = by_name(translate_folder(source, target, translator).files)
    assert {name: report.state for name, report in found.items()} == {
        "a.txt": "translated",
        "again/b.txt": "translated",
        "copy.txt": "translated",
        "gone.txt": "failed",
        "loop": "failed",
        "out": "failed",
        "pipe.txt": "failed",
        "self.txt": "failed",
    }
    assert "part of the job already" in found["loop"].messages[0]
    assert "a pipe" in found["pipe.txt"].messages[0]
    assert all(len(report.messages) == 1 for report in found.values() if report.state == "failed")


def test_a_file_that_vanishes_is_a_line(source: Path, target: Path, translator: Translator) -> None:
    (source / "b.txt").write_text("Il pleut.")
    (source / "c.txt").write_text("Il neige.")
    original = files.File.pieces

    def vanish(self: files.File) -> Iterator[object]:
        if self.entry.name == "b.txt":
            (source / "b.txt").unlink()
        yield from original(self)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(files.File, "pieces", vanish)
        found = by_name(translate_folder(source, target, translator).files)
    assert [report.state for report in found.values()] == ["translated", "failed", "translated"]
    assert "gone" in found["b.txt"].messages[0]


def test_a_file_that_changes_while_it_is_read_is_a_line(
    source: Path, target: Path, translator: Translator, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = opening.read_bytes

    def grow(path: Path) -> bytes:
        content = read(path)
        if path.name == "b.txt":
            path.write_bytes(content + b" Il neige.")
        return content

    (source / "b.txt").write_text("Il pleut.")
    monkeypatch.setattr(opening, "read_bytes", grow)
    found = by_name(translate_folder(source, target, translator).files)
    assert found["a.txt"].state == "translated"
    assert found["b.txt"].messages == ("b.txt changed while it was read; run again when it is at rest",)


def test_a_large_text_comes_out_as_a_small_one_would(
    source: Path, target: Path, tmp_path: Path, translator: Translator, monkeypatch: pytest.MonkeyPatch
) -> None:
    paragraphs = [f"La maison {n} est grande.\r\nLe jardin est petit : {n} mètres." for n in range(60)]
    text = "\r\n\r\n".join(paragraphs)
    contents = {
        "utf8.txt": ("\ufeff" + text).encode(),
        "latin.txt": text.encode("cp1252"),
        "wide.txt": text.encode("utf-16"),
    }
    for name, content in contents.items():
        (source / name).write_bytes(content)
    options = JobOptions(include=tuple(contents))
    assert translate_folder(source, tmp_path / "whole", translator, options=options).failed == ()
    monkeypatch.setattr(files, "LARGE", 100)
    monkeypatch.setattr(large, "_PIECE", 300)
    report = translate_folder(source, target, translator, options=options)
    assert [file.state for file in report.files] == ["translated"] * 3
    for name in contents:
        assert (target / name).read_bytes() == (tmp_path / "whole" / name).read_bytes()
    assert "Windows-1252" in report.files[0].messages[0]
    assert {f.state for f in translate_folder(source, target, translator, options=options).files} == {"finished before"}
    assert list(target.glob(".*.part")) == []


def test_a_second_job_says_so_and_leaves(source: Path, target: Path, translator: Translator) -> None:
    code = (
        "import sys, time; from pathlib import Path; from passerelle.translate.folder.lock import held\n"
        "with held(Path(sys.argv[1])): print('held', flush=True); time.sleep(60)"
    )
    state = target / ".passerelle"
    with subprocess.Popen([sys.executable, "-c", code, state], cwd=ROOT, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        with pytest.raises(OutputError, match=rf"another job \(process {other.pid}\)"):
            translate_folder(source, target, translator)
        other.kill()
        other.wait()
    with held(state):
        pass
    assert translate_folder(source, target, translator).failed == ()


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="needs a folder that not even root can write")
def test_a_folder_that_cannot_be_written_is_named(source: Path, translator: Translator) -> None:
    with pytest.raises(OutputError, match=r"/proc/passerelle cannot be written .*choose another"):
        translate_folder(source, Path("/proc/passerelle"), translator)


def test_a_full_disk_loses_nothing(source: Path, target: Path, translator: Translator) -> None:
    for number in range(30):
        lines = (f"La maison numéro {number} a {line} fenêtres.\n" for line in range(20))
        (source / f"{number}.txt").write_text("".join(lines), encoding="utf-8")
    code = (
        "import sys, resource; from pathlib import Path; from passerelle.ui.cli import main\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]), resource.RLIM_INFINITY))\n"
        "sys.exit(main(sys.argv[2:]))"
    )
    command = ["folder", source, target, "--checkpoint", BUNDLED, "--beam", "1"]
    done = subprocess.run(
        [sys.executable, "-c", code, "60000", *map(str, command)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "free space and run the same command again" in done.stderr
    assert "Traceback" not in done.stderr
    narrow = Translator(BUNDLED, beam=1)
    assert resource.getrlimit(resource.RLIMIT_FSIZE)[0] == resource.RLIM_INFINITY
    report = translate_folder(source, target, narrow)
    assert report.failed == ()
    assert list(target.glob(".*.part")) == []
    assert (target / "7.txt").read_text("utf-8") == narrow((source / "7.txt").read_text("utf-8")).text


def test_a_damaged_database_is_named(source: Path, target: Path, translator: Translator) -> None:
    translate_folder(source, target, translator)
    database = target / ".passerelle" / "job.sqlite"
    database.write_bytes(b"not a database" * 1000)
    with pytest.raises(OutputError, match="is damaged"):
        translate_folder(source, target, translator)
    database.unlink()
    assert translate_folder(source, target, translator).files[0].state == "translated"


def test_a_document_that_comes_out_in_french_is_a_failure_and_not_a_file(
    source: Path, target: Path, translator: Translator, monkeypatch: pytest.MonkeyPatch
) -> None:
    (source / "b.html").write_text("<p>Il pleut.</p>")
    (source / "c.html").write_text("<p>It is raining.</p><p>12</p>")
    monkeypatch.setattr(
        "passerelle.translate.documents.formats.html.document.tags", lambda passage, items, raw: "Il pleut."
    )
    found = by_name(translate_folder(source, target, translator).files)
    assert {name: report.state for name, report in found.items()} == {
        "a.txt": "translated",
        "b.html": "failed",
        "c.html": "translated",
    }
    assert found["b.html"].messages[0].startswith("b.html: what was written lacks the English of 1 of 1 passages")
    assert not (target / "b.html").exists()
    assert list(target.glob(".*.part")) == []


def test_a_document_with_nothing_to_translate_says_so(source: Path, target: Path, translator: Translator) -> None:
    (source / "b.html").write_text("<pre>Il pleut.</pre><p>12</p>")
    (source / "c.txt").write_text("")
    found = by_name(translate_folder(source, target, translator).files)
    assert found["b.html"].state == found["c.txt"].state == "translated"
    assert found["b.html"].messages == ("no text to translate was found in it; it is written as it is",)
    assert found["c.txt"].messages == found["b.html"].messages
    assert (target / "b.html").read_bytes() == (source / "b.html").read_bytes()
