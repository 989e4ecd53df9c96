from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from passerelle.translate.composer import Composer
from passerelle.translate.segmenter import Wrap

WIDTH = 40


def lines(text: str) -> list[str]:
    composer = Composer()
    composer.sentence(text, Wrap(WIDTH, "\n"))
    return composer.text.split("\n")


def test_a_last_word_that_nearly_fits_is_not_left_alone() -> None:
    assert lines(f"{'word ' * 7}at the end.") == ["word word word word word word word at", "the end."]
    assert lines(f"{'word ' * 7}and now.") == [f"{'word ' * 7}and now."]


@given(st.lists(st.text("abc", min_size=1, max_size=12), min_size=1, max_size=40))
def test_no_line_is_more_than_a_tenth_too_wide_and_no_word_is_lost(words: list[str]) -> None:
    found = lines(" ".join(words))
    assert " ".join(found).split() == words
    assert all(len(line) <= WIDTH + WIDTH // 10 for line in found)
