"""Plain text: bytes in any usual encoding to a string, and back with the same line ends and byte-order mark."""

from __future__ import annotations

import codecs
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from seq2seq.errors import InputError
from translate.documents.document import DocumentOptions, Unit
from translate.documents.files import read_bytes

if TYPE_CHECKING:
    from translate.translation import Translation

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


@dataclass(frozen=True)
class TextDocument:
    """A text file that was read."""

    decoded: Text

    @property
    def units(self) -> tuple[Unit, ...]:
        """The whole text, as one: its paragraphs are known to the segmenter."""
        return (Unit(self.decoded.text),)

    @property
    def notices(self) -> tuple[str, ...]:
        """How the file was decoded, where that is not plain."""
        return self.decoded.notices

    def write(self, english: Sequence[Translation]) -> bytes:
        """Return the text in English."""
        (translation,) = english
        return self.decoded.encode(translation.text)


def parse(content: bytes, name: str, options: DocumentOptions) -> TextDocument:
    """Read a text file.  Raises InputError where it is not text."""
    return TextDocument(decode(content, name))


def lines(text: str) -> Iterator[tuple[int, int]]:
    """Yield the span of each line of ``text``, its line break (LF, CR LF or CR) included."""
    position = 0
    for line in io.StringIO(text, newline=""):
        yield position, position + len(line)
        position += len(line)


def outline(content: bytes, name: str) -> Any:
    """Return the sizes of the gaps between paragraphs, in order."""
    gaps = [0]
    text = decode(content, name).text
    for start, end in lines(text):
        if text[start:end].strip():
            gaps += [0] if gaps[-1] else []
        else:
            gaps[-1] += 1
    return gaps


def _is_binary(content: bytes) -> bool:
    sample = content[:65_536]
    controls = sum(byte in _CONTROLS for byte in sample)
    return b"\x00" in sample or controls > len(sample) // 100


def _not_text(name: str) -> InputError:
    return InputError(f"{name} is not a text file; give .txt or .md, or save it as text first")
