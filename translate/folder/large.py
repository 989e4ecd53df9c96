"""A text too large to be held whole: read, translated and written piece by piece, cut at blank lines.

A paragraph never runs over a blank line, so the pieces give the same English as the whole.  Where there is none
in two million characters the cut is made at a line end, or else at a blank.
"""

from __future__ import annotations

import codecs
import hashlib
import os
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from passerelle.seq2seq.errors import InputError, OutputError
from passerelle.translate.documents import Unit
from passerelle.translate.documents.core.text import decode
from passerelle.translate.folder.opening import Written, changed, stamp
from passerelle.translate.translation import Translation

LARGE = 4_000_000
"""Bytes above which a plain text is taken in pieces."""

_BLOCK, _PIECE, _LONGEST = 1 << 20, 200_000, 2_000_000
_SAMPLE = 65_536
_NOT_IN_CP1252 = frozenset(b"\x81\x8d\x8f\x90\x9d")


class LargeText:
    """A large plain text on its way; see ``Opened`` for the methods.  Raises InputError where it is not text."""

    is_whole = False

    def __init__(self, path: Path, name: str, target: Path) -> None:
        self._path = path
        self._name = name
        self._target = target
        self._stamp = stamp(path)
        self.digest, self._encoding, notice = _examine(path, name)
        self.notices: tuple[str, ...] = (notice,) if notice else ()
        self._encoder = codecs.getincrementalencoder("utf-16" if self._encoding == "utf-16" else "utf-8")(
            "surrogatepass" if self._encoding == "utf-16" else "surrogateescape"
        )
        self._hash = hashlib.sha256()
        self._part: Path | None = None

    def pieces(self) -> Iterator[tuple[Unit, ...]]:
        """Yield the text, a few hundred thousand characters at a time."""
        try:
            with self._path.open(encoding=self._encoding, newline="") as file:
                held = ""
                while block := file.read(_PIECE):
                    held += block
                    end = _cut(held)
                    if end:
                        yield (Unit(held[:end]),)
                        held = held[end:]
                if held:
                    yield (Unit(held),)
        except UnicodeDecodeError as error:
            raise changed(self._name) from error
        except OSError as error:
            raise InputError(f"{self._name}: cannot be read any more ({error.strerror}); run again") from error
        if stamp(self._path) != self._stamp:
            raise changed(self._name)

    def take(self, translations: Sequence[Translation]) -> None:
        """Append the English of the next piece to what will be the file.  Raises OutputError."""
        content = self._encoder.encode("".join(translation.text for translation in translations))
        self._hash.update(content)
        try:
            if self._part is None:
                self._target.parent.mkdir(parents=True, exist_ok=True)
                handle, name = tempfile.mkstemp(
                    dir=self._target.parent, prefix=f".{self._target.name[:40]}.", suffix=".part"
                )
                os.close(handle)
                self._part = Path(name)
            with self._part.open("ab") as file:
                file.write(content)
        except OSError as error:
            self.drop()
            raise _unwritten(self._target, error) from error

    def result(self) -> Written:
        """Return the whole file, written and waiting for its name."""
        if self._part is None:
            self.take(())
        assert self._part is not None
        return Written(self._target, self._hash.hexdigest(), part=self._part)

    def drop(self) -> None:
        """Remove what was written."""
        if self._part is not None:
            self._part.unlink(missing_ok=True)


def _examine(path: Path, name: str) -> tuple[str, str, str]:
    """Return the hash of the file, its encoding, and what there is to say about that."""
    digest = hashlib.sha256()
    decoder: codecs.IncrementalDecoder | None = codecs.getincrementaldecoder("utf-8")()
    is_cp1252 = True
    try:
        with path.open("rb") as file:
            start = file.read(_SAMPLE)
            decode(start, name)
            file.seek(0)
            while block := file.read(_BLOCK):
                digest.update(block)
                is_cp1252 = is_cp1252 and _NOT_IN_CP1252.isdisjoint(block)
                decoder = decoder and _still(decoder, block)
    except OSError as error:
        raise InputError(f"{name}: cannot be read ({error.strerror}); check its permissions") from error
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return digest.hexdigest(), "utf-16", ""
    if decoder is not None:
        return digest.hexdigest(), "utf-8", ""
    encoding, label = ("cp1252", "Windows-1252") if is_cp1252 else ("latin-1", "Latin-1")
    return digest.hexdigest(), encoding, f"{name} is not UTF-8; it was read as {label}, and what is written is UTF-8"


def _still(decoder: codecs.IncrementalDecoder, block: bytes) -> codecs.IncrementalDecoder | None:
    try:
        decoder.decode(block)
    except UnicodeDecodeError:
        return None
    return decoder


def _cut(text: str) -> int:
    """Return where ``text`` can be cut, 0 where more has to be read first."""
    blank = max(text.rfind(line + line) + 2 * len(line) for line in ("\n", "\r\n"))
    if blank > 4:
        return blank
    if len(text) < _LONGEST:
        return 0
    return (text.rfind("\n") + 1) or (text.rfind(" ") + 1) or len(text)


def _unwritten(path: Path, error: OSError) -> OutputError:
    return OutputError(f"{path}: cannot be written ({error.strerror or error}); free space and run again")
