"""What a search gives: the text that it found best, and the others on its list."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from passerelle.seq2seq.engine import Hypothesis


@dataclass(frozen=True)
class Output:
    """What the model wrote for one text.

    ``score``: mean log-probability per token, ``</s>`` included.  ``finished``: False where the output limit
    came before ``</s>``.  ``tokens``: how many, without ``</s>``.  ``links``: pairs of word numbers, counted between
    blanks from 0: a word of the source and the word of ``text`` that it became.
    """

    text: str
    score: float
    finished: bool
    tokens: int
    links: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True)
class NBest:
    """The n-best list of one ``source``, in tokens; ``rest`` is turned into text by ``decode`` once it is asked for."""

    source: Sequence[int]
    best: Output
    rest: Sequence[Hypothesis]
    decode: Callable[[Sequence[Sequence[int]], Sequence[Hypothesis]], list[Output]]

    def outputs(self) -> tuple[Output, ...]:
        """Return all of the list, best first."""
        return (self.best, *self.decode([self.source] * len(self.rest), self.rest))
