"""A folder job: mirrored, resumed, never half written, and not stopped by one bad file."""

from __future__ import annotations

from pathlib import Path

import pytest

from seq2seq.errors import InputError, OutputError
from translate import Translator
from translate.folder import FileReport, translate_folder


@pytest.fixture
def source(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    (folder / "sous dossier").mkdir(parents=True)
    (folder / "a.txt").write_text("Bonjour à tous.\n", encoding="utf-8")
    (folder / "sous dossier" / "b.md").write_text("# Le rapport\n\n`code` et texte.\n", encoding="utf-8")
    (folder / "c.txt").write_bytes(b"\x00\x01\x02 binaire")
    (folder / "d.txt").write_bytes("L’été à Nîmes.".encode("cp1252"))
    (folder / "image.png").write_bytes(b"\x89PNG")
    (folder / ".cache").mkdir()
    (folder / ".cache" / "x.txt").write_text("Non.")
    return folder


def states(reports: tuple[FileReport, ...]) -> dict[str, str]:
    return {report.name: report.state for report in reports}


def test_the_tree_is_mirrored_and_a_bad_file_stops_nothing(
    source: Path, tmp_path: Path, translator: Translator
) -> None:
    target = tmp_path / "out"
    seen: list[tuple[str, int, int]] = []
    report = translate_folder(source, target, translator, progress=lambda r, n, total: seen.append((r.name, n, total)))
    assert states(report.files) == {
        "a.txt": "translated",
        "c.txt": "failed",
        "d.txt": "translated",
        "sous dossier/b.md": "translated",
    }
    assert report.ignored == ("image.png",)
    assert [name for name, _, _ in seen] == list(states(report.files))
    assert seen[-1][1:] == (4, 4)
    (failed,) = report.failed
    assert "not a text file" in failed.messages[0]
    assert "Windows-1252" in report.files[2].messages[0]
    assert (target / "a.txt").read_text(encoding="utf-8") == translator("Bonjour à tous.\n").text
    markdown = (target / "sous dossier" / "b.md").read_text(encoding="utf-8")
    assert markdown.startswith("# ")
    assert "`code`" in markdown
    assert not (target / "c.txt").exists()
    assert [path for path in target.rglob("*") if path.suffix == ".part"] == []


def test_what_is_finished_is_not_done_twice(source: Path, tmp_path: Path, translator: Translator) -> None:
    target = tmp_path / "out"
    translate_folder(source, target, translator)
    written = (target / "a.txt").stat().st_mtime_ns
    (source / "d.txt").write_text("Il pleut.", encoding="utf-8")
    (target / "sous dossier" / "b.md").write_text("changed by hand")
    journal = target / ".passerelle" / "finished.jsonl"
    journal.write_text(journal.read_text() + '{"name": "broken', encoding="utf-8")
    again = translate_folder(source, target, translator)
    assert states(again.files) == {
        "a.txt": "finished before",
        "c.txt": "failed",
        "d.txt": "translated",
        "sous dossier/b.md": "translated",
    }
    assert (target / "a.txt").stat().st_mtime_ns == written


def test_an_interrupted_job_goes_on_where_it_was(source: Path, tmp_path: Path, translator: Translator) -> None:
    target = tmp_path / "out"

    def interrupt(report: FileReport, done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        translate_folder(source, target, translator, progress=interrupt)
    assert states(translate_folder(source, target, translator).files)["a.txt"] == "finished before"


def test_wrong_folders_are_named(source: Path, tmp_path: Path, translator: Translator) -> None:
    with pytest.raises(InputError, match="passerelle translate"):
        translate_folder(source / "a.txt", tmp_path / "out", translator)
    with pytest.raises(OutputError, match="lies inside"):
        translate_folder(source, source / "out", translator)
