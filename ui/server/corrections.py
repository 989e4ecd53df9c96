"""What a reader corrected, handed to a memory that can take it."""

from __future__ import annotations

from typing import Protocol, runtime_checkable

from translate.recall import Recall


@runtime_checkable
class Correctable(Protocol):
    """A memory in which the reader's word counts more than the model's."""

    def correct(self, french: str, english: str) -> object:
        """Remember ``english`` for the sentence ``french``."""


def remember(memory: Recall | None, french: str, english: str) -> bool:
    """Have ``memory`` remember a correction; False where there is no memory, or the correction is empty."""
    if not isinstance(memory, Correctable) or not (french.strip() and english.strip()):
        return False
    memory.correct(french, english)
    return True
