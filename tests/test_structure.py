"""The plan held against the code: imports go down and never round, nothing heavy loads early, names are exported."""

from __future__ import annotations

import ast
import importlib
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from tests.conftest import ROOT

FLOORS = {"seq2seq": 0, "panes": 0, "translate": 1, "summarize": 1, "ui": 2}
# What stands in a package may import what stands before it here.
ROOMS = {
    "translate": ("lexicon", "numbers", "quality", "postedit", "documents", "folder"),
    "translate.documents": ("core", "formats"),
}
HEAVY = ("torch", "transformers", "gradio", "ctranslate2", "huggingface_hub", "numpy")


def modules() -> Mapping[str, Path]:
    """Every module of the package by its name, ``passerelle`` left out."""
    found = {}
    for package in FLOORS:
        for path in (ROOT / package).rglob("*.py"):
            parts = path.relative_to(ROOT).with_suffix("").parts
            found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


MODULES = modules()


def imports(node: ast.AST) -> Iterator[str]:
    """Yield the modules of ours that ``node`` imports, wherever in it that is, be it for types alone."""
    for child in ast.iter_child_nodes(node):
        names: list[str] = []
        if isinstance(child, ast.Import):
            names = [alias.name for alias in child.names]
        elif isinstance(child, ast.ImportFrom) and child.module:
            names = [f"{child.module}.{alias.name}" for alias in child.names]
        for name in names:
            inner = name.removeprefix("passerelle.")
            if inner != name and inner.split(".")[0] in FLOORS:
                yield inner if inner in MODULES else inner.rpartition(".")[0]
        yield from imports(child)


GRAPH = {
    name: frozenset(imports(ast.parse(path.read_text(encoding="utf-8")))) - {name} for name, path in MODULES.items()
}


def test_imports_go_down_only() -> None:
    for name, found in GRAPH.items():
        package = name.split(".")[0]
        for other in {each.split(".")[0] for each in found} - {package}:
            assert FLOORS[other] < FLOORS[package], f"{name} imports {other}"


def test_nothing_imports_itself_by_way_of_others() -> None:
    done: set[str] = set()

    def walk(name: str, way: tuple[str, ...]) -> None:
        assert name not in way, " -> ".join((*way[way.index(name) :], name))
        if name not in done:
            for other in sorted(GRAPH.get(name, ())):
                walk(other, (*way, name))
            done.add(name)

    for name in GRAPH:
        walk(name, ())


@pytest.mark.parametrize("package", ROOMS)
def test_a_room_imports_the_rooms_before_it_only(package: str) -> None:
    rooms = ROOMS[package]
    for name, found in GRAPH.items():
        for number, room in enumerate(rooms):
            if f"{name}.".startswith(f"{package}.{room}."):
                for later in rooms[number + 1 :]:
                    above = [each for each in found if f"{each}.".startswith(f"{package}.{later}.")]
                    assert not above, f"{name} imports {above}"


def test_no_document_is_written_without_being_read_back() -> None:
    for name, path in MODULES.items():
        if name.startswith("translate.documents"):
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("passerelle.translate.documents"):
                names = {alias.name for alias in node.names}
                assert not names & {"Document", "read_document", "verify"}, f"{name} goes past OpenDocument"


def test_no_module_is_known_by_two_names() -> None:
    for path in MODULES.values():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            for name in names:
                assert name.split(".")[0] not in FLOORS, f"{path.relative_to(ROOT)} imports {name} without passerelle"


@pytest.mark.parametrize("module", ["seq2seq", "panes", "translate", "summarize", "ui.cli"])
def test_importing_a_package_loads_nothing_heavy(module: str) -> None:
    code = f"import sys, passerelle.{module}; print(*sorted(set({HEAVY!r}) & set(sys.modules)))"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert result.stdout.strip() == ""


@pytest.mark.parametrize("package", ["passerelle", "passerelle.panes", "passerelle.translate", "passerelle.summarize"])
def test_every_public_name_is_there_and_documented(package: str) -> None:
    module = importlib.import_module(package)
    assert module.__all__ == sorted(module.__all__)
    for name in module.__all__:
        assert getattr(module, name).__doc__, name


def test_modules_stay_small() -> None:
    folders = (*FLOORS, "training", "benchmarks", "fixtures")
    for path in (path for folder in folders for path in (ROOT / folder).rglob("*.py")):
        lines = len(path.read_text(encoding="utf-8").splitlines())
        assert lines <= 400, f"{path.relative_to(ROOT)} has {lines} lines"
