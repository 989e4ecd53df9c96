"""The three panes in a terminal, and what must not reach it."""

from __future__ import annotations

import io
import re

import pytest
from rich.console import Console

from passerelle.summarize.summary import Summary
from passerelle.translate.flags import Flag, Kind, Message, Reason
from passerelle.translate.sentence_pair import Sentence
from passerelle.translate.translation import Paragraph, Translation
from passerelle.ui.terminal import show

HOSTILE = "\x1b[2J\x1b]0;title\x07 \x9b31m [bold]pas gras[/bold] :smile:\r\nfin."


def translation(french: str, english: str, flags: tuple[Flag, ...] = ()) -> Translation:
    sentence = Sentence(0, french, english, 0, len(french), 0, len(english), None, flags)
    return Translation(french, english, (Paragraph(0, len(french), (sentence,)),), "signature")


def shown(page: Translation, width: int, *, color: bool = False) -> str:
    file = io.StringIO()
    console = Console(file=file, width=width, force_terminal=color, color_system="standard" if color else None)
    show(page, Summary("A short one.", (), 0.1, "signature"), console)
    return file.getvalue()


def test_wide_the_panes_stand_side_by_side() -> None:
    lines = shown(translation("Bonjour.", "Hello."), 120).splitlines()
    assert re.search("Original +Translation +Summary", lines[0])
    assert any(re.search(r"Bonjour\. +Hello\. +A short one\.", line) for line in lines)


def test_narrow_they_stand_one_below_the_other() -> None:
    text = shown(translation("Bonjour.", "Hello."), 60)
    places = [text.index(word) for word in ("Original", "Bonjour.", "Translation", "Hello.", "Summary", "A short one.")]
    assert places == sorted(places)


@pytest.mark.parametrize("width", [60, 120])
def test_nothing_in_a_text_steers_the_terminal(width: int) -> None:
    text = shown(translation(HOSTILE, HOSTILE), width)
    assert not re.search("[\0-\x08\x0b-\x1f\x7f-\x9f]", text)
    assert text.count("[bold]pas") == 2
    assert text.count(":smile:") == 2


def test_a_doubtful_sentence_is_marked() -> None:
    doubt = (Flag(Kind.NUMBER, Message.of(Reason.BECAME, 1, 2)),)
    marked = shown(translation("Un.", "Two.", doubt), 120, color=True)
    assert "\x1b[33mTwo.\x1b[0m" in marked
    assert "\x1b[33m" not in shown(translation("Un.", "One."), 120, color=True)


def test_an_empty_text_shows_empty_panes() -> None:
    text = shown(Translation("", "", (), "signature"), 120)
    assert "Original" in text
    assert "A short one." in text
