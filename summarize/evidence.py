"""Which sentences of the text support a sentence of the summary."""

from __future__ import annotations

from collections.abc import Sequence

from passerelle.summarize.sentences import Sentence
from passerelle.summarize.summary import Evidence
from passerelle.summarize.words import content


def evidence_of(sentence: Sentence) -> Evidence:
    """Return a sentence of the text as evidence."""
    return Evidence(sentence.index, sentence.text, sentence.start, sentence.end, sentence.source)


def trace(output: str, sentences: Sequence[Sentence], most: int = 2) -> tuple[Sentence, ...]:
    """Return the sentences that together hold most of the content words of ``output``, in order; at least one.

    A second sentence is added only where it holds content words that the first lacks: by
    itself at least a fifth of them all.
    """
    wanted = set(content(output))
    stems = [wanted & set(content(sentence.text)) for sentence in sentences]
    found: list[int] = []
    missing = set(wanted)
    while len(found) < most:
        best = max(range(len(sentences)), key=lambda i: (len(stems[i] & missing), -i))
        if found and len(stems[best] & missing) < max(1, len(wanted) / 5):
            break
        found.append(best)
        missing -= stems[best]
    return tuple(sentences[i] for i in sorted(set(found)))
