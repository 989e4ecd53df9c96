"""Plain text: bytes in any usual encoding to a string, and back with the same line ends and byte-order mark."""

from __future__ import annotations

import codecs
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from passerelle.seq2seq.errors import InputError
from passerelle.translate.documents.core.files import read_bytes

_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_CONTROLS = frozenset(range(32)) - set(b"\t\n\r\x0b\x0c\x1b")


@dataclass(frozen=True)
class Text:
    """A decoded file.

    ``text``: its characters, a byte-order mark included.  ``encoding``: how it was read.  ``notices``: remarks
    for the user, a line each.
    """

    text: str
    encoding: str
    notices: tuple[str, ...] = ()

    def encode(self, text: str) -> bytes:
        """Return ``text`` as bytes in UTF-8 (or UTF-16 with its mark, where the file was in that)."""
        if self.encoding == "utf-16":
            return text.encode("utf-16", "surrogatepass")
        return text.encode("utf-8", "surrogateescape")


def read(path: Path) -> Text:
    """Read the file ``path``.  Raises InputError where it is missing, a folder, unreadable or not text."""
    return decode(read_bytes(path), str(path))


def decode(content: bytes, name: str) -> Text:
    """Decode ``content``: UTF-8, UTF-16 with a byte-order mark, else Windows-1252 or Latin-1, with a notice.

    ``name`` is what errors call it.  Raises InputError where it is not text.
    """
    if content.startswith(_UTF16):
        try:
            return Text(content.decode("utf-16"), "utf-16")
        except UnicodeDecodeError as error:
            raise _not_text(name) from error
    if _is_binary(content):
        raise _not_text(name)
    try:
        return Text(content.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        pass
    for encoding, label in (("cp1252", "Windows-1252"), ("latin-1", "Latin-1")):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return Text(text, encoding, (f"{name} is not UTF-8; it was read as {label}, and what is written is UTF-8",))
    raise _not_text(name)


def lines(text: str) -> Iterator[tuple[int, int]]:
    """Yield the span of each line of ``text``, its line break (LF, CR LF or CR) included."""
    position = 0
    for line in io.StringIO(text, newline=""):
        yield position, position + len(line)
        position += len(line)


def _is_binary(content: bytes) -> bool:
    sample = content[:65_536]
    controls = sum(byte in _CONTROLS for byte in sample)
    return b"\x00" in sample or controls > len(sample) // 100


def _not_text(name: str) -> InputError:
    return InputError(f"{name} is not a text file; give .txt or .md, or save it as text first")
