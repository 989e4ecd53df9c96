"""Files of values between fixed characters (.csv, .json, .po): each value has its place, the rest is never touched."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from passerelle.translate.documents.core.text import Text
from passerelle.translate.documents.document import Unit
from passerelle.translate.placeholders import icu_texts
from passerelle.translate.translation import Translation


@dataclass(frozen=True)
class Field:
    """A value: ``text`` is translated and ``start`` to ``end`` of the source is where the English goes.

    ``current``: the value that stands there now.  ``write``: a value as it is written there.
    """

    start: int
    end: int
    text: str
    current: str
    write: Callable[[str], str]


@dataclass(frozen=True)
class FieldDocument:
    """A file that was read; ``slots`` are in order and apart.

    ``heading``: before them, spans that say that it is French and what they become once it is English.
    """

    decoded: Text
    fields: tuple[Field, ...]
    notices: tuple[str, ...] = ()
    heading: tuple[tuple[int, int, str], ...] = ()

    @property
    def units(self) -> tuple[Unit, ...]:
        """One for each slot; of an ICU message only its texts are prose."""
        return tuple(Unit(slot.text, icu_texts(slot.text)) for slot in self.fields)

    def write(self, english: Sequence[Translation]) -> bytes:
        """Return the file in English."""
        return self.decoded.encode("".join(self._pieces(english)))

    def _pieces(self, english: Sequence[Translation]) -> Iterator[str]:
        position = 0
        if any(found.text != slot.current for slot, found in zip(self.fields, english, strict=True)):
            for start, end, value in self.heading:
                yield self.decoded.text[position:start] + value
                position = end
        for slot, translation in zip(self.fields, english, strict=True):
            if translation.text != slot.current:
                yield self.decoded.text[position : slot.start]
                yield slot.write(translation.text)
                position = slot.end
        yield self.decoded.text[position:]
