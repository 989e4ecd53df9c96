"""The summary against its peers, in one table: ``python -m benchmarks.summary DATA [--count 300]``.

DATA holds dev-cnndm.jsonl.xz.  ``benchmarks.summary_french`` measures the way from French, ``summary_promises``
what holds for any document.  Every system may use as many words as LEAD-3 does on the same article.  ROUGE is
rouge_score's with stemming; a summary's sentences are its lines for ROUGE-Lsum.  Written to benchmarks/SUMMARY.md.
"""

from __future__ import annotations

import argparse
import json
import lzma
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from summarize.drafts import SelectAndCompress
from summarize.evidence import trace
from summarize.lengths import Room
from summarize.sentences import Sentence, split
from summarize.summarizer import Summarizer
from summarize.verification import unsupported_names, unsupported_numbers

REPORT = Path("benchmarks/SUMMARY.md")
_ONCE = ("compressor, unverified", "oracle (knows the highlights)")


@dataclass(frozen=True)
class Article:
    """An article and its highlights."""

    sentences: tuple[Sentence, ...]
    reference: tuple[str, ...]

    @property
    def lead(self) -> list[str]:
        """The first three sentences."""
        return [sentence.text for sentence in self.sentences[:3]]

    @property
    def budget(self) -> int:
        """The words of the first three sentences of the article as it was published."""
        return sum(len(text.split()) for text in self.lead)

    @property
    def text(self) -> str:
        """The article in one string, a sentence a paragraph, so that every system sees the same sentences."""
        return "\n\n".join(sentence.text for sentence in self.sentences)


System = Callable[[Article, int], list[str]]


def read(path: Path, count: int) -> list[Article]:
    """Return the first ``count`` articles."""
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for _, line in zip(range(count), lines, strict=False)]
    return [
        Article(tuple(split(row["document"])), tuple(sentence.text for sentence in split(row["summary"])))
        for row in rows
    ]


def moved(article: Article) -> Article:
    """Return the article with its first three sentences at the end."""
    return Article(article.sentences[3:] + article.sentences[:3], article.reference)


class Rouge:
    """ROUGE-1, -2 and -Lsum, F1 in percent."""

    def __init__(self) -> None:
        from rouge_score.rouge_scorer import RougeScorer

        self._scorer = RougeScorer(["rouge1", "rouge2", "rougeLsum"], use_stemmer=True)

    def __call__(self, reference: Iterable[str], output: Iterable[str]) -> tuple[float, float, float]:
        """Return the three scores of one summary, given in sentences."""
        scores = self._scorer.score("\n".join(reference), "\n".join(output))
        first, second, long = (100 * scores[name].fmeasure for name in ("rouge1", "rouge2", "rougeLsum"))
        return first, second, long


def lead(article: Article, budget: int) -> list[str]:
    """The first three sentences of the article as it stands."""
    return article.lead


def sumy_system(name: str) -> System:
    """TextRank or LexRank as sumy has them, sentences taken from the best on while they fit the budget."""
    from sumy.models.dom import ObjectDocumentModel, Paragraph
    from sumy.models.dom import Sentence as SumySentence
    from sumy.nlp.stemmers import Stemmer
    from sumy.summarizers.lex_rank import LexRankSummarizer
    from sumy.summarizers.text_rank import TextRankSummarizer

    from summarize.words import FUNCTION_WORDS

    summarizer: Any = {"TextRank": TextRankSummarizer, "LexRank": LexRankSummarizer}[name](Stemmer("english"))
    summarizer.stop_words = FUNCTION_WORDS

    class Words:
        """Stands in for sumy's tokenizer, which would download a model for sentences that are already split."""

        def to_words(self, text: str) -> tuple[str, ...]:
            return tuple(word.strip(".,;:!?\"'()") for word in text.split())

    def run(article: Article, budget: int) -> list[str]:
        sentences = [SumySentence(sentence.text, Words()) for sentence in article.sentences]
        document = ObjectDocumentModel([Paragraph(sentences)])
        chosen: list[str] = []
        for count in range(1, len(sentences) + 1):
            longer = [str(sentence) for sentence in summarizer(document, count)]
            if sum(len(text.split()) for text in longer) > budget and chosen:
                break
            chosen = longer
        return chosen

    return run


