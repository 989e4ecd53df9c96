"""What .docx, .pptx, .odt and .epub share: a zip file, some of whose parts hold passages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from passerelle.translate.documents.core.archive import Archive
from passerelle.translate.documents.core.units import Render, TranslationUnit, rewrite
from passerelle.translate.documents.document import Unit
from passerelle.translate.translation import Translation


@dataclass(frozen=True)
class Part:
    """A part with its ``translation_units``.  ``encode``: text to bytes; ``render``: how a passage is written."""

    name: str
    source: str
    passages: tuple[TranslationUnit, ...]
    encode: Callable[[str], bytes]
    render: Render


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
        changed = {}
        for part in self.parts:
            written = rewrite(part.source, part.passages, list(islice(rest, len(part.passages))), part.render)
            if written != part.source:
                changed[part.name] = part.encode(written)
        return self.archive.write(changed)


def outline_parts(archive: Archive, parts: Iterable[str], outline: Callable[[bytes, str], Any]) -> Any:
    """Return the outline of each of ``parts``, and the checksums of all others."""
    shapes = {part: outline(archive.read(part), f"{part} in {archive.name}") for part in parts}
    others = {part: checksum for part, checksum in archive.checksums().items() if part not in shapes}
    return archive.parts, shapes, others
