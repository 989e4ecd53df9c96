"""A folder as files of a limited size, for ways that carry nothing larger, and back.

``NAME.000``, ``NAME.001`` and so on are a tar archive cut in pieces; ``NAME.json`` says how long they are and what
they add up to, so that a piece that is lost, cut short or of another save is noticed.
"""

from __future__ import annotations

import hashlib
import io
import json
import shutil
import tarfile
import tempfile
from pathlib import Path
from typing import Any

MEBIBYTE = 1024 * 1024


def split(folder: Path, target: Path, name: str, largest: int, *, compress: bool = False) -> list[Path]:
    """Write what lies in ``folder`` as pieces of at most ``largest`` bytes called ``name`` into ``target``.

    Returns their paths, the index last.  Pieces of that name from before are replaced, only once all are written.
    """
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        pieces = _Pieces(Path(scratch), name, largest)
        with tarfile.open(fileobj=pieces, mode="w|xz" if compress else "w|") as archive:
            for path in sorted(folder.rglob("*")):
                archive.add(path, str(path.relative_to(folder)), recursive=False, filter=_timeless)
        written = pieces.finish()
        for old in target.glob(f"{name}.[0-9][0-9][0-9]"):
            if old.name not in {path.name for path in written}:
                old.unlink()
        return [Path(shutil.move(path, target / path.name)) for path in written]


def join(source: Path, name: str, folder: Path) -> None:
    """Unpack the pieces called ``name`` that lie in ``source`` into ``folder``.

    Raises ValueError with the piece that is missing or damaged, and then writes nothing.
    """
    index = source / f"{name}.json"
    if not index.is_file():
        raise ValueError(f"{index} is missing: give the folder that holds {name}.json and the pieces beside it")
    described = json.loads(index.read_text(encoding="utf-8"))
    found = hashlib.sha256()
    with tempfile.TemporaryFile() as whole:
        for file, size in described["pieces"].items():
            path = source / file
            content = path.read_bytes() if path.is_file() else b""
            if len(content) != size:
                raise ValueError(f"{path} has {len(content):,} bytes in place of {size:,}: fetch it again")
            found.update(content)
            whole.write(content)
        if found.hexdigest() != described["sha256"]:
            raise ValueError(f"{source}: the pieces of {name} are not of one save: fetch them all again")
        whole.seek(0)
        folder.mkdir(parents=True, exist_ok=True)
        with tarfile.open(fileobj=whole, mode="r:*") as archive:
            archive.extractall(folder, filter="data")


class _Pieces(io.RawIOBase):
    """A stream that goes into files of at most ``largest`` bytes."""

    def __init__(self, folder: Path, name: str, largest: int) -> None:
        self._folder, self._name, self._largest = folder, name, largest
        self._sizes: dict[str, int] = {}
        self._sum = hashlib.sha256()

    def writable(self) -> bool:
        """Say that this stream can be written to."""
        return True

    def write(self, content: Any) -> int:
        """Append ``content`` to the last file, and to new ones where it is full."""
        rest = memoryview(content)
        self._sum.update(rest)
        while rest:
            file = f"{self._name}.{max(len(self._sizes) - 1, 0):03}"
            if self._sizes.get(file, 0) == self._largest:
                file = f"{self._name}.{len(self._sizes):03}"
            part = rest[: self._largest - self._sizes.get(file, 0)]
            with (self._folder / file).open("ab") as piece:
                piece.write(part)
            self._sizes[file] = self._sizes.get(file, 0) + len(part)
            rest = rest[len(part) :]
        return len(content)

    def finish(self) -> list[Path]:
        """Write the index and return all paths."""
        index = self._folder / f"{self._name}.json"
        described = {"sha256": self._sum.hexdigest(), "pieces": self._sizes}
        index.write_text(json.dumps(described, indent=2) + "\n", encoding="utf-8")
        return [*(self._folder / file for file in self._sizes), index]


def _timeless(member: tarfile.TarInfo) -> tarfile.TarInfo:
    """The same content gives the same pieces, whenever and by whom it was written."""
    member.mtime = member.uid = member.gid = 0
    member.uname = member.gname = ""
    return member
