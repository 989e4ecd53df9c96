from __future__ import annotations

import json
import lzma
import random
import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from benchmarks.everyday import SENTENCES as EVERYDAY
from training.augmentation import Augmenter
from training.corpus import Pair, read_prepared, read_written
from training.prepare import PAIRS_FILE, VECTORS_FILE, prepare
from training.sampling import PairChunks, Taste, chosen_pairs
from training.vocabulary import Vocabulary

from .conftest import SENTENCES

PLAIN = Augmenter(shares={}, joined_share=0.0)


def test_free_pairs_go_first_and_then_the_far_ones() -> None:
    pairs = [Pair("a", str(index), "", literalness=index, likeness=-index) for index in range(10)]
    kept = chosen_pairs(pairs, Taste(rates={}, too_free=0.4, too_far=0.5))
    assert sorted(pair.french for pair in kept) == ["4", "5", "6"]


def test_an_epoch_shows_each_source_as_often_as_its_rate_says(vocabulary: Vocabulary) -> None:
    pairs = [Pair(source, french, english) for source in ("often", "rarely") for french, english in SENTENCES]
    chunks = PairChunks(pairs, vocabulary, Taste(rates={"often": 2.0, "rarely": 0.0}), augmenter=PLAIN, size=4)
    assert chunks.per_epoch == 4
    shown: Counter[str] = Counter()
    for number in range(chunks.per_epoch):
        rows = chunks(random.Random(number), number)
        shown.update(vocabulary.decode([source for source, _ in rows]))
    assert shown == Counter({french: 2 for french, _ in SENTENCES})


def test_a_chunk_depends_on_nothing_but_its_number(vocabulary: Vocabulary) -> None:
    pairs = [Pair("a", french, english) for french, english in SENTENCES]
    one, other = (PairChunks(pairs, vocabulary, Taste(rates={}), size=3) for _ in range(2))
    one(random.Random(0), 0)
    one(random.Random(4), 4)
    assert one(random.Random(1), 1) == other(random.Random(1), 1)


def test_what_was_written_for_the_model_is_kept_whole() -> None:
    pairs = [Pair(source, str(number), "", number, number) for source in ("a", "written") for number in range(10)]
    kept = [pair.source for pair in chosen_pairs(pairs, Taste(too_free=0.4, too_far=0.5))]
    assert (kept.count("a"), kept.count("written")) == (3, 10)


def test_the_written_pairs_share_no_five_words_with_the_everyday_sentences() -> None:
    def fives(texts: Iterable[str]) -> set[tuple[str, ...]]:
        rows = [re.findall(r"\w+", text.lower()) for text in texts]
        return {tuple(row[place : place + 5]) for row in rows for place in range(len(row) - 4)}

    everyday = [line.split("\t")[1] for line in EVERYDAY.read_text(encoding="utf-8").splitlines()]
    written = list(read_written())
    assert len(written) > 1000
    assert all(pair.french and pair.english for pair in written)
    assert not fives(everyday) & fives(pair.french for pair in written)


def test_pairs_that_are_too_long_are_left_out(vocabulary: Vocabulary) -> None:
    pairs = [Pair("a", "le chat " * 30, "the cat " * 30), Pair("a", "le chat", "the cat")]
    rows = PairChunks(pairs, vocabulary, Taste(rates={}, longest_pieces=20), augmenter=PLAIN)(random.Random(0), 0)
    assert vocabulary.decode([source for source, _ in rows]) == ["le chat"]


def test_a_raw_corpus_is_prepared_with_its_scores(vocabulary: Vocabulary, tmp_path: Path) -> None:
    with lzma.open(tmp_path / "train-x.tsv.xz", "wt", encoding="utf-8") as lines:
        for french, english in SENTENCES * 200:
            lines.write(f"x\t{french}\t{english}\n")
    with lzma.open(tmp_path / "wanted.jsonl.xz", "wt", encoding="utf-8") as lines:
        lines.write(json.dumps({"document": "le chat noir mange"}) + "\n")
    count = prepare(tmp_path, tmp_path / "wanted.jsonl.xz", vocabulary, tmp_path / "prepared", dimensions=8)
    pairs = read_prepared(tmp_path / "prepared" / PAIRS_FILE)
    assert len(pairs) == count == 200 * len(SENTENCES)
    alike = {pair.french: pair.likeness for pair in pairs}
    assert alike["le chat noir mange"] > alike["la maison est grande"]
    assert all(0 < pair.literalness <= 1 for pair in pairs)
    assert (tmp_path / "prepared" / VECTORS_FILE).exists()
