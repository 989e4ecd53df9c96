"""What is shown: columns of text, and the pieces of them that belong together."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Piece:
    """A span of a column's text, in characters.

    ``key``: pieces with the same key, in whichever column, are partners.  ``links``: keys of the pieces that
    support this one.  ``notes``: doubts about it, shown in the margin.
    """

    start: int
    end: int
    key: str = ""
    links: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Column:
    """A heading, a text in ``language`` (an IETF tag such as ``"fr"``), and its pieces in order, not overlapping."""

    heading: str
    text: str
    pieces: tuple[Piece, ...] = ()
    language: str = ""
