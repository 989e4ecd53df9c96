"""Learn what a cut is worth from articles and their highlights.

``python -m training.summary.cuts SUMMARIES`` reads documents.jsonl.xz there, has the selector choose sentences of every
article as ``summarize`` does, and notes for every verified cut of one of them by how much ROUGE-1 and ROUGE-2 of the
whole choice rise or fall with it.  Writes summarize/cuts.json.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

import numpy as np

from passerelle.summarize.cuts import cuts
from passerelle.summarize.features import Background
from passerelle.summarize.lengths import Room
from passerelle.summarize.selector import Selector
from passerelle.summarize.sentences import Sentence
from passerelle.summarize.trimming import trim
from passerelle.summarize.words import content
from passerelle.summarize.worth import Setting, features
from training.summary.boosting import Boosting, fit
from training.summary.selector import Article, Grams, f1, grams, read_articles

OUTPUT = Path("summarize/cuts.json")
SETTINGS = Boosting(trees=200, least=100)
_LEAD = 3


def examples(article: Article, selector: Selector, background: Background) -> Iterator[tuple[list[float], float]]:
    """Yield the features of each cut of the sentences that are chosen, and what it gains."""
    sentences = [Sentence(index, text, 0, 0) for index, text in enumerate(article.sentences)]
    budget = sum(sentence.size for sentence in sentences[:_LEAD])
    chosen = [trim(item.sentence.text) for item in selector.select(sentences, Room(budget, worth=0.5))]
    counts = Counter(stem for text in article.sentences for stem in content(text))
    wanted = grams(article.highlights)
    before = _score(chosen, wanted)
    for place, text in enumerate(chosen):
        others = chosen[:place] + chosen[place + 1 :]
        setting = Setting(counts, {stem for other in others for stem in content(other)})
        for cut in cuts(text, text):
            yield features(cut, text, setting, background), _score([*others, cut.text], wanted) - before


def _score(texts: Sequence[str], wanted: Grams) -> float:
    """Return ROUGE-1 and ROUGE-2 of a choice together, in points."""
    rows = [grams(text) for text in texts]
    together = [sum((row[n] for row in rows), Counter[tuple[str, ...]]()) for n in (0, 1)]
    return 100 * sum(f1(mine, goal) for mine, goal in zip(together, wanted, strict=True))


def learn(articles: Sequence[Article], selector: Selector, settings: Boosting) -> dict[str, object]:
    """Return what cuts.json holds."""
    found = [example for article in articles for example in examples(article, selector, selector.background)]
    trees = fit(np.array([row for row, _ in found]), np.array([gain for _, gain in found]), settings)
    return {
        "trees": [
            [tree.feature, [round(value, 4) for value in tree.threshold], tree.left, tree.right] for tree in trees
        ],
        "recipe": {**asdict(settings), "articles": len(articles), "cuts": len(found)},
    }


def main() -> None:
    """Read the command line, learn and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("summaries", type=Path)
    parser.add_argument("--output", type=Path, default=OUTPUT)
    parser.add_argument("--limit", type=int, default=None, help="learn from this many articles only")
    options = parser.parse_args()
    articles = read_articles(options.summaries / "documents.jsonl.xz")[: options.limit]
    learned = learn(articles, Selector.load(), SETTINGS)
    options.output.write_text(json.dumps(learned, separators=(",", ":")) + "\n", encoding="utf-8")
    print(f"{learned['recipe']}, {options.output.stat().st_size / 1e3:.0f} kB written to {options.output}")


if __name__ == "__main__":
    main()
