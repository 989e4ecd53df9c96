"""What is shown: columns of text, and the pieces of them that belong together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

Word = tuple[int, int, int]
"""Start and end of a word in its piece, in characters, and its number; words of one number are partners."""


@dataclass(frozen=True)
class Note:
    """A remark in the margin: ``text`` in English, and the ``code`` and ``values`` from which others can word it."""

    text: str
    code: str = ""
    values: tuple[str, ...] = ()

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True)
class Piece:
    """A span of a column's text, in characters.

    ``key``: pieces with the same key, in whichever column, are partners.  ``links``: keys of the pieces that
    support this one.  ``notes``: remarks on it, shown in the margin.  ``level``: how much they weigh, ``"note"``,
    ``"doubt"`` or ``"error"``; a note is no reason to check.  ``words``: the words that have partners in the
    pieces of the same key.  ``kinds``: what the notes that are more than notes are about, a word each.
    """

    start: int
    end: int
    key: str = ""
    links: tuple[str, ...] = ()
    notes: tuple[str | Note, ...] = ()
    level: str = "doubt"
    words: tuple[Word, ...] = ()
    kinds: tuple[str, ...] = ()

    @property
    def is_doubtful(self) -> bool:
        """Whether a reader should check it."""
        return bool(self.notes) and self.level != "note"


@dataclass(frozen=True)
class Column:
    """A heading, a text in ``language`` (an IETF tag such as ``"fr"``), and its pieces in order, not overlapping.

    ``definitions``: what a reader may look up, by word or expression in lower case: rows of base form, part of speech,
    gender, and meanings joined by ``"; "``.  ``credit``: whose definitions these are.
    """

    heading: str
    text: str
    pieces: tuple[Piece, ...] = ()
    language: str = ""
    definitions: Mapping[str, Sequence[Sequence[str]]] = field(default_factory=dict, hash=False)
    credit: str = ""
