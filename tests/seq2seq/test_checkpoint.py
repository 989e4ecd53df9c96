"""Which folder is chosen and why, and what a damaged one is answered."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from passerelle.seq2seq.checkpoint import find_checkpoint, fingerprint, verify
from passerelle.seq2seq.errors import CheckpointDamaged, CheckpointError, CheckpointNotFound, HubUnreachable
from tests.seq2seq.tiny_files import tiny_files

ROOT = Path(__file__).parents[2]
BUNDLED = ROOT / "translate" / "compact-fr-en"
DEFAULT = "organisation/larger"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "checkpoint"
    folder.mkdir()
    for name, content in tiny_files(values=1000).items():
        (folder / name).write_bytes(content)
    return folder


def test_a_named_folder_is_taken(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder.parent)
    for wanted in (folder, str(folder), Path("checkpoint"), "checkpoint", "./checkpoint"):
        found = find_checkpoint(wanted, default=DEFAULT, bundled=BUNDLED)
        assert (found.name, found.origin, found.notices) == ("checkpoint", "path", ())
        assert found.path.samefile(folder)


@pytest.mark.parametrize("wanted", ["./absent", "~/absent-checkpoint", "/absent/checkpoint", "a/b/c", Path("absent")])
def test_a_folder_that_is_not_there_is_never_replaced(wanted: str | Path) -> None:
    with pytest.raises(CheckpointNotFound, match=r"there is no folder .*; check the path"):
        find_checkpoint(wanted, default=DEFAULT, bundled=BUNDLED)


def test_a_name_that_cannot_be_had_is_never_replaced() -> None:
    with pytest.raises(HubUnreachable, match="organisation/absent is not in the hub cache"):
        find_checkpoint("organisation/absent", default=DEFAULT, bundled=BUNDLED)


def test_the_bundled_checkpoint_can_be_asked_for_by_name() -> None:
    found = find_checkpoint("compact-fr-en", default=DEFAULT, bundled=BUNDLED)
    assert (found.path, found.origin, found.notices) == (BUNDLED, "bundled", ())
    assert found.reason == "bundled with the package"


def test_the_bundled_checkpoint_stands_in_with_both_figures() -> None:
    quality = json.loads((BUNDLED / "quality.json").read_text(encoding="utf-8"))
    default = "Helsinki-NLP/opus-mt-fr-en"
    found = find_checkpoint(None, default=default, bundled=BUNDLED)
    assert (found.path, found.origin) == (BUNDLED, "bundled")
    assert "the hub is not to be asked" in found.reason
    (notice,) = found.notices
    for name in ("compact-fr-en", default):
        assert f"{name} ({quality['scores'][name]:.1f} {quality['metric']})" in notice
    assert quality["scores"][default] == 43.0
    assert notice.endswith("passerelle download")


def test_without_a_bundled_checkpoint_the_error_is_passed_on() -> None:
    with pytest.raises(CheckpointError, match=DEFAULT):
        find_checkpoint(None, default=DEFAULT, bundled=None)


def test_a_damaged_bundled_checkpoint_is_told(folder: Path) -> None:
    (folder / "vocab.json").unlink()
    with pytest.raises(CheckpointDamaged, match=r"vocab\.json is missing"):
        find_checkpoint(None, default=DEFAULT, bundled=folder)


def test_no_socket_is_opened_for_a_checkpoint_on_disk(folder: Path) -> None:
    program = f"""
import os, socket
for name in ("HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE"):
    os.environ.pop(name, None)
def refuse(*arguments, **options):
    raise SystemExit("a socket was opened")
