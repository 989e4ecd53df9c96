from __future__ import annotations

import multiprocessing
import time
from pathlib import Path

import pytest

from passerelle.seq2seq import store
from passerelle.seq2seq.checkpoint import Checkpoint
from passerelle.seq2seq.model import Model

FILES = {"model.bin": b"numbers", "config.json": b"{}"}


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PASSERELLE_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


def test_made_once_and_kept(home: Path) -> None:
    made = store.converted("key", lambda: FILES)
    again = store.converted("key", lambda: pytest.fail("made twice"))
    assert made == again
    assert made.folder == home / "ctranslate2" / "key"
    assert {name: made.read(name) for name in FILES} == FILES
    assert made.notice == ""


def test_a_failure_leaves_nothing_behind(home: Path) -> None:
    def fail() -> dict[str, bytes]:
        raise ValueError("broken checkpoint")

    with pytest.raises(ValueError, match="broken checkpoint"):
        store.converted("key", fail)
    assert [path.name for path in (home / "ctranslate2").iterdir() if path.is_dir()] == []
    assert store.converted("key", lambda: FILES).read("model.bin") == b"numbers"


def test_a_write_that_breaks_off_leaves_no_half_model(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full_disk(self: Path, content: bytes) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full_disk)
    found = store.converted("key", lambda: FILES)
    assert found.folder is None
    assert found.read("model.bin") == b"numbers"
    assert "No space left on device" in found.notice
    assert [path.name for path in (home / "ctranslate2").iterdir() if path.is_dir()] == []


def test_a_cache_that_cannot_be_written_does_not_stop_the_model(
    marian: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("in the way")
    monkeypatch.setenv("PASSERELLE_CACHE", str(blocked))
    model = Model.load(Checkpoint("tiny", marian, "path", "test"), number_format="float32")
    assert "converted in memory" in repr(model)
    assert next(model.run(["Le chat dort."])).tokens > 0


def _slow(seconds: float) -> dict[str, bytes]:
    with (store.cache_folder() / "count").open("a") as count:
        count.write("x")
    time.sleep(seconds)
    return FILES


def _worker(_: int) -> bytes:
    return store.converted("shared", lambda: _slow(0.3)).read("model.bin")


def test_a_second_process_waits_for_the_first(home: Path) -> None:
    store.cache_folder().mkdir(parents=True)
    with multiprocessing.get_context("spawn").Pool(2) as pool:
        assert pool.map(_worker, range(2), chunksize=1) == [b"numbers"] * 2
    assert (store.cache_folder() / "count").read_text() == "x"