def oracle(rouge: Rouge) -> System:
    """At most four sentences, added while ROUGE-1 and ROUGE-2 together rise: knows the highlights."""

    def run(article: Article, budget: int) -> list[str]:
        chosen: list[int] = []
        best = 0.0
        while len(chosen) < 4:
            scored = []
            for i in range(len(article.sentences)):
                attempt = sorted({*chosen, i})
                texts = [article.sentences[j].text for j in attempt]
                if i not in chosen and sum(len(text.split()) for text in texts) <= budget:
                    scored.append((sum(rouge(article.reference, texts)[:2]), -i))
            top = max(scored, default=(0.0, 0))
            if top[0] <= best:
                break
            best = top[0]
            chosen.append(-top[1])
        return [article.sentences[i].text for i in sorted(chosen)]

    return run


def drafted(writer: SelectAndCompress) -> System:
    """One of our own writers, given the budget."""
    return lambda article, budget: [draft.text for draft in writer(article.sentences, Room(budget, worth=0.5))]


def unsupported(article: Article, output: Sequence[str]) -> tuple[int, int]:
    """Count the numbers and names of a summary that its nearest two sentences of the article lack."""
    figures = names = 0
    for sentence in output:
        evidence = " ".join(found.text for found in trace(sentence, article.sentences))
        figures += len(unsupported_numbers(sentence, evidence))
        names += len(unsupported_names(sentence, evidence))
    return figures, names


def systems(summarizer: Summarizer, rouge: Rouge) -> dict[str, System]:
    """Return every system of the table by name."""
    assert isinstance(summarizer.writer, SelectAndCompress)
    compressor = summarizer.writer.compressor
    assert compressor is not None
    decoding = summarizer.writer.decoding
    selected = SelectAndCompress(summarizer.selector, None, decoding, trims=False)
    trimmed = SelectAndCompress(summarizer.selector, None, decoding)
    unverified = SelectAndCompress(summarizer.selector, compressor.unverified(), decoding)
    return {
        "LEAD-3": lead,
        "TextRank (sumy)": sumy_system("TextRank"),
        "LexRank (sumy)": sumy_system("LexRank"),
        "selector alone": drafted(selected),
        "selector, trimmed by rule": drafted(trimmed),
        "compressor, unverified": drafted(unverified),
        "**compressor, verified**": drafted(summarizer.writer),
        "oracle (knows the highlights)": oracle(rouge),
    }


def table(articles: Sequence[Article], summarizer: Summarizer) -> str:
    """Return the table in Markdown."""
    rouge = Rouge()
    lines = [
        "| system | words | R-1 | R-2 | R-Lsum | R-1, lead at the end | numbers | names | s per 1,000 words |",
        "| --- | --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    size = sum(sentence.size for article in articles for sentence in article.sentences)
    for name, system in systems(summarizer, rouge).items():
        began = time.perf_counter()
        outputs = [system(article, article.budget) for article in articles]
        seconds = time.perf_counter() - began
        scores = [rouge(article.reference, output) for article, output in zip(articles, outputs, strict=True)]
        means = [sum(column) / len(scores) for column in zip(*scores, strict=True)]
        later = "–"
        if name not in _ONCE:
            scores_later = [rouge(a.reference, system(moved(a), a.budget))[0] for a in articles]
            later = f"{sum(scores_later) / len(scores_later):.2f}"
        doubts = [unsupported(article, output) for article, output in zip(articles, outputs, strict=True)]
        words = sum(len(text.split()) for output in outputs for text in output) / len(outputs)
        lines.append(
            f"| {name} | {words:.1f} | {means[0]:.2f} | {means[1]:.2f} | {means[2]:.2f} |"
            f" {later} | {sum(d[0] for d in doubts)} | {sum(d[1] for d in doubts)} |"
            f" {1000 * seconds / size:.3f} |"
        )
    return "\n".join(lines)


def main() -> None:
    """Read the command line, measure, print and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--count", type=int, default=300)
    parser.add_argument("--checkpoint", default=None)
    parser.add_argument("--engine", default="auto")
    options = parser.parse_args()
    summarizer = Summarizer(options.checkpoint, engine=options.engine)
    articles = read(options.data / "dev-cnndm.jsonl.xz", options.count)
    signature = summarizer.model.signature(summarizer.writer.decoding)
    text = f"""# The summary, measured

`python -m benchmarks.summary DATA --count {options.count}` on dev-cnndm ({len(articles)} articles of CNN/DailyMail,
cut near 400 words; never trained on).  Every system may use as many words as LEAD-3 has on the same article.
Numbers and names: how many of the output its evidence lacks.  The lead: the first three sentences.

`{signature}`

{table(articles, summarizer)}
"""
    print(text)
    REPORT.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
