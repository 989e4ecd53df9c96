"""Nothing of Gradio's is served but the page itself: no file is read, no text is kept, nobody is called."""

from __future__ import annotations

import json
import os
import re
import secrets
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from passerelle.ui.server.app import Server
from passerelle.ui.server.http.gradio_api import METHODS, PATHS

ASKED = re.compile(r"\{[^}]*\}")
MINE = secrets.token_hex(8)
TEXT = f"Ma lettre secrète {MINE} est ici."


def registered(routes: Any, prefix: str = "") -> Iterator[str]:
    """Every path that Gradio's application has a route for, its parameters filled in."""
    for route in routes:
        path = prefix + str(getattr(route, "path", ""))
        inner = getattr(route, "original_router", None) or getattr(route, "app", None)
        if getattr(inner, "routes", None) and hasattr(route, "include_context"):
            yield from registered(inner.routes, path + route.include_context.prefix)
        elif getattr(route, "methods", None):
            yield ASKED.sub("x", path)


@pytest.fixture(scope="module")
def gradio(site: Server) -> Any:
    """Gradio's own application, behind the shell."""
    return site.app.router.routes[-1].app._app  # type: ignore[attr-defined]


def test_what_gradio_registers_is_found(gradio: Any) -> None:
    found = set(registered(gradio.routes))
    assert {"/gradio_api/queue/join", "/gradio_api/upload", "/gradio_api/deep_link", "/config", "/"} <= found


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS"])
def test_every_route_that_the_page_does_not_use_is_closed(web: httpx.Client, gradio: Any, method: str) -> None:
    for path in set(registered(gradio.routes)):
        answer = web.request(method, path)
        if PATHS.fullmatch(path):
            if method not in METHODS:
                assert answer.status_code == 405 and answer.headers["allow"] == "GET, HEAD", path
        else:
            assert answer.status_code == 404, path


def files(*folders: Path) -> set[Path]:
    # Other programs' files come and go meanwhile.
    return {Path(place) / name for folder in folders for place, _, names in os.walk(folder) for name in names}


@pytest.mark.parametrize("path", ["/etc/passwd", "/dev/zero", "https://example.org/", "/proc/self/environ"])
@pytest.mark.parametrize("route", ["queue/join", "run/predict", "api/predict", "call/translate", "component_server"])
def test_a_file_that_a_request_names_is_not_read(web: httpx.Client, route: str, path: str) -> None:
    named = {"path": path, "meta": {"_type": "gradio.FileData"}}
    for data in ([named], [[named]], [{"value": named}], [{"path": path, "url": path, "meta": named["meta"]}]):
        for number in range(8):
            body = {"data": data, "fn_index": number, "session_hash": "s", "event_data": named}
            answer = web.post(f"/gradio_api/{route}", json=body)
            assert answer.status_code == 404 and answer.json() == {"error": "There is nothing here."}
    for query in ("/gradio_api/deep_link?session_hash=s", "/config?deep_link=x", f"/gradio_api/file={path}"):
        assert web.get(query).status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "/static/../../../../etc/passwd",
        "/assets/..%2f..%2f..%2f..%2fetc/passwd",
        "/assets/%2e%2e/%2e%2e/config",
        "/static//etc/passwd",
        "/file=/etc/passwd",
        "/gradio_api/proxy=https://example.org/",
    ],
)
def test_no_path_leads_out_of_the_package(site: Server, path: str) -> None:
    import socket

    with socket.create_connection(("127.0.0.1", site.port)) as raw:
        raw.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{site.port}\r\nConnection: close\r\n\r\n".encode())
        answer = b"".join(iter(lambda: raw.recv(65536), b""))
    assert b" 404 " in answer.splitlines()[0] and b"root:" not in answer


def test_nothing_that_was_sent_stays_on_disk(web: httpx.Client, uploads: Path) -> None:
    folders = (uploads, Path(tempfile.gettempdir()))
    before = files(*folders)
    for number in range(50):
        web.post("/page/translate", json={"text": f"{TEXT} {number}"})
        web.post("/v1/translate", json={"text": TEXT})
        web.post("/v1/documents", files={"files": ("lettre.txt", TEXT.encode())})
        web.post("/gradio_api/upload", files={"files": ("lettre.txt", TEXT.encode())})
    kept = [path for path in files(*folders) - before if path.exists()]
    assert not any(MINE.encode() in path.read_bytes() for path in kept if path.is_file())


def test_the_page_itself_has_no_event_that_runs_on_the_server(web: httpx.Client) -> None:
    [config] = re.findall(r"window.gradio_config = (.*?);</script>", web.get("/").text, re.DOTALL)
    assert [event["backend_fn"] for event in json.loads(config)["dependencies"]] == [False] * 4


def test_a_link_that_gradio_kept_is_not_followed(web: httpx.Client) -> None:
    assert web.get("/?deep_link=../../etc/passwd").text.count("gradio_config") == web.get("/").text.count(
        "gradio_config"
    )


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [("GET", "/v1/translate", "POST"), ("DELETE", "/health", "GET"), ("PUT", "/page/translate", "POST")],
)
def test_our_own_routes_say_which_method_they_take(web: httpx.Client, method: str, path: str, allowed: str) -> None:
    answer = web.request(method, path)
    assert (answer.status_code, answer.headers["allow"]) == (405, allowed)
