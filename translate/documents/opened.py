"""A document from its bytes to the bytes of its English, which are never had without being read back."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath

from passerelle.translate.documents.document import Document, DocumentOptions, Unit
from passerelle.translate.documents.formats.text import TextDocument
from passerelle.translate.documents.formats.text import parse as parse_text
from passerelle.translate.documents.registry import output_name, read_document
from passerelle.translate.documents.verification import verify
from passerelle.translate.translation import Translation

_DEFAULTS = DocumentOptions()


class OpenDocument:
    """A document that was read.

    ``content``, ``name``: the file; an ending tells its kind.  ``as_text``: it is plain text whatever its name says.
    ``units``: what is to be translated, in order.  ``notices``: remarks, a line each.  Raises InputError where the
    kind is not known or the content is broken, too large or dangerous.
    """

    def __init__(
        self, content: bytes, name: str, options: DocumentOptions = _DEFAULTS, *, as_text: bool = False
    ) -> None:
        self.name = name
        self._content = content
        self._kind = f"{name}.txt" if as_text else name
        self._document: Document = (parse_text if as_text else read_document)(content, name, options)
        self.units: tuple[Unit, ...] = tuple(self._document.units)
        self.notices: tuple[str, ...] = tuple(self._document.notices)

    @property
    def text(self) -> str:
        """All units, a blank line between two."""
        return "\n\n".join(unit.text for unit in self.units)

    @property
    def is_plain(self) -> bool:
        """Whether the English is all there is to write: no tags, no cells."""
        return isinstance(self._document, TextDocument)

    @property
    def output_name(self) -> str:
        """The name under which the English is written."""
        return output_name(self.name)

    @property
    def suffix(self) -> str:
        """The ending of that name, in small letters."""
        return PurePath(output_name(self._kind)).suffix.lower()

    def encode(self, text: str) -> bytes:
        """Return ``text`` as bytes, encoded as the file was where that was a text."""
        if isinstance(self._document, TextDocument):
            return self._document.decoded.encode(text)
        return text.encode("utf-8", "backslashreplace")

    def finish(self, english: Sequence[Translation]) -> bytes:
        """Return the file in English, read back and found to be built alike and to hold the English.

        ``english``: a Translation for each of ``units``.  Raises OutputError.
        """
        content = self._document.write(english)
        verify(self._content, content, self._kind, english)
        return content
