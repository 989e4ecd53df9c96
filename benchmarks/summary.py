"""The summary against its peers: ``python -m benchmarks.summary DATA [--count 300]``.

DATA holds dev-written.jsonl.xz (news with summaries by writers, several of each), dev-cnndm.jsonl.xz (news with
highlights) and dev-compression.jsonl.xz.  ``benchmarks.summary_french`` measures the way from French,
``summary_promises`` what holds for any document.  Every system may use as many words as LEAD-3 on the same article.
ROUGE is rouge_score's with stemming, against the reference that suits best; a summary's sentences are its lines for
ROUGE-Lsum.  Written to benchmarks/SUMMARY.md, of which what stands below the line of dashes is written by hand, and
kept.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks import compression
from benchmarks.summarizers import LEAD, ORACLE, UNVERIFIED, Article, Rouge, System, moved, read, systems
from passerelle.summarize.compressor import Compressor
from passerelle.summarize.evidence import trace
from passerelle.summarize.summarizer import NO_MODEL, Summarizer
from passerelle.summarize.verification import unsupported_names, unsupported_numbers
from passerelle.summarize.worth import Worth

REPORT = Path("benchmarks/SUMMARY.md")
KEPT = "\n---\n"
_DISHONEST = (UNVERIFIED, ORACLE)
_RESAMPLES = 2000


@dataclass(frozen=True)
class Measured:
    """What one system made of a set of articles.

    ``scores``: ROUGE-1, -2 and -Lsum of each article.  ``words``: of its mean summary.  ``unsupported``: numbers and
    names that the evidence lacks.  ``speed``: seconds per 1,000 words of the articles.
    """

    scores: tuple[tuple[float, float, float], ...]
    words: float
    unsupported: int
    speed: float

    def mean(self, kind: int) -> float:
        """Return the mean of one of the three scores."""
        return sum(score[kind] for score in self.scores) / len(self.scores)

    def over(self, other: Measured) -> str:
        """Return how much ROUGE-1 is above that of ``other``, with its 95% interval (bootstrap over the articles)."""
        rows = np.array([mine[0] - theirs[0] for mine, theirs in zip(self.scores, other.scores, strict=True)])
        drawn = np.random.default_rng(1).integers(len(rows), size=(_RESAMPLES, len(rows)))
        low, high = np.quantile(rows[drawn].mean(1), [0.025, 0.975])
        return f"{rows.mean():+.2f} ({low:+.2f} to {high:+.2f})"


def measure(articles: Sequence[Article], system: System, rouge: Rouge) -> Measured:
    """Summarise ``articles``, each with as many words as its first three sentences have, and score the summaries."""
    began = time.perf_counter()
    outputs = [system(article, article.budget) for article in articles]
    seconds = time.perf_counter() - began
    pairs = list(zip(articles, outputs, strict=True))
    return Measured(
        scores=tuple(rouge(article.references, output) for article, output in pairs),
        words=sum(len(text.split()) for output in outputs for text in output) / len(outputs),
        unsupported=sum(unsupported(article, output) for article, output in pairs),
        speed=1000 * seconds / sum(sentence.size for article in articles for sentence in article.sentences),
    )


def unsupported(article: Article, output: Sequence[str]) -> int:
    """Count the numbers and names of a summary that its nearest two sentences of the article lack."""
    count = 0
    for sentence in output:
        evidence = " ".join(found.text for found in trace(sentence, article.sentences))
        count += len(unsupported_numbers(sentence, evidence)) + len(unsupported_names(sentence, evidence))
    return count


def table(
    written: Sequence[Article], highlights: Sequence[Article], compared: Mapping[str, System], rouge: Rouge
) -> str:
    """Return the table in Markdown: both kinds of reference, and the highlights again with the lead moved."""
    kinds = (written, highlights, [moved(article) for article in highlights])
    leads = [measure(articles, compared[LEAD], rouge) for articles in kinds]
    lines = [
        "| system | writers: words | R-1 | R-2 | R-Lsum | R-1 over LEAD-3 | highlights: words | R-1 | R-2 | R-Lsum |"
        " R-1 over LEAD-3 | lead at the end: words | R-1 | unsupported | s per 1,000 words |",
        "| --- |" + " ---: |" * 14,
    ]
    for name, system in compared.items():
        once = name in _DISHONEST
        rows = [measure(articles, system, rouge) for articles in (kinds[:2] if once else kinds)]
        cells = [name]
        for row, first in zip(rows[:2], leads, strict=False):
            cells += [f"{row.words:.1f}", *(f"{row.mean(kind):.2f}" for kind in range(3)), row.over(first)]
        cells += ["–", "–"] if once else [f"{rows[2].words:.1f}", f"{rows[2].mean(0):.2f}"]
        cells += [str(sum(row.unsupported for row in rows)), f"{rows[1].speed:.3f}"]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def main() -> None:
    """Read the command line, measure, print and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--count", type=int, default=300, help="articles of each kind at most")
    options = parser.parse_args()
    cutting, bundled = Summarizer(NO_MODEL), Summarizer()
    worth = Worth.load(cutting.selector.background)
    cutter, compact = Compressor(worth), Compressor(worth, bundled.model)
    written, highlights = (
        read(options.data / name, options.count) for name in ("dev-written.jsonl.xz", "dev-cnndm.jsonl.xz")
    )
    rouge = Rouge()
    text = f"""# The summary, measured

`python -m benchmarks.summary DATA --count {options.count}`: {len(written)} news articles with summaries by professional
writers (dev-written), {len(highlights)} of CNN/DailyMail with their highlights, cut near 400 words (dev-cnndm), and
these again with their first three sentences at the end; never trained on.  Every system may use as many words
as LEAD-3, the first three sentences, on the same article.  Over LEAD-3: with the 95% interval by bootstrap.
Unsupported: numbers and names that the evidence lacks, in all the summaries of the row.

`{cutting.signature}`
`{bundled.signature}`

{table(written, highlights, systems(cutting.selector, cutter, compact, rouge), rouge)}

## Single sentences

DUC 2004 (dev-compression, four references): ROUGE recall at 75 bytes.  Fit: how many outputs have no more.

{compression.table(options.data / "dev-compression.jsonl.xz", cutter, compact)}
"""
    print(text)
    by_hand = REPORT.read_text(encoding="utf-8").partition(KEPT)[2]
    REPORT.write_text(text + (KEPT + by_hand if by_hand else ""), encoding="utf-8")


if __name__ == "__main__":
    main()
