"""The result of a summary: sentences, each with the source sentences that support it."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any, Protocol

from passerelle.panes import Column, Piece, render


class Readable(Protocol):
    """What a summary can be made of, besides a plain string: a translation, for one."""

    @property
    def text(self) -> str:
        """The English text."""

    def columns(self) -> tuple[Column, ...]:
        """The columns to show beside the summary; their last one holds ``text``, a piece a sentence."""


@dataclass(frozen=True)
class Evidence:
    """One sentence of the text that supports a summary sentence.

    ``index``: its position among the text's sentences.  ``start``, ``end``: its span in the English text, in
    characters.  ``source``: the French that it came from, empty where the text was English from the start.
    """

    index: int
    text: str
    start: int
    end: int
    source: str = ""


@dataclass(frozen=True)
class SummaryFlag:
    """A doubt about one summary sentence.  ``kind`` is a word; ``message`` says why, for a reader."""

    kind: str
    message: str


@dataclass(frozen=True)
class SummarySentence:
    """One sentence of the summary.  ``rewritten``: False where the source's own sentence stands."""

    text: str
    evidence: tuple[Evidence, ...]
    rewritten: bool = False
    flags: tuple[SummaryFlag, ...] = ()

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True)
class Summary:
    """A shorter text that says what the text says.

    ``text``: the summary as it reads.  ``sentences``: its sentences in reading order.  ``ratio``: words of
    the summary over words of the text.  ``signature``: what made it.  ``notices``: remarks, a line each.
    ``document``: the columns of the text.  ``headline``: a line to stand above it, where one was asked for.
    """

    text: str
    sentences: tuple[SummarySentence, ...]
    ratio: float
    signature: str
    notices: tuple[str, ...] = ()
    document: tuple[Column, ...] = field(default=(), repr=False)
    headline: SummarySentence | None = None

    def column(self) -> Column:
        """The summary as one column, each sentence linked to its evidence by key (``s0``, ``s1``, ...)."""
        pieces, position = [], 0
        for number, sentence in enumerate(self.sentences):
            start = self.text.index(sentence.text, position)
            position = start + len(sentence.text)
            links = tuple(f"s{evidence.index}" for evidence in sentence.evidence)
            notes = tuple(flag.message for flag in sentence.flags)
            pieces.append(Piece(start, position, key=f"summary{number}", links=links, notes=notes))
        return Column("Summary", self.text, tuple(pieces), language="en")

    def columns(self) -> tuple[Column, ...]:
        """The columns of the text that was summarised, then the summary."""
        return (*self.document, self.column())

    def to_dict(self) -> dict[str, Any]:
        """The result as plain dictionaries, lists, strings and numbers, ready for JSON."""
        fields = asdict(self)
        del fields["document"]
        return fields

    def _repr_html_(self) -> str:
        return render(self.columns())

    def __str__(self) -> str:
        return self.text

    def __repr__(self) -> str:
        return f"<Summary: {len(self.sentences)} sentences, {self.ratio:.0%} of the text, {self.signature}>"
