from __future__ import annotations

import json
import lzma
from pathlib import Path

import numpy as np
import pytest

from passerelle.summarize.features import NAMES
from training.summary.boosting import Boosting, fit
from training.summary.pairs import align, common_subsequence, near_deletions
from training.summary.selector import Article, gains, learn


def test_boosted_trees_learn_a_rule_and_nothing_from_noise() -> None:
    generator = np.random.default_rng(1)
    rows = generator.random((2000, 3))
    targets = np.where(rows[:, 1] > 0.5, 1.0, 0.0) + 0.1 * generator.standard_normal(2000)
    trees = fit(rows, targets, Boosting(trees=40, depth=2))
    predicted = np.array([sum(tree(row) for tree in trees) for row in rows.tolist()])
    assert np.mean((predicted - targets) ** 2) < 0.03
    splits = [column for tree in trees[1:6] for column in tree.feature if column >= 0]
    assert splits.count(1) > len(splits) / 2


def test_a_longest_common_subsequence() -> None:
    assert common_subsequence("abcde", "ace") == [(0, 0), (2, 1), (4, 2)]
    assert align([5, 6, 7, 8], [6, 9, 8]) == (1, -100, 3)


def test_pairs_are_kept_where_words_are_only_left_out(tmp_path: Path) -> None:
    rows = [
        (
            "The mayor of the town, who is 61, resigned on Monday after a long debate.",
            "The mayor of the town resigned on Monday",
        ),
        (
            "The mayor of the town, who is 61, resigned on Monday after a long debate.",
            "City leader quits office amid local dispute",
        ),
        (
            "LONDON, England (CNN) -- The mayor of the town resigned on Monday after a debate.",
            "Mayor of the town resigned",
        ),
    ]
    path = tmp_path / "pairs.jsonl.xz"
    with lzma.open(path, "wt") as file:
        for document, summary in rows:
            file.write(json.dumps({"source": "cnndm_compress", "document": document, "summary": summary}) + "\n")
    first, second = near_deletions(path)
    assert first.summary == "The mayor of the town resigned on Monday."
    assert second.document.startswith("The mayor")


def test_what_a_summary_needs_most_gains_most() -> None:
    article = Article(
        ("Rain fell.", "The mayor resigned on Monday.", "Cats slept.", "He was tired."), "Mayor resigned on Monday."
    )
    gain = gains(article)
    assert max(gain) == gain[1] > 0.3
    assert gain[2] == pytest.approx(0.0)


def test_what_is_learnt_is_complete() -> None:
    articles = [
        Article(
            (f"Storm {n} hit the coast.", "Rain fell.", "The mayor spoke to them.", "It ended."),
            f"Storm {n} hit the coast.",
        )
        for n in range(40)
    ]
    learned = learn(articles, Boosting(trees=3, least=5), 0.25, 0.5)
    trees = learned["trees"]
    assert isinstance(trees, list)
    assert len(trees) == 4
    assert max(column for tree in trees for column in tree[0]) < len(NAMES)
    assert {"redundancy", "rarity", "salience", "recipe"} <= set(learned)
