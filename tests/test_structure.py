"""The plan held against the code: imports go down, nothing heavy is imported early, names are exported."""

from __future__ import annotations

import ast
import importlib
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

FLOORS = {"seq2seq": 0, "panes": 0, "translate": 1, "summarize": 1, "ui": 2}
HEAVY = ("torch", "transformers", "gradio", "ctranslate2", "huggingface_hub", "numpy")


def imports(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module.split(".")[0])
    return found


@pytest.mark.parametrize("package", FLOORS)
def test_imports_go_down_only(package: str) -> None:
    for path in sorted((ROOT / package).rglob("*.py")):
        for other in imports(path) & set(FLOORS) - {package}:
            assert FLOORS[other] < FLOORS[package], f"{path.relative_to(ROOT)} imports {other}"


@pytest.mark.parametrize("module", ["seq2seq", "panes", "translate", "summarize", "ui.cli"])
def test_importing_a_package_loads_nothing_heavy(module: str) -> None:
    code = f"import sys, {module}; print(*sorted(set({HEAVY!r}) & set(sys.modules)))"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert result.stdout.strip() == ""


@pytest.mark.parametrize("package", ["panes", "translate", "summarize"])
def test_every_public_name_is_there_and_documented(package: str) -> None:
    module = importlib.import_module(package)
    assert module.__all__
    for name in module.__all__:
        assert getattr(module, name).__doc__, name


def test_modules_stay_small() -> None:
    for package in (*FLOORS, "training", "benchmarks"):
        for path in (ROOT / package).rglob("*.py"):
            lines = len(path.read_text(encoding="utf-8").splitlines())
            assert lines <= 400, f"{path.relative_to(ROOT)} has {lines} lines"
