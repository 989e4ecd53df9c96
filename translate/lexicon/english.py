"""Whether a word is English.

A dictionary of spelling (pyspellchecker's) knows most; ``english.txt.gz`` has what it lacks of the words in the English
that the checkpoints were trained on, and affixes and compounds make the rest.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path

PATH = Path(__file__).parent / "english.txt.gz"
_LEAST = 3
_ENDINGS = tuple(
    pair.split(":")
    for pair in """
    s: es: ed: ed:e d: ing: ing:e ly: er: er:e ers: ers:e est: ies:y ied:y ily:y ness: able: able:e ation:e less: like:
    ity: ity:e al: ism: ist: ists: ish:
    """.split()
)
_BEGINNINGS = tuple(
    """
    un in im re non pre anti over under out mis dis de sub super inter multi semi micro bio geo neuro counter co fore up
    down back
    """.split()
)


@lru_cache(maxsize=65_536)
def is_english(word: str) -> bool:
    """Say whether ``word``, in lower case, is known to be English, or is built of what is."""
    if any(map(_is_listed, _roots(word))):
        return True
    rests = (word.removeprefix(begins) for begins in _BEGINNINGS if word.startswith(begins))
    if any(len(rest) > _LEAST and any(map(_is_listed, _roots(rest))) for rest in rests):
        return True
    places = range(_LEAST + 1, len(word) - _LEAST)
    return any(_is_listed(word[:place]) and _is_listed(word[place:]) for place in places)


def is_in_dictionary(word: str) -> bool:
    """Say whether the dictionary of spelling alone has ``word``, in lower case."""
    return word in _dictionary()


def _roots(word: str) -> Iterator[str]:
    yield word
    for ending, instead in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _LEAST:
            yield word.removesuffix(ending) + instead


def _is_listed(word: str) -> bool:
    return is_in_dictionary(word) or word in _others()


@cache
def _dictionary() -> frozenset[str]:
    from spellchecker import SpellChecker

    return frozenset(SpellChecker(language="en").word_frequency.keys())


@cache
def _others() -> frozenset[str]:
    return frozenset(gzip.decompress(PATH.read_bytes()).decode().split())
