"""Words with their places, and the short forms under which the lexicon knows them."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from passerelle.translate.flags import Span

_WORD = re.compile(r"[^\W\d_]+(?:['’]t(?![^\W\d_]))?")
STEM = 7


class Word(NamedTuple):
    """A word as it stands (``text``), where it stands, its short form, and in lower case without accents."""

    text: str
    start: int
    end: int
    stem: str
    folded: str

    @property
    def span(self) -> Span:
        """Its place, in characters."""
        return self.start, self.end


@lru_cache(maxsize=64)
def words(text: str) -> tuple[Word, ...]:
    """Return the words of ``text`` in order; ``l'eau`` is two, ``don't`` is one, numerals are none."""
    found = ((match.group(), match.start(), match.end()) for match in _WORD.finditer(text))
    return tuple(Word(word, start, end, stem(word), _folded(word)) for word, start, end in found)


def fold(text: str) -> str:
    """Return ``text`` in lower case without accents and ligatures."""
    lowered = text.lower().replace("œ", "oe").replace("æ", "ae").replace("’", "'")
    if lowered.isascii():
        return lowered
    return "".join(c for c in unicodedata.normalize("NFD", lowered) if not unicodedata.combining(c))


def stem(word: str) -> str:
    """Return the first letters of ``word``, folded: enough to join most inflected forms of one word."""
    return _folded(word)[:STEM]


@lru_cache(maxsize=65_536)
def _folded(word: str) -> str:
    return fold(word)
