"""Learn the sentence selector from articles and their highlights.

``python -m training.summary.selector SUMMARIES`` reads documents.jsonl.xz there and writes
summarize/selector.json.  A sentence's target is what a summary would gain by it: half its ROUGE-1 and half its
ROUGE-2 with the highlights, and more where a greedy oracle takes it.  Every article is also seen with its first
three sentences at the end, so that the place of a sentence is not all that counts.
"""

from __future__ import annotations

import argparse
import json
import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np

from passerelle.summarize.features import Background, features
from passerelle.summarize.sentences import split
from passerelle.summarize.words import content, stem, words
from training.summary.boosting import Boosting, fit, saved
from training.summary.pairs import read_json_lines

OUTPUT = Path("summarize/selector.json")
Grams = tuple[Counter[tuple[str, ...]], Counter[tuple[str, ...]]]
_PRIOR = 20
_SEEN = 12


@dataclass(frozen=True)
class Article:
    """An article in sentences, and the highlights that it should be reduced to."""

    sentences: tuple[str, ...]
    highlights: str


def read_articles(path: Path) -> list[Article]:
    """Return the articles of at least four sentences."""
    lines = (line for line in read_json_lines(path) if line["source"] == "cnndm")
    articles = [Article(tuple(s.text for s in split(line["document"])), line["summary"]) for line in lines]
    return [article for article in articles if len(article.sentences) >= 4]


def background(articles: Sequence[Article]) -> Background:
    """Count in how many articles a stem occurs, and how often it is kept in the highlights."""
    occurs: Counter[str] = Counter()
    kept: Counter[str] = Counter()
    for article in articles:
        present = set(content(" ".join(article.sentences)))
        occurs.update(present)
        kept.update(present & set(content(article.highlights)))
    usual = sum(kept.values()) / sum(occurs.values())
    stems = [word for word, count in occurs.items() if count >= _SEEN]

    def log_odds(share: float) -> float:
        return math.log(share / (1 - share))

    salience = {w: log_odds((kept[w] + _PRIOR * usual) / (occurs[w] + _PRIOR)) - log_odds(usual) for w in stems}
    rarity = {word: math.log(len(articles) / occurs[word]) for word in stems}
    return Background(
        {word: round(value, 2) for word, value in sorted(rarity.items())},
        {word: round(value, 2) for word, value in sorted(salience.items())},
    )


def gains(article: Article, oracle_bonus: float = 0.3) -> list[float]:
    """Return for each sentence what it would add to a summary."""
    wanted = grams(article.highlights)
    rows = [grams(sentence) for sentence in article.sentences]
    alone = [sum(f1(mine, goal) for mine, goal in zip(row, wanted, strict=True)) / 2 for row in rows]
    chosen: list[int] = []
    best = 0.0
    while len(chosen) < 4:
        scored = []
        for i in set(range(len(rows))) - set(chosen):
            together = [sum((rows[j][n] for j in (*chosen, i)), Counter[tuple[str, ...]]()) for n in (0, 1)]
            scored.append((sum(f1(mine, goal) for mine, goal in zip(together, wanted, strict=True)), -i))
        top = max(scored, default=(0.0, 0))
        if top[0] <= best:
            break
        best = top[0]
        chosen.append(-top[1])
    return [gain + oracle_bonus * (i in chosen) for i, gain in enumerate(alone)]


def grams(text: str) -> Grams:
    """Return how often each stem and each pair of neighbouring stems occurs."""
    row = [stem(word) for word in words(text)]
    return Counter((word,) for word in row), Counter(pairwise(row))


def f1(mine: Counter[tuple[str, ...]], goal: Counter[tuple[str, ...]]) -> float:
    """Return the ROUGE F1 of one count of n-grams against another, from 0 to 1."""
    both, all_of_them = sum((mine & goal).values()), sum(mine.values()) + sum(goal.values())
    return 2 * both / all_of_them if all_of_them else 0.0


def learn(articles: Sequence[Article], settings: Boosting, redundancy: float, moved_share: float) -> dict[str, object]:
    """Return what selector.json holds.

    The background of one half of the articles serves for the features of the other, so that no article is scored by
    counts that include its own highlights; the background that is kept comes from them all.
    """
    half = len(articles) // 2
    elsewhere = (background(articles[half:]), background(articles[:half]))
    rows: list[list[float]] = []
    targets: list[float] = []
    for number, article in enumerate(articles):
        known = elsewhere[number >= half]
        gain = gains(article)
        rows += features(article.sentences, known)
        targets += gain
        if (number * moved_share) % 1 + moved_share >= 1:
            rows += features(article.sentences[3:] + article.sentences[:3], known)
            targets += gain[3:] + gain[:3]
    trees = fit(np.array(rows), np.array(targets), settings)
    known = background(articles)
    return {
        "redundancy": redundancy,
        "trees": saved(trees, 5),
        "rarity": known.rarity,
        "salience": known.salience,
        "recipe": {**asdict(settings), "articles": len(articles), "moved_share": moved_share},
    }


def main() -> None:
    """Read the command line, learn and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("summaries", type=Path)
    parser.add_argument("--output", type=Path, default=OUTPUT)
    parser.add_argument("--redundancy", type=float, default=0.25)
    parser.add_argument("--moved-share", type=float, default=1.0)
    parser.add_argument("--limit", type=int, default=None, help="learn from this many articles only")
    options = parser.parse_args()
    articles = read_articles(options.summaries / "documents.jsonl.xz")[: options.limit]
    learned = learn(articles, Boosting(), options.redundancy, options.moved_share)
    options.output.write_text(json.dumps(learned, separators=(",", ":")) + "\n", encoding="utf-8")
    print(f"{len(articles):,} articles, {options.output.stat().st_size / 1e6:.2f} MB written to {options.output}")


if __name__ == "__main__":
    main()
