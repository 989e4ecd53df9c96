"""The systems that ``benchmarks.summary`` compares, and what they are compared on."""

from __future__ import annotations

import json
import lzma
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from passerelle.seq2seq.model import Model
from passerelle.summarize.compressor import DECODING, Compressor, respell
from passerelle.summarize.drafts import SelectAndCompress, Shortener
from passerelle.summarize.lengths import WORTH, Room
from passerelle.summarize.selector import Selector
from passerelle.summarize.sentences import Sentence, split

UNVERIFIED = "compact-en, unverified"
ORACLE = "oracle (knows the reference)"
LEAD = "LEAD-3"


@dataclass(frozen=True)
class Article:
    """An article and the summaries that people wrote of it, each in sentences."""

    sentences: tuple[Sentence, ...]
    references: tuple[tuple[str, ...], ...]

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
        Article(
            tuple(split(row["document"])),
            tuple(tuple(s.text for s in split(text)) for text in row.get("references", [row["summary"]])),
        )
        for row in rows
    ]


def moved(article: Article) -> Article:
    """Return the article with its first three sentences at the end."""
    return Article(article.sentences[3:] + article.sentences[:3], article.references)


class Rouge:
    """ROUGE-1, -2 and -Lsum, F1 in percent; of several references each has the one that suits the output best."""

    def __init__(self) -> None:
        from rouge_score.rouge_scorer import RougeScorer

        self._scorer = RougeScorer(["rouge1", "rouge2", "rougeLsum"], use_stemmer=True)

    def __call__(self, references: Iterable[Iterable[str]], output: Iterable[str]) -> tuple[float, float, float]:
        """Return the three scores of one summary, given in sentences."""
        scores = self._scorer.score_multi(["\n".join(reference) for reference in references], "\n".join(output))
        first, second, long = (100 * scores[name].fmeasure for name in ("rouge1", "rouge2", "rougeLsum"))
        return first, second, long


def lead(count: int) -> System:
    """The first ``count`` sentences of the article as it stands."""
    return lambda article, budget: [sentence.text for sentence in article.sentences[:count]]


def sumy_system(name: str) -> System:
    """TextRank or LexRank as sumy has them, sentences taken from the best on while they fit the budget."""
    from sumy.models.dom import ObjectDocumentModel, Paragraph
    from sumy.models.dom import Sentence as SumySentence
    from sumy.nlp.stemmers import Stemmer
    from sumy.summarizers.lex_rank import LexRankSummarizer
    from sumy.summarizers.text_rank import TextRankSummarizer

    from passerelle.summarize.words import FUNCTION_WORDS

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
    """At most four sentences, added while ROUGE-1 and ROUGE-2 together rise: knows the references."""

    def run(article: Article, budget: int) -> list[str]:
        chosen: list[int] = []
        best = 0.0
        while len(chosen) < 4:
            scored = []
            for i in range(len(article.sentences)):
                attempt = sorted({*chosen, i})
                texts = [article.sentences[j].text for j in attempt]
                if i not in chosen and sum(len(text.split()) for text in texts) <= budget:
                    scored.append((sum(rouge(article.references, texts)[:2]), -i))
            top = max(scored, default=(0.0, 0))
            if top[0] <= best:
                break
            best = top[0]
            chosen.append(-top[1])
        return [article.sentences[i].text for i in sorted(chosen)]

    return run


def drafted(writer: SelectAndCompress) -> System:
    """One of our own writers, given the budget."""
    return lambda article, budget: [draft.text for draft in writer(article.sentences, Room(budget, worth=WORTH))]


def unverified(model: Model) -> Shortener:
    """Believe whatever a model writes first."""

    def shorten(sentences: Sequence[str], counts: Iterable[Mapping[str, int]]) -> Iterator[str]:
        for text in sentences:
            yield respell(model.hypotheses(text, DECODING)[0].text, text) if model.count(text) <= model.limit else text

    return shorten


def systems(selector: Selector, cutter: Compressor, compact: Compressor, rouge: Rouge) -> dict[str, System]:
    """Return every system of the table by name."""
    assert compact.model is not None
    return {
        "LEAD-2": lead(2),
        LEAD: lead(3),
        "TextRank (sumy)": sumy_system("TextRank"),
        "LexRank (sumy)": sumy_system("LexRank"),
        "selector alone": drafted(SelectAndCompress(selector, None, trims=False)),
        "selector, trimmed by rule": drafted(SelectAndCompress(selector, None)),
        "selector, trimmed and cut": drafted(SelectAndCompress(selector, cutter)),
        "**the same with compact-en**": drafted(SelectAndCompress(selector, compact)),
        UNVERIFIED: drafted(SelectAndCompress(selector, unverified(compact.model))),
        ORACLE: oracle(rouge),
    }
