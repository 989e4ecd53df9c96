"""The table of clicks in the documentation is what the page takes today."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from benchmarks.page import COMPARISON, DOCS, TASKS, count, table

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser


def test_the_clicks_in_the_documentation_are_counted_on_the_page(browser: Browser, url: str) -> None:
    # The last task opens the system's file dialog, which does not always come in a browser that other tests have used.
    documented = COMPARISON.read_text(encoding="utf-8").splitlines()
    counted = table(count(browser, url, TASKS[:-1])).splitlines()
    assert len(counted) > 2 and [row for row in counted if row not in documented] == []


def test_pictures_are_small() -> None:
    pictures = list(DOCS.glob("page-*.png"))
    assert len(pictures) == 3 and all(picture.stat().st_size < 300_000 for picture in pictures)
