"""A folder job: mirrored, resumed, never half written, and not stopped by one bad file."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from passerelle.seq2seq.errors import InputError, OutputError
from passerelle.translate import Translation, Translator
from passerelle.translate.folder import Extra, FileReport, JobOptions, Pace, translate_folder
from passerelle.translate.folder.estimate import estimate
from passerelle.translate.folder.watch import Watch


@pytest.fixture
def source(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    (folder / "sous dossier").mkdir(parents=True)
    (folder / "a.txt").write_text("Bonjour à tous. Il pleut.\n", encoding="utf-8")
    (folder / "sous dossier" / "b.md").write_text("# Le rapport\n\n`code` et texte.\n", encoding="utf-8")
    (folder / "c.txt").write_bytes(b"\x00\x01\x02 binaire")
    (folder / "d.txt").write_bytes("L’été à Nîmes.".encode("cp1252"))
    (folder / "image.png").write_bytes(b"\x89PNG")
    (folder / ".cache").mkdir()
    (folder / ".cache" / "x.txt").write_text("Non.")
    return folder


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "out"


def states(reports: tuple[FileReport, ...]) -> dict[str, str]:
    return {report.name: report.state for report in reports}


def sentences(target: Path) -> dict[str, int]:
    """The sentences in the job's database, and how often each was translated again."""
    with sqlite3.connect(target / ".passerelle" / "job.sqlite") as connection:
        return dict(connection.execute("SELECT french, repeats FROM sentences"))


def test_the_tree_is_mirrored_and_a_bad_file_stops_nothing(source: Path, target: Path, translator: Translator) -> None:
    seen: list[FileReport] = []
    paces: list[Pace] = []
    report = translate_folder(source, target, translator, progress=seen.append, pace=paces.append)
    assert states(report.files) == {
        "a.txt": "translated",
        "c.txt": "failed",
        "d.txt": "translated",
        "sous dossier/b.md": "translated",
    }
    assert tuple(seen) == report.files
    assert report.ignored == ("image.png",)
    assert not report.interrupted
    assert (paces[-1].files, paces[-1].total) == (4, 4)
    (failed,) = report.failed
    assert "not a text file" in failed.messages[0]
    assert "Windows-1252" in report.files[2].messages[0]
    assert (report.files[0].words, report.files[0].sentences, report.files[0].results) == (5, 2, ("a.txt",))
    assert (target / "a.txt").read_text(encoding="utf-8") == translator("Bonjour à tous. Il pleut.\n").text
    markdown = (target / "sous dossier" / "b.md").read_text(encoding="utf-8")
    assert markdown.startswith("# ")
    assert "`code`" in markdown
    assert not (target / "c.txt").exists()
    assert [path for path in target.rglob("*") if path.suffix == ".part"] == []


def test_what_is_finished_is_not_done_twice(source: Path, target: Path, translator: Translator) -> None:
    first = translate_folder(source, target, translator)
    written = (target / "a.txt").stat().st_mtime_ns
    (target / "sous dossier" / "b.md").unlink()
    left = target / "sous dossier" / ".b.md.abc.part"
    left.write_text("half")
    again = translate_folder(source, target, translator)
    assert states(again.files) == {
        "a.txt": "finished before",
        "c.txt": "failed",
        "d.txt": "finished before",
        "sous dossier/b.md": "translated",
    }
    assert (target / "a.txt").stat().st_mtime_ns == written
    assert [(f.words, f.flags) for f in again.files] == [(f.words, f.flags) for f in first.files]
    assert not left.exists()
    assert set(sentences(target).values()) == {0}


def test_an_edited_file_costs_only_its_changed_sentences(source: Path, target: Path, translator: Translator) -> None:
    translate_folder(source, target, translator)
    before = set(sentences(target))
    (source / "a.txt").write_text("Bonjour à tous. Il neige. Il pleut.\n", encoding="utf-8")
    assert states(translate_folder(source, target, translator).files)["a.txt"] == "translated"
    after = sentences(target)
    assert set(after) - before == {"Il neige."}
    assert set(after.values()) == {0}
    assert (target / "a.txt").read_text("utf-8") == translator("Bonjour à tous. Il neige. Il pleut.\n").text


