"""Words that the corpus hardly has, by the places that they fit: ``rare_words.txt`` read, with all their forms.

A group holds what French grammar and English grammar treat alike: nouns of one gender and elision, nouns that English
gives no article, adjectives of one ending, adverbs, verbs in ``-er``.  Of each the frequent words, whose places can be
found in the corpus, are told from the rare ones, which are put there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from passerelle.translate.lexicon.gazetteer import Entry

_FILE = Path(__file__).parent / "rare_words.txt"
_FREQUENT, _ALIKE = "frequent:", "alike"
_INVARIABLE = ("s", "x", "z")
_SIBILANT = ("s", "x", "z", "ch", "sh")


@dataclass(frozen=True)
class Group:
    """Words in one form: the ``frequent`` ones and the ``rare`` ones that may take their places, with their English."""

    frequent: tuple[Entry, ...]
    rare: tuple[Entry, ...]


@cache
def groups() -> tuple[Group, ...]:
    """Return every group of the file in each of its forms: singular and plural, masculine and feminine."""
    return tuple(read_groups(_FILE.read_text(encoding="utf-8")))


@cache
def frequent_words() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return the heading of each section with forms, and its frequent words as the file writes them."""
    found = []
    for heading, body in _sections(_FILE.read_text(encoding="utf-8")):
        if heading in _FORMS:
            lines = [line.removeprefix(_FREQUENT) for line in body.splitlines() if line.startswith(_FREQUENT)]
            found.append((heading, tuple(" ".join(lines).split())))
    return tuple(found)


@cache
def alike() -> tuple[tuple[Entry, ...], ...]:
    """Return the groups whose words fit each other's places in sense too: numbers, food, animals, trades."""
    return tuple(
        tuple(map(_singular, body.split()))
        for heading, body in _sections(_FILE.read_text(encoding="utf-8"))
        if heading == _ALIKE
    )


def read_groups(text: str) -> Iterator[Group]:
    """Yield the groups that a text in the form of ``rare_words.txt`` describes."""
    for heading, body in _sections(text):
        frequent: list[str] = []
        rare: list[str] = []
        for line in body.splitlines():
            (frequent if line.startswith(_FREQUENT) else rare).extend(line.removeprefix(_FREQUENT).split())
        for form in _FORMS.get(heading, ()):
            yield Group(*(tuple(dict(form(each) for each in entries).items()) for entries in (frequent, rare)))


def _sections(text: str) -> Iterator[tuple[str, str]]:
    for section in text.split("\n[")[1:]:
        heading, _, body = section.partition("]")
        yield heading, body


def _singular(entry: str) -> Entry:
    french, english = entry.replace("_", " ").split("=")
    return french.split("/")[0], english.split("/")[0]


def _plural(entry: str) -> Entry:
    french, english = (side.partition("/") for side in entry.replace("_", " ").split("="))
    return french[2] or _french_plural(french[0]), english[2] or _english_plural(english[0])


def _french_plural(word: str) -> str:
    if word.endswith(_INVARIABLE):
        return word
    return word + ("x" if word.endswith("eau") else "s")


def _english_plural(word: str) -> str:
    if word.endswith("y") and word[-2] not in "aeiou":
        return word[:-1] + "ies"
    return word + ("es" if word.endswith(_SIBILANT) else "s")


def _ending(usual: str, other: str) -> Callable[[str], Entry]:
    """A form that English has not: the ``usual`` ending becomes the ``other``."""

    def form(entry: str) -> Entry:
        french, english = _singular(entry)
        return french.removesuffix(usual) + other, english

    return form


def _participle(ending: str) -> Callable[[str], Entry]:
    """``-er`` becomes ``ending``, the English its second form."""

    def form(entry: str) -> Entry:
        french, english = entry.replace("_", " ").split("=")
        return french.removesuffix("er") + ending, english.split("/")[1]

    return form


def _present(entry: str) -> Entry:
    """``-er`` becomes ``-e``, as he, she or it does."""
    french, english = _singular(entry)
    verb, blank, rest = english.partition(" ")
    return french[:-1], _english_plural(verb) + blank + rest


_FORMS = {
    "noun": (_singular, _plural),
    "mass": (_singular,),
    "verb": (_singular, _present, _ending("er", "ent"), *(_participle(ending) for ending in ("é", "ée", "és", "ées"))),
    "adverb": (_singular,),
    "adjective": tuple(_ending("", other) for other in ("", "s")),
    "adjective -e": tuple(_ending("", other) for other in ("", "e", "s", "es")),
    "adjective -al": tuple(_ending("al", other) for other in ("al", "ale", "aux", "ales")),
    "adjective -eux": tuple(_ending("eux", other) for other in ("eux", "euse", "euses")),
    "adjective -if": tuple(_ending("if", other) for other in ("if", "ive", "ifs", "ives")),
}
"""The forms that the words of a section take, by its heading."""
