"""Translations made by hand, through the real segmenter and composer."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from passerelle.translate.composer import Composer
from passerelle.translate.documents import Document, Unit
from passerelle.translate.segmenter import segment
from passerelle.translate.sentence_pair import Link, Sentence
from passerelle.translate.translation import Paragraph, Translation


def translated(
    unit: Unit,
    translate: Callable[[str], str] = str,
    links: Callable[[str, str], tuple[Link, ...]] = lambda french, english: (),
) -> Translation:
    """Return ``unit`` with each sentence replaced by ``translate(sentence)``; unchanged where that is ``str``."""
    composer = Composer()
    position = 0
    sentences: list[Sentence] = []
    paragraphs = []
    for block in segment(unit.text, unit.regions):
        first = len(sentences)
        for found in block.segments:
            inside = max(position, block.start)
            composer.gap(unit.text[position:inside])
            composer.gap(unit.text[inside : found.start], block.wrap)
            english = translate(found.flat)
            start, end = composer.sentence(english, block.wrap)
            position = found.end
            sentences.append(
                Sentence(
                    len(sentences),
                    found.text,
                    english,
                    found.start,
                    found.end,
                    start,
                    end,
                    links=links(found.text, english),
                )
            )
        paragraphs.append(Paragraph(block.start, block.end, tuple(sentences[first:])))
    return Translation(unit.text, composer.text + unit.text[position:], tuple(paragraphs), "by hand")


def write(document: Document, translate: Callable[[str], str] = str) -> bytes:
    """Write ``document`` with every sentence replaced by ``translate(sentence)``."""
    return document.write([translated(unit, translate) for unit in document.units])


def texts(document: Document) -> list[str]:
    """The texts of the units."""
    return [unit.text for unit in document.units]


def pairs(*words: tuple[str, str]) -> Callable[[str, str], tuple[Link, ...]]:
    """Links between the first occurrences of the given words."""

    def links(french: str, english: str) -> tuple[Link, ...]:
        found: Sequence[tuple[int, int, str, str]] = [(french.find(a), english.find(b), a, b) for a, b in words]
        return tuple(Link(x, x + len(a), y, y + len(b)) for x, y, a, b in found if x >= 0 and y >= 0)

    return links
