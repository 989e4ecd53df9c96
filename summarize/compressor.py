"""Rewrites a sentence into a shorter one with a sequence-to-sequence model, and keeps only what can be verified."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING

from seq2seq.engine import Decoding
from summarize.summary import SummaryFlag
from summarize.trimming import trim
from summarize.verification import DEFAULT, Limits, verify
from summarize.words import FUNCTION_WORDS, WORD, bare, stem

if TYPE_CHECKING:
    from seq2seq.model import Model

DECODING = Decoding(beam=4, hypotheses=4, no_repeat_ngram=3, max_length_ratio=1.0)
_WORTH_IT = 14
_RESEMBLANCE = 0.65


@dataclass(frozen=True)
class Rewriting:
    """A shorter sentence.

    ``rewritten``: False where the sentence itself stands, at most trimmed; ``rejected`` says why.
    """

    text: str
    rewritten: bool = False
    rejected: tuple[SummaryFlag, ...] = ()


class Compressor:
    """A model that shortens sentences, and the limits within which its output is believed."""

    def __init__(self, model: Model, limits: Limits | None = DEFAULT) -> None:
        self.model = model
        self.limits = limits

    def unverified(self) -> Compressor:
        """Return a compressor that believes everything, to measure what verification is worth."""
        return Compressor(self.model, None)

    def __call__(self, sentence: str) -> Rewriting:
        """Return the best verified hypothesis for ``sentence``, else the sentence trimmed by rule.

        A sentence of fewer than 14 words is left as it is, and one beyond the model's limit is only trimmed.
        """
        trimmed = trim(sentence)
        if len(trimmed.split()) < _WORTH_IT or self.model.count(trimmed) > self.model.limit:
            return Rewriting(trimmed)
        rejected: tuple[SummaryFlag, ...] = ()
        for candidate in self.candidates(trimmed):
            doubts = verify(candidate, trimmed, self.limits) if self.limits else ()
            if not doubts and len(candidate.split()) < 0.9 * len(trimmed.split()):
                return Rewriting(candidate, rewritten=True)
            rejected = rejected or doubts
        return Rewriting(trimmed, rejected=rejected)

    def candidates(self, sentence: str) -> Iterable[str]:
        """Return the model's hypotheses, best first, unverified."""
        return [respell(output.text, sentence) for output in self.model.hypotheses(sentence, DECODING)]


def respell(output: str, evidence: str) -> str:
    """Return ``output`` with its words spelt as in ``evidence``, a capital first and a full stop last.

    A word that the evidence lacks becomes the word there that it resembles, if one does: a small model slips in the
    spelling of rare names, piece by piece, and this mends it.
    The mended sentence is verified like any other.
    """
    spellings: dict[str, str] = {}
    for position, match in enumerate(WORD.finditer(evidence)):
        word = match.group()
        if position or bare(word) not in FUNCTION_WORDS:
            spellings.setdefault(word.lower(), word)
    inflections = {stem(known): spelling for known, spelling in spellings.items()}

    def spelt(match: re.Match[str]) -> str:
        word = match.group()
        lower = word.lower()
        if lower in spellings:
            return spellings[lower]
        if lower in FUNCTION_WORDS or len(lower) < 4 or not lower.replace("'", "").isalpha():
            return word
        if stem(lower) in inflections:
            return inflections[stem(lower)]
        close = get_close_matches(lower, spellings, n=1, cutoff=_RESEMBLANCE)
        return spellings[close[0]] if close else word

    text = WORD.sub(spelt, " ".join(output.split())).rstrip(" ,;:-–—")
    if text and text[-1] not in ".!?…\"'”’)":
        text += "."
    return text[:1].upper() + text[1:]
