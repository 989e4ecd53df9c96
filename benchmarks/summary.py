"""The summary against its peers: ``python -m benchmarks.summary DATA [--count 300]``.

DATA holds dev-cnndm.jsonl.xz and dev-compression.jsonl.xz.  ``benchmarks.summary_french`` measures the way from French,
``summary_promises`` what holds for any document.  Every system may use as many words as LEAD-3 on the same article.
ROUGE is rouge_score's with stemming; a summary's sentences are its lines for ROUGE-Lsum.  Written to
benchmarks/SUMMARY.md, of which what stands below the line of dashes is written by hand, and kept.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from benchmarks import compression
from benchmarks.summarizers import ORACLE, UNVERIFIED, Article, Rouge, System, moved, read, systems
from passerelle.summarize.compressor import Compressor
from passerelle.summarize.evidence import trace
from passerelle.summarize.summarizer import NO_MODEL, Summarizer
from passerelle.summarize.verification import unsupported_names, unsupported_numbers
from passerelle.summarize.worth import Worth

REPORT = Path("benchmarks/SUMMARY.md")
KEPT = "\n---\n"
_ONCE = (UNVERIFIED, ORACLE)
_RESAMPLES = 2000


def unsupported(article: Article, output: Sequence[str]) -> tuple[int, int]:
    """Count the numbers and names of a summary that its nearest two sentences of the article lack."""
    figures = names = 0
    for sentence in output:
        evidence = " ".join(found.text for found in trace(sentence, article.sentences))
        figures += len(unsupported_numbers(sentence, evidence))
        names += len(unsupported_names(sentence, evidence))
    return figures, names


def interval(differences: Sequence[float]) -> str:
    """Return a mean with its 95% interval by bootstrap over the articles (seed 1)."""
    rows = np.array(differences)
    drawn = np.random.default_rng(1).integers(len(rows), size=(_RESAMPLES, len(rows)))
    low, high = np.quantile(rows[drawn].mean(1), [0.025, 0.975])
    return f"{rows.mean():+.2f} ({low:+.2f} to {high:+.2f})"


def table(articles: Sequence[Article], compared: Mapping[str, System], rouge: Rouge) -> str:
    """Return the table in Markdown."""
    lines = [
        "| system | words | R-1 | R-2 | R-Lsum | R-1 over LEAD-3 | R-1, lead at the end | numbers | names | s per 1,000"
        " words |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    size = sum(sentence.size for article in articles for sentence in article.sentences)
    led = [rouge(article.reference, article.lead)[0] for article in articles]
    for name, system in compared.items():
        began = time.perf_counter()
        outputs = [system(article, article.budget) for article in articles]
        seconds = time.perf_counter() - began
        scores = [rouge(article.reference, output) for article, output in zip(articles, outputs, strict=True)]
        means = [sum(column) / len(scores) for column in zip(*scores, strict=True)]
        over = interval([score[0] - first for score, first in zip(scores, led, strict=True)])
        later = "–"
        if name not in _ONCE:
            scores_later = [rouge(a.reference, system(moved(a), a.budget))[0] for a in articles]
            later = f"{sum(scores_later) / len(scores_later):.2f}"
        doubts = [unsupported(article, output) for article, output in zip(articles, outputs, strict=True)]
        words = sum(len(text.split()) for output in outputs for text in output) / len(outputs)
        lines.append(
            f"| {name} | {words:.1f} | {means[0]:.2f} | {means[1]:.2f} | {means[2]:.2f} | {over} |"
            f" {later} | {sum(d[0] for d in doubts)} | {sum(d[1] for d in doubts)} |"
            f" {1000 * seconds / size:.3f} |"
        )
    return "\n".join(lines)


def main() -> None:
    """Read the command line, measure, print and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--count", type=int, default=300)
    options = parser.parse_args()
    cutting, bundled = Summarizer(NO_MODEL), Summarizer()
    worth = Worth.load(cutting.selector.background)
    cutter, compact = Compressor(worth), Compressor(worth, bundled.model)
    articles = read(options.data / "dev-cnndm.jsonl.xz", options.count)
    rouge = Rouge()
    text = f"""# The summary, measured

`python -m benchmarks.summary DATA --count {options.count}` on dev-cnndm ({len(articles)} articles of CNN/DailyMail,
cut near 400 words; never trained on).  Every system may use as many words as LEAD-3 has on the same article.
R-1 over LEAD-3: with its 95% interval by bootstrap.  Numbers and names: how many of the output its evidence lacks.
The lead: the first three sentences.

`{cutting.signature}`
`{bundled.signature}`

{table(articles, systems(cutting.selector, cutter, compact, rouge), rouge)}

## Single sentences

DUC 2004 (dev-compression, four references): ROUGE recall at 75 bytes.  Fit: how many outputs have no more.

{compression.table(options.data / "dev-compression.jsonl.xz", cutter, compact)}
"""
    print(text)
    by_hand = REPORT.read_text(encoding="utf-8").partition(KEPT)[2]
    REPORT.write_text(text + (KEPT + by_hand if by_hand else ""), encoding="utf-8")


if __name__ == "__main__":
    main()
