"""One user's part of a memory that several use: whose words are whose, and who wrote what."""

from __future__ import annotations

from dataclasses import dataclass

from passerelle.translate.memory import Correction, Memory
from passerelle.translate.translation_memory import Candidate, TranslationMemory


@dataclass(frozen=True)
class Personal:
    """``memory`` as one user sees it.

    ``owner``: whose corrections are found and made, before those that stand for everybody; empty for everybody's.
    ``author``: who is noted as having made one.
    """

    memory: Memory
    owner: str = ""
    author: str = ""

    def lookup(self, french: str) -> Candidate | None:
        """Return the English of ``french``: the owner's, else everybody's, else the model's."""
        return self.memory.lookup(french, self.owner)

    def store(self, french: str, known: Candidate) -> None:
        """Take in what the model made of ``french``."""
        self.memory.store(french, known)

    def correct(self, french: str, english: str) -> None:
        """Remember ``english`` for ``french``.  Raises InputError or OutputError."""
        self.memory.correct(french, english, self.owner, self.author)

    def forget(self, french: str) -> bool:
        """Take the owner's English of ``french`` out; return whether there was one."""
        return self.memory.forget(french, self.owner)

    def listed(self) -> tuple[Correction, ...]:
        """Return the owner's corrections, the newest first."""
        return self.memory.listed(self.owner)


@dataclass(frozen=True)
class ReadOnly:
    """A memory that answers and takes nothing in."""

    memory: TranslationMemory

    def lookup(self, french: str) -> Candidate | None:
        """Return what the memory knows of ``french``."""
        return self.memory.lookup(french)

    def store(self, french: str, known: Candidate) -> None:
        """Leave the memory as it is."""
