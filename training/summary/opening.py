"""Learn to tell whether a text opens with its news.

``python -m training.summary.opening SUMMARIES`` reads documents.jsonl.xz there and writes summarize/opening.json.  No
summary is looked at: every third article is seen as it stands, and with its first three sentences at the end.  Prints
how often the judge, learnt from four fifths of them, finds the article as it stands the likelier of the two among the
rest.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import numpy as np

from passerelle.summarize.features import Background, features
from passerelle.summarize.opening import described
from passerelle.summarize.selector import Selector
from training.summary.boosting import Boosting, fit, saved
from training.summary.selector import Article, read_articles

OUTPUT = Path("summarize/opening.json")
SETTINGS = Boosting(trees=150, depth=4, rate=0.08, bins=32, least=30)
_HELD_OUT = 5


def examples(articles: Sequence[Article], background: Background) -> tuple[list[list[float]], list[float]]:
    """Return two rows for each article, as it stands (1) and with its lead moved (0)."""
    rows, targets = [], []
    for article in articles:
        for text, target in ((article.sentences, 1.0), (article.sentences[3:] + article.sentences[:3], 0.0)):
            rows.append(described(features(text, background)))
            targets.append(target)
    return rows, targets


def learn(articles: Sequence[Article], background: Background, settings: Boosting = SETTINGS) -> dict[str, object]:
    """Return what opening.json holds."""
    rows, targets = map(np.array, examples(articles, background))
    known = 2 * (len(articles) - len(articles) // _HELD_OUT)
    trial = fit(rows[:known], targets[:known], settings)
    judged = [sum(tree(row) for tree in trial) for row in rows[known:].tolist()]
    right = sum(a > b for a, b in zip(judged[::2], judged[1::2], strict=True)) / max(1, len(judged) // 2)
    trees = saved(fit(rows, targets, settings), 4)
    return {"trees": trees, "recipe": {**asdict(settings), "articles": len(articles), "right": round(right, 3)}}


def main() -> None:
    """Read the command line, learn and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("summaries", type=Path)
    parser.add_argument("--output", type=Path, default=OUTPUT)
    parser.add_argument("--every", type=int, default=3, help="learn from one article in so many")
    options = parser.parse_args()
    articles = read_articles(options.summaries / "documents.jsonl.xz")[:: options.every]
    learned = learn(articles, Selector.load().background)
    options.output.write_text(json.dumps(learned, separators=(",", ":")) + "\n", encoding="utf-8")
    print(f"{len(articles):,} articles, {learned['recipe']}, written to {options.output}")


if __name__ == "__main__":
    main()