def test_a_result_that_was_edited_by_hand_is_left_alone(source: Path, target: Path, translator: Translator) -> None:
    translate_folder(source, target, translator)
    (target / "a.txt").write_text("Better English.")
    (source / "a.txt").write_text("Au revoir.")
    report = translate_folder(source, target, translator).files[0]
    assert report.state == "edited by hand"
    assert "move it away" in report.messages[0]
    assert (target / "a.txt").read_text() == "Better English."
    (target / "a.txt").unlink()
    assert translate_folder(source, target, translator).files[0].state == "translated"


def test_another_checkpoint_or_option_makes_the_files_again(source: Path, target: Path, translator: Translator) -> None:
    narrow = Translator(translator.checkpoint.path, beam=1)
    translate_folder(source, target, translator)
    assert states(translate_folder(source, target, narrow).files)["a.txt"] == "translated"
    kept = len(sentences(target))
    translate_folder(source, target, translator)
    assert len(sentences(target)) == kept


@pytest.mark.parametrize("moment", [0, 1, 2])
def test_an_interrupted_job_goes_on_where_it_was(
    moment: int, source: Path, target: Path, translator: Translator
) -> None:
    done: list[FileReport] = []
    first = translate_folder(source, target, translator, progress=done.append, stop=lambda: len(done) >= moment)
    assert first.interrupted == (len(first.files) < 4)
    whole = translate_folder(source, target, translator)
    assert not whole.interrupted
    for report in first.files:
        if report.state == "translated":
            assert states(whole.files)[report.name] == "finished before"
    assert set(sentences(target).values()) == {0}


def test_wrong_folders_are_named(source: Path, target: Path, translator: Translator) -> None:
    with pytest.raises(InputError, match="passerelle translate"):
        translate_folder(source / "a.txt", target, translator)
    with pytest.raises(OutputError, match="lies inside"):
        translate_folder(source, source / "out", translator)
    with pytest.raises(OutputError, match="is a file"):
        translate_folder(source / "sous dossier", source / "a.txt", translator)


def test_globs_choose(source: Path, target: Path, translator: Translator) -> None:
    def names(include: tuple[str, ...] = (), exclude: tuple[str, ...] = ()) -> list[str]:
        found = estimate(source, target, translator, options=JobOptions(include, exclude))
        return [str(count) for count in (found.files, len(found.failed))] + list(found.ignored)

    assert names() == ["3", "1", "image.png"]
    assert names(("*.md",)) == ["1", "0"]
    assert names(("sous*/*",)) == ["1", "0"]
    assert names((), ("sous dossier", "c.txt", "*.png")) == ["2", "0"]


def test_extras_stand_beside_each_file(source: Path, target: Path, translator: Translator) -> None:
    def count(translation: Translation, name: str) -> bytes:
        return f"{name}: {len(translation.sentences)}".encode()

    options = JobOptions(include=("a.txt",), extras=(Extra(".count", count, "1"),))
    (report,) = translate_folder(source, target, translator, options=options).files
    assert report.results == ("a.txt", "a.txt.count")
    assert (target / "a.txt.count").read_text() == "a.txt: 2"
    assert translate_folder(source, target, translator, options=options).files[0].state == "finished before"
    (target / "a.txt.count").unlink()
    assert translate_folder(source, target, translator, options=options).files[0].state == "translated"


def test_the_report_lists_every_file(source: Path, target: Path, translator: Translator) -> None:
    options = JobOptions(report=True)
    for _ in range(2):
        report = translate_folder(source, target, translator, options=options)
        lines = [json.loads(line) for line in (target / "passerelle-report.jsonl").read_text("utf-8").splitlines()]
        assert [line["name"] for line in lines] == [*(file.name for file in report.files), "image.png"]
        assert [len(line["doubts"]) for line in lines[:-1]] == [file.flags for file in report.files]
        page = (target / "passerelle-report.html").read_text("utf-8")
        assert "c.txt: failed" in page
        assert "not a text file" in page
        assert report.indexes == ("passerelle-report.html", "passerelle-report.jsonl")


