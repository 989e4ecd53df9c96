"""Take docs/screenshot.png: the page with the seed article, pointed at a summary sentence.  Needs chromium.

python docs/make_screenshot.py [/path/to/chromium]
"""

from __future__ import annotations

import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

from passerelle.summarize import Summarizer
from passerelle.translate import Translator
from passerelle.ui.web import launch

HERE = Path(__file__).parent
ARTICLE = HERE.parent / "seeds" / "000_04f16d3848754378.txt"


def main(chromium: str = "/usr/bin/chromium") -> None:
    """Serve the page, translate the article in it, and photograph it."""
    site = launch(translator=Translator(), summarizer=Summarizer(), block=False)
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
            tab = browser.new_page(viewport={"width": 1280, "height": 800}, color_scheme="light")
            tab.goto(site.local_url)
            tab.wait_for_selector(".passerelle-ready")
            tab.fill("#french textarea", ARTICLE.read_text(encoding="utf-8"))
            tab.click("#translate")
            tab.wait_for_selector("#line .line:has-text('Done')", timeout=120_000)
            tab.hover("#panes .pane:nth-child(3) .piece >> nth=0")
            tab.wait_for_timeout(400)
            tab.screenshot(path=HERE / "screenshot.png")
            browser.close()
    finally:
        site.close()


if __name__ == "__main__":
    main(*sys.argv[1:2])
