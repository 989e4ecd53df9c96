from __future__ import annotations

import lzma
from pathlib import Path

import pytest

from training.corpus import Limits, Pair, is_usable, plain_english, plain_french, read_dev, read_prepared, read_raw
from training.corpus import write_prepared as write
from training.selection import likeness


def test_both_sides_lose_their_typography() -> None:
    assert plain_french("«\u00a0L’été\u00a0», dit-il\u202f!") == '"L\'été", dit-il!'
    assert plain_english("“It’s late”—he said – twice") == '"It\'s late" - he said - twice'
    assert plain_english("2010–2012") == "2010-2012"


@pytest.mark.parametrize(
    ("french", "english", "usable"),
    [
        ("Le chat dort.", "The cat sleeps.", True),
        ("", "The cat sleeps.", False),
        ("Le chat", "The cat sleeps on the mat in the hall of the large house", False),
        ("12 34 56 / 78", "12 34 56 / 78", False),
        ("un deux trois quatre", "un deux trois quatre", False),
        ("Paris", "Paris", True),
        ("mot " * 101, "word " * 101, False),
    ],
)
def test_only_pairs_of_text_that_may_be_translations_are_kept(french: str, english: str, usable: bool) -> None:
    assert is_usable(Pair("test", french, english), Limits()) is usable


def test_raw_pairs_are_read_in_plain_form_and_broken_lines_skipped(tmp_path: Path) -> None:
    with lzma.open(tmp_path / "train-a.tsv.xz", "wt", encoding="utf-8") as lines:
        lines.write("news\tL’eau\tWater\nno tabs here\n")
    assert list(read_raw(tmp_path)) == [Pair("news", "L'eau", "Water")]


def test_a_prepared_corpus_is_read_as_it_was_written(tmp_path: Path) -> None:
    pairs = [Pair("a", "un", "one", 0.5, -0.25), Pair("b", "deux", "two")]
    write(pairs, tmp_path / "pairs.tsv")
    assert read_prepared(tmp_path / "pairs.tsv") == pairs
    assert [path.name for path in tmp_path.iterdir()] == ["pairs.tsv"]


def test_a_lopsided_dev_set_is_refused(tmp_path: Path) -> None:
    (tmp_path / "dev").mkdir()
    (tmp_path / "dev" / "x.fr").write_text("un\ndeux\n", encoding="utf-8")
    (tmp_path / "dev" / "x.en").write_text("one\n", encoding="utf-8")
    with pytest.raises(ValueError, match="2 French lines but 1 English"):
        read_dev(tmp_path, "x")
    assert read_dev(tmp_path, "x", 1) == (["un"], ["one"])


def test_text_with_the_wanted_words_is_more_alike() -> None:
    scores = likeness(wanted=[[1, 2, 1, 2]], corpus=[[1, 2], [3, 4], [1, 3]], pieces=5)
    assert scores[0] > scores[2] > scores[1]
