"""Words with their places, and the short forms under which the lexicon knows them."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from translate.translation import Span

_WORD = re.compile(r"[^\W\d_]+(?:['’]t(?![^\W\d_]))?")
STEM = 7


@dataclass(frozen=True)
class Word:
    """A word as it stands (``text``), where it stands, and its short form."""

    text: str
    start: int
    end: int
    stem: str

    @property
    def span(self) -> Span:
        """Its place, in characters."""
        return self.start, self.end


def words(text: str) -> list[Word]:
    """Return the words of ``text`` in order; ``l'eau`` is two, ``don't`` is one, numerals are none."""
    return [Word(match.group(), *match.span(), stem(match.group())) for match in _WORD.finditer(text)]


def fold(text: str) -> str:
    """Return ``text`` in lower case without accents and ligatures."""
    lowered = text.lower().replace("œ", "oe").replace("æ", "ae").replace("’", "'")
    if lowered.isascii():
        return lowered
    return "".join(c for c in unicodedata.normalize("NFD", lowered) if not unicodedata.combining(c))


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """Return the first letters of ``word``, folded: enough to join most inflected forms of one word."""
    return fold(word)[:STEM]
