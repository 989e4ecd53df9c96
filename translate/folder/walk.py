"""Which files a job takes on: every regular file below a folder, in a fixed order, links followed once."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path


@dataclass(frozen=True)
class Entry:
    """One file of the tree.

    ``name``: its path below the folder, with ``/`` between parts; bytes that are not UTF-8 stand in it as lone
    surrogates (``os.fsdecode``).  ``size``: bytes.  ``stamp``: when it was changed, in nanoseconds.  ``problem``:
    why it cannot be read, empty where it can.
    """

    name: str
    size: int = 0
    stamp: int = 0
    problem: str = ""

    @property
    def suffix(self) -> str:
        """The ending of the name in small letters, dot included."""
        return os.path.splitext(self.name)[1].lower()  # noqa: PTH122 - a name, not a path of this system


@dataclass(frozen=True)
class Globs:
    """Which names are wanted.

    A glob is held against the whole path below the folder and against the last part of it; ``*`` crosses folders.
    ``include``: one of these must fit, where there are any.  ``exclude``: none of these may.
    """

    include: Sequence[str] = ()
    exclude: Sequence[str] = ()

    def takes(self, name: str) -> bool:
        """Whether the file ``name`` is wanted."""
        return (not self.include or _fits(name, self.include)) and not self.excludes(name)

    def excludes(self, name: str) -> bool:
        """Whether the file or folder ``name`` is excluded."""
        return _fits(name, self.exclude)


def walk(source: Path, globs: Globs, avoid: Path) -> Iterator[Entry]:
    """Yield the files of ``source`` that ``globs`` take, folder by folder in the order of their names.

    Hidden names and the locks of office programs are passed over, and so is the folder ``avoid``.  A folder that
    was seen before, which is where a loop of links leads, and a folder that cannot be listed are entries with a
    problem.
    """
    seen = {found for found in (_identity(source), _identity(avoid)) if found is not None}
    yield from _folder(source, "", globs, seen)


def _folder(source: Path, below: str, globs: Globs, seen: set[tuple[int, int]]) -> Iterator[Entry]:
    waiting = [below]
    while waiting:
        folder = waiting.pop()
        try:
            with os.scandir(source / folder) as found:
                items = sorted(found, key=lambda item: item.name)
        except OSError as error:
            yield Entry(
                folder or ".", problem=f"this folder cannot be listed ({error.strerror}); check its permissions"
            )
            continue
        inner = []
        for item in items:
            name = f"{folder}/{item.name}" if folder else item.name
            if item.name.startswith((".", "~$")) or globs.excludes(name):
                continue
            if _ask(item.is_dir):
                known = _identity(source / name)
                if known is None or known in seen:
                    if item.is_symlink():
                        yield Entry(name, problem="this link leads to a folder that is part of the job already")
                    continue
                seen.add(known)
                inner.append(name)
            elif globs.takes(name):
                yield _entry(source / name, name)
        waiting += reversed(inner)


def _entry(path: Path, name: str) -> Entry:
    try:
        found = path.stat()
    except OSError as error:
        return Entry(name, problem=f"cannot be read ({error.strerror}); check that it is still there")
    if not stat.S_ISREG(found.st_mode):
        return Entry(name, problem="is a pipe, a device or a socket, not a file")
    return Entry(name, found.st_size, found.st_mtime_ns)


def _ask(question: Callable[[], bool]) -> bool:
    try:
        return question()
    except OSError:  # a link that leads to itself
        return False


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _fits(name: str, globs: Sequence[str]) -> bool:
    last = name.rpartition("/")[2]
    return any(fnmatchcase(name, glob) or fnmatchcase(last, glob) for glob in globs)
