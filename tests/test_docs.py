"""Every Python example of the documents runs as it stands, and every command that they name exists."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

DOCUMENTS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md"]
_BLOCK = re.compile(r"^```python\n(.*?)^```", re.DOTALL | re.MULTILINE)
_COMMAND = re.compile(r"^(?:\$ )?passerelle ([a-z]+)", re.MULTILINE)
_TARGET = re.compile(r"^(?:\$ )?make ([a-z]+)", re.MULTILINE)


def blocks() -> list[tuple[str, str]]:
    return [
        (f"{path.name}-{number}", code)
        for path in DOCUMENTS
        for number, code in enumerate(_BLOCK.findall(path.read_text(encoding="utf-8")))
    ]


@pytest.mark.parametrize("code", [code for _, code in blocks()], ids=[name for name, _ in blocks()])
def test_an_example_runs_as_it_stands(code: str) -> None:
    result = subprocess.run(
        [sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, cwd=ROOT, check=False
    )
    assert result.returncode == 0, result.stderr
    assert result.stdout.strip()


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_every_command_named_exists(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in _TARGET.findall(text):
        assert f"\n{target}:" in makefile, target
    usage = subprocess.run(
        [str(Path(sys.executable).with_name("passerelle")), "--help"],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    ).stdout
    for command in _COMMAND.findall(text):
        assert command in usage, command


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_every_file_linked_is_there(path: Path) -> None:
    for target in re.findall(r"\]\((?!https?:)([^)#]+)\)", path.read_text(encoding="utf-8")):
        assert (ROOT / target).exists(), target
