"""Shortens the sentences of a draft, each by what is best left out of it, if that is worth it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING

from passerelle.seq2seq.engine import Decoding
from passerelle.summarize.cuts import LIMITS, Cut, cuts
from passerelle.summarize.verification import verify
from passerelle.summarize.words import FUNCTION_WORDS, WORD, bare, content, stem
from passerelle.summarize.worth import Setting, Worth

if TYPE_CHECKING:
    from passerelle.seq2seq.model import Model

DECODING = Decoding(beam=4, hypotheses=4, no_repeat_ngram=3, max_length_ratio=1.0)
_WORTH_IT = 0.3
_ROUNDS = 2
_RESEMBLANCE = 0.65


@dataclass(frozen=True)
class Compressor:
    """Chooses among the cuts of a sentence by their worth.

    ``model``: one that shortens sentences, whose verified hypotheses are candidates too (None: the cuts alone).
    """

    worth: Worth
    model: Model | None = None

    def __call__(self, sentences: Sequence[str], counts: Iterable[Mapping[str, int]]) -> Iterator[str]:
        """Yield each of the ``sentences`` of a draft, shortened where that is worth it.

        ``counts``: for each sentence, how often every stem occurs in the part of the text that it comes from.
        """
        stems = [Counter(set(content(sentence))) for sentence in sentences]
        everywhere = sum(stems, Counter())
        for sentence, counted, own in zip(sentences, counts, stems, strict=True):
            yield self._shortest(sentence, Setting(counted, (everywhere - own).keys()))

    def _shortest(self, sentence: str, setting: Setting) -> str:
        shorter = sentence
        for _ in range(_ROUNDS):
            candidates = list(cuts(shorter, sentence))
            if shorter == sentence:
                candidates += self._hypotheses(sentence)
            worth, place = max(
                ((self.worth(cut, shorter, setting), -number) for number, cut in enumerate(candidates)), default=(0, 0)
            )
            if worth <= _WORTH_IT:
                break
            shorter = candidates[-place].text
        return shorter

    def _hypotheses(self, sentence: str) -> list[Cut]:
        if self.model is None or self.model.count(sentence) > self.model.limit:
            return []
        written = (respell(output.text, sentence) for output in self.model.hypotheses(sentence, DECODING))
        return [Cut(text, missing(text, sentence), "end") for text in written if not verify(text, sentence, LIMITS)]


def missing(output: str, sentence: str) -> str:
    """Return the words of ``sentence`` that ``output`` lacks, in order."""
    kept = Counter(match.lower() for match in WORD.findall(output))
    left = []
    for word in WORD.findall(sentence):
        if kept[word.lower()]:
            kept[word.lower()] -= 1
        else:
            left.append(word)
    return " ".join(left)


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
