"""What a model that rewrites sentences learns from: kinds of pairs, and how much of each.

``cut``: a sentence and its near-deletion.  ``compressed``: a sentence or two and the one that people made of them.
``headed``: a lead and its headline.
``fused``: two sentences of an article, apart or together, and the highlight that needs both (Barzilay and McKeown
2005, "Sentence fusion for multidocument news summarization").  ``restored``: a sentence with words lost, doubled and
out of place, and the sentence (Lewis et al. 2020, BART).  ``kept``: short sentences that stay as they are.
A pair whose short side has a number or a name that the long side lacks teaches invention and is left out.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from passerelle.summarize.evidence import trace
from passerelle.summarize.sentences import split
from passerelle.summarize.verification import content_support, unsupported_names, unsupported_numbers
from training.batches import Encoded
from training.summary.pairs import Pair, finish, near_deletions, plain, read_json_lines
from training.vocabulary import Vocabulary

SHARES: Mapping[str, float] = {
    "cut": 0.2,
    "compressed": 0.3,
    "headed": 0.05,
    "fused": 0.2,
    "restored": 0.15,
    "kept": 0.1,
}
_LONGEST = 90
_SUPPORTED = 0.8
_NOISE = 0.12


@dataclass(frozen=True)
class Examples:
    """Pairs by kind; ``sentences`` are those that noise is put into, anew each time."""

    pairs: Mapping[str, Sequence[Pair]]
    sentences: Sequence[str]

    @classmethod
    def read(cls, summaries: Path) -> Examples:
        """Read pairs.jsonl.xz and documents.jsonl.xz."""
        rows = list(read_json_lines(summaries / "pairs.jsonl.xz"))
        news = [row for row in read_json_lines(summaries / "documents.jsonl.xz") if row["source"] == "cnndm"]
        full = [s.text for row in news for s in split(row["document"]) if 6 <= s.size <= 40 and s.text[0].isupper()]
        pairs = {
            "cut": list(near_deletions(summaries / "pairs.jsonl.xz")),
            "compressed": list(_honest(row for row in rows if row["source"] == "cnndm_compress")),
            "headed": list(_honest(row for row in rows if row["source"] != "cnndm_compress")),
            "fused": list(fusions(news)),
            "kept": [Pair(text, text) for text in full if len(text.split()) <= 14 and '"' not in text],
        }
        return cls(pairs, [text for text in full if text.count('"') % 2 == 0])

    def drawn(self, rng: random.Random, count: int, shares: Mapping[str, float] = SHARES) -> list[Pair]:
        """Return about ``count`` pairs, of each kind its share; a kind that has none gives none."""
        found: list[Pair] = []
        for kind, share in shares.items():
            wanted = round(count * share)
            if kind == "restored":
                texts = rng.choices(self.sentences, k=wanted) if self.sentences else []
                found += [Pair(noisy(text, rng), text) for text in texts]
            elif self.pairs[kind]:
                found += rng.choices(self.pairs[kind], k=wanted)
        return found


def fusions(rows: Iterable[Mapping[str, str]]) -> Iterator[Pair]:
    """Yield the highlights that two sentences of their article support together, with these."""
    for row in rows:
        sentences = split(row["document"])
        for highlight in split(row["summary"]):
            evidence = trace(highlight.text, sentences)
            source = " ".join(sentence.text for sentence in evidence)
            if len(evidence) == 2 and content_support(highlight.text, source) >= _SUPPORTED:
                yield from _honest([{"document": source, "summary": highlight.text}])


def noisy(sentence: str, rng: random.Random) -> str:
    """Return a sentence of which about an eighth of the words are lost, doubled or change places with the next."""
    words = sentence.split()
    changed: list[str] = []
    for word in words:
        change = rng.choice(("lost", "doubled", "swapped")) if rng.random() < _NOISE else ""
        # What is lost must be guessed, and a name or a number must never be.
        if change == "lost" and word.islower() and word.isalpha() and len(word) < 5:
            continue
        changed += [word, word] if change == "doubled" else [word]
        if change == "swapped" and len(changed) > 1:
            changed[-2:] = changed[:-3:-1]
    return " ".join(changed)


def _honest(rows: Iterable[Mapping[str, str]]) -> Iterator[Pair]:
    for row in rows:
        document, summary = plain(row["document"]), finish(row["summary"])
        if not 4 <= len(summary.split()) < len(document.split()) <= _LONGEST:
            continue
        if not unsupported_numbers(summary, document) and not unsupported_names(summary, document):
            yield Pair(document, summary)


@dataclass(frozen=True)
class Chunks:
    """The chunks of a BatchStream: pairs in piece numbers, drawn anew for each."""

    examples: Examples
    vocabulary: Vocabulary
    size: int = 4000

    def __call__(self, rng: random.Random, number: int) -> list[Encoded]:
        """Return ``size`` pairs."""
        chosen = self.examples.drawn(rng, self.size)
        sources = self.vocabulary.encode([pair.document for pair in chosen])
        targets = self.vocabulary.encode([pair.summary for pair in chosen])
        return list(zip(sources, targets, strict=True))


def split_off(examples: Examples, count: int) -> tuple[Examples, list[Pair]]:
    """Return the examples without the last ``count`` compressed and fused pairs, and these."""
    pairs = dict(examples.pairs)
    held: list[Pair] = []
    for kind in ("compressed", "fused"):
        kept = max(0, len(pairs[kind]) - count)
        held += islice(pairs[kind], kept, None)
        pairs[kind] = pairs[kind][:kept]
    return Examples(pairs, examples.sentences), held
