"""The result of a translation: paragraphs of sentences, each with its place in the source and in the English."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from passerelle.panes import Column, render
from passerelle.translate.columns import columns, with_definitions
from passerelle.translate.flags import Flag
from passerelle.translate.sentence_pair import Sentence


@dataclass(frozen=True)
class Paragraph:
    """A run of sentences that belong together, with its span in the source."""

    start: int
    end: int
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True)
class Translation:
    """A whole text, translated.

    ``source``: the French, unchanged.  ``text``: the English, laid out as the source was.  ``signature``:
    what made it (checkpoint, engine, number format, beam, versions), so that it can be made again.
    ``notices``: remarks about the whole text, one line each.
    """

    source: str
    text: str
    paragraphs: tuple[Paragraph, ...]
    signature: str
    notices: tuple[str, ...] = ()

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """All sentences in reading order."""
        return tuple(sentence for paragraph in self.paragraphs for sentence in paragraph.sentences)

    @property
    def flags(self) -> tuple[tuple[int, Flag], ...]:
        """Every flag, notes too, as pairs of sentence index and flag."""
        return tuple((sentence.index, flag) for sentence in self.sentences for flag in sentence.flags)

    @property
    def doubts(self) -> tuple[tuple[int, Flag], ...]:
        """The flags that ask for a look, all but the notes, as pairs of sentence index and flag."""
        return tuple((sentence.index, flag) for sentence in self.sentences for flag in sentence.doubts)

    def columns(self) -> tuple[Column, ...]:
        """The original and the translation as two columns whose sentences, and their words, are linked."""
        return columns(self.source, self.text, self.sentences)

    def to_dict(self) -> dict[str, Any]:
        """The whole result as plain dictionaries, lists, strings and numbers, ready for JSON; see ``Flag.to_dict``."""
        found = asdict(self)
        sentences = (sentence for paragraph in found["paragraphs"] for sentence in paragraph["sentences"])
        for plain, sentence in zip(sentences, self.sentences, strict=True):
            plain["flags"] = tuple(flag.to_dict() for flag in sentence.flags)
        return found

    def _repr_html_(self) -> str:
        return render(with_definitions(self.columns()))

    def __str__(self) -> str:
        return self.text

    def __repr__(self) -> str:
        return f"<Translation: {len(self.sentences)} sentences, {len(self.doubts)} flags, {self.signature}>"
