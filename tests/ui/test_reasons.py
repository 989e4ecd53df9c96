"""Whatever line the page may show of the server's, it has in French too."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from passerelle.translate.flags import Flag, Kind, Message, Reason
from passerelle.translate.translation_memory import Candidate
from tests.ui.browsing import PANE, finished, start, translate

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.ui.conftest import Remembering

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parents[2]
SHOWN = {"InputError": 0, "OutputError": 0}
"""What is raised with a line, and which argument the line is."""
SOURCES = [
    *(path for room in ("lexicon", "numbers", "quality", "postedit") for path in ROOT.glob(f"translate/{room}/*.py")),
    *(path for path in ROOT.glob("translate/documents/**/*.py") if path.name != "files.py"),
    *(ROOT / "translate" / name for name in ("reranker.py", "translator.py", "preparation.py", "progressive.py")),
    *(
        ROOT / "ui" / "server" / name
        for name in ("http/schemas.py", "work/files.py", "routes/page.py", "engine/service.py", "work/glossary.py")
    ),
]
OTHERS = (
    "this does not look like French; it was translated all the same",
    "no sentence ends here in the text",
    "rests on a translation whose facts are to be checked",
    "Every sentence has a name, a number or a denial to check: the summary rests on them all the same.",
    "The text is short: it is given whole.",
    "The text does not look English: its sentences are quoted as they stand.",
    "That was too much for one minute; wait a little and try again.",
    "prix.csv: translated Nom; choose columns with --columns",
    "a.json: translated the values that look like prose; choose with --keys",
    "a.txt is not UTF-8; it was read as Windows-1252, and what is written is UTF-8",
    "a.pdf: only its text was read; it is written as Markdown",
    "a.po: 3 messages marked fuzzy keep the English that they have; check it",
    "a.xlf says that its source is de, not French",
)


def lines() -> Iterator[str]:
    """Yield every line that the sources show, with figures where something is put in."""
    for path in SOURCES:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        named: dict[str, list[str]] = {}
        for node in ast.walk(tree):
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
                named.setdefault(node.targets[0].id, []).extend(texts(node.value, {}))
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in SHOWN:
                yield from (line for each in node.args[SHOWN[node.func.id] :][:1] for line in texts(each, named))


def texts(node: ast.expr, named: dict[str, list[str]]) -> list[str]:
    if isinstance(node, ast.Constant):
        return [node.value] if isinstance(node.value, str) else []
    if isinstance(node, ast.JoinedStr):
        return ["".join(str(each.value) if isinstance(each, ast.Constant) else "42" for each in node.values)]
    if isinstance(node, ast.IfExp):
        return texts(node.body, named) + texts(node.orelse, named)
    return named.get(node.id, []) if isinstance(node, ast.Name) else []


def test_every_line_has_its_french(visit: Callable[..., Page], url: str) -> None:
    tab = start(visit, url)
    shown = [*dict.fromkeys([*lines(), *OTHERS])]
    assert len(shown) > 50
    said = "lines => lines.map(line => window.passerelleReason(line))"
    assert tab.evaluate(said, shown) == shown, "in English they stay as they are"
    tab.click("#language")
    assert [line for line, french in zip(shown, tab.evaluate(said, shown), strict=True) if french == line] == []
    assert tab.evaluate(said, ["no such line"]) == ["no such line"]


def test_every_reason_has_its_french(visit: Callable[..., Page], url: str) -> None:
    tab = start(visit, url)
    messages = [Message(each, tuple("AB"[: each.value.count("{}")])) for each in Reason]
    notes = [{"text": str(each), "code": each.reason.code, "values": each.values} for each in messages]
    said = "notes => notes.map(note => window.passerelleReason(note))"
    assert tab.evaluate(said, notes) == [str(each) for each in messages]
    tab.click("#language")
    for message, french in zip(messages, tab.evaluate(said, notes), strict=True):
        assert (french == str(message)) == (message.reason is Reason.OTHER), message
        assert all(value in french for value in message.values) and "{" not in french
    assert tab.evaluate(said, [{"text": "Something new.", "code": "new", "values": []}]) == ["Something new."]


def test_doubts_are_told_in_the_language_of_the_page(visit: Callable[..., Page], url: str, memory: Remembering) -> None:
    tab = start(visit, url)
    flag = Flag(Kind.NUMBER, Message.of(Reason.NUMBERS_BECAME, 8, 9))
    memory.planted["Il est 8 heures."] = Candidate("It is 9.", flags=(flag,))
    translate(tab, "Il est 8 heures. 42.")
    finished(tab)
    memory.planted.clear()
    mark = f"{PANE.format(2)} .note"
    assert tab.get_attribute(mark, "aria-label") == "To check: 8 of the French became 9"
    tab.click("#language")
    assert tab.get_attribute(mark, "aria-label") == "À vérifier : 8 du français est devenu 9"
    tab.keyboard.press("n")
    assert tab.inner_text(".card li") == "8 du français est devenu 9"
    tab.click("#language")
    assert tab.get_attribute(mark, "aria-label") == "To check: 8 of the French became 9"
