"""The web page, served from this process on the bundled checkpoints, and a browser to look at it."""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import socket
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from tests.ui.browsing import SCREENSHOTS

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

    from passerelle.summarize import Summarizer
    from passerelle.translate import Translator
    from passerelle.translate.memory import Correction
    from passerelle.translate.translation_memory import Candidate
    from passerelle.ui.server.app import Server

CHROMIUM = Path("/usr/bin/chromium")


@pytest.fixture(scope="session")
def translator() -> Translator:
    from passerelle.translate import Translator

    return Translator()


@pytest.fixture(scope="session")
def summarizer() -> Summarizer:
    from passerelle.summarize import Summarizer

    return Summarizer()


def serve(translator: Any, summarizer: Any, port: int | None = None, **settings: Any) -> Server:
    """Serve the page.  Inside a running event loop Gradio makes none of its own that it would leave open."""
    from passerelle.ui import web

    async def start() -> Server:
        return web.launch(port=port, translator=translator, summarizer=summarizer, block=False, **settings)

    # In a thread of its own, for Playwright keeps a loop running in this one.
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(lambda: asyncio.run(start())).result()


@pytest.fixture(scope="session")
def uploads(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The folder where Gradio keeps what is sent to it."""
    folder = tmp_path_factory.mktemp("gradio")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GRADIO_TEMP_DIR", str(folder))
        yield folder


class Remembering:
    """A memory of corrections, as small as can be."""

    def __init__(self) -> None:
        self.corrected: dict[str, str] = {}
        self.planted: dict[str, Candidate] = {}

    def lookup(self, french: str) -> Candidate | None:
        from passerelle.translate.translation_memory import Candidate

        if french in self.planted:
            return self.planted[french]
        english = self.corrected.get(french)
        return Candidate(english, origin="user") if english else None

    def store(self, french: str, known: Candidate) -> None:
        """Only what is corrected is remembered."""

    def correct(self, french: str, english: str) -> None:
        self.corrected[french] = english

    def listed(self) -> tuple[Correction, ...]:
        from passerelle.translate.memory import Correction

        return tuple(Correction(french, english, "", "") for french, english in self.corrected.items())

    def forget(self, french: str) -> bool:
        return self.corrected.pop(french, None) is not None


@pytest.fixture(scope="session")
def memory() -> Remembering:
    return Remembering()


@pytest.fixture(scope="session")
def site(translator: Translator, summarizer: Summarizer, uploads: Path, memory: Remembering) -> Iterator[Server]:
    server = serve(translator, summarizer, free_port(), memory=memory)
    yield server
    server.close()


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def url(site: Server) -> str:
    return site.local_url.rstrip("/")


@pytest.fixture(scope="module")
def web(url: str) -> Iterator[httpx.Client]:
    """A client of the page without a browser."""
    with httpx.Client(base_url=url, timeout=60, trust_env=False) as client:
        yield client


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """Debian's Chromium, headless; tests that need it are skipped where it is not installed."""
    executable = CHROMIUM if CHROMIUM.exists() else shutil.which("chromium")
    if not executable:
        pytest.skip("chromium is not installed: apt-get install chromium")
    from playwright.sync_api import sync_playwright

    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    arguments = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--no-first-run"]
    environment = {**os.environ, "HOME": str(tmp_path_factory.mktemp("chromium"))}
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=executable, args=arguments, env=environment)
        yield started
        started.close()


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
