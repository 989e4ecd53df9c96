from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from training.pieces import join, split


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "folder"
    (folder / "inner").mkdir(parents=True)
    (folder / "weights").write_bytes(random.Random(1).randbytes(100_000))
    (folder / "inner" / "text.tsv").write_text("été\tsummer\n" * 5000, encoding="utf-8")
    return folder


def content(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("compress", [False, True])
@pytest.mark.parametrize("largest", [30_000, 50_000, 10_000_000])
def test_a_folder_comes_back_from_its_pieces(folder: Path, tmp_path: Path, compress: bool, largest: int) -> None:
    written = split(folder, tmp_path / "pieces", "some", largest, compress=compress)
    assert all(path.stat().st_size <= largest for path in written)
    assert len(written) == 2 or largest < 10_000_000
    join(tmp_path / "pieces", "some", tmp_path / "back")
    assert content(tmp_path / "back") == content(folder)


def test_the_same_folder_gives_the_same_pieces(folder: Path, tmp_path: Path) -> None:
    first = [path.read_bytes() for path in split(folder, tmp_path / "1", "x", 40_000)]
    (folder / "weights").touch()
    assert [path.read_bytes() for path in split(folder, tmp_path / "2", "x", 40_000)] == first


def test_a_smaller_save_leaves_no_piece_of_the_larger_one(folder: Path, tmp_path: Path) -> None:
    target = tmp_path / "pieces"
    split(folder, target, "some", 20_000)
    (folder / "weights").write_bytes(b"few")
    split(folder, target, "some", 200_000)
    assert {path.name for path in target.iterdir()} == {"some.000", "some.json"}


@pytest.mark.parametrize("damage", ["missing", "short", "other", "index"])
def test_a_damaged_piece_is_named_and_nothing_written(folder: Path, tmp_path: Path, damage: str) -> None:
    pieces = tmp_path / "pieces"
    split(folder, pieces, "some", 30_000)
    piece = pieces / ("some.json" if damage == "index" else "some.001")
    whole = piece.read_bytes()
    if damage in ("missing", "index"):
        piece.unlink()
    else:
        piece.write_bytes(whole[:-1] if damage == "short" else whole[::-1])
    named = "of one save" if damage == "other" else piece.name
    with pytest.raises(ValueError, match=named):
        join(pieces, "some", tmp_path / "back")
    assert not (tmp_path / "back").exists()


def test_the_index_tells_the_sizes(folder: Path, tmp_path: Path) -> None:
    *pieces, index = split(folder, tmp_path, "some", 30_000)
    sizes = json.loads(index.read_text(encoding="utf-8"))["pieces"]
    assert sizes == {path.name: path.stat().st_size for path in pieces}
