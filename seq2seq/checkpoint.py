"""From what was asked for to a folder on this machine that holds a checkpoint, with the reason for the choice."""

from __future__ import annotations

import functools
import hashlib
import json
import os
import struct
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from passerelle.seq2seq.errors import (
    CheckpointDamaged,
    CheckpointError,
    CheckpointNotFound,
    HubUnreachable,
    MissingExtra,
)
from passerelle.seq2seq.hub import WEIGHTS, Hub, Progress, needed

Origin = Literal["path", "cache", "hub", "bundled"]


@dataclass(frozen=True)
class Checkpoint:
    """A folder that holds a whole encoder-decoder checkpoint.

    ``name``: as a user would write it.  ``origin``: ``"path"`` (a folder that was named), ``"cache"`` (on disk
    since an earlier download), ``"hub"`` (downloaded just now) or ``"bundled"`` (comes with the package).
    ``reason``: one line.  ``notices``: what the user should be told, a line each.
    """

    name: str
    path: Path
    origin: Origin
    reason: str
    notices: tuple[str, ...] = ()


def find_checkpoint(
    wanted: str | Path | None,
    *,
    default: str,
    bundled: Path | None,
    offline: bool | None = None,
    progress: Progress | None = None,
) -> Checkpoint:
    """Find the checkpoint that was ``wanted``: a folder, a name on the hub, or the bundled one's name.

    With None it is ``default``, a name on the hub, and where that cannot be had the ``bundled`` folder serves,
    with a notice.  What is wanted by name is never replaced by something else.  ``offline`` True makes no
    request, False may, None asks the environment (``HF_HUB_OFFLINE``).  ``progress`` follows a download in
    bytes.  Nothing is asked of the network when the checkpoint is on disk.

    Raises CheckpointNotFound, CheckpointDamaged or HubUnreachable.
    """
    hub = Hub.from_environment(offline)
    if wanted is not None:
        folder = Path(wanted).expanduser()
        if isinstance(wanted, Path) or folder.exists() or _looks_like_path(wanted):
            verify(folder)
            return Checkpoint(folder.name or str(folder.resolve()), folder, "path", "the folder that was named")
        if bundled is not None and wanted == bundled.name:
            verify(bundled)
            return Checkpoint(bundled.name, bundled, "bundled", "bundled with the package")
        return _from_hub(wanted, hub, progress)
    try:
        return _from_hub(default, hub, progress)
    except (CheckpointError, MissingExtra) as error:
        if bundled is None:
            raise
        cause = str(error).partition("; ")[0]
    verify(bundled)
    return _stand_in(bundled, default, cause)


def download(name: str, *, progress: Progress | None = None) -> Checkpoint:
    """Make sure that ``name``, a name on the hub, is whole in the hub cache, downloading what is missing.

    A damaged copy is downloaded again.  Raises CheckpointNotFound, CheckpointDamaged or HubUnreachable.
    """
    return _from_hub(name, Hub.from_environment(), progress)


def _from_hub(name: str, hub: Hub, progress: Progress | None) -> Checkpoint:
    flaw = ""
    folder = hub.cached(name)
    if folder is not None:
        try:
            verify(folder)
        except CheckpointDamaged as error:
            flaw = str(error).partition("; ")[0]
        else:
            return Checkpoint(name, folder, "cache", f"found in the hub cache, {hub.cache}; no network needed")
    try:
        folder = hub.download(name, progress)
        try:
            verify(folder)
        except CheckpointDamaged:
            folder = hub.download(name, progress, force=True)
            verify(folder)
    except HubUnreachable as error:
        if flaw:
            raise CheckpointDamaged(f"the hub cache holds a broken copy ({flaw}) and {error}") from error
        if hub.offline:
            raise HubUnreachable(
                f"{name} is not in the hub cache ({hub.cache}) and the hub is not to be asked; "
                "unset HF_HUB_OFFLINE or name a folder on disk"
            ) from error
        raise
    return Checkpoint(name, folder, "hub", f"downloaded from {hub.endpoint} into {hub.cache}")


def _stand_in(bundled: Path, default: str, cause: str) -> Checkpoint:
    scores = _scores(bundled)
    name = bundled.name
    small, large = name + scores.get(name, ""), default + scores.get(default, "")
    notice = f"Using the bundled {small} instead of {large}: {cause}. To get the larger one: passerelle download"
    return Checkpoint(name, bundled, "bundled", f"bundled with the package, because {cause}", (notice,))


def _scores(folder: Path) -> dict[str, str]:
    """The measured quality of each checkpoint that ``quality.json`` names, worded for a notice.

    The file looks like ``{"metric": "flores-dev BLEU", "scores": {"a-name": 12.3, "organisation/name": 45.6}}``.
    """
    path = folder / "quality.json"
    if not path.is_file():
        return {}
    quality = _read_json(path)
    return {name: f" ({score:.1f} {quality['metric']})" for name, score in quality["scores"].items()}


