"""The table of clicks in the documentation is what the page takes today."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from benchmarks.page import COMPARISON, DOCS, count, table

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser


def test_the_clicks_in_the_documentation_are_counted_on_the_page(browser: Browser, url: str) -> None:
    assert table(count(browser, url)) in COMPARISON.read_text(encoding="utf-8")


def test_pictures_are_small() -> None:
    pictures = list(DOCS.glob("page-*.png"))
    assert len(pictures) == 3 and all(picture.stat().st_size < 300_000 for picture in pictures)
