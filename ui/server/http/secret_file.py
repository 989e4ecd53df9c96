"""A file of lines that only its owner may read: written whole, read again as soon as it has changed."""

from __future__ import annotations

from pathlib import Path

from passerelle.translate.documents.core.files import write_atomic


class SecretFile:
    """The lines of ``path``."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._stamp: tuple[int, ...] = ()

    def has_changed(self) -> bool:
        """Say whether the file is another than at the last call."""
        try:
            found = self.path.stat()
            stamp: tuple[int, ...] = (found.st_ino, found.st_size, found.st_mtime_ns)
        except OSError:
            stamp = (0,)
        changed, self._stamp = stamp != self._stamp, stamp
        return changed

    def lines(self) -> list[str]:
        """Return the lines that are not blank; none where there is no file.  Raises OSError, UnicodeDecodeError."""
        try:
            text = self.path.read_text(encoding="utf-8")
        except FileNotFoundError:
            return []
        return [line for line in text.splitlines() if line.strip()]

    def write(self, lines: list[str]) -> None:
        """Put ``lines`` in the place of what is there.  Raises OutputError."""
        write_atomic(self.path, "".join(f"{line}\n" for line in lines).encode(), 0o600)
