"""What the browser tests do on the page again and again."""

from __future__ import annotations

from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Page

SCREENSHOTS = Path(__file__).parents[2] / "build" / "screenshots"
PANE = "#panes .pane:nth-child({}) .text"
LINE = "document.querySelector('#line .line').textContent"


def shoot(tab: Page, name: str) -> None:
    tab.wait_for_timeout(250)
    tab.screenshot(path=SCREENSHOTS / f"{name}.png")


def start(visit: Callable[..., Page], url: str, **settings: Any) -> Page:
    """A new visitor before the page, once it is up."""
    tab = visit(url, **settings)
    tab.wait_for_selector(".passerelle-ready")
    return tab


def translate(tab: Page, text: str) -> None:
    if not tab.is_visible("#french textarea"):
        tab.click("#new")
    tab.fill("#french textarea", text)
    tab.click("#translate")


def set_text(tab: Page, text: str) -> None:
    """Put a long text into the box at once; Playwright's own way types it line by line."""
    script = "(area, text) => { area.value = text; area.dispatchEvent(new Event('input', {bubbles: true})); }"
    tab.eval_on_selector("#french textarea", script, text)


def finished(tab: Page) -> None:
    tab.wait_for_function(f"{LINE}.startsWith('Done')")


def content(tab: Page, pane: int) -> str:
    return str(tab.eval_on_selector(PANE.format(pane), "element => element.textContent"))


def lit(tab: Page, kind: str = "lit") -> list[str]:
    return [str(text) for text in tab.eval_on_selector_all(f".{kind}", "found => found.map(e => e.textContent)")]


def words(tab: Page) -> list[str]:
    """The words that are lit up."""
    script = "[...(CSS.highlights.get('passerelle-word') ?? [])].map(range => range.toString())"
    return [str(text) for text in tab.evaluate(script)]


def violations(tab: Page) -> list[str]:
    """What axe-core finds wrong, a line each."""
    tab.wait_for_timeout(400)  # colours that change are still on their way
    tab.evaluate(files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8"))
    found = tab.evaluate("axe.run(document, { resultTypes: ['violations'] })")["violations"]
    return [f"{each['id']}: {node['html'][:160]}" for each in found for node in each["nodes"]]


def save(tab: Page, form: str, folder: Path) -> Path:
    with tab.expect_download() as download:
        tab.click(f"[data-form={form}]")
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return path
