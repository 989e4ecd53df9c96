"""``passerelle folder`` and ``passerelle translate`` on documents: what they say, and how they end."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pytest

from fixtures.mixed import html, make, word
from passerelle.translate.documents import SUFFIXES
from passerelle.ui.cli import main
from passerelle.ui.pacing import duration
from tests.conftest import BUNDLED, ROOT

LINES = ["Le chat dort.", "Il pleut sur la ville."]


@pytest.fixture
def source(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    (folder / "deep").mkdir(parents=True)
    (folder / "a.txt").write_text("Bonjour à tous.\n", encoding="utf-8")
    (folder / "deep" / "b.docx").write_bytes(word(LINES))
    (folder / "c.html").write_bytes(html(LINES))
    return folder


def folder(source: Path, target: Path, *options: str) -> int:
    return main(["folder", str(source), str(target), "--checkpoint", str(BUNDLED), "--beam", "1", *options])


def test_everything_at_once(source: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "out"
    options = ["--summary", "--report", "--format", "html", "--format", "docx", "--format", "tmx"]
    assert folder(source, target, *options) == 0
    err = capfd.readouterr().err
    assert "3 translated, 0 finished before, 0 failed" in err
    assert "passerelle-report.html" in err
    assert all(line.startswith("passerelle: ") for line in err.splitlines())
    names = {str(path.relative_to(target)) for path in target.rglob("*") if ".passerelle" not in path.parts}
    for name in ("a.txt", "deep/b.docx", "c.html"):
        assert {name, f"{name}.summary.txt", f"{name}.bilingual.html", f"{name}.bilingual.docx", f"{name}.tmx"} <= names
    units = ElementTree.parse(target / "deep" / "b.docx.tmx").getroot().findall(".//tu")
    assert [unit.findtext("tuv/seg") for unit in units] == LINES
    with zipfile.ZipFile(target / "deep" / "b.docx.bilingual.docx") as package:
        body = package.read("word/document.xml").decode()
    assert body.index("Le chat dort.") < body.index("Il pleut sur la ville.")
    assert folder(source, target, *options, "--quiet") == 0
    assert capfd.readouterr().err == ""


def test_a_dry_run_says_what_there_is(source: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "out"
    (source / "bad.docx").write_bytes(b"PK no")
    assert folder(source, target, "--dry-run") == 1
    assert not target.exists()
    err = capfd.readouterr().err
    assert "bad.docx" in err
    assert re.search(r"dry run: 3 files to translate, \d+ words, about \d+ s at \d+ words/s, measured on a sample", err)


def test_a_job_can_stop_at_the_first_failure(source: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (source / "a.docx").write_bytes(b"PK no")
    (source / "z.txt").write_text(" ".join(f"Le chat {number} dort." for number in range(60)), encoding="utf-8")
    assert folder(source, tmp_path / "out", "--no-keep-going") == 1
    assert not (tmp_path / "out" / "z.txt").exists()
    assert "stopped at the first file that failed" in capfd.readouterr().err


def test_several_engines_give_the_same(source: Path, tmp_path: Path) -> None:
    assert folder(source, tmp_path / "one", "--quiet") == 0
    assert folder(source, tmp_path / "two", "--quiet", "--jobs", "2") == 0
    for name in ("a.txt", "deep/b.docx", "c.html"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()
    assert folder(source, tmp_path / "two", "--quiet") == 0


def start(source: Path, target: Path, *options: str) -> subprocess.Popen[str]:
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    command = [
        sys.executable,
        "-m",
        "passerelle.ui.cli",
        "folder",
        str(source),
        str(target),
        "--checkpoint",
        str(BUNDLED),
    ]
    try:
        return subprocess.Popen([*command, *options], cwd=ROOT, stderr=subprocess.PIPE, text=True)
    finally:
        signal.signal(signal.SIGINT, before)


def wait_for(condition: Path, seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not condition.exists() and time.monotonic() < deadline:
        time.sleep(0.02)
    assert condition.exists()


def test_ctrl_c_saves_and_says_how_to_go_on(tmp_path: Path) -> None:
    source, target = tmp_path / "in", tmp_path / "out"
    make(source, 200, 10, kinds=(".txt",))
    with start(source, target, "--report") as process:
        wait_for(target / "part 0" / "0000.txt")
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "Traceback" not in err
    found = re.search(r"interrupted; (\d+) of 200 files are done .* run the same command again to go on", err)
    assert found
    assert int(found[1]) == len(list(target.glob("*/*.txt")))
    assert (target / "passerelle-report.jsonl").exists()


def test_watching_translates_what_comes(source: Path, tmp_path: Path) -> None:
    target = tmp_path / "out"
    with start(source, target, "--watch") as process:
        wait_for(target / "deep" / "b.docx")
        (source / "new.txt").write_text("Il neige.")
        wait_for(target / "new.txt")
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "1 translated" in err
    assert "Traceback" not in err


def test_a_document_is_translated_into_its_own_form(
    source: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    common = ["--checkpoint", str(BUNDLED), "--beam", "1", "--quiet"]
    assert folder(source, tmp_path / "out", "--quiet") == 0
    for name in ("deep/b.docx", "c.html", "a.txt"):
        output = tmp_path / f"english{Path(name).suffix}"
        assert main(["translate", str(source / name), "-o", str(output), *common]) == 0
        assert output.read_bytes() == (tmp_path / "out" / name).read_bytes()
    assert main(["translate", str(source / "c.html"), *common]) == 0
    assert capfd.readouterr().out.encode() == (tmp_path / "out" / "c.html").read_bytes()
    assert main(["translate", str(source / "deep" / "b.docx"), "-o", str(tmp_path / "b.txt"), *common]) == 0
    assert len((tmp_path / "b.txt").read_text("utf-8").split("\n\n")) == 2
    assert main(["translate", str(source / "deep" / "b.docx"), "--format", "json", *common]) == 0
    assert json.loads(capfd.readouterr().out)["source"] == "\n\n".join(LINES)
    for arguments, answer in ((["deep/b.docx"], "with -o"), (["deep/b.docx", "-o", "x.pdf"], "written as .docx")):
        assert main(["translate", *(os.path.join(source, each) if "." in each else each for each in arguments)]) == 1  # noqa: PTH118
        assert answer in capfd.readouterr().err


def test_a_time_is_told_to_a_reader() -> None:
    assert [duration(s) for s in (0.2, 45, 100, 3600 * 2 + 300)] == ["1 s", "45 s", "2 min", "2 h 05 min"]


def test_a_ray_cluster_of_two_gives_the_same(source: Path, tmp_path: Path) -> None:
    pytest.importorskip("ray")
    one, two = tmp_path / "one", tmp_path / "two"
    assert folder(source, one, "--quiet", "--beam", "4") == 0
    for expected in ("3 translated, 0 finished before", "0 translated, 3 finished before"):
        with start(source, two, "--ray", "local", "--jobs", "2") as process:
            _, err = process.communicate(timeout=120)
        assert process.returncode == 0, err
        assert expected in err
    for name in ("a.txt", "deep/b.docx", "c.html"):
        assert (one / name).read_bytes() == (two / name).read_bytes()


def test_a_folder_full_of_harm_is_a_line_each_and_the_rest_is_done(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    source, target = tmp_path / "in put", tmp_path / "out put"
    source.mkdir()
    good = {b"deux mots.txt", b'"l\'heure".txt', b"ligne\ncoup\xc3\xa9e.txt", b"latin-\xe9.txt"}
    for name in good:
        (source / os.fsdecode(name)).write_text("Il pleut.", encoding="utf-8")
    bomb = source / "bombe.docx"
    bomb.write_bytes(word(LINES))
    with zipfile.ZipFile(bomb, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/media/image.bin", bytes(100 * 2**20))
    entity = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><xliff>&a;</xliff>'
    bad = {
        "entités.xliff": entity.encode(),
        "cassé.pdf": b"%PDF-1.4\n1 0 obj\n<</Type",
        "coupé.odt": bomb.read_bytes()[:900],
        "faux.docx": b"ceci n'est pas un document",
        "binaire.txt": bytes(range(256)) * 40,
        "cassé.json": b'{"a": ',
        "muet.srt": b"rien du tout",
    }
    for name, content in bad.items():
        (source / name).write_bytes(content)
    (source / "boucle").symlink_to(source)
    (source / "perdu.txt").symlink_to("nulle part")
    assert folder(source, target, "--report") == 1
    lines = capfd.readouterr().err.splitlines()
    for name in (*bad, "bombe.docx", "boucle", "perdu.txt"):
        assert sum(line.startswith(f"passerelle: {name}") for line in lines) == 1, name
    assert "4 translated, 0 finished before, 10 failed" in lines[-1]
    assert not any("Traceback" in line for line in lines)
    found = [path for path in target.rglob("*") if path.suffix in SUFFIXES and ".passerelle" not in path.parts]
    assert {os.fsencode(path.name) for path in found} - {b"passerelle-report.html"} == good
    report = [json.loads(line) for line in (target / "passerelle-report.jsonl").read_text("utf-8").splitlines()]
    assert sum(entry["state"] == "failed" and len(entry["messages"]) == 1 for entry in report) == 10
