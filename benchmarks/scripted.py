"""An engine that writes what a function says, so that all that stands around a model can be tried without one."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from seq2seq.checkpoint import Checkpoint
from seq2seq.engine import Decoding, Hypothesis
from seq2seq.model import Model

# What it writes for a text, best first.
Answers = Callable[[str, Decoding], Sequence[str]]


class Scripted:
    """Stands in for the engine of ``model``; ``searches`` are the texts it was given, in order.

    Each token of an answer is said to come from the token of the source at the same place.
    """

    workers = 1
    token_budget = 1024
    equal_lengths = False

    def __init__(self, model: Model, answers: Answers) -> None:
        self._tokenizer = model.tokenizer
        self._answers = answers
        self.name, self.version, self.device = "scripted", "1", model.engine.device
        self.searches: list[str] = []

    def generate(self, batch: Sequence[Sequence[int]], decoding: Decoding) -> list[tuple[Hypothesis, ...]]:
        """Return the answers to each source of ``batch``, the last one again where there are too few."""
        found = []
        for source in batch:
            text = self._tokenizer.decode([source[:-1]])[0]
            self.searches.append(text)
            answers = list(self._answers(text, decoding))[: decoding.hypotheses]
            answers += [answers[-1]] * (decoding.hypotheses - len(answers))
            tokens = [ids[:-1] for ids in self._tokenizer.encode(answers)]
            found.append(tuple(Hypothesis(tuple(ids), -0.5, True, self._aligned(ids, source)) for ids in tokens))
        return found

    @staticmethod
    def _aligned(ids: Sequence[int], source: Sequence[int]) -> tuple[int, ...]:
        return tuple(min(place, len(source) - 2) for place in range(len(ids)))


def scripted(checkpoint: Checkpoint, answers: Answers) -> tuple[Model, Scripted]:
    """Return the model of ``checkpoint`` with a scripted engine in the place of its own."""
    real = Model.load(checkpoint)
    engine = Scripted(real, answers)
    return Model(checkpoint, real.tokenizer, engine, real.limit, "for a test"), engine
