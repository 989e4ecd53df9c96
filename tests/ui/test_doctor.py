"""The doctor's findings, and the guard that its proof stands on."""

from __future__ import annotations

import _socket
import json
import os
import socket
import threading
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from passerelle.ui.cli import main
from passerelle.ui.doctor import SAMPLE, Network, Report, Speed
from passerelle.ui.guard import NetworkForbiddenError, NetworkGuard
from tests.conftest import BUNDLED

NOWHERE = "192.0.2.1"
"""An address that is set aside for documentation: nobody has it."""


def connect() -> None:
    with socket.socket() as client:
        client.connect((NOWHERE, 80))


def connect_quietly() -> None:
    with socket.socket() as client:
        client.connect_ex((NOWHERE, 80))


def send() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as client:
        client.sendto(b"x", (NOWHERE, 9))


def connect_by_six() -> None:
    with socket.socket(socket.AF_INET6, socket.SOCK_DGRAM) as client:
        client.connect(("2001:db8::1", 9))


def look_up() -> None:
    socket.getaddrinfo("huggingface.invalid", 443)


def look_up_the_old_way() -> None:
    socket.gethostbyname("huggingface.invalid")


@pytest.fixture
def bare_sockets(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lift the guard of the suite, which would answer before the doctor's."""
    for name in ("connect", "connect_ex"):
        monkeypatch.delattr(socket.socket, name)
    monkeypatch.setattr(socket, "getaddrinfo", _socket.getaddrinfo)


@pytest.mark.parametrize("way", [connect, connect_quietly, send, connect_by_six, look_up, look_up_the_old_way])
@pytest.mark.usefixtures("bare_sockets")
def test_the_guard_refuses_every_way_out(way: Any) -> None:
    with NetworkGuard() as guard, pytest.raises(NetworkForbiddenError, match="tried while none is allowed"):
        way()
    assert guard.attempts in ([NOWHERE], ["2001:db8::1"], ["huggingface.invalid"])


def test_the_guard_refuses_other_threads_too() -> None:
    seen: list[BaseException] = []

    def work() -> None:
        try:
            send()
        except OSError as error:
            seen.append(error)

    with NetworkGuard() as guard:
        thread = threading.Thread(target=work)
        thread.start()
        thread.join()
    assert [type(error) for error in seen] == [NetworkForbiddenError]
    assert guard.attempts == [NOWHERE]


def test_the_guard_lets_this_machine_talk_to_itself_and_ends() -> None:
    with NetworkGuard() as guard, socket.create_server(("127.0.0.1", 0)) as server:
        address = server.getsockname()
        socket.create_connection(address).close()
        socket.create_connection(("localhost", address[1])).close()
    assert guard.attempts == []
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as client:
        try:
            client.sendto(b"", (NOWHERE, 9))
        except OSError as error:  # no route: the answer of the system, not of the guard
            assert not isinstance(error, NetworkForbiddenError)
    assert guard.attempts == []


@pytest.fixture(scope="module")
def findings(tmp_path_factory: pytest.TempPathFactory) -> tuple[int, dict[str, Any]]:
    import subprocess
    import sys

    from tests.conftest import ROOT

    command = [sys.executable, "-m", "passerelle.ui.cli", "doctor", "--format", "json"]
    # The switch for no network is off: the doctor must make no request of its own accord.
    environment = {**os.environ, "HF_HUB_OFFLINE": "0"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=120)
    assert done.stderr == ""
    return done.returncode, json.loads(done.stdout)


def test_a_healthy_machine_has_no_problems_and_needs_no_network(findings: tuple[int, dict[str, Any]]) -> None:
    code, report = findings
    assert (code, report["problems"]) == (0, [])
    assert report["network"] == {"needed": False, "guarded": True, "attempts": []}


def test_the_speed_is_measured_here(findings: tuple[int, dict[str, Any]]) -> None:
    speed = findings[1]["speed"]
    assert speed["words"] == len(SAMPLE.split()) > 100
    assert speed["words_per_second"] == pytest.approx(speed["words"] / speed["seconds"])
    assert 0 < speed["seconds"] < 60
    assert 0 < speed["loading"] < 60


def test_what_is_in_use_is_named_with_its_reason(findings: tuple[int, dict[str, Any]]) -> None:
    report = findings[1]
    assert [used["task"] for used in report["checkpoints"]] == ["translation", "summary"]
    translation = report["checkpoints"][0]
    assert (translation["name"], translation["origin"]) == ("compact-fr-en", "bundled")
    assert Path(translation["path"]).samefile(BUNDLED)
    assert "not in the hub cache" in translation["reason"]
    assert set(report["engines"]) == {"ctranslate2", "pytorch"}
    assert all("(" in device for device in report["engines"].values())
    assert report["versions"]["torch"][0].isdigit()


@pytest.mark.usefixtures("bare_sockets")
def test_what_fails_is_a_problem_and_an_exit_code(capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["doctor", "--checkpoint", "./nowhere"]) == 1
    out, err = capfd.readouterr()
    assert err == ""
    assert "problems     there is no folder nowhere" in out
    assert "network      unknown: see the problems" in out
    assert "\nsummary " in out
    assert os.environ["HF_HUB_OFFLINE"] == "1"


@pytest.mark.usefixtures("bare_sockets")
def test_a_connection_that_something_tries_is_reported(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def tries(_: object) -> None:
        send()

    monkeypatch.setattr("passerelle.ui.doctor.make_translator", tries)
    assert main(["doctor", "--format", "json"]) == 1
    out, err = capfd.readouterr()
    assert err == ""
    report = json.loads(out)
    assert report["network"] == {"needed": True, "guarded": True, "attempts": [NOWHERE]}
    assert "translation does not work: NetworkForbiddenError" in report["problems"][0]


def test_the_verdict_follows_the_evidence() -> None:
    network = Network(needed=False, guarded=True, attempts=())
    report = Report({"python": "3.11"}, "a machine", {}, (), Speed(10, 2.0, 5.0, 1.0), network, ())
    assert "network      not needed" in str(report)
    assert "speed        5 words/s (10 words in 2.00 s)" in str(report)
    tried = replace(network, needed=True, attempts=("example.org",))
    assert "was tried: example.org" in str(replace(report, network=tried))
    assert "unknown: the guard" in str(replace(report, network=replace(network, needed=True, guarded=False)))
