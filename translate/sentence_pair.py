"""A sentence of the source and its English, with the words of both that belong together."""

from __future__ import annotations

from dataclasses import dataclass

from passerelle.translate.flags import Flag


@dataclass(frozen=True)
class Link:
    """A word of ``Sentence.source`` and the word of ``Sentence.text`` that it became, each with its span in there."""

    start: int
    end: int
    target_start: int
    target_end: int


@dataclass(frozen=True)
class Sentence:
    """One sentence of the source and its English.

    ``index``: its position among the translation's sentences.  ``start``, ``end``: its span in
    ``Translation.source``, in characters; ``target_start``, ``target_end``: that of its English in
    ``Translation.text``.  ``score``: mean log-probability per token, None where no model was asked.
    ``links``: which word became which, as far as the model shows it.  ``origin``: who wrote the English:
    ``"model"``, ``"memory"``, ``"user"``, or ``"carried"`` where the French stands.
    """

    index: int
    source: str
    text: str
    start: int
    end: int
    target_start: int
    target_end: int
    score: float | None = None
    flags: tuple[Flag, ...] = ()
    links: tuple[Link, ...] = ()
    origin: str = "model"

    @property
    def doubts(self) -> tuple[Flag, ...]:
        """The flags that ask for a look: all but the notes."""
        return tuple(flag for flag in self.flags if flag.is_doubt)

    def __str__(self) -> str:
        return self.text
