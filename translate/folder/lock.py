"""One job at a time in a folder: a lock of the operating system, which no kill leaves behind."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from passerelle.seq2seq.errors import OutputError


@contextmanager
def held(folder: Path) -> Iterator[None]:
    """Hold the lock of ``folder``, which is made, while the block runs.

    Raises OutputError at once where another process holds it, with that one's number, or where ``folder`` cannot
    be written.
    """
    from filelock import FileLock, Timeout

    owner = folder / "owner"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(folder / "lock", timeout=0)
        lock.acquire()
    except Timeout as error:
        raise OutputError(
            f"{folder.parent} is being written by another job (process {_read(owner)}); wait for it or stop it"
        ) from error
    except (OSError, NotImplementedError) as error:
        reason = getattr(error, "strerror", None) or error
        raise OutputError(f"{folder.parent} cannot be written ({reason}); choose another folder") from error
    try:
        owner.write_text(f"{os.getpid()}\n", encoding="ascii")
    except OSError as error:
        lock.release()
        raise OutputError(f"{folder.parent} cannot be written ({error.strerror}); free space and run again") from error
    try:
        yield
    finally:
        lock.release()


def _read(owner: Path) -> str:
    try:
        return owner.read_text(encoding="ascii").strip() or "unknown"
    except (OSError, UnicodeDecodeError):
        return "unknown"
