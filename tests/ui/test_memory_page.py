"""What readers put right, in a browser: told whether it is shared, listed with who made it, taken back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from passerelle.translate.memory import Memory
from tests.ui.browsing import LINE, PANE, content, finished, start, translate, violations
from tests.ui.conftest import free_port, serve

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from passerelle.ui.server.app import Server


@pytest.fixture(params=[False, True], ids=["own", "shared"])
def remembering(
    request: pytest.FixtureRequest, translator: Any, summarizer: Any, tmp_path: Path
) -> Iterator[tuple[Server, bool]]:
    memory = Memory(tmp_path / "memory.db")
    server = serve(translator, summarizer, free_port(), memory=memory, shared_memory=request.param)
    yield server, request.param
    server.close()
    memory.close()


@pytest.mark.browser
def test_corrections_are_listed_and_taken_back(
    visit: Callable[..., Page], remembering: tuple[Server, bool], tmp_path: Path
) -> None:
    server, is_shared = remembering
    tab = start(visit, server.local_url.rstrip("/"))
    translate(tab, "Il pleut.")
    finished(tab)
    before = content(tab, 2)
    tab.dblclick(f"{PANE.format(2)} .piece")
    tab.keyboard.press("Control+a")
    tab.keyboard.type("Rain, <b>again</b>.")
    tab.keyboard.press("Enter")
    said = "Kept, and used for everybody" if is_shared else "Kept, and remembered"
    tab.wait_for_function(f"{LINE}.startsWith('{said}')")
    tab.click("#memory")
    tab.wait_for_selector("#corrections li")
    assert "Rain, <b>again</b>." in tab.inner_text("#corrections li")
    assert ("shared" in tab.inner_text("#corrections .lead")) is is_shared
    assert violations(tab) == []
    with tab.expect_download() as download:
        tab.click("#corrections [data-act=export]")
    download.value.save_as(tmp_path / "out.csv")
    expected = '\ufeffsource,target\r\n"Il pleut.","Rain, <b>again</b>."\r\n'
    assert (tmp_path / "out.csv").read_bytes().decode() == expected
    tab.click("#corrections li button")
    tab.wait_for_function("!document.querySelector('#corrections li')")
    tab.keyboard.press("Escape")
    translate(tab, "Il pleut.")
    finished(tab)
    assert content(tab, 2) == before and not server.service.memory.listed()  # type: ignore[union-attr]
