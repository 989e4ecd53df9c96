"""Files with people's texts in them: nobody else on the machine may read them."""

from __future__ import annotations

import os
import stat
from pathlib import Path


def make_private(path: Path) -> None:
    """Make the file ``path``, for its owner alone from the first byte; take the world's rights from one that is there.

    What SQLite makes beside a database has the rights of the database.  Raises OSError where it cannot be made.
    """
    try:
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0), 0o600))
    except FileExistsError:
        mode = stat.S_IMODE(path.stat().st_mode)
        if mode & stat.S_IRWXO and os.access(path, os.W_OK):
            _without_world(path, mode)


def _without_world(path: Path, mode: int) -> None:
    try:
        path.chmod(mode & ~stat.S_IRWXO)
    except PermissionError:  # it is somebody else's, who may write here
        return
