"""A French-English dictionary: ``look_up("dort")`` gives *dormir*, to sleep.

Packed by ``training.dictionary``: lines sorted by key, of a word and its senses by part of speech, or of an irregular
form and its base forms.  The lines stay bytes, searched by halves: none is read that is not asked for.
"""

from __future__ import annotations

import re
import unicodedata
import zlib
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from passerelle.translate.lexicon.forms import key, lemmas, unelided

PATH = Path(__file__).parent / "dictionary.zlib"
CREDITS = Path(__file__).parent / "CREDITS.md"
SOURCES = (
    "Wiktionary, Open Multilingual Wordnet (CC BY-SA 3.0), EuroVoc (© European Union), FranceTerme (Licence Ouverte), "
    "Open Food Facts, world-countries (ODbL) and others; all with their terms in translate/lexicon/CREDITS.md"
)
# The most words that an expression has.
LONGEST = 6
# Before the base form of a word that is more often a form of it.
FIRST = "<"
_PARTS = re.compile(r"[^\W\d_]+['’]?")


@dataclass(frozen=True)
class Senses:
    """What a word means as one part of speech (``"noun"``, ``"verb"``, … or ``""``), the most usual first."""

    part_of_speech: str
    gender: str
    english: tuple[str, ...]

    def __str__(self) -> str:
        part = f"{self.part_of_speech} {self.gender}".strip()
        return (f"{part}: " if part else "") + "; ".join(self.english)


@dataclass(frozen=True)
class Entry:
    """A word or expression of the dictionary: ``word`` is its base form, ``form`` what was looked up."""

    word: str
    form: str
    senses: tuple[Senses, ...]

    def __str__(self) -> str:
        return f"{self.word}, {' / '.join(map(str, self.senses))}"


@dataclass(frozen=True)
class Found:
    """An entry in a sentence, with the span of the word or expression in characters."""

    start: int
    end: int
    entries: tuple[Entry, ...]


@lru_cache(maxsize=16384)
def look_up(word: str) -> tuple[Entry, ...]:
    """Return what the dictionary has on a French word or expression, in any of its forms; the likeliest first."""
    asked = key(" ".join(word.split()))
    for filed in dict.fromkeys((asked, unelided(asked))):
        if found := _expression(filed) if " " in filed else _look_up(filed, word):
            return found
    return ()


def at(sentence: str, position: int) -> Found | None:
    """Return the entry for the word of ``sentence`` at ``position``, of the longest expression around it if any is."""
    words = list(_PARTS.finditer(sentence))
    here = next((i for i, word in enumerate(words) if word.start() <= position < word.end()), None)
    if here is None:
        return None
    for length in range(LONGEST, 0, -1):
        for first in range(max(0, here - length + 1), min(here, len(words) - length) + 1):
            start, end = words[first].start(), words[first + length - 1].end()
            text = sentence[start:end]
            if length > 1 and re.search(r"[^\w\s'’-]", text):
                continue
            if entries := look_up(text) if length == 1 else _expression(text):
                return Found(start, end, entries)
    return None


def extract(sentences: Iterable[str]) -> dict[str, list[list[str]]]:
    """Return what a reader of ``sentences`` may look up, ready for JSON: only their words and expressions.

    Each form, in lower case with plain apostrophes, has rows of base form, part of speech, gender, and English words
    joined by ``"; "``.  A page finds the longest run of words around the pointer that is a form here.
    """
    found: dict[str, list[list[str]]] = {}
    for sentence in sentences:
        for here in every(sentence):
            form = key(sentence[here.start : here.end])
            if form not in found:
                found[form] = [
                    [entry.word, each.part_of_speech, each.gender, "; ".join(each.english)]
                    for entry in here.entries
                    for each in entry.senses
                ]
    return found


def every(sentence: str) -> Iterator[Found]:
    """Yield the entry of each word and each expression of ``sentence``."""
    words = list(_PARTS.finditer(sentence))
    for first, word in enumerate(words):
        longest = LONGEST if _begins_expressions(key(word.group())) else 1
        for length in range(1, min(longest, len(words) - first) + 1):
            start, end = word.start(), words[first + length - 1].end()
            text = sentence[start:end]
            if length > 1 and re.search(r"[^\w\s'’-]", text):
                break
            if entries := look_up(text) if length == 1 else _expression(text):
                yield Found(start, end, entries)


def credits() -> str:
    """Return, in Markdown, the sources of the dictionary and the terms of each."""
    return CREDITS.read_text(encoding="utf-8")


@lru_cache(maxsize=16384)
def _expression(text: str) -> tuple[Entry, ...]:
    """Return the entries of an expression as it stands, or with its first word in the base form."""
    asked = key(" ".join(text.split()))
    if found := tuple(_filed(asked, text)):
        return found
    first, blank, rest = asked.partition(" ")
    if not blank:
        return ()
    for base in _bases(first):
        if found := tuple(_filed(f"{base} {rest}", text)):
            return found
    return ()


@lru_cache(maxsize=16384)
def _begins_expressions(filed: str) -> bool:
    """Whether any expression begins with a word that is filed, or with a base form of it."""
    if filed.endswith("'"):
        return True
    return any(_filed_from(f"{base} ".encode()).startswith(f"{base} ".encode()) for base in (filed, *_bases(filed)))


def _filed_from(start: bytes) -> bytes:
    """Return the first line that is not before ``start``, nothing where there is none."""
    place = bisect_left(_all_lines(), start)
    return _all_lines()[place] if place < len(_all_lines()) else b""


def _look_up(filed: str, form: str) -> tuple[Entry, ...]:
    exact = list(_filed(filed, form))
    others = [entry for base in _bases(filed) for entry in _filed(base, form)]
    usual = [entry for line in _lines(filed) if line.startswith(FIRST) for entry in _filed(line[1:], form)]
    # "Est" is a form of "être" before it is the east; "porte" is a door before it is a form of "porter".
    irregular = [entry for entry in others if _beginning(key(entry.word)) != _beginning(filed)]
    return tuple(dict.fromkeys([*irregular, *usual, *exact, *others]))


@lru_cache(maxsize=16384)
def _bases(filed: str) -> list[str]:
    """The base forms of a form that is filed: those listed, or else those that its ending allows and that are words."""
    listed = [base for line in _lines(filed) if line.startswith("=") for base in line[1:].split(",")]
    return listed or [base for base in lemmas(filed) if any(map(_is_entry, _lines(base)))][:2]


def _beginning(filed: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", filed[:4]) if not unicodedata.combining(c))[:2]


def _is_entry(line: str) -> bool:
    return not line.startswith(("=", FIRST))


def _filed(filed: str, form: str) -> Iterator[Entry]:
    for line in _lines(filed):
        if _is_entry(line):
            word, *senses = line.split("\t")
            yield Entry(word or filed, form, tuple(map(_senses, senses)))


def _senses(text: str) -> Senses:
    kind, _, english = text.partition(":")
    part, _, gender = kind.partition(",")
    return Senses(part, gender, tuple(english.split("|")))


def _lines(filed: str) -> list[str]:
    """Return the lines that are filed under a key, without it."""
    every, start = _all_lines(), f"{filed}\t".encode()
    place = bisect_left(every, start)
    found = []
    while place < len(every) and every[place].startswith(start):
        found.append(every[place][len(start) :].decode())
        place += 1
    return found


@cache
def _all_lines() -> list[bytes]:
    # A tab sorts before all that a key may hold, so the lines are in order as they stand.
    return zlib.decompress(PATH.read_bytes()).splitlines()
