"""A sentence on its way: what the model is asked for it, as often as is needed, and the English that stands at last."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from passerelle.seq2seq.engine import Decoding
from passerelle.seq2seq.output import NBest
from passerelle.translate.translation_memory import Candidate


@dataclass(frozen=True)
class Search:
    """Ask the model: ``texts`` are what it reads, with placeholders for what is masked, and ``decoding`` how."""

    texts: tuple[str, ...]
    decoding: Decoding


@dataclass(frozen=True)
class Accept:
    """Ask no more: ``candidate`` stands."""

    candidate: Candidate


Decision = Search | Accept
Value = TypeVar("Value")
Steps = Generator[Search, Sequence[NBest], Value]
"""Searches, each answered by an n-best list for each of its texts, and then what came of them."""


class Ask(Protocol):
    """What searches for one sentence as its steps ask for it: a model alone, or a queue before it."""

    def __call__(self, steps: Steps[Value]) -> Value:
        """Return what came of ``steps``."""


class Attempt:
    """A sentence between two searches; ``decision`` says what comes next.

    ``was_asked``: whether the model was asked for it.  To be used by one thread at a time.
    """

    def __init__(self, decision: Decision, steps: Steps[Candidate] | None = None) -> None:
        self.decision = decision
        self.was_asked = isinstance(decision, Search)
        self._steps = steps

    @classmethod
    def begin(cls, steps: Steps[Candidate]) -> Attempt:
        """Return the attempt that goes on as ``steps`` do."""
        try:
            return cls(next(steps), steps)
        except StopIteration as end:
            return cls(Accept(end.value))

    @property
    def candidate(self) -> Candidate | None:
        """The English, once it is accepted."""
        return self.decision.candidate if isinstance(self.decision, Accept) else None

    def take(self, found: Sequence[NBest]) -> Decision:
        """Take the answer to the search that ``decision`` is; return the next decision."""
        assert self._steps is not None
        try:
            self.decision = self._steps.send(found)
        except StopIteration as end:
            self.decision = Accept(end.value)
        return self.decision