socket.socket.__init__ = refuse
socket.getaddrinfo = refuse
from pathlib import Path
from passerelle.seq2seq.checkpoint import find_checkpoint
cache = Path(os.environ["HF_HOME"], "hub", "models--organisation--larger")
print(find_checkpoint({str(folder)!r}, default={DEFAULT!r}, bundled=None).origin)
print(find_checkpoint(None, default={DEFAULT!r}, bundled=None).origin)
"""
    home = folder.parent / "huggingface"
    repository = home / "hub" / "models--organisation--larger"
    commit = "0123456789abcdef0123456789abcdef01234567"
    (repository / "snapshots" / commit).parent.mkdir(parents=True)
    (repository / "refs").mkdir()
    (repository / "refs" / "main").write_text(commit)
    (repository / "snapshots" / commit).symlink_to(folder)
    environment = {"HF_HOME": str(home), "PATH": "", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False, timeout=60)
    assert (done.stdout, done.stderr) == ("path\ncache\n", "")
    assert done.returncode == 0


@pytest.mark.parametrize(
    "name", ["config.json", "source.spm", "target.spm", "vocab.json", "model.safetensors"], ids=lambda name: name
)
@pytest.mark.parametrize("flaw", ["missing", "empty"])
def test_a_missing_or_empty_file_is_named(folder: Path, name: str, flaw: str) -> None:
    if flaw == "missing":
        (folder / name).unlink()
    else:
        (folder / name).write_bytes(b"")
    with pytest.raises(CheckpointDamaged) as caught:
        verify(folder)
    message = str(caught.value)
    assert name in message
    assert str(folder) in message
    assert message.endswith("copy or download it again")
    assert "\n" not in message


@pytest.mark.parametrize("name", ["config.json", "generation_config.json", "tokenizer_config.json", "vocab.json"])
@pytest.mark.parametrize("content", [b"<html>", b"[1, 2]", b"\xff\xfe\x00", b"{"])
def test_what_should_be_json_and_is_not_is_named(folder: Path, name: str, content: bytes) -> None:
    (folder / name).write_bytes(content)
    with pytest.raises(CheckpointDamaged, match=rf"{name} (is not JSON|does not hold)"):
        verify(folder)


@pytest.mark.parametrize(
    "content",
    [
        b"tiny",
        b"version https://git-lfs.github.com/spec/v1\noid sha256:0123\nsize 17820114\n",
        (2**60).to_bytes(8, "little") + b"{}",
        (4).to_bytes(8, "little") + b"nope" + b"values",
        (4).to_bytes(8, "little") + b"[10]" + b"values",
        (2).to_bytes(8, "little") + b"{}",
        (13).to_bytes(8, "little") + b'{"weight": 1}',
    ],
)
def test_what_should_be_safetensors_and_is_not_is_damaged(folder: Path, content: bytes) -> None:
    (folder / "model.safetensors").write_bytes(content)
    with pytest.raises(CheckpointDamaged, match=r"model\.safetensors is cut short or not what its name says"):
        verify(folder)


def test_weights_that_are_one_byte_short_or_long_are_damaged(folder: Path) -> None:
    weights = folder / "model.safetensors"
    whole = weights.read_bytes()
    verify(folder)
    for content in (whole[:-1], whole + b"x"):
        weights.write_bytes(content)
        with pytest.raises(CheckpointDamaged, match="cut short"):
            verify(folder)


def test_pickled_weights_are_whole_or_damaged(folder: Path) -> None:
    (folder / "model.safetensors").unlink()
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("archive/data.pkl", b"x" * 1000)
    pickled = folder / "pytorch_model.bin"
    for whole in (archive.getvalue(), b"\x80\x02}q\x00."):
        pickled.write_bytes(whole)
        verify(folder)
    for broken in (archive.getvalue()[:600], b"<html>"):
        pickled.write_bytes(broken)
        with pytest.raises(CheckpointDamaged, match=r"pytorch_model\.bin is cut short"):
            verify(folder)


@pytest.mark.parametrize(
    "config", ['{"model_type": "bert", "is_encoder_decoder": false}', '{"is_encoder_decoder": true}']
)
def test_other_kinds_of_checkpoint_are_refused(folder: Path, config: str) -> None:
    (folder / "config.json").write_text(config)
    with pytest.raises(CheckpointDamaged, match="does not describe an encoder-decoder"):
        verify(folder)


def test_other_families_need_some_tokenizer(folder: Path) -> None:
    (folder / "config.json").write_text('{"model_type": "t5", "is_encoder_decoder": true}')
    for name in ("source.spm", "target.spm", "vocab.json"):
        (folder / name).unlink()
    with pytest.raises(CheckpointDamaged, match="no tokenizer file"):
        verify(folder)
    (folder / "spiece.model").write_bytes(b"pieces")
    verify(folder)


def test_a_file_is_not_a_folder(folder: Path) -> None:
    with pytest.raises(CheckpointDamaged, match="is a file; give the folder"):
        verify(folder / "model.safetensors")


def test_the_packaged_checkpoint_is_whole() -> None:
    verify(BUNDLED)
    assert (BUNDLED / "model.safetensors").stat().st_size > 1_000_000


def test_a_fingerprint_follows_the_content_and_nothing_else(folder: Path, tmp_path: Path) -> None:
    first = fingerprint(folder)
    assert len(bytes.fromhex(first)) == 32
    moved = folder.rename(tmp_path / "elsewhere")
    (moved / "README.md").write_text("a model card is not part of it")
    (moved / "quality.json").write_text("{}")
    assert fingerprint(moved) == first
    for name in ("model.safetensors", "vocab.json", "target.spm"):
        path = moved / name
        whole = path.read_bytes()
        path.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
        assert fingerprint(moved) != first
        path.write_bytes(whole)
    (moved / "generation_config.json").unlink()
    assert fingerprint(moved) != first
