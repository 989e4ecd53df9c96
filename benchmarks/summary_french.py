"""From a French article to an English summary: ``python -m benchmarks.summary_french DATA [--count 150]``.

DATA holds dev-orangesum-fr.jsonl.xz, French news with professional abstracts.  Each article is translated and then
summarised, with as many words as the translated abstract has; the abstract, translated by the same checkpoint, is the
reference.  Errors of translation that befall both alike are therefore not counted: this measures what is chosen, not
how it reads.  Prints, and writes benchmarks/SUMMARY-FRENCH.md.
"""

from __future__ import annotations

import argparse
import json
import lzma
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.summarizers import Rouge
from passerelle.summarize.summarizer import Summarizer
from passerelle.translate import Translation, Translator

REPORT = Path("benchmarks/SUMMARY-FRENCH.md")


@dataclass(frozen=True)
class Pair:
    """An article in both languages, and its abstract in English."""

    page: Translation
    reference: str

    @property
    def budget(self) -> int:
        """The words that a summary may have."""
        return len(self.reference.split())


def read(path: Path, count: int, translator: Translator) -> list[Pair]:
    """Return the first ``count`` articles, translated."""
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for _, line in zip(range(count), lines, strict=False)]
    pages = translator([row["document"] for row in rows])
    references = translator([row["summary"] for row in rows])
    return [Pair(page, str(reference)) for page, reference in zip(pages, references, strict=True)]


def lead(pair: Pair) -> list[str]:
    """The first sentences, as many as come nearest to the budget."""
    chosen: list[str] = []
    words = 0
    for sentence in pair.page.sentences:
        size = len(sentence.text.split())
        if chosen and abs(words + size - pair.budget) > abs(words - pair.budget):
            break
        chosen.append(sentence.text)
        words += size
    return chosen


def ours(summarizer: Summarizer, pair: Pair) -> list[str]:
    """The summary, asked for as a share of the words."""
    share = min(0.9, pair.budget / max(1, len(pair.page.text.split())))
    return [sentence.text for sentence in summarizer(pair.page, share).sentences]


def table(pairs: Sequence[Pair], summarizer: Summarizer) -> str:
    """Return the table in Markdown."""
    rouge = Rouge()
    rows = ["| system | words | R-1 | R-2 | R-Lsum | s per 1,000 words |", "| --- | ---: | ---: | ---: | ---: | ---: |"]
    size = sum(len(pair.page.text.split()) for pair in pairs)
    for name in ("the lead", "**Passerelle**"):
        began = time.perf_counter()
        outputs = [lead(pair) if name == "the lead" else ours(summarizer, pair) for pair in pairs]
        seconds = time.perf_counter() - began
        scores = [rouge([[pair.reference]], output) for pair, output in zip(pairs, outputs, strict=True)]
        means = " | ".join(f"{sum(column) / len(scores):.2f}" for column in zip(*scores, strict=True))
        words = sum(len(text.split()) for output in outputs for text in output) / len(outputs)
        rows.append(f"| {name} | {words:.1f} | {means} | {1000 * seconds / size:.3f} |")
    return "\n".join(rows)


def main() -> None:
    """Read the command line, measure, print and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--count", type=int, default=150)
    options = parser.parse_args()
    translator, summarizer = Translator(), Summarizer()
    pairs = read(options.data / "dev-orangesum-fr.jsonl.xz", options.count, translator)
    reference = sum(pair.budget for pair in pairs) / len(pairs)
    text = f"""# From French to an English summary

`python -m benchmarks.summary_french DATA --count {options.count}` on dev-orangesum-fr ({len(pairs)} articles,
never trained on), against the abstract translated by the same checkpoint ({reference:.1f} words).

`{translator.signature}`
`{summarizer.signature}`

{table(pairs, summarizer)}
"""
    print(text)
    REPORT.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
