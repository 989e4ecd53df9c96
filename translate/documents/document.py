"""What every format agrees on: a document is a row of passages to translate, and knows how to be written again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from passerelle.seq2seq.errors import InputError

if TYPE_CHECKING:
    from passerelle.translate.translation import Translation

# Styles of program code as Word, LibreOffice and pandoc name them, in letters only.
_CODE = frozenset(
    """
    code codeblock codechar codehtml htmlcode htmlpreformatted inlinecode macrotext prformathtml preformatted
    preformattedtext sourcecode sourcetext texteprformat verbatim verbatimchar
    """.split()
)


@dataclass(frozen=True)
class Unit:
    """One passage that is translated by itself: a paragraph, a cell, a subtitle, an entry.

    ``text``: its plain text, tags taken out.  ``regions``: the spans of ``text`` that are prose, in order and
    apart; None for all of it.
    """

    text: str
    regions: tuple[tuple[int, int], ...] | None = None


@dataclass(frozen=True)
class DocumentOptions:
    """What a user may choose.

    ``columns``: which columns of a .csv are translated, by name or by number from 1; empty for those that hold
    prose.  ``keys``: which values of a .json are translated, by key (``title``), by path (``page.title``) or ``*``
    for all; empty for those that look like prose.
    """

    columns: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()


class Document(Protocol):
    """A file that was read.  ``units``: what is to be translated, in order.  ``notices``: remarks, a line each."""

    @property
    def units(self) -> tuple[Unit, ...]:
        """The passages to translate, in reading order."""

    @property
    def notices(self) -> tuple[str, ...]:
        """Remarks for the user, one line each."""

    def write(self, english: Sequence[Translation]) -> bytes:
        """Return the file in English.  ``english``: one Translation for each of ``units``, in the same order."""


def is_prose(text: str) -> bool:
    """Whether there is anything to translate in ``text``: a letter."""
    return any(character.isalpha() for character in text)


def is_code_style(name: str) -> bool:
    """Whether a style of this name is one for program code, which is not translated."""
    return "".join(filter(str.isalpha, name)).lower() in _CODE


def check_size(size: int, limit: int, name: str) -> None:
    """Raise InputError where ``size`` bytes are more than ``limit``, for what can only be read whole."""
    if size > limit:
        raise InputError(
            f"{name} is too large ({size / 2**20:,.0f} MiB, at most {limit / 2**20:,.0f} MiB can be read); split it"
        )
