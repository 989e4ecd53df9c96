"""What .docx, .pptx, .odt and .epub share: a zip file, some of whose parts hold passages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from passerelle.translate.documents.core.archive import Archive
from passerelle.translate.documents.core.languages import in_english
from passerelle.translate.documents.core.units import Render, TranslationUnit, rewrite
from passerelle.translate.documents.document import Unit
from passerelle.translate.translation import Translation


@dataclass(frozen=True)
class Part:
    """A part with its ``passages``.

    ``encode``: text to bytes; ``render``: how a passage is written; ``finish``: what else is changed once any part is.
    """

    name: str
    source: str
    passages: tuple[TranslationUnit, ...]
    encode: Callable[[str], bytes]
    render: Render
    finish: Callable[[str], str] = in_english


@dataclass(frozen=True)
class ZippedDocument:
    """A zipped file that was read."""

    archive: Archive
    parts: tuple[Part, ...]
    notices: tuple[str, ...] = ()

    @property
    def units(self) -> tuple[Unit, ...]:
        """One for each passage, part by part."""
        return tuple(passage.unit for part in self.parts for passage in part.passages)

    def write(self, english: Sequence[Translation]) -> bytes:
        """Return the file in English."""
        if len(english) != len(self.units):
            raise ValueError(f"{len(english)} translations for {len(self.units)} units")
        rest = iter(english)
        written = {
            part: rewrite(part.source, part.passages, list(islice(rest, len(part.passages))), part.render)
            for part in self.parts
        }
        if all(text == part.source for part, text in written.items()):
            return self.archive.write({})
        finished = {part: part.finish(text) for part, text in written.items()}
        return self.archive.write(
            {part.name: part.encode(text) for part, text in finished.items() if text != part.source}
        )


def outline_parts(archive: Archive, parts: Iterable[str], outline: Callable[[bytes, str], Any]) -> Any:
    """Return the outline of each of ``parts``, and the checksums of all others."""
    shapes = {part: outline(archive.read(part), f"{part} in {archive.name}") for part in parts}
    others = {part: checksum for part, checksum in archive.checksums().items() if part not in shapes}
    return archive.parts, shapes, others