def test_an_estimate_writes_nothing_and_knows_what_is_done(source: Path, target: Path, translator: Translator) -> None:
    before = estimate(source, target, translator)
    assert not target.exists()
    assert (before.files, before.finished, len(before.failed)) == (3, 0, 1)
    assert before.words == 5 + 3 + 2 + 3
    assert before.known == 0
    assert before.sampled
    assert before.seconds is not None
    assert before.seconds > 0
    translate_folder(source, target, translator)
    (source / "a.txt").write_text("Il pleut. Il neige beaucoup.", encoding="utf-8")
    after = estimate(source, target, translator)
    assert (after.files, after.finished, after.words, after.known) == (1, 2, 5, 2)


def test_what_changes_is_seen_once_it_rests(source: Path, target: Path) -> None:
    looks = 0
    watch = Watch(source, target, JobOptions(), seconds=0.01)

    def stop() -> bool:
        nonlocal looks
        looks += 1
        return looks > 200

    (source / "new.txt").write_text("Nouveau.")
    (source / "ignored.png").write_text("Nouveau.")
    changes = watch.changes(stop)
    assert next(changes) == {"new.txt"}
    (source / "a.txt").write_text("Encore.")
    assert next(changes) == {"a.txt"}
    assert list(changes) == []


def test_short_files_share_batches(tmp_path: Path, translator: Translator, monkeypatch: pytest.MonkeyPatch) -> None:
    source = tmp_path / "in"
    source.mkdir()
    for number in range(40):
        (source / f"{number:02}.txt").write_text(f"Le chat numéro {number} dort.")
    batches: list[int] = []
    generate = translator.model.engine.generate

    def counted(batch: Any, decoding: Any) -> Any:
        batches.append(len(batch))
        return generate(batch, decoding)

    monkeypatch.setattr(translator.model.engine, "generate", counted)
    translate_folder(source, tmp_path / "out", translator)
    assert max(batches) > 4
    for number in range(40):
        english = (tmp_path / "out" / f"{number:02}.txt").read_text()
        assert english == translator(f"Le chat numéro {number} dort.").text


def test_a_memory_serves_several_jobs_and_corrections_win(
    source: Path, target: Path, tmp_path: Path, translator: Translator
) -> None:
    from passerelle.translate.memory import Memory

    options = JobOptions(include=("a.txt",), report=True)
    with Memory(tmp_path / "memory.sqlite", translator.signature) as memory:
        translate_folder(source, target, translator, options=options, memory=memory)
        assert translate_folder(source, target, translator, options=options, memory=memory).files[0].words == 5
        translate_folder(source, tmp_path / "other", translator, options=options, memory=memory)
        assert sentences(tmp_path / "other") == {}
        memory.correct("Il pleut.", "It is raining.")
        (report,) = translate_folder(source, target, translator, options=options, memory=memory).files
        assert report.state == "translated"
        assert "It is raining." in (target / "a.txt").read_text()
        assert (
            translate_folder(source, target, translator, options=options, memory=memory).files[0].state != "translated"
        )


def test_the_report_shows_what_the_memory_holds_like_a_doubt(
    source: Path, target: Path, tmp_path: Path, translator: Translator
) -> None:
    from passerelle.translate.memory import Memory

    # More long numbers than can be put right: the checks doubt whatever the model makes of them.
    numbers = ", ".join(f"{918273 + 8273455 * number},{number + 10}" for number in range(24))
    doubtful = f"La grande maison a les numéros {numbers}."
    (source / "a.txt").write_text(doubtful)
    with Memory(tmp_path / "memory.sqlite", translator.signature) as memory:
        memory.correct(doubtful.replace("grande", "petite"), "A small house.")
        options = JobOptions(include=("a.txt",), report=True)
        (report,) = translate_folder(source, target, translator, options=options, memory=memory).files
    line = json.loads((target / "passerelle-report.jsonl").read_text("utf-8").splitlines()[0])
    assert [len(doubt["similar"]) for doubt in line["doubts"]] == [1] * report.flags
    assert report.flags == 1
    assert "A small house." in (target / "passerelle-report.html").read_text("utf-8")
