"""Where converted models are kept: made once, whole or not at all, by one process at a time."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class Converted:
    """A converted model: in ``folder``, or in memory as ``files`` where no folder could be written.

    ``notice``: one line where it is not kept for the next time.
    """

    folder: Path | None
    files: dict[str, bytes] = field(default_factory=dict)
    notice: str = ""

    def read(self, name: str) -> bytes:
        """Return the content of the file ``name``."""
        return (self.folder / name).read_bytes() if self.folder else self.files[name]


def cache_folder() -> Path:
    """Where converted models are kept: ``$PASSERELLE_CACHE``, or else the user's cache folder."""
    import platformdirs

    return Path(os.environ.get("PASSERELLE_CACHE") or platformdirs.user_cache_path("passerelle")) / "ctranslate2"


def converted(key: str, make: Callable[[], dict[str, bytes]]) -> Converted:
    """Return the model kept under ``key``, or the one whose files ``make`` returns, and keep that.

    A reader sees the whole model or none: files are written to a folder beside and renamed.  A second process
    waits for the first one and takes what it made.  Where the cache cannot be written the files stay in memory.
    """
    import filelock

    home = cache_folder()
    folder = home / key
    if folder.is_dir():
        return Converted(folder)
    try:
        home.mkdir(parents=True, exist_ok=True)
        with filelock.FileLock(home / f"{key}.lock"):
            if not folder.is_dir():
                _write(make(), folder)
        return Converted(folder)
    except OSError as error:
        reason = f"converted in memory, because {home} cannot be written ({error.strerror or error})"
        return Converted(None, make(), reason)


def _write(files: dict[str, bytes], folder: Path) -> None:
    temporary = Path(tempfile.mkdtemp(prefix=f"{folder.name}.", dir=folder.parent))
    try:
        for name, content in files.items():
            (temporary / name).write_bytes(content)
        temporary.rename(folder)
    except OSError:
        shutil.rmtree(temporary, ignore_errors=True)
        raise
