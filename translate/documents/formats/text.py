"""Plain text: one unit, whose paragraphs the segmenter finds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from passerelle.seq2seq.errors import InputError
from passerelle.translate.documents.core.text import Text, decode, lines
from passerelle.translate.documents.document import DocumentOptions, Unit

if TYPE_CHECKING:
    from passerelle.translate.translation import Translation


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
    """Read a text file.  Raises InputError where it is not text, or RTF or PostScript under another name."""
    if content.startswith((b"{\\rtf", b"%PDF-", b"%!PS")):
        raise InputError(f"{name} is not plain text, whatever its name says; save it as .docx, .odt or .txt first")
    return TextDocument(decode(content, name))


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
