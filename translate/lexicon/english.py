"""Whether a word is English.

A dictionary of spelling (pyspellchecker's) knows most; ``english.txt.gz`` has what it lacks of the words in the English
that the checkpoints were trained on, and affixes and compounds make the rest.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from pathlib import Path

PATH = Path(__file__).parent / "english.txt.gz"
_LEAST = 3
# Below which count in films, and above how many times it in French ones, a word is French.
_RARE, _MORE_FRENCH = 500, 20
# Accompanys, boxs.
_NEVER = re.compile(r".*(?:[^aeiou]y|s|x|z|sh|ch)\+s")
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
    if _is_listed(word) or any(map(_is_listed, _roots(word))):
        return True
    rests = (word.removeprefix(begins) for begins in _BEGINNINGS if word.startswith(begins))
    if any(len(rest) > _LEAST and (_is_listed(rest) or any(map(_is_listed, _roots(rest)))) for rest in rests):
        return True
    places = range(_LEAST + 1, len(word) - _LEAST)
    return any(_is_listed(word[:place]) and _is_listed(word[place:]) for place in places)


def is_in_dictionary(word: str) -> bool:
    """Say whether the dictionary of spelling alone has ``word``, in lower case."""
    return word in _counts()


def _roots(word: str) -> Iterator[str]:
    for ending, instead in _ENDINGS:
        root = word.removesuffix(ending) + instead
        if word.endswith(ending) and len(word) - len(ending) >= _LEAST and not _NEVER.fullmatch(f"{root}+{ending}"):
            yield root


def _is_listed(word: str) -> bool:
    return word in _others() or (is_in_dictionary(word) and not _is_french(word))


def _is_french(word: str) -> bool:
    """Whether the dictionary has it only because French is spoken in English films."""
    count = _counts()[word]
    return count < _RARE and _french_counts().get(word, 0) > _MORE_FRENCH * count


@cache
def _counts() -> Mapping[str, int]:
    from spellchecker import SpellChecker

    return dict(SpellChecker(language="en").word_frequency.dictionary)


@cache
def _french_counts() -> Mapping[str, int]:
    from spellchecker import SpellChecker

    return dict(SpellChecker(language="fr").word_frequency.dictionary)


@cache
def _others() -> frozenset[str]:
    return frozenset(gzip.decompress(PATH.read_bytes()).decode().split())
