"""One file of a job, from its bytes to the bytes of its English."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from passerelle.seq2seq.errors import InputError, OutputError
from passerelle.translate.documents import DocumentOptions, OpenDocument, Unit
from passerelle.translate.documents.core.files import read_bytes, write_atomic
from passerelle.translate.translation import Translation


@dataclass(frozen=True)
class Written:
    """A result that is ready: its place, the hash of what it holds, and that itself or the file where it waits."""

    path: Path
    digest: str
    content: bytes = b""
    part: Path | None = None

    def place(self) -> None:
        """Give the result its name, at once.  Raises OutputError with nothing harmed."""
        if self.part is None:
            write_atomic(self.path, self.content)
            return
        try:
            with self.part.open("rb+") as file:
                os.fsync(file.fileno())
            mask = os.umask(0)
            os.umask(mask)
            self.part.chmod(0o666 & ~mask)
            self.part.replace(self.path)
        except OSError as error:
            raise OutputError(f"{self.path}: cannot be written ({error.strerror}); free space and run again") from error


class Opened(Protocol):
    """A file that is being translated.

    ``digest``: the hash of its bytes.  ``notices``: remarks.  ``is_whole``: whether it comes in one piece.
    """

    digest: str
    notices: tuple[str, ...]
    is_whole: bool

    def pieces(self) -> Iterator[tuple[Unit, ...]]:
        """Yield what is to be translated, piece by piece.  Raises InputError where the file changes."""

    def take(self, translations: Sequence[Translation]) -> None:
        """Take in the English of the next piece, a translation for each of its units."""

    def result(self) -> Written:
        """Return the finished file, not yet in its place.  Raises OutputError."""

    def drop(self) -> None:
        """Leave nothing behind."""


class OpenedDocument:
    """A document of any format, held whole; see ``Opened``."""

    is_whole = True

    def __init__(self, content: bytes, digest: str, name: str, target: Path, options: DocumentOptions) -> None:
        self._target = target
        self._document = OpenDocument(content, name, options)
        self._translations: Sequence[Translation] = ()
        self.digest = digest
        self.notices = self._document.notices

    def pieces(self) -> Iterator[tuple[Unit, ...]]:
        """Yield all units at once."""
        yield self._document.units

    def take(self, translations: Sequence[Translation]) -> None:
        """Take in the English of all units."""
        self._translations = translations

    def result(self) -> Written:
        """Return the file in English, read back and found to be built alike and to hold the English."""
        content = self._document.finish(self._translations)
        return Written(self._target, digest(content), content)

    def drop(self) -> None:
        """Nothing is left behind by what was never written."""


def read_at_rest(path: Path, name: str) -> bytes:
    """Return what ``path`` holds.  Raises InputError where it cannot be read, or changes while it is."""
    for _ in range(2):
        before = stamp(path)
        content = read_bytes(path)
        if stamp(path) == before and len(content) == before[0]:
            return content
    raise changed(name)


def changed(name: str) -> InputError:
    """The error of a file that somebody writes while it is read."""
    return InputError(f"{name} changed while it was read; run again when it is at rest")


def stamp(path: Path) -> tuple[int, int, int]:
    """Return size, time of change and number of the file.  Raises InputError where it is gone."""
    try:
        found = path.stat()
    except OSError as error:
        raise InputError(f"{path.name}: it is gone or cannot be read ({error.strerror}); run again") from error
    return found.st_size, found.st_mtime_ns, found.st_ino


def digest(content: bytes) -> str:
    """Return the hash by which contents are compared."""
    return hashlib.sha256(content).hexdigest()


def digest_of(path: Path) -> str | None:
    """Return the hash of the file ``path``, None where there is none that can be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None
