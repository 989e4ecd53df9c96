"""Reading and writing files so that nothing is ever half there."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from passerelle.seq2seq.errors import InputError, OutputError


def read_bytes(path: Path) -> bytes:
    """Return what ``path`` holds.  Raises InputError with what to do where it cannot be read."""
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise InputError(f"{path}: no such file; check the name") from error
    except IsADirectoryError as error:
        raise InputError(f"{path} is a folder; give a file, or use: passerelle folder {path} OUT") from error
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror or error}); check its permissions") from error


def write_atomic(path: Path, content: bytes, mode: int | None = None) -> None:
    """Write ``content`` to ``path`` at once: a reader sees the old file or the whole new one, never a part.

    ``mode``: the permissions, None for those that the file has or a new one gets.  A link stays a link, and a device
    or a pipe is written into.  Raises OutputError, with the old file unharmed, where the folder cannot be written or
    the disk is full.
    """
    temporary: Path | None = None
    path = path.resolve()
    try:
        if path.exists() and not path.is_file():
            path.write_bytes(content)
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:40]}.", suffix=".part")
        temporary = Path(name)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(_mode(path) if mode is None else mode)
        temporary.replace(path)
    except OSError as error:
        if temporary is not None:
            temporary.unlink(missing_ok=True)
        raise OutputError(
            f"{path}: cannot be written ({error.strerror or error}); free space or choose another place with -o"
        ) from error


def check_writable(path: Path) -> None:
    """Raise OutputError now, before any work is done, where ``path`` could not be written later."""
    if path.is_dir():
        raise OutputError(f"{path} is a folder; give the name of a file with -o")
    folder = path.parent
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    if not folder.is_dir() or not os.access(folder, os.W_OK) or (path.exists() and not os.access(path, os.W_OK)):
        raise OutputError(f"{path}: cannot be written there; choose another place with -o")


def _mode(path: Path) -> int:
    """The permissions that ``path`` has, or that a new file would get."""
    try:
        return path.stat().st_mode & 0o777
    except FileNotFoundError:
        mask = os.umask(0)
        os.umask(mask)
        return 0o666 & ~mask
