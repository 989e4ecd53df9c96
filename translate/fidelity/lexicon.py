"""The dictionary of the checks: which English word stems a French word stem becomes, and marks of each language.

Learned from the training corpus by ``training.lexicon``; read once, when the first sentence is checked.
"""

from __future__ import annotations

import gzip
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

PATH = Path(__file__).parent / "lexicon.txt.gz"
NOTHING = "-"


@dataclass(frozen=True)
class Lexicon:
    """``meanings``: the shares of the English stems that a French stem becomes, 0 to 1.

    ``french``, ``english``: frequent words, in lower case, that the other language hardly has.  ``spoken``: every
    English stem there is.
    """

    meanings: Mapping[str, Mapping[str, float]]
    french: frozenset[str]
    english: frozenset[str]
    spoken: frozenset[str]


@cache
def lexicon() -> Lexicon:
    """Return the dictionary."""
    french, english, *lines = gzip.decompress(PATH.read_bytes()).decode().split("\n")
    meanings = {}
    for line in lines:
        word, *options = line.split(" ")
        pairs = (option.rpartition(":") for option in options)
        meanings[word] = {meaning: int(share) / 100 for meaning, _, share in pairs}
    spoken = frozenset(meaning for options in meanings.values() for meaning in options)
    return Lexicon(meanings, frozenset(french.split()), frozenset(english.split()), spoken)
