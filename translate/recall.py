"""Sentences whose English is known from before: what a translator asks ahead of its model."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from translate.translation import Flag, Link


@dataclass(frozen=True)
class Known:
    """The English of one French sentence, with all that is known of it; the fields are those of ``Sentence``."""

    english: str
    score: float | None = None
    flags: tuple[Flag, ...] = ()
    links: tuple[Link, ...] = ()
    origin: str = "memory"


class Recall(Protocol):
    """A store of sentences; a job's database and a user's memory are two."""

    def find(self, french: str) -> Known | None:
        """Return what is known of the sentence ``french``, None where the model has to be asked."""

    def keep(self, french: str, known: Known) -> None:
        """Take in the sentence ``french``, which the model was asked for, as soon as it is done."""


class Chain:
    """Several stores as one: the first that knows a sentence answers, and all take in what is new."""

    def __init__(self, *stores: Recall | None) -> None:
        self._stores = tuple(store for store in stores if store is not None)

    def find(self, french: str) -> Known | None:
        """Return what the first store that knows ``french`` has."""
        return next((known for store in self._stores if (known := store.find(french)) is not None), None)

    def keep(self, french: str, known: Known) -> None:
        """Give ``french`` to every store."""
        for store in self._stores:
            store.keep(french, known)
