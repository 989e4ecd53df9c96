"""The dictionary of the checks: which English word stems a French word stem becomes, and marks of each language.

Learned from the training corpus by ``training.lexicon``; read when the first sentence is checked, and each entry
when its word is looked up.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from pathlib import Path

PATH = Path(__file__).parent / "lexicon.txt.gz"
NOTHING = "-"
_OPTION = re.compile(r" (\S+):\d+")


class Meanings(Mapping[str, Mapping[str, float]]):
    """The shares, 0 to 1, of the English stems that each French stem becomes.

    ``entries``: the rest of the dictionary's line for each French stem, `` stem:percent stem:percent …``.
    """

    def __init__(self, entries: Mapping[str, str]) -> None:
        self._entries = entries
        self._read = lru_cache(maxsize=8192)(self._parsed)

    def __getitem__(self, stem: str) -> Mapping[str, float]:
        return self._read(stem)

    def _parsed(self, stem: str) -> Mapping[str, float]:
        pairs = (option.rpartition(":") for option in self._entries[stem].split())
        return {meaning: int(share) / 100 for meaning, _, share in pairs}

    def __contains__(self, stem: object) -> bool:
        return stem in self._entries

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)


@dataclass(frozen=True)
class Lexicon:
    """``meanings``: what each French stem becomes.

    ``french``, ``english``: frequent words, in lower case, that the other language hardly has.  ``text``: the lines of
    the dictionary.
    """

    meanings: Meanings
    french: frozenset[str]
    english: frozenset[str]
    text: str

    @cached_property
    def spoken(self) -> frozenset[str]:
        """Every English stem there is."""
        return frozenset(_OPTION.findall(self.text))


@cache
def lexicon() -> Lexicon:
    """Return the dictionary."""
    french, english, text = gzip.decompress(PATH.read_bytes()).decode().split("\n", 2)
    entries = {}
    for line in text.split("\n"):
        word, blank, options = line.partition(" ")
        entries[word] = blank + options
    return Lexicon(Meanings(entries), frozenset(french.split()), frozenset(english.split()), text)