def _looks_like_path(wanted: str | Path) -> bool:
    text = str(wanted).replace(os.sep, "/")
    return text.startswith((".", "~")) or Path(wanted).is_absolute() or text.count("/") > 1


def verify(folder: Path) -> None:
    """Check that ``folder`` holds a whole encoder-decoder checkpoint, without reading the weights themselves.

    Raises CheckpointNotFound where there is no such folder, and CheckpointDamaged where a file is missing, cut
    short or of the wrong kind.
    """
    if not folder.exists():
        raise CheckpointNotFound(
            f"there is no folder {folder}; check the path, or give a name such as organisation/name"
        )
    if not folder.is_dir():
        raise CheckpointDamaged(f"{folder} is a file; give the folder that holds the checkpoint's files")
    config = _read_json(_present(folder, "config.json"))
    family = config.get("model_type")
    if not isinstance(family, str) or config.get("is_encoder_decoder") is False:
        raise _damaged(folder, "config.json does not describe an encoder-decoder")
    for name in ("generation_config.json", "tokenizer_config.json", "tokenizer.json", "vocab.json"):
        if (folder / name).exists():
            _read_json(folder / name)
    names = {path.name for path in folder.iterdir()}
    if family == "marian":
        for name in ("source.spm", "target.spm", "vocab.json"):
            _present(folder, name)
    elif not any(
        name in {"tokenizer.json", "vocab.json", "vocab.txt"} or name.endswith((".spm", ".model")) for name in names
    ):
        raise _damaged(folder, "no tokenizer file")
    _verify_weights(folder, names)


def _verify_weights(folder: Path, names: set[str]) -> None:
    name = next((name for name in WEIGHTS if name in names), None)
    if name is None:
        raise _damaged(folder, f"no weights ({' or '.join(WEIGHTS)})")
    path = _present(folder, name)
    if not (_whole_safetensors(path) if name.endswith(".safetensors") else _whole_pickle(path)):
        raise _damaged(folder, f"{name} is cut short or not what its name says ({path.stat().st_size:,} bytes)")


def _whole_safetensors(path: Path) -> bool:
    """Whether the file's length is what its header says.  Format: 8 bytes length, JSON header, tensors."""
    size = path.stat().st_size
    with path.open("rb") as file:
        prefix = file.read(8)
        if len(prefix) < 8:
            return False
        (length,) = struct.unpack("<Q", prefix)
        if length > size - 8:
            return False
        header = file.read(length)
    try:
        entries = json.loads(header)
        entries.pop("__metadata__", None)
        return size == 8 + int(length) + max(int(entry["data_offsets"][1]) for entry in entries.values())
    except (ValueError, AttributeError, TypeError, LookupError):
        return False


def _whole_pickle(path: Path) -> bool:
    """Whether a pickled state is a whole zip archive, or in the format before that, which tells no length."""
    with path.open("rb") as file:
        start = file.read(2)
    return zipfile.is_zipfile(path) if start == b"PK" else start == b"\x80\x02"


def _present(folder: Path, name: str) -> Path:
    path = folder / name
    if not path.is_file():
        raise _damaged(folder, f"{name} is missing")
    if path.stat().st_size == 0:
        raise _damaged(folder, f"{name} is empty")
    return path


def _read_json(path: Path) -> dict[str, Any]:
    try:
        content = json.loads(path.read_bytes())
    except ValueError as error:
        raise _damaged(path.parent, f"{path.name} is not JSON ({error})") from error
    if not isinstance(content, dict):
        raise _damaged(path.parent, f"{path.name} does not hold a JSON object")
    return content


def _damaged(folder: Path, flaw: str) -> CheckpointDamaged:
    return CheckpointDamaged(f"the checkpoint in {folder} cannot be used: {flaw}; copy or download it again")


def fingerprint(path: Path) -> str:
    """A hash, 64 hexadecimal digits, of the files that a checkpoint is made of: their names, sizes and contents.

    The same files give the same hash wherever they lie.  Every byte is read, about a second for 300 MB, and
    read again only after a file has changed its size or its time.
    """
    files = [path / name for name in needed(entry.name for entry in path.iterdir())]
    states = [file.stat() for file in files]
    return _hash(tuple((file, state.st_size, state.st_mtime_ns) for file, state in zip(files, states, strict=True)))


@functools.lru_cache(maxsize=16)
def _hash(files: tuple[tuple[Path, int, int], ...]) -> str:
    total = hashlib.sha256()
    for path, size, _ in files:
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        total.update(f"{path.name} {size} {digest}\n".encode())
    return total.hexdigest()
