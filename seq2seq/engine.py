"""What an engine is: token ids in, hypotheses out.

Two engines implement the protocol, ``pytorch.py`` and ``ctranslate2.py``; ``model.py`` joins one of them to
a tokenizer and to the batching.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from passerelle.seq2seq.device import Device


@dataclass(frozen=True)
class Decoding:
    """How hypotheses are searched for.

    ``beam``: width of the beam (1 is greedy).  ``hypotheses``: how many are returned for each source, best
    first, at most ``beam``.  ``no_repeat_ngram``: no n-gram of this many tokens occurs twice (0: off).
    ``max_length_ratio`` bounds the output, in tokens, by the source's length;
    ``extra_tokens`` is added to the upper bound so that short sources have room.

    The search ends for a source when ``beam`` hypotheses have ended, which is transformers'
    ``early_stopping=True`` and CTranslate2's ``patience=1``.  An output has at least one token.

    Raises ValueError where a number is out of range.
    """

    beam: int = 4
    hypotheses: int = 1
    no_repeat_ngram: int = 0
    max_length_ratio: float = 2.0
    extra_tokens: int = 16

    def __post_init__(self) -> None:
        if not 1 <= self.hypotheses <= self.beam:
            raise ValueError(f"hypotheses must lie between 1 and the beam ({self.beam}), not {self.hypotheses}")
        if self.no_repeat_ngram < 0 or self.max_length_ratio < 0 or self.extra_tokens < 1:
            raise ValueError(f"negative limits: {self}")

    def max_new_tokens(self, source_tokens: int) -> int:
        """The longest output, in tokens, allowed for a source of ``source_tokens`` tokens.

        Rounded up to a power of two: an engine has one limit for a whole batch, so a batch holds only
        sources with the same limit, and few limits make full batches.
        """
        bound = int(source_tokens * self.max_length_ratio) + self.extra_tokens
        return 1 << (bound - 1).bit_length()


@dataclass(frozen=True)
class Hypothesis:
    """One output of the engine.

    ``tokens``: target ids without ``</s>``.  ``score``: mean log-probability per token, ``</s>`` included.
    ``finished``: False where the output limit came before ``</s>``.  ``aligned``: for each token the position in the
    source that the model looked at most while writing it (head 0 of the last decoder layer, where OPUS-MT
    checkpoints learned word alignment); -1 where that is not known; empty where the
    checkpoint is of another kind.
    """

    tokens: tuple[int, ...]
    score: float
    finished: bool
    aligned: tuple[int, ...] = ()


class Engine(Protocol):
    """Generates from one checkpoint on one device."""

    @property
    def name(self) -> str:
        """``"pytorch"`` or ``"ctranslate2"``."""

    @property
    def version(self) -> str:
        """Version of the library underneath, for signatures."""

    @property
    def device(self) -> Device:
        """Where it runs and in which number format, with the reason."""

    @property
    def workers(self) -> int:
        """How many batches it runs at the same time; ``generate`` may be called from that many threads."""

    @property
    def token_budget(self) -> int:
        """Padded source tokens that make a full batch on this device."""

    @property
    def equal_lengths(self) -> bool:
        """Whether batches of sources of one length give exactly what each source gives alone."""

    def generate(self, batch: Sequence[Sequence[int]], decoding: Decoding) -> list[tuple[Hypothesis, ...]]:
        """Return ``decoding.hypotheses`` hypotheses, best first, for each source of ``batch``.

        Each source is a sequence of ids that ends with the end-of-sentence id.  The batch is run as it is, with
        the output limit of its longest source: sorting and sizing belong to ``batching.py``.
        Raises MemoryError where the device's memory does not hold the batch.
        """
