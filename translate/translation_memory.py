"""Sentences whose English is known from before: what a translator asks ahead of its model."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Protocol

from passerelle.translate.counting import moved
from passerelle.translate.flags import Flag
from passerelle.translate.segmenter import Segment
from passerelle.translate.sentence_pair import Link


@dataclass(frozen=True)
class Candidate:
    """The English of one French sentence, with all that is known of it; the fields are those of ``Sentence``."""

    english: str
    score: float | None = None
    flags: tuple[Flag, ...] = ()
    links: tuple[Link, ...] = ()
    origin: str = "memory"

    def to_dict(self) -> dict[str, Any]:
        """Return all but the English, ready for JSON."""
        links = [(link.start, link.end, link.target_start, link.target_end) for link in self.links]
        flags = [flag.to_dict() for flag in self.flags]
        return {"score": self.score, "flags": flags, "links": links, "origin": self.origin}

    @classmethod
    def from_dict(cls, english: str, found: Mapping[str, Any]) -> Candidate:
        """Return what ``to_dict`` gave, of ``english``."""
        flags = tuple(map(Flag.from_dict, found["flags"]))
        links = tuple(Link(*link) for link in found["links"])
        return cls(english, found.get("score"), flags, links, found.get("origin", "memory"))

    def placed(self, before: str, after: str) -> Candidate:
        """Return it with the places in the French sentence ``before`` as those in ``after``, another spelling of it."""
        if before == after:
            return self
        links = zip(self.links, moved([(link.start, link.end) for link in self.links], before, after), strict=True)
        return replace(
            self,
            links=tuple(replace(link, start=place[0], end=place[1]) for link, place in links if place),
            flags=tuple(
                replace(flag, spans=tuple(place for place in moved(flag.spans, before, after) if place))
                for flag in self.flags
            ),
        )


def sentence_key(french: str) -> str:
    """Return the form under which a sentence is known, however it is broken into lines, spaced and composed."""
    flat = Segment(0, len(french), french).flat
    return storable(" ".join(unicodedata.normalize("NFC", flat).split()))


def storable(text: str) -> str:
    """Return ``text`` without halves of characters, which no file can hold."""
    return text.encode("utf-8", "replace").decode()


class TranslationMemory(Protocol):
    """A store of sentences; a job's database and a user's memory are two."""

    def lookup(self, french: str) -> Candidate | None:
        """Return what is known of the sentence ``french``, None where the model has to be asked."""

    def store(self, french: str, known: Candidate) -> None:
        """Take in the sentence ``french``, which the model was asked for, as soon as it is done."""


class MemoryChain:
    """Several stores as one: the first that knows a sentence answers, and all take in what is new."""

    def __init__(self, *stores: TranslationMemory | None) -> None:
        self._stores = tuple(store for store in stores if store is not None)

    def lookup(self, french: str) -> Candidate | None:
        """Return what the first store that knows ``french`` has."""
        return next((known for store in self._stores if (known := store.lookup(french)) is not None), None)

    def store(self, french: str, known: Candidate) -> None:
        """Give ``french`` to every store."""
        for store in self._stores:
            store.store(french, known)


class Corrections:
    """What a user wrote, out of ``store``, for a translation under other rules than those that its rest was made under.

    Nothing is kept.  ``check(french, english)`` gives the doubts that the other rules raise.
    """

    def __init__(self, store: TranslationMemory, check: Callable[[str, str], tuple[Flag, ...]]) -> None:
        self._store = store
        self._check = check

    def lookup(self, french: str) -> Candidate | None:
        """Return what a user wrote for ``french``."""
        known = self._store.lookup(french)
        if known is None or known.origin != "user":
            return None
        return replace(known, flags=(*known.flags, *self._check(french, known.english)))

    def store(self, french: str, known: Candidate) -> None:
        """Leave the store as it is."""


class SuppliedCorrections:
    """Corrections that came with a text: English sentences by their French ones."""

    def __init__(self, corrections: Mapping[str, str]) -> None:
        self._english = {
            sentence_key(french): english.strip() for french, english in corrections.items() if english.strip()
        }

    def lookup(self, french: str) -> Candidate | None:
        """Return the correction of ``french``."""
        english = self._english.get(sentence_key(french))
        return Candidate(english, origin="user") if english else None

    def store(self, french: str, known: Candidate) -> None:
        """Take in nothing."""
