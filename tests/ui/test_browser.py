"""The page and the saved reports in a real browser: what a visitor sees, does and is spared."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from panes import Column, Piece, page, render

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

    from translate import Translator

pytestmark = pytest.mark.browser

SCREENSHOTS = Path(__file__).parents[2] / "build" / "screenshots"
PANE = "#panes .pane:nth-child({}) .text"
LINE = "document.querySelector('#status .line').textContent"
HOSTILE = (
    "Un essai : ${alert(1)} et ${value}. <img src=x onerror=alert(2)> est là. {{x}} {{{x}}} ici. "
    "`guillemets` \\u0041. </textarea></style></script><script>alert(3)</script> fin. "
    "\u202eà l’envers\u202c. שלום &amp; &lt;b&gt;."
)
COLUMNS = (
    Column("Original", "Un. Deux.\nTrois.", (Piece(0, 3, "s0"), Piece(4, 9, "s1"), Piece(10, 16, "s2")), "fr"),
    Column(
        "Translation",
        "One. Two.\nThree.",
        (Piece(0, 4, "s0"), Piece(5, 9, "s1", notes=("a number changed",)), Piece(10, 16, "s2", notes=("odd",))),
        "en",
    ),
    Column("Summary", "Three, two.", (Piece(0, 11, "summary0", links=("s2", "s1")),), "en"),
)


@pytest.fixture
def visit(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Opens an address as a new visitor; afterwards nothing may have been asked of another origin or have failed."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def open_page(address: str, **settings: Any) -> Page:
        context = browser.new_context(
            **{"viewport": {"width": 1280, "height": 800}, "color_scheme": "light", **settings}
        )
        contexts.append(context)
        origin = re.match(r"\w+://[^/]*", address)
        assert origin
        tab = context.new_page()
        tab.set_default_timeout(60_000)
        tab.on(
            "request",
            lambda request: (
                None
                if request.url.startswith((origin[0], "data:", "blob:"))
                else complaints.append(f"asked {request.url}")
            ),
        )
        tab.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        tab.on("pageerror", lambda error: complaints.append(str(error)))
        tab.on("dialog", lambda dialog: (complaints.append(f"dialog {dialog.message}"), dialog.dismiss()))
        tab.goto(address)
        return tab

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []


def shoot(tab: Page, name: str) -> None:
    tab.wait_for_timeout(250)
    tab.screenshot(path=SCREENSHOTS / f"{name}.png")


def translate(tab: Page, text: str) -> None:
    tab.fill("#french textarea", text)
    tab.click("#translate")


def finished(tab: Page) -> None:
    tab.wait_for_function(f"{LINE}.startsWith('Done')")


def content(tab: Page, pane: int) -> str:
    return str(tab.eval_on_selector(PANE.format(pane), "element => element.textContent"))


def lit(tab: Page, kind: str = "lit") -> list[str]:
    return [str(text) for text in tab.eval_on_selector_all(f".{kind}", "found => found.map(e => e.textContent)")]


def test_an_article_fills_three_panes_that_light_up_together(
    visit: Callable[..., Page], url: str, article: str, translator: Translator
) -> None:
    tab = visit(url)
    tab.wait_for_selector("#panes .pane")
    shoot(tab, "empty")
    translate(tab, article)
    tab.wait_for_function(f"document.querySelector('{PANE.format(1)}').textContent.length > 100")
    assert content(tab, 1) == article
    tab.wait_for_selector(f"{PANE.format(2)} .piece")
    finished(tab)
    assert content(tab, 2) == translator(article).text
    assert content(tab, 3)
    assert "compact-fr-en" in tab.inner_text("#about")
    assert tab.get_attribute("#status .spoken", "aria-live") == "polite"

    tab.hover(f"{PANE.format(1)} .piece >> nth=0")
    sentence = translator(article).sentences[0]
    assert lit(tab)[:2] == [sentence.source, sentence.text]
    tab.hover(f"{PANE.format(3)} .piece >> nth=0")
    assert len(lit(tab)) == 1
    evidence = tab.eval_on_selector_all(".evidence", "found => found.map(e => e.closest('.pane').ariaLabel)")
    assert {"Original", "Translation"} == set(evidence)
    shoot(tab, "light")


def test_stop_keeps_what_is_done_and_the_page_goes_on(visit: Callable[..., Page], url: str) -> None:
    tab = visit(url)
    translate(tab, " ".join(f"Le client numéro {n} achète {n * 7} pommes rouges au marché." for n in range(400)))
    tab.wait_for_selector(f"{PANE.format(2)} .piece")
    tab.click("#stop")
    assert tab.inner_text("#status .line") == "Stopping…", "the page answers before the model does"
    tab.wait_for_function(f"{LINE}.startsWith('Stopped')")
    count = tab.locator(f"{PANE.format(2)} .piece").count()
    shoot(tab, "stopped")
    tab.wait_for_timeout(1_000)
    assert tab.locator(f"{PANE.format(2)} .piece").count() == count
    assert 0 < count < 400
    translate(tab, "Le chat dort.")
    finished(tab)
    assert content(tab, 1) == "Le chat dort."


def test_copy_and_downloads(visit: Callable[..., Page], url: str, translator: Translator, tmp_path: Path) -> None:
    text = "Le marché ouvre à huit heures.\n\nLes enfants jouent dans la rue."
    tab = visit(url, permissions=["clipboard-read", "clipboard-write"])
    assert not tab.is_visible("#save-text"), "there is nothing to save yet"
    translate(tab, text)
    finished(tab)
    english = translator(text).text
    tab.click("#panes .pane:nth-child(2) .copy")
    tab.wait_for_selector("text=Copied")
    assert tab.evaluate("navigator.clipboard.readText()") == english
    with tab.expect_download() as download:
        tab.click("#save-text")
    assert download.value.suggested_filename == "translation.txt"
    download.value.save_as(tmp_path / "translation.txt")
    assert (tmp_path / "translation.txt").read_bytes() == english.encode()
    with tab.expect_download() as download:
        tab.click("#save-page")
    assert download.value.suggested_filename == "translation.html"
    download.value.save_as(tmp_path / "translation.html")
    saved = visit((tmp_path / "translation.html").as_uri())
    assert saved.eval_on_selector_all(".text", "found => found.map(e => e.textContent)")[:2] == [text, english]
    saved.hover(".piece >> nth=0")
    assert len(lit(saved)) >= 2


def test_a_dropped_file_is_read_and_translated(visit: Callable[..., Page], url: str, tmp_path: Path) -> None:
    path = tmp_path / "lettre.txt"
    path.write_bytes("Le café est prêt.\r\nLa porte est ouverte.\r\n".encode("cp1252"))
    tab = visit(url)
    tab.set_input_files("#upload input[type=file]", path)
    finished(tab)
    assert tab.input_value("#french textarea").startswith("Le café est prêt.")
    assert content(tab, 1) == "Le café est prêt.\r\nLa porte est ouverte.\r\n"
    assert "Windows-1252" in tab.inner_text("#notices")


def test_hostile_text_is_shown_and_saved_literally(visit: Callable[..., Page], url: str, tmp_path: Path) -> None:
    tab = visit(url)
    translate(tab, HOSTILE)
    finished(tab)
    assert content(tab, 1) == HOSTILE
    assert tab.locator("#panes :is(img, script, style, b)").count() == 0
    with tab.expect_download() as download:
        tab.click("#save-page")
    download.value.save_as(tmp_path / "hostile.html")
    saved = visit((tmp_path / "hostile.html").as_uri())
    assert saved.eval_on_selector(".text", "element => element.textContent") == HOSTILE
    assert saved.locator("main :is(img, b)").count() == 0


def test_a_line_of_300_kilobytes_and_a_text_of_five_megabytes(visit: Callable[..., Page], url: str) -> None:
    tab = visit(url)
    line = "1<2>&3 " * 43_000  # without a letter, so that no model is asked
    translate(tab, line)
    tab.wait_for_function(f"document.querySelector('{PANE.format(1)}').textContent.length >= 301000")
    assert content(tab, 1) == line
    finished(tab)
    huge = ("mot " * 15 + "mot\n") * 81_920
    tab.eval_on_selector(
        "#french textarea",
        "(area, text) => { area.value = text; area.dispatchEvent(new Event('input', {bubbles: true})); }",
        huge,
    )
    tab.click("#translate")
    tab.wait_for_selector("#status .alert")
    assert "5,242,880 characters" in tab.inner_text("#status .line")
    assert len(tab.input_value("#french textarea")) == len(huge), "the text is not lost"
    assert content(tab, 1) == line, "nor is what was shown"


def test_two_visitors_at_once_each_see_their_own(visit: Callable[..., Page], url: str) -> None:
    tabs = [visit(url), visit(url)]
    texts = [f"Le bateau numéro {number} quitte le port ce matin." for number in (11, 12)]
    for tab, text in zip(tabs, texts, strict=True):
        translate(tab, text)
    for tab, text in zip(tabs, texts, strict=True):
        finished(tab)
        assert content(tab, 1) == text
        assert content(tab, 2)


def test_a_visitor_who_leaves_frees_the_model(visit: Callable[..., Page], url: str) -> None:
    leaving, staying = visit(url), visit(url)
    translate(leaving, " ".join(f"Le passager numéro {n} descend du train à midi." for n in range(200)))
    leaving.wait_for_selector(f"{PANE.format(2)} .piece")
    leaving.close()
    began = time.monotonic()
    translate(staying, "La nuit tombe.")
    finished(staying)
    assert time.monotonic() - began < 30


def test_phone_and_dark(visit: Callable[..., Page], url: str) -> None:
    tab = visit(url, viewport={"width": 390, "height": 844}, color_scheme="dark", has_touch=True, is_mobile=True)
    translate(tab, "Le chat dort. Le chien court.")
    finished(tab)
    tops = tab.eval_on_selector_all("#panes .pane", "found => found.map(e => e.getBoundingClientRect().top)")
    assert tops == sorted(set(tops)), "the panes are stacked"
    assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth"), "nothing to scroll sideways"
    background = tab.eval_on_selector("#panes .pane", "element => getComputedStyle(element).backgroundColor")
    assert max(map(int, re.findall(r"\d+", background)[:3])) < 64
    tab.tap(f"{PANE.format(1)} .piece >> nth=1")
    assert lit(tab)[0] == "Le chien court." and len(lit(tab)) >= 2
    shoot(tab, "phone-dark")


@pytest.fixture
def report(tmp_path: Path) -> str:
    path = tmp_path / "report.html"
    path.write_text(page(COLUMNS, "Trois phrases", ["One remark."]), encoding="utf-8")
    return path.as_uri()


def test_a_report_links_by_pointer(visit: Callable[..., Page], report: str) -> None:
    tab = visit(report)
    tab.hover(".pane:nth-child(2) [data-key=s0]")
    assert (lit(tab), lit(tab, "evidence")) == (["Un.", "One."], [])
    tab.hover("[data-key=summary0]")
    assert (lit(tab), lit(tab, "evidence")) == (["Three, two."], ["Deux.", "Trois.", "Two.", "Three."])
    tab.hover(".pane:nth-child(1) [data-key=s2]")
    assert (lit(tab), lit(tab, "evidence")) == (["Trois.", "Three."], ["Three, two."])
    tab.hover("h1")
    assert lit(tab) == []
    tab.hover(".note >> nth=0")
    assert "a number changed" in tab.eval_on_selector(".note", "note => getComputedStyle(note, '::after').content")
    shoot(tab, "report")


def test_a_report_links_by_keyboard(visit: Callable[..., Page], report: str) -> None:
    tab = visit(report)

    def focused() -> str:
        return str(tab.evaluate("document.activeElement.textContent"))

    tab.focus(".pane:nth-child(1) [data-key=s0]")
    moves = "ArrowDown Deux. ArrowRight Two. ArrowRight Three,two. ArrowLeft Two. ArrowUp One. n Two. n Three. N Two."
    for move in moves.split():
        if move.endswith("."):
            assert focused().replace(" ", "") == move
        else:
            tab.keyboard.press(move)
    assert lit(tab) == ["Deux.", "Two."]
    tab.keyboard.press("Tab")
    assert focused() == "Three."
    tab.keyboard.press("Escape")
    tab.wait_for_selector(".lit", state="detached")
    tab.click("text=2 to check")
    assert focused() in {"Two.", "Three."}


def test_a_report_prints_whole_and_works_without_script(
    visit: Callable[..., Page], tmp_path: Path, browser: Browser
) -> None:
    long = "\n".join(f"Ligne {number}." for number in range(300))
    path = tmp_path / "long.html"
    path.write_text(page([Column("Original", long, language="fr")], "Long"), encoding="utf-8")
    tab = visit(path.as_uri(), java_script_enabled=False)
    assert tab.inner_text(".text").splitlines()[-1] == "Ligne 299."
    assert not tab.is_visible(".copy"), "a button that could do nothing is not shown"
    tab = visit(path.as_uri())
    size = "text => [text.clientHeight, text.scrollHeight]"
    shown, whole = tab.eval_on_selector(".text", size)
    assert shown < whole
    tab.emulate_media(media="print")
    shown, whole = tab.eval_on_selector(".text", size)
    assert shown == whole
    assert len(tab.pdf()) > 1000


def test_panes_scroll_together(visit: Callable[..., Page], tmp_path: Path) -> None:
    def column(heading: str, sentence: str) -> Column:
        lines = [f"{sentence} {number}." for number in range(200)]
        starts = [sum(len(line) + 1 for line in lines[:number]) for number in range(200)]
        pieces = (
            Piece(start, start + len(line), f"s{n}") for n, (start, line) in enumerate(zip(starts, lines, strict=True))
        )
        return Column(heading, "\n".join(lines), tuple(pieces))

    path = tmp_path / "two.html"
    wide = column("Original", "Une phrase un peu plus longue que sa traduction, et même beaucoup, numéro")
    path.write_text(page([wide, column("Translation", "Sentence")], "Two"), encoding="utf-8")
    tab = visit(path.as_uri())
    tab.hover(".pane:nth-child(1) .text")
    tab.mouse.wheel(0, 2500)
    tab.wait_for_timeout(500)
    top = """number => {
        const pane = document.querySelectorAll('.text')[number], top = pane.getBoundingClientRect().top;
        return [...pane.querySelectorAll('.piece')].find(e => e.getBoundingClientRect().bottom > top).dataset.key;
    }"""
    left, right = (int(tab.evaluate(top, number)[1:]) for number in (0, 1))
    assert left > 20 and abs(left - right) <= 1
    tab.click(".pane:nth-child(2) [data-key=s150]")
    tab.wait_for_timeout(100)
    box = "key => document.querySelector(`.pane:nth-child(1) [data-key=${key}]`).getBoundingClientRect().top"
    assert 0 < tab.evaluate(box, "s150") < 800, "the partner of what was clicked is in view"


def test_several_fragments_in_one_notebook_keep_apart(visit: Callable[..., Page], tmp_path: Path) -> None:
    path = tmp_path / "notebook.html"
    path.write_text(f"<!DOCTYPE html><meta charset=utf-8>{render(COLUMNS)}<hr>{render(COLUMNS)}", encoding="utf-8")
    tab = visit(path.as_uri())
    tab.hover(".passerelle >> nth=1 >> [data-key=s0] >> nth=0")
    assert lit(tab) == ["Un.", "One."]
    assert tab.locator(".passerelle >> nth=0 >> .lit").count() == 0
