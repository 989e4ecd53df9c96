"""Notes are no sentences to check, in no count; and no time is given before it can be told."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from passerelle.translate import Translator
from passerelle.translate.flags import Flag, Kind, Message, Reason
from passerelle.translate.folder.pace import Clock
from passerelle.translate.folder.results import Pace
from passerelle.translate.folder.walk import Entry
from passerelle.translate.sentence_pair import Sentence
from passerelle.translate.translation import Paragraph, Translation
from passerelle.ui.cli import main
from tests.conftest import BUNDLED

NOTE, DOUBT = (
    Flag(Kind.COPIED, Message(Reason.NO_FRENCH_IN_IT), "note"),
    Flag(Kind.NUMBER, Message.of(Reason.BECAME, 3, 4)),
)


def test_a_translation_tells_doubts_from_notes() -> None:
    sentences = tuple(
        Sentence(place, "a", "a", place, place + 1, place, place + 1, flags=flags)
        for place, flags in enumerate([(NOTE,), (NOTE, DOUBT), ()])
    )
    page = Translation("aaa", "aaa", (Paragraph(0, 3, sentences),), "test")
    assert page.doubts == ((1, DOUBT),)
    assert len(page.flags) == 3
    assert "1 flags" in repr(page)


def test_the_command_counts_no_notes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], translator: Translator
) -> None:
    text = "Il habite à Lyon.\n\nDie Regierung hat eine Reform angekündigt und beschlossen.\n"
    page = translator(text)
    assert [flag.severity for _, flag in page.flags] == ["note"]
    source = tmp_path / "a.txt"
    source.write_text(text, encoding="utf-8")
    assert main(["translate", str(source), "-o", str(tmp_path / "b.txt"), "--checkpoint", str(BUNDLED)]) == 0
    assert "should be checked" not in capsys.readouterr().err


def test_no_time_is_told_by_a_few_words(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 0.0
    monkeypatch.setattr(time, "monotonic", lambda: now)
    told: list[Pace] = []
    clock = Clock([Entry("a.txt", 9_000_000)], told.append)
    for words in (5, 6, 5, 200, 200):
        now += 3.0
        clock.sentence(words, asked=True)
    assert [pace.seconds_left is None for pace in told] == [True, True, True, False, False]
