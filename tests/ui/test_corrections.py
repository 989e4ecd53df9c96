"""English that the reader changes: the summary follows, a change is taken back, a reload loses nothing unasked."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest

from tests.ui.browsing import LINE, PANE, content, finished, start, translate, violations
from tests.ui.conftest import free_port, serve

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from passerelle.summarize import Summarizer
    from passerelle.translate import Translator
    from tests.ui.conftest import Remembering

pytestmark = pytest.mark.browser

FRENCH = "Le chat dort. Le chien court dans le jardin."


@pytest.fixture(scope="module")
def forgetful(translator: Translator, summarizer: Summarizer, uploads: object) -> Iterator[str]:
    """The address of a page whose server remembers nothing."""
    server = serve(translator, summarizer, free_port())
    yield server.local_url.rstrip("/")
    server.close()


def correct(tab: Page, number: int, english: str) -> None:
    """Write the English sentence of this number anew, and wait for the summary of it."""
    tab.focus(f"{PANE.format(2)} .piece >> nth={number}")
    tab.keyboard.press("e")
    tab.evaluate("document.querySelector('#line .line').textContent = ''")
    tab.keyboard.press("Control+a")
    tab.keyboard.type(english)
    tab.keyboard.press("Enter")
    tab.wait_for_function(f"{LINE}.startsWith('Kept') && {LINE}.endsWith('The summary is new.')")


def test_the_summary_follows_a_correction(visit: Callable[..., Page], forgetful: str) -> None:
    tab = start(visit, forgetful)
    translate(tab, FRENCH)
    finished(tab)
    correct(tab, 0, "The tomcat slumbers.")
    assert "The tomcat slumbers." in content(tab, 3)
    assert not tab.is_visible(".renew")


def test_a_summary_that_is_not_renewed_is_marked_and_lights_nothing(visit: Callable[..., Page], forgetful: str) -> None:
    tab = start(visit, forgetful)
    translate(tab, FRENCH)
    finished(tab)
    tab.route("**/page/summarize", lambda route: route.fulfill(body='{"type": "error", "message": "busy"}\n'))
    tab.focus(f"{PANE.format(2)} .piece >> nth=0")
    tab.keyboard.press("e")
    tab.keyboard.type(" Really.")
    tab.keyboard.press("Enter")
    tab.wait_for_selector(".renew:visible")
    tab.hover(f"{PANE.format(3)} .piece >> nth=0")
    tab.wait_for_timeout(300)  # colours that change are still on their way
    background = "piece => getComputedStyle(piece).backgroundColor"
    assert tab.eval_on_selector(f"{PANE.format(3)} .lit", background).endswith(", 0)"), "unlit"
    assert violations(tab) == []
    tab.unroute("**/page/summarize")
    tab.click(".renew")
    tab.wait_for_function(f"{LINE}.includes('summary is new')")
    assert "Really." in content(tab, 3) and not tab.is_visible(".renew")


def test_changes_are_taken_back_one_by_one(
    visit: Callable[..., Page], url: str, memory: Remembering, translator: Translator
) -> None:
    memory.corrected.clear()
    tab = start(visit, url)
    translate(tab, FRENCH)
    finished(tab)
    english, marks = content(tab, 2), tab.inner_html(PANE.format(2))
    assert not tab.is_visible("#undo")
    correct(tab, 0, "One.")
    correct(tab, 0, "Two 2.")
    assert memory.corrected == {"Le chat dort.": "Two 2."}
    tab.keyboard.press("Control+z")
    tab.wait_for_function(f"{LINE}.startsWith('Undone')")
    assert content(tab, 2).startswith("One. ") and memory.corrected == {"Le chat dort.": "One."}
    tab.click("#undo")
    tab.wait_for_function(f"document.querySelector('{PANE.format(2)}').textContent === {json.dumps(english)}")
    tab.wait_for_function(f"{LINE}.endsWith('The summary is new.')")
    assert memory.corrected == {} and not tab.is_visible("#undo")
    assert tab.locator(f"{PANE.format(2)} [data-words]").count() == marks.count("data-words")
    tab.wait_for_function(f"!document.querySelector('{PANE.format(3)}').textContent.includes('One.')")
    translate(tab, FRENCH)
    finished(tab)
    assert content(tab, 2) == english


def test_a_reload_keeps_corrections_where_the_browser_may(visit: Callable[..., Page], forgetful: str) -> None:
    tab = start(visit, forgetful)
    assert not tab.is_visible("#keeping")
    translate(tab, FRENCH)
    finished(tab)
    correct(tab, 0, "The tomcat slumbers.")
    kept = "localStorage.getItem('passerelle-corrections')"
    assert tab.evaluate(kept) is None, "nothing is kept unasked"
    assert "May this browser keep them?" in tab.inner_text("#keeping")
    assert violations(tab) == []
    tab.click("#keeping button >> nth=0")
    tab.wait_for_function(f"{kept} !== null")
    tab.reload()
    tab.wait_for_selector(".passerelle-ready")
    translate(tab, FRENCH)
    finished(tab)
    assert content(tab, 2).startswith("The tomcat slumbers.")
    correct(tab, 1, "The dog runs.")
    assert json.loads(tab.evaluate(kept)) == {
        "Le chat dort.": "The tomcat slumbers.",
        "Le chien court dans le jardin.": "The dog runs.",
    }
    tab.click("#keeping button")
    assert tab.evaluate("Object.keys(localStorage).filter(key => key.includes('corrections'))") == []


def test_a_reload_asks_before_it_loses_corrections(visit: Callable[..., Page], forgetful: str) -> None:
    tab = start(visit, forgetful)
    translate(tab, FRENCH)
    finished(tab)
    leaving = "dispatchEvent(new Event('beforeunload', {cancelable: true}))"
    assert tab.evaluate(leaving) is True, "nothing would be lost"
    correct(tab, 0, "The tomcat slumbers.")
    tab.click("#keeping button >> nth=1")
    assert tab.evaluate(leaving) is False
    correct(tab, 1, "The dog runs.")
    assert not tab.is_visible("#keeping"), "asked once"
    for _ in range(2):
        tab.click("#undo")  # as fast as can be
    tab.wait_for_function(f"{LINE}.startsWith('Undone') && {LINE}.endsWith('The summary is new.')")
    assert tab.evaluate(leaving) is True
