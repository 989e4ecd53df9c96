"""The command: what it writes, what it answers to bad input, and how it ends."""

from __future__ import annotations

import fcntl
import json
import os
import pty
import re
import signal
import socket
import subprocess
import sys
import termios
import time
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from passerelle.ui.cli import main
from tests.conftest import ROOT, SEED_ARTICLE
from tests.seq2seq.hub_server import HubServer, serving
from tests.seq2seq.tiny_files import tiny_files

PASSERELLE = [sys.executable, "-m", "passerelle.ui.cli"]
FRENCH = "Bonjour à tous.\n\nLe chat dort dans la maison.\n"


def start(*arguments: str | Path, **options: Any) -> subprocess.Popen[bytes]:
    # A suite that runs in the background has Ctrl-C switched off, and so would its children.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    try:
        return subprocess.Popen([*PASSERELLE, *map(str, arguments)], cwd=ROOT, **{**pipes, **options})
    finally:
        signal.signal(signal.SIGINT, before)


def run(*arguments: str | Path, stdin: bytes = b"", **options: Any) -> tuple[int, str, str]:
    with start(*arguments, **options) as process:
        out, err = process.communicate(stdin, timeout=120)
    return process.returncode, (out or b"").decode(), (err or b"").decode()


@pytest.fixture
def french(tmp_path: Path) -> Path:
    path = tmp_path / "bonjour.txt"
    path.write_text(FRENCH, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def english() -> str:
    from passerelle.translate import Translator

    return Translator()(FRENCH).text


def one_line(err: str) -> str:
    assert err.startswith("passerelle")
    assert err.endswith("\n")
    assert err.count("\n") == 1
    assert "Traceback" not in err
    return err


def test_help_answers_in_under_half_a_second() -> None:
    seconds = []
    for _ in range(3):
        began = time.monotonic()
        code, out, err = run("--help")
        seconds.append(time.monotonic() - began)
        assert (code, err) == (0, "")
    assert min(seconds) < 0.5
    for command in ("translate", "summarize", "folder", "web", "doctor", "download", "demo"):
        assert re.search(rf"^ +{command} +\w", out, re.MULTILINE)


def test_nothing_heavy_is_imported_before_it_is_used() -> None:
    program = (
        "import sys, passerelle.ui.cli, passerelle.ui.commands, passerelle.translate, passerelle.summarize\n"
        "passerelle.ui.cli.build_parser()\n"
        "heavy = {'torch', 'transformers', 'gradio', 'ctranslate2', 'numpy', 'huggingface_hub', 'rich'}\n"
        "print(heavy & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["fly"],
        ["translate", "--fly"],
        ["translate", "--format", "pdf"],
        ["translate", "--beam", "0"],
        ["translate", "--beam", "wide"],
        ["translate", "--engine", "steam"],
        ["summarize", "--length", "endless"],
        ["summarize", "--length", "1.5"],
        ["summarize", "--style", "verse"],
        ["folder", "only-one"],
        ["web", "--port", "0"],
        ["web", "--port", "65536"],
        ["doctor", "--format", "html"],
    ],
)
def test_a_wrong_call_is_answered_in_one_line(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert "--help" in one_line(err)


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["translate", "--help"]])
def test_what_is_asked_for_goes_to_standard_output(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 0
    out, err = capsys.readouterr()
    assert out.startswith(("usage: passerelle", "passerelle "))
    assert err == ""


def test_translate_writes_what_the_translator_writes(
    french: Path, english: str, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert main(["translate", str(french), "--quiet"]) == 0
    out, err = capfdbinary.readouterr()
    assert (out.decode(), err) == (english, b"")
    target = tmp_path / "new" / "hello.txt"
    assert main(["translate", str(french), "--quiet", "-o", str(target)]) == 0
    assert target.read_bytes() == english.encode()
    assert capfdbinary.readouterr() == (b"", b"")


def test_a_long_text_streams_out_unchanged(
    tmp_path: Path, article: str, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    from passerelle.translate import Translator

    assert main(["translate", str(SEED_ARTICLE), "--quiet", "--beam", "1"]) == 0
    assert capfdbinary.readouterr().out.decode() == Translator(beam=1)(article).text


def test_standard_input_is_read(english: str) -> None:
    for arguments in (["-"], []):
        code, out, err = run("translate", "--quiet", *arguments, stdin=FRENCH.encode())
        assert (code, out, err) == (0, english, "")


def test_json_and_html(french: Path, english: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["translate", str(french), "--quiet", "--format", "json"]) == 0
    result = json.loads(capfd.readouterr().out)
    assert (result["source"], result["text"]) == (FRENCH, english)
    assert main(["translate", str(french), "--quiet", "--format", "html"]) == 0
    page = capfd.readouterr().out
    assert page.startswith("<!DOCTYPE html>")
    assert "bonjour.txt" in page
    for name, beginning in (("a.json", "{"), ("a.html", "<!DOCTYPE html>"), ("a.md", english)):
        target = tmp_path / name
        assert main(["translate", str(french), "--quiet", "-o", str(target)]) == 0
        assert target.read_text(encoding="utf-8").startswith(beginning)


def test_markdown_is_told_by_its_name(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    source = tmp_path / "page.md"
    source.write_text("# Bonjour\n\n```\nle code reste\n```\n", encoding="utf-8")
    assert main(["translate", str(source), "--quiet"]) == 0
    out = capfd.readouterr().out
    assert out.startswith("# ")
    assert "```\nle code reste\n```\n" in out


def test_notices_go_to_standard_error_and_can_be_silenced(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    source = tmp_path / "old.txt"
    source.write_bytes("Le café est à côté de l'hôtel.\n".encode("cp1252"))
    assert main(["translate", str(source)]) == 0
    out, err = capfd.readouterr()
    assert len(out.splitlines()) == 1
    assert "Windows-1252" in err
    assert "passerelle download" in err
    assert all(line.startswith("passerelle: ") for line in err.splitlines())
    assert main(["translate", str(source), "--quiet"]) == 0
    assert capfd.readouterr() == (out, "")


@pytest.mark.parametrize("content", ["", "  \n\n\t"])
def test_a_text_without_text_comes_back_as_it_is(
    content: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    source = tmp_path / "empty.txt"
    source.write_text(content)
    assert main(["translate", str(source)]) == 0
    out, err = capfd.readouterr()
    assert out == content
    assert "empty.txt holds no text" in err


BAD_INPUTS = {
    "missing": ("translate missing.txt", "no such file"),
    "folder": ("translate .", "passerelle folder"),
    "binary": ("translate binary.bin", "is not a text file"),
    "output is a folder": ("translate good.txt -o .", "is a folder"),
    "output below a file": ("translate good.txt -o good.txt/x.txt", "cannot be written"),
    "output is the input": ("translate good.txt -o ./good.txt", "would be lost"),
    "no such folder": ("folder missing out", "is not a folder"),
    "no such checkpoint": ("translate good.txt --checkpoint ./nowhere", "there is no folder"),
    "no such name": ("translate good.txt --checkpoint organisation/unknown", "not in the hub cache"),
    "no such summary checkpoint": ("summarize good.txt --summary-checkpoint ./nowhere", "there is no folder"),
    "no hub": ("download", "HF_HUB_OFFLINE"),
}


@pytest.mark.parametrize("case", BAD_INPUTS)
def test_bad_input_is_answered_in_one_line(
    case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    command, answer = BAD_INPUTS[case]
    monkeypatch.chdir(tmp_path)
    Path("good.txt").write_text(FRENCH, encoding="utf-8")
    Path("binary.bin").write_bytes(bytes(range(256)))
    assert main([*command.split(), "--quiet"]) == 1
    out, err = capfd.readouterr()
    assert out == ""
    assert err
    for line in err.splitlines(keepends=True):
        assert answer in one_line(line)
    assert Path("good.txt").read_text(encoding="utf-8") == FRENCH


def test_an_unwritable_output_is_found_before_the_work(
    french: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*_: object, **__: object) -> None:
        raise AssertionError("the model was loaded")

    monkeypatch.setattr("passerelle.ui.commands.make_translator", never)
    assert main(["translate", str(french), "-o", str(tmp_path)]) == 1


def test_a_traceback_is_shown_on_request_only(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["translate", str(tmp_path / "missing"), "--debug"]) == 1
    err = capfd.readouterr().err
    assert "Traceback" in err
    assert err.splitlines()[-1].startswith("passerelle: ")


def test_the_unforeseen_is_one_line_too(
    french: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def broken(*_: object) -> None:
        raise KeyError("a defect\nof two lines")

    monkeypatch.setattr("passerelle.ui.commands.make_translator", broken)
    assert main(["translate", str(french)]) == 1
    assert "--debug" in one_line(capfd.readouterr().err)


def test_a_full_disk_is_told() -> None:
    if not Path("/dev/full").exists():
        pytest.skip("this system has no /dev/full")
    with Path("/dev/full").open("wb") as full:
        code, _, err = run("translate", "--quiet", stdin=FRENCH.encode(), stdout=full)
    assert code == 1
    assert "standard output cannot be written (No space left on device)" in one_line(err)


def test_a_reader_that_leaves_early_is_no_error() -> None:
    command = f"{sys.executable} -m passerelle.ui.cli translate --quiet {SEED_ARTICLE} | head -n 1"
    done = subprocess.run(
        ["bash", "-c", f"{command}; exit ${{PIPESTATUS[0]}}"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert len(done.stdout.splitlines()) == 1
    assert (done.returncode, done.stderr) == (0, "")


def test_ctrl_c_ends_with_130_and_leaves_no_file(tmp_path: Path) -> None:
    source, target = tmp_path / "long.txt", tmp_path / "out.txt"
    lines = (
        f"La maison numéro {number} est grande et le jardin de {number} mètres est petit.\n" for number in range(20_000)
    )
    source.write_text("".join(lines), encoding="utf-8")
    with start("translate", source, "--quiet") as streaming:
        assert streaming.stdout is not None
        assert streaming.stdout.read(1)
        streaming.send_signal(signal.SIGINT)
        _, err = streaming.communicate(timeout=30)
        assert streaming.returncode == 130
        assert one_line(err.decode()) == "passerelle: interrupted\n"
    with start("translate", "-", "-o", target) as waiting:
        assert waiting.stdin is not None
        waiting.stdin.write(b"Bonjour.")
        waiting.stdin.flush()
        while waiting.poll() is None and fcntl.ioctl(waiting.stdin, termios.FIONREAD, bytes(4)) != bytes(4):
            time.sleep(0.05)  # until it reads, and is past what Python itself does about Ctrl-C
        waiting.send_signal(signal.SIGINT)
        waiting.wait(timeout=30)
        assert waiting.returncode == 130
    assert sorted(path.name for path in tmp_path.iterdir()) == ["long.txt"]


def test_a_bar_is_shown_in_a_terminal_alone(french: Path) -> None:
    code, _, err = run("translate", french)
    assert code == 0
    assert "\x1b" not in err
    assert "Translating" not in err
    code, shown = run_in_terminal("translate", SEED_ARTICLE)
    assert code == 0
    assert "Translating" in shown
    assert "100%" in shown


def run_in_terminal(*arguments: str | Path, **options: Any) -> tuple[int, str]:
    """Run with a terminal as standard error; return the exit code and what was shown there."""
    reader, writer = pty.openpty()
    with start(*arguments, stderr=writer, stdout=subprocess.DEVNULL, stdin=subprocess.DEVNULL, **options) as process:
        os.close(writer)
        shown = b""
        while chunk := _read(reader):
            shown += chunk
    os.close(reader)
    return process.returncode, shown.decode()


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65536)
    except OSError:  # on Linux, what reading gives when the other end of a terminal has been closed
        return b""


def test_a_folder_goes_on_after_a_bad_file(tmp_path: Path, english: str, capfd: pytest.CaptureFixture[str]) -> None:
    source, target = tmp_path / "in", tmp_path / "out"
    (source / "deep").mkdir(parents=True)
    (source / "a.txt").write_text(FRENCH, encoding="utf-8")
    (source / "b.txt").write_bytes(bytes(range(256)))
    (source / "deep" / "c.txt").write_text(FRENCH, encoding="utf-8")
    assert main(["folder", str(source), str(target)]) == 1
    err = capfd.readouterr().err
    assert "b.txt is not a text file" in err
    assert "2 translated, 0 finished before, 1 failed" in err
    assert (target / "a.txt").read_text(encoding="utf-8") == english
    assert (target / "deep" / "c.txt").read_text(encoding="utf-8") == english
    (source / "b.txt").unlink()
    assert main(["folder", str(source), str(target)]) == 0
    assert "0 translated, 2 finished before, 0 failed" in capfd.readouterr().err


NAME = "organisation/tiny"


def online(home: Path, endpoint: str) -> dict[str, str]:
    settings = {"HF_ENDPOINT": endpoint, "HF_HOME": str(home), "HF_HUB_OFFLINE": "0", "NO_PROXY": "127.0.0.1"}
    return {**os.environ, **settings}


def test_download_brings_a_checkpoint_and_the_rest_needs_no_hub(tmp_path: Path) -> None:
    with serving(HubServer({NAME: tiny_files()})) as hub:
        environment = online(tmp_path, hub.endpoint)
        code, out, err = run("download", NAME, env=environment)
        assert (code, out) == (0, "")
        assert f"{NAME}: downloaded from {hub.endpoint}" in one_line(err)
        requests = len(hub.requests)
        code, _, err = run("download", NAME, env=environment)
        assert code == 0
        assert "found in the hub cache" in one_line(err)
        assert len(hub.requests) == requests
        code, _, err = run("download", NAME, "organisation/unknown", "--quiet", env=environment)
        assert code == 1
        assert "there is no organisation/unknown" in one_line(err)


def test_download_shows_a_bar_in_a_terminal(tmp_path: Path) -> None:
    with serving(HubServer({NAME: tiny_files(values=24_000_000)})) as hub:
        code, shown = run_in_terminal("download", NAME, env=online(tmp_path, hub.endpoint))
    assert code == 0
    assert f"Downloading {NAME}" in shown
    assert "MB" in shown


def test_download_without_a_hub_is_told_in_under_three_seconds(tmp_path: Path) -> None:
    with serving(HubServer({})) as hub:
        endpoint = hub.endpoint
    began = time.monotonic()
    code, _, err = run("download", NAME, "organisation/another", env=online(tmp_path, endpoint))
    assert time.monotonic() - began < 3
    assert code == 1
    assert [line.startswith(f"passerelle: the hub at {endpoint} does not answer") for line in err.splitlines()] == [
        True
    ] * 2


def test_ctrl_c_ends_a_download_that_hangs(tmp_path: Path) -> None:
    files = tiny_files(values=24_000_000)
    with serving(HubServer({NAME: files}, stalls={"model.safetensors"})) as hub:
        with start("download", NAME, env=online(tmp_path, hub.endpoint)) as process:
            deadline = time.monotonic() + 20
            while not hub.sent("GET", "/model.safetensors") and time.monotonic() < deadline:
                time.sleep(0.05)
            began = time.monotonic()
            process.send_signal(signal.SIGINT)
            _, err = process.communicate(timeout=20)
        assert time.monotonic() - began < 3
    assert process.returncode == 130
    assert one_line(err.decode()) == "passerelle: interrupted\n"


def test_a_hub_that_breaks_off_leaves_the_bundled_checkpoint(tmp_path: Path) -> None:
    with serving(HubServer({"Helsinki-NLP/opus-mt-fr-en": tiny_files()}, lies={"vocab.json": 3})) as hub:
        code, out, err = run("translate", stdin=b"Bonjour.", env=online(tmp_path, hub.endpoint))
    assert code == 0
    assert out
    assert "compact-fr-en" in err
    assert "broke off" in err
    assert err.count("passerelle download") == 1


def test_a_device_or_a_link_as_output_stays_what_it_is(french: Path, english: str, tmp_path: Path) -> None:
    pipe, link, target = tmp_path / "pipe", tmp_path / "link.txt", tmp_path / "target.txt"
    os.mkfifo(pipe)
    target.write_text("before")
    link.symlink_to(target)
    with subprocess.Popen(["cat", str(pipe)], stdout=subprocess.PIPE) as reader:
        assert main(["translate", str(french), "--quiet", "-o", str(pipe)]) == 0
        out, _ = reader.communicate(timeout=20)
    assert out.decode() == english
    assert pipe.is_fifo()
    assert main(["translate", str(french), "--quiet", "-o", str(link)]) == 0
    assert link.is_symlink()
    assert target.read_text(encoding="utf-8") == english


def test_summarize_translates_first(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    page = tmp_path / "page.html"
    assert main(["summarize", str(SEED_ARTICLE), "--quiet", "--beam", "1", "--length", "short"]) == 0
    out = capfd.readouterr().out
    assert 0 < len(out.split()) < 200
    assert out.endswith("\n")
    assert main(["summarize", str(SEED_ARTICLE), "--quiet", "--beam", "1", "--length", "short", "-o", str(page)]) == 0
    html = page.read_text(encoding="utf-8")
    for heading in ("Original", "Translation", "Summary"):
        assert heading in html


def test_summarize_reads_english_on_request(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    source = tmp_path / "english.txt"
    sentences = [f"The council of town number {number} voted to build a new wooden bridge." for number in range(12)]
    source.write_text(" ".join(sentences))
    assert main(["summarize", str(source), "--english", "--format", "json", "--quiet"]) == 0
    result = json.loads(capfd.readouterr().out)
    assert 0 < len(result["text"].split()) < len(" ".join(sentences).split())
    assert 0 < result["ratio"] < 1


def test_demo_shows_three_panes_and_writes_a_page_that_stands_alone(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "build" / "demo.html"
    assert main(["demo", str(SEED_ARTICLE), "--beam", "1", "-o", str(page)]) == 0
    out, err = capfd.readouterr()
    places = [out.index(heading) for heading in ("Original", "Translation", "Summary")]
    assert places == sorted(places)
    assert "Plusieurs milliers de soldats" in out
    assert "571 words in" in err
    html = page.read_text(encoding="utf-8")
    assert not re.search(r"(?:src|href)=[\"']?(?:https?:)?//", html)
    assert "Plusieurs milliers de soldats" in html


def test_web_serves_until_ctrl_c() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    with start("web", "--port", str(port), "--quiet", stdout=subprocess.DEVNULL) as process:
        page = b""
        deadline = time.monotonic() + 90
        while not page and process.poll() is None and time.monotonic() < deadline:
            time.sleep(0.2)
            try:
                page = urlopen(f"http://127.0.0.1:{port}/", timeout=5).read()
            except URLError:
                continue
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=30)
    assert b"Passerelle" in page
    assert process.returncode == 130
    assert "Traceback" not in err.decode()


def test_web_tells_that_a_port_is_taken(capfd: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        assert main(["web", "--port", str(port), "--quiet"]) == 1
    assert f"cannot be served on 127.0.0.1:{port}" in one_line(capfd.readouterr().err)


def test_summarize_takes_style_headline_and_any_length(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    source = tmp_path / "english.txt"
    source.write_text(
        "The storm destroyed the harbour of the old city. The trains stopped on Monday. The army cleared the roads. "
        * 2
        + "The mayor asked for help from the capital. Nobody was hurt in the night. Forecasters expect rain.\n"
    )
    assert main(["summarize", str(source), "--english", "--length", "2", "--style", "bullets", "--headline"]) == 0
    headline, blank, *bullets = capfd.readouterr().out.splitlines()
    assert headline and not headline.endswith(".") and blank == ""
    assert len(bullets) == 2 and all(bullet.startswith("- ") for bullet in bullets)
    assert main(["summarize", str(source), "--english", "--length", "20%"]) == 0
    wanted = len(source.read_text().split()) / 5
    assert abs(len(capfd.readouterr().out.split()) - wanted) < 4.5, "nearer than with a sentence more or less"
