"""Blocks: together they are the text, and a text that comes in bits gives the same ones."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from passerelle.panes import Column, Piece
from passerelle.panes.flow import LONG_ENOUGH, TOO_LONG, Flow, body
from passerelle.panes.html import checkable
from tests.panes.test_html import Reader

LINES = st.lists(st.tuples(st.text("ab <&", min_size=1, max_size=400), st.sampled_from(["\n", "\r\n", " ", "\n\n  "])))


def column(lines: list[tuple[str, str]]) -> Column:
    text, pieces = "", []
    for number, (sentence, gap) in enumerate(lines):
        pieces.append(Piece(len(text), len(text) + len(sentence), f"s{number}"))
        text += sentence + gap
    return Column("Text", text, tuple(pieces))


@given(LINES)
@settings(max_examples=60, deadline=None)
def test_blocks_together_are_the_text(lines: list[tuple[str, str]]) -> None:
    shown = column(lines)
    read = Reader(f'<div class="text">{"".join(f"<div>{block}</div>" for block in body(shown))}</div>')
    assert read.texts == [shown.text]
    assert [text for _, text in read.pieces] == [sentence for sentence, _ in lines]


def test_a_block_ends_with_a_line_and_a_long_line_between_two_pieces() -> None:
    by_line = body(column([("x" * LONG_ENOUGH, "\n")] * 3))
    assert [block.count("data-key") for block in by_line] == [1, 1, 1]
    assert all(block.endswith("\n") for block in by_line)
    one_line = body(column([("x" * 99, " ")] * 400))
    assert len(one_line) > 5 and all(len(Reader(block).pieces) <= TOO_LONG // 99 + 2 for block in one_line)


def test_what_comes_in_bits_continues_the_last_block() -> None:
    flow, blocks, shown = Flow(), [""], column([("x" * 250, "\n")] * 9)
    for piece in shown.pieces:
        flow.piece(shown.text[piece.start : piece.end], piece)
        flow.text("\n")
        first, *new = flow.take()
        blocks[-1] += first
        blocks += new
    assert [block for block in blocks if block] == body(shown)


def test_a_note_is_no_reason_to_check() -> None:
    pieces = (Piece(0, 1, "a", notes=("kept as it is",), level="note"), Piece(1, 2, "b", notes=("odd",), level="error"))
    shown = Column("Text", "ab", pieces)
    assert checkable(shown) == 1
    [html] = body(shown)
    assert 'class="piece noted"' in html and 'class="piece doubtful"' in html
    assert [*Reader(html).notes] == ["Note: kept as it is", "To check: odd"]


def test_words_are_numbered_for_the_script() -> None:
    [html] = body(Column("Text", "Un deux", (Piece(0, 7, "s0", words=((0, 2, 0), (3, 7, 1))),)))
    assert 'data-words="0-2-0 3-7-1"' in html
