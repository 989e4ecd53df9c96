"""Checkpoints for the engines: tiny ones of random weights, and the bundled one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from passerelle.seq2seq.checkpoint import Checkpoint
from passerelle.seq2seq.model import Model
from tests import tiny
from tests.conftest import BUNDLED


@pytest.fixture(scope="session")
def marian(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tiny MarianMT folder."""
    return tiny.marian(tmp_path_factory.mktemp("marian") / "tiny-marian")


@pytest.fixture(scope="session")
def t5(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tiny T5 folder."""
    return tiny.t5(tmp_path_factory.mktemp("t5") / "tiny-t5")


@pytest.fixture(scope="session")
def load() -> Callable[..., Model]:
    """Load a folder once for each engine and number format: ``load(folder, "pytorch", "float32")``."""
    loaded: dict[tuple[Path, str, str], Model] = {}

    def load(folder: Path, engine: str = "auto", number_format: str = "auto") -> Model:
        key = (folder, engine, number_format)
        if key not in loaded:
            checkpoint = Checkpoint(folder.name, folder, "path", "named by a test")
            loaded[key] = Model.load(checkpoint, engine=engine, device="cpu", number_format=number_format)
        return loaded[key]

    return load


@pytest.fixture(scope="session")
def bundled(load: Callable[..., Model]) -> Model:
    """The bundled French-English checkpoint on the engine that a user gets."""
    return load(BUNDLED)
