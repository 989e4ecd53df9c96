"""The dictionary under the pointer, in the page and in a saved report."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from passerelle.translate.lexicon import dictionary
from passerelle.ui.server.engine.service import Limits
from tests.ui.browsing import PANE, finished, save, shoot, start, translate, violations
from tests.ui.conftest import free_port, serve

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from passerelle.translate import Translator

TEXT = "Le gardien dort dans la cabane. Il leur a donné un coup de pouce. La maison est grande."


def point(tab: Page, word: str, pane: int = 1, *, click: bool = False) -> None:
    """Move the pointer onto ``word`` of a pane, and press there too if asked."""
    script = """([selector, word]) => {
        const walker = document.createTreeWalker(document.querySelector(selector), NodeFilter.SHOW_TEXT);
        while (walker.nextNode()) {
            const place = walker.currentNode.data.indexOf(word);
            if (place < 0) continue;
            const range = new Range();
            range.setStart(walker.currentNode, place);
            range.setEnd(walker.currentNode, place + word.length);
            const box = range.getBoundingClientRect();
            return [box.x + box.width / 2, box.y + box.height / 2];
        }
    }"""
    selector = PANE.format(pane) if tab.query_selector("#panes") else f".pane:nth-child({pane}) .text"
    x, y = tab.evaluate(script, [selector, word])
    tab.mouse.move(x - 2, y)
    tab.mouse.move(x, y)
    if click:
        tab.mouse.click(x, y)


def senses(tab: Page) -> str:
    tab.wait_for_selector(".senses")
    return str(tab.text_content(".senses"))


@pytest.mark.browser
def test_a_word_pointed_at_shows_its_senses_and_the_one_that_is_used(visit: Callable[..., Page], url: str) -> None:
    tab = start(visit, url)
    translate(tab, TEXT)
    finished(tab)
    point(tab, "dort")
    assert "dort → dormir verb" in senses(tab)
    assert "sleep" in senses(tab)
    shoot(tab, "dictionary")
    assert violations(tab) == []
    tab.keyboard.press("Escape")
    tab.wait_for_selector(".senses", state="detached")
    point(tab, "pouce")
    tab.wait_for_function("document.querySelector('.senses')?.textContent.includes('coup de pouce')")
    point(tab, "maison")
    tab.wait_for_selector(".senses mark")
    assert tab.text_content(".senses mark") == "house"
    tab.mouse.move(2, 2)
    tab.wait_for_selector(".senses", state="detached")


@pytest.mark.browser
def test_a_word_is_reached_by_key_and_said(visit: Callable[..., Page], url: str) -> None:
    tab = start(visit, url)
    translate(tab, TEXT)
    finished(tab)
    tab.focus(f"{PANE.format(1)} .piece")
    for _ in range(3):
        tab.keyboard.press("Shift+ArrowRight")
    assert "dort → dormir" in senses(tab)
    tab.wait_for_function("document.querySelector('.passerelle-spoken').textContent.includes('dormir')")
    tab.keyboard.press("Escape")
    tab.wait_for_selector(".senses", state="detached")


@pytest.mark.browser
def test_the_senses_are_in_french_and_reached_by_touch(visit: Callable[..., Page], url: str) -> None:
    tab = start(visit, url, viewport={"width": 390, "height": 844})
    tab.click("#language")
    translate(tab, TEXT)
    tab.wait_for_function("document.querySelectorAll('#panes .pane:nth-child(2) .piece').length == 3")
    tab.wait_for_function("!document.body.classList.contains('passerelle-busy')")
    tab.eval_on_selector(PANE.format(1), "text => text.scrollIntoView()")
    point(tab, "dort", click=True)
    assert "dormir verbe" in senses(tab)
    box = tab.evaluate("(b => [b.left, b.right])(document.querySelector('.senses').getBoundingClientRect())")
    assert 0 <= box[0] < box[1] <= 390
    shoot(tab, "dictionary-phone")


@pytest.mark.browser
def test_a_saved_report_has_its_own_words_and_their_sources(
    visit: Callable[..., Page], url: str, tmp_path: Path
) -> None:
    tab = start(visit, url)
    translate(tab, TEXT)
    finished(tab)
    path = save(tab, "html", tmp_path)
    text = path.read_text(encoding="utf-8")
    assert dictionary.SOURCES in text
    assert len(text) < 120_000
    saved = visit(path.as_uri())
    asked: list[Any] = []
    saved.on("request", lambda request: asked.append(request.url))
    point(saved, "cabane")
    assert "cabane noun f" in senses(saved)
    assert asked == []


def test_a_sentence_is_defined_and_pointing_uses_up_no_requests(translator: Translator, summarizer: Any) -> None:
    server = serve(translator, summarizer, free_port(), limits=Limits(per_minute=3))
    try:
        with httpx.Client(base_url=server.local_url, timeout=60, trust_env=False) as web:
            for _ in range(8):
                found = web.post("/page/define", json={"french": "Il dort."})
                assert found.status_code == 200
                assert found.json()["dort"] == [["dormir", "verb", "", "sleep"]]
            assert web.post("/page/define", json={"french": "x" * 30_000}).status_code == 422
            assert web.get("/page/define").status_code == 405
    finally:
        server.close()
