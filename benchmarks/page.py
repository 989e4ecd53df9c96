"""How many clicks and keys everyday tasks take on the page, counted by doing them in a real browser; needs chromium.

python -m benchmarks.page [--write] [--chromium /usr/bin/chromium]

Every task is done twice, with the pointer and with the keyboard alone, and its goal is checked.  Text that is typed
does not count, a paste is one key, a choice in the system's own file dialog one click.  ``--write`` puts the table into
docs/comparison-web.md and takes its pictures.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

DOCS = Path(__file__).parents[1] / "docs"
COMPARISON = DOCS / "comparison-web.md"
START, END = "<!-- python -m benchmarks.page --write -->\n", "<!-- end -->\n"
# A sentence that no checkpoint knows what to make of comes last, so that there is a doubt to go to.
DOUBTFUL = "Le drubiglon a zarfouillé les 48 127 tromblinettes de Quimperlouarnec, sans que nul ne glaviote jamais."
ARTICLE = (DOCS.parent / "seeds" / "000_04f16d3848754378.txt").read_text(encoding="utf-8") + f"\n{DOUBTFUL}\n"
PANE = "#panes .pane:nth-child({}) .text"
LINE = "document.querySelector('#line .line').textContent"
_MOST_TABS = 60


class Hands:
    """Someone before the page; counts what they do there."""

    def __init__(self, tab: Page, folder: Path) -> None:
        self.tab = tab
        self.folder = folder
        self.clicks = self.keys = 0

    def click(self, selector: str, times: int = 1) -> None:
        """Click ``times`` times."""
        self.tab.click(selector, click_count=times)
        self.clicks += times

    def press(self, *keys: str) -> None:
        """Press keys or chords, one after the other."""
        for key in keys:
            self.tab.keyboard.press(key)
        self.keys += len(keys)

    def tab_to(self, selector: str) -> None:
        """Press Tab until ``selector`` has the focus."""
        for _ in range(_MOST_TABS):
            if self.tab.evaluate("selector => document.activeElement.matches(selector)", selector):
                return
            self.press("Tab")
        raise AssertionError(f"{selector} is not reached with {_MOST_TABS} tabs")

    def paste(self, text: str) -> None:
        """Paste ``text``."""
        self.tab.keyboard.insert_text(text)
        self.keys += 1

    def type(self, text: str) -> None:
        """Type ``text``, which is the reader's own business."""
        self.tab.keyboard.type(text)

    def sees(self, condition: str) -> None:
        """Wait until the page fulfils ``condition``, a JavaScript expression."""
        self.tab.wait_for_function(condition)


@dataclass(frozen=True)
class Task:
    """Something that a reader wants: ``pointer`` and ``keyboard`` do it; ``reads``: the article is shown already."""

    name: str
    pointer: Callable[[Hands], None]
    keyboard: Callable[[Hands], None]
    reads: bool = True


@dataclass(frozen=True)
class Count:
    """What a task took: clicks and keys with the pointer, keys without."""

    task: str
    clicks: int
    keys: int
    keys_alone: int


def _done(hands: Hands) -> None:
    hands.sees(f"{LINE}.startsWith('Done')")


def _lit(hands: Hands) -> None:
    hands.sees(f"document.querySelector('{PANE.format(1)} .lit') && document.querySelector('{PANE.format(2)} .lit')")


def _paste(hands: Hands) -> None:
    hands.click("#french textarea")
    hands.paste(ARTICLE)
    hands.click("#translate")
    _done(hands)


def _paste_by_key(hands: Hands) -> None:
    hands.press("t")
    hands.paste(ARTICLE)
    hands.press("Control+Enter")
    _done(hands)


def _origin(hands: Hands) -> None:
    hands.tab.hover(f"{PANE.format(2)} .piece >> nth=4")
    _lit(hands)


def _origin_by_key(hands: Hands) -> None:
    hands.press("ArrowDown")
    _lit(hands)


def _doubt(hands: Hands) -> None:
    hands.click("#next")
    hands.sees("document.querySelector('.card li')")


def _doubt_by_key(hands: Hands) -> None:
    hands.press("n")
    hands.sees("document.querySelector('.card li')")


def _correct(hands: Hands) -> None:
    hands.click(f"{PANE.format(2)} .piece >> nth=4", times=2)
    _write(hands)


def _correct_by_key(hands: Hands) -> None:
    hands.press("n", "e")
    _write(hands)


def _write(hands: Hands) -> None:
    hands.sees("document.activeElement.isContentEditable")
    hands.press("Control+a")
    hands.type("In my own words.")
    hands.press("Enter")
    hands.sees(f"document.querySelector('{PANE.format(2)}').textContent.includes('In my own words.')")


def _file(hands: Hands, act: Callable[[], None], save: Callable[[], None]) -> None:
    from docx import Document

    letter = Document()
    letter.add_paragraph("Le chat dort sur la chaise.")
    path = hands.folder / "lettre.docx"
    letter.save(str(path))
    with hands.tab.expect_file_chooser() as chooser:
        act()
    chooser.value.set_files(path)
    hands.sees("document.querySelector('#files .ready > button')")
    with hands.tab.expect_download() as download:
        save()
    content = BytesIO(Path(download.value.path()).read_bytes())
    assert "chat" not in Document(content).paragraphs[0].text


def _docx(hands: Hands) -> None:
    _file(hands, lambda: hands.click("#open"), lambda: hands.click("#files .ready > button"))
    hands.clicks += 1  # in the system's dialog


