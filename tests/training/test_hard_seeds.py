"""The hard inputs, through the tool's own Translator with the bundled checkpoint, on each engine."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import pytest

from passerelle.translate import Translation, Translator
from tests.conftest import BUNDLED, ROOT

HARD = ROOT / "seeds" / "hard"
EXPECTATIONS: dict[str, dict[str, Any]] = json.loads((HARD / "expectations.json").read_text(encoding="utf-8"))
TEXTS = {name: (HARD / name).read_bytes().decode() for name in EXPECTATIONS}


def words(text: str) -> int:
    return max(1, len(text.split()))


def loops(text: str) -> bool:
    """Whether up to four words come four times in a row."""
    return re.search(r"\b(\S+(?: \S+){0,3})(?: \1){3}\b", text) is not None


CHECKS: dict[str, Callable[[str, Translation, Any], bool]] = {
    "unchanged": lambda french, page, _: str(page) == french,
    "differs": lambda french, page, _: str(page) != french,
    "non_empty": lambda french, page, _: (
        [bool(line.strip()) for line in french.splitlines()] == [bool(line.strip()) for line in str(page).splitlines()]
    ),
    "no_loop": lambda _, page, __: not loops(str(page)),
    "contains": lambda _, page, wanted: all(part in str(page) for part in wanted),
    "kept_or_flagged": lambda _, page, wanted: (
        all(part in str(page) for part in wanted) or any(sentence.flags for sentence in page.sentences)
    ),
    "denied_or_flagged": lambda _, page, __: (
        re.search(r"\b(?:not|never|no|none|without)\b|n['’]t\b", str(page)) is not None
        or any(sentence.flags for sentence in page.sentences)
    ),
    "spaced": lambda _, page, __: re.fullmatch(r"\S(?: {1,3}\S)*\n?", str(page)) is not None,
    "lacks": lambda _, page, unwanted: not any(part in str(page) for part in unwanted),
    "starts": lambda _, page, starts: str(page).startswith(tuple(starts)),
    "lines": lambda _, page, count: len(str(page).splitlines()) == count,
    "sentences": lambda _, page, count: len(re.findall(r"[.!?]+(?=\s|$)", str(page))) == count,
    "shortest_ratio": lambda french, page, ratio: words(str(page)) >= ratio * words(french),
    "longest_ratio": lambda french, page, ratio: words(str(page)) <= max(2, ratio * words(french)),
}


@pytest.fixture(scope="module", params=["ctranslate2", "pytorch"])
def pages(request: pytest.FixtureRequest) -> dict[str, Translation]:
    """Every file translated, in one pass for all."""
    translator = Translator(checkpoint=BUNDLED, engine=request.param)
    assert translator.model.engine.name == request.param
    return dict(zip(TEXTS, translator(list(TEXTS.values())), strict=True))


def test_every_file_has_expectations_that_are_known() -> None:
    assert {path.name for path in HARD.glob("*.txt")} == set(EXPECTATIONS)
    for expectation in EXPECTATIONS.values():
        assert expectation.keys() - {"why"} <= CHECKS.keys()


@pytest.mark.parametrize("name", EXPECTATIONS)
def test_hard_input(name: str, pages: dict[str, Translation]) -> None:
    page = pages[name]
    failed = [
        check
        for check, wanted in EXPECTATIONS[name].items()
        if check != "why" and not CHECKS[check](TEXTS[name], page, wanted)
    ]
    assert not failed, f"{TEXTS[name]!r} -> {str(page)!r}"


def test_loops_are_recognised() -> None:
    assert loops("the end the end the end the end")
    assert not loops("no, no and no again")
