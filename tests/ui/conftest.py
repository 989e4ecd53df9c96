"""The web page, served from this process on the bundled checkpoints, and a browser to look at it."""

from __future__ import annotations

import asyncio
import os
import shutil
import socket
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    import gradio as gr
    from playwright.sync_api import Browser

    from summarize import Summarizer
    from translate import Translator

CHROMIUM = Path("/usr/bin/chromium")
SCREENSHOTS = Path(__file__).parents[2] / "build" / "screenshots"


@pytest.fixture(scope="session")
def translator() -> Translator:
    from translate import Translator

    return Translator()


@pytest.fixture(scope="session")
def summarizer() -> Summarizer:
    from summarize import Summarizer

    return Summarizer()


def serve(translator: Any, summarizer: Any, port: int) -> gr.Blocks:
    """Serve the page.  Inside a running event loop Gradio makes none of its own that it would leave open."""
    from ui import web

    async def start() -> gr.Blocks:
        return web.launch(port=port, translator=translator, summarizer=summarizer, block=False)

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


@pytest.fixture(scope="session")
def site(translator: Translator, summarizer: Summarizer, uploads: Path) -> Iterator[gr.Blocks]:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    blocks = serve(translator, summarizer, port)
    yield blocks
    blocks.close(verbose=False)


@pytest.fixture(scope="session")
def url(site: gr.Blocks) -> str:
    return str(site.local_url).rstrip("/")


@pytest.fixture
def second_site(translator: Translator, summarizer: Summarizer, site: gr.Blocks) -> Callable[[], gr.Blocks]:
    """Tries to serve the page once more on the port of ``site``."""
    return lambda: serve(translator, summarizer, site.server_port)


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
