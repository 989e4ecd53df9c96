"""Single sentences made shorter, against DUC 2004: part of ``benchmarks.summary``.

dev-compression.jsonl.xz holds first sentences of news and four headlines by people for each.  As in the field, every
output is cut at 75 bytes and ROUGE is recall, here the mean over the four.
"""

from __future__ import annotations

import json
import lzma
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from passerelle.summarize.compressor import DECODING, Compressor, respell
from passerelle.summarize.cuts import within
from passerelle.summarize.trimming import trim
from passerelle.summarize.verification import verify
from passerelle.summarize.words import content

BYTES = 75
_HEADLINE = 12


def table(path: Path, cutter: Compressor, compact: Compressor) -> str:
    """Return the table in Markdown.  ``cutter``: the cuts alone; ``compact``: the bundled compressor beside them."""
    from rouge_score.rouge_scorer import RougeScorer

    scorer = RougeScorer(["rouge1", "rouge2", "rougeL"], use_stemmer=True)
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    tables = ["| output | bytes | fit | R-1 | R-2 | R-L |", "| --- | ---: | ---: | ---: | ---: | ---: |"]
    for name, shorten in _systems(cutter, compact).items():
        outputs = [shorten(row["document"]) for row in rows]
        sums = Counter[str]()
        for row, output in zip(rows, outputs, strict=True):
            for reference in row["references"]:
                for kind, score in scorer.score(_capped(reference), _capped(output)).items():
                    sums[kind] += 100 * score.recall / len(row["references"]) / len(rows)
        sizes = [len(output.encode()) for output in outputs]
        scores = " | ".join(f"{sums[kind]:.2f}" for kind in ("rouge1", "rouge2", "rougeL"))
        fit = sum(size <= BYTES for size in sizes)
        tables.append(f"| {name} | {sum(sizes) / len(sizes):.0f} | {fit} of {len(rows)} | {scores} |")
    return "\n".join(tables)


def _systems(cutter: Compressor, compact: Compressor) -> dict[str, Callable[[str], str]]:
    def cut(sentence: str) -> str:
        trimmed = trim(sentence)
        return next(cutter([trimmed], [Counter(content(trimmed))]))

    def first(sentence: str) -> str:
        return written(sentence)[0]

    def verified(sentence: str) -> str:
        return next((text for text in written(sentence) if not verify(text, trim(sentence))), trim(sentence))

    def written(sentence: str) -> list[str]:
        trimmed = trim(sentence)
        assert compact.model is not None
        if compact.model.count(trimmed) > compact.model.limit:
            return [trimmed]
        return [respell(output.text, trimmed) for output in compact.model.hypotheses(trimmed, DECODING)]

    return {
        "the sentence": lambda sentence: sentence,
        "trimmed by rule": trim,
        "trimmed and cut": cut,
        "as a headline": lambda sentence: within(trim(sentence), _HEADLINE),
        "compact-en, unverified": first,
        "compact-en, verified": verified,
    }


def _capped(text: str) -> str:
    return text.encode()[:BYTES].decode(errors="ignore")