def _docx_by_key(hands: Hands) -> None:
    def save() -> None:
        hands.tab_to("#files .ready > button")
        hands.press("Enter")

    _file(hands, lambda: hands.press("o"), save)
    hands.keys += 1  # in the system's dialog


def _summary(hands: Hands) -> None:
    hands.sees(f"document.querySelector('{PANE.format(3)} [data-links]')")


def _shorter(hands: Hands) -> None:
    hands.click("#length label >> nth=0")
    hands.sees(f"{LINE}.includes('summary is new')")


def _shorter_by_key(hands: Hands) -> None:
    hands.tab_to("#length input")
    hands.press("Space")
    hands.sees(f"{LINE}.includes('summary is new')")


def _term(hands: Hands) -> None:
    hands.click("#terms")
    hands.type("soldat")
    hands.click("#glossary .target")
    hands.type("trooper")
    hands.click("#glossary .again")
    _obeyed(hands)


def _term_by_key(hands: Hands) -> None:
    hands.press("g")
    hands.type("soldat")
    hands.press("Tab")
    hands.type("trooper")
    hands.press("Control+Enter")
    _obeyed(hands)


def _obeyed(hands: Hands) -> None:
    hands.sees(f"document.querySelector('{PANE.format(2)}').textContent.includes('troopers')")
    _done(hands)


TASKS = (
    Task("Paste an article and read it in English", _paste, _paste_by_key, reads=False),
    Task("Find the French sentence that an English one came from", _origin, _origin_by_key),
    Task("Go to the first doubtful sentence and read why", _doubt, _doubt_by_key),
    Task("Correct a sentence", _correct, _correct_by_key),
    Task("Have a term translated as you want, and the text again", _term, _term_by_key),
    Task("Get a summary with its evidence", _summary, _summary),
    Task("Have it shorter", _shorter, _shorter_by_key),
    Task("Translate a .docx and save it", _docx, _docx_by_key, reads=False),
)


def count(browser: Browser, url: str) -> list[Count]:
    """Do every task on the page at ``url``, each as a new visitor."""
    counts = []
    with tempfile.TemporaryDirectory() as folder:
        for task in TASKS:
            done = []
            for way in (task.pointer, task.keyboard):
                with _visit(browser, url, reads=task.reads) as tab:
                    hands = Hands(tab, Path(folder))
                    way(hands)
                    done.append(hands)
            assert not done[1].clicks, task.name
            counts.append(Count(task.name, done[0].clicks, done[0].keys, done[1].keys))
    return counts


def table(counts: list[Count]) -> str:
    """Return ``counts`` in Markdown."""
    rows = [f"| {each.task} | {each.clicks} | {each.keys} | {each.keys_alone} |" for each in counts]
    head = ["| task | clicks | and keys | keys alone |", "| --- | ---: | ---: | ---: |"]
    return "\n".join([*head, *rows]) + "\n"


@contextmanager
def _visit(browser: Browser, url: str, *, reads: bool = False, **settings: object) -> Iterator[Page]:
    context = browser.new_context(**{"viewport": {"width": 1280, "height": 800}, "locale": "en-GB", **settings})  # type: ignore[arg-type]
    try:
        tab = context.new_page()
        tab.set_default_timeout(60_000)
        # Playwright catches dialogs only some time after it is first asked to, and loses those that open before.
        tab.on("filechooser", lambda chooser: None)
        tab.goto(url)
        tab.wait_for_selector(".passerelle-ready")
        if reads:
            tab.fill("#french textarea", ARTICLE)
            tab.click("#translate")
            tab.wait_for_function(f"{LINE}.startsWith('Done')")
        yield tab
    finally:
        context.close()


def _pictures(browser: Browser, url: str) -> None:
    with _visit(browser, url, reads=True) as tab:
        _term_by_key(Hands(tab, DOCS))
        tab.keyboard.press("g")
        tab.wait_for_selector("#glossary .uses .found")
        _shoot(tab, "page-glossary.png")
    with _visit(browser, url, reads=True, color_scheme="dark") as tab:
        tab.keyboard.press("n")
        _shoot(tab, "page-doubt.png")
    phone = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
    with _visit(browser, url, reads=True, **phone) as tab:
        tab.tap(f"{PANE.format(1)} .piece >> nth=1")
        _shoot(tab, "page-phone.png")


def _shoot(tab: Page, name: str) -> None:
    from PIL import Image

    tab.wait_for_timeout(400)
    with Image.open(BytesIO(tab.screenshot())) as picture:
        picture.convert("RGB").quantize(96, dither=Image.Dither.NONE).save(DOCS / name, optimize=True)


def main() -> None:
    """Serve the page, do the tasks and print the table."""
    from playwright.sync_api import sync_playwright

    from passerelle.summarize import Summarizer
    from passerelle.translate import Translator
    from passerelle.ui.web import launch

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--chromium", default="/usr/bin/chromium")
    options = parser.parse_args()
    site = launch(translator=Translator(), summarizer=Summarizer(), block=False)
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=options.chromium, args=["--no-sandbox"])
            counted = table(count(browser, site.local_url))
            if options.write:
                before, _, rest = COMPARISON.read_text(encoding="utf-8").partition(START)
                COMPARISON.write_text(before + START + counted + END + rest.partition(END)[2], encoding="utf-8")
                _pictures(browser, site.local_url)
            browser.close()
        print(counted)
    finally:
        site.close()


if __name__ == "__main__":
    main()
