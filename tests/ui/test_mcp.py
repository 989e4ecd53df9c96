"""The tools for MCP clients, called by the protocol's own client: what they answer, and that the door holds."""

from __future__ import annotations

import asyncio
import json
import sys
import time
from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest

from passerelle.seq2seq.errors import EngineError
from passerelle.translate import Translator
from passerelle.ui.cli import main
from passerelle.ui.server.app import Server
from passerelle.ui.server.engine.service import Limits
from passerelle.ui.server.http.passwords import Passwords, add_user
from passerelle.ui.web import launch
from tests.ui.conftest import free_port, serve

FRENCH = "Le maire a ouvert le marché."
CALL = {
    "jsonrpc": "2.0",
    "id": 1,
    "method": "tools/call",
    "params": {"name": "translate", "arguments": {"text": FRENCH}},
}
ACCEPT = {"accept": "application/json, text/event-stream"}


def test_without_the_package_one_line_says_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "mcp", None)
    with pytest.raises(EngineError, match=r"pip install 'passerelle\[mcp\]'"):
        launch(speaks_mcp=True)
    monkeypatch.setattr(sys, "argv", ["passerelle", "web", "--mcp"])
    assert main() == 1
    assert capsys.readouterr().err.count("\n") == 1


def test_off_unless_asked_for(url: str) -> None:
    assert httpx.post(f"{url}/mcp", json=CALL, headers=ACCEPT, trust_env=False).status_code in (404, 405)


@pytest.fixture(scope="module")
def team(translator: Translator, summarizer: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    pytest.importorskip("mcp", reason="mcp is not installed")
    path = tmp_path_factory.mktemp("team") / "users"
    add_user(path, "odile", "correct horse")
    limits = Limits(characters=100_000, per_minute=40)
    settings: dict[str, Any] = {"passwords": Passwords.read(path), "limits": limits, "speaks_mcp": True}
    server = serve(translator, summarizer, free_port(), **settings)
    yield server
    server.close()


def ask(team: Server, questions: Callable[[Any], Awaitable[Any]], mode: str = "auto") -> Any:
    """What ``questions`` returns, given a client that has signed in."""
    import httpx2
    from mcp.client import Client
    from mcp.client.streamable_http import streamable_http_client

    async def meet() -> Any:
        signed = httpx2.AsyncClient(auth=("odile", "correct horse"), trust_env=False, timeout=60)
        async with (
            signed,
            Client(streamable_http_client(f"{team.local_url}mcp", http_client=signed), mode=mode) as c,
        ):
            return await questions(c)

    with ThreadPoolExecutor(1) as pool:  # Playwright may keep a loop running in this thread
        return pool.submit(lambda: asyncio.run(meet())).result()


@pytest.mark.parametrize("mode", ["auto", "legacy"])
def test_a_client_finds_two_tools_and_translates(team: Server, translator: Translator, mode: str) -> None:
    async def questions(client: Any) -> Any:
        return await client.list_tools(), await client.call_tool("translate", {"text": FRENCH})

    listed, answer = ask(team, questions, mode)
    assert [tool.name for tool in listed.tools] == ["translate", "summarize"]
    assert all("glossary" in tool.input_schema["properties"] for tool in listed.tools)
    assert answer.content[0].text == translator(FRENCH).text and not answer.is_error


DOUBTFUL = "Le drubiglon a zarfouillé les 48 127 tromblinettes de Quimperlouarnec, sans que nul ne glaviote jamais."


def test_terms_doubts_and_evidence_come_along(team: Server, article: str) -> None:
    async def questions(client: Any) -> Any:
        terms = {"text": FRENCH, "glossary": "maire,burgomaster"}
        summary = {"text": article, "length": 2, "style": "bullets"}
        calls = (("translate", terms), ("translate", {"text": DOUBTFUL}), ("summarize", summary))
        return [await client.call_tool(name, arguments) for name, arguments in calls]

    terms, doubtful, summary = ask(team, questions)
    assert "burgomaster" in terms.content[0].text
    assert json.loads(doubtful.content[1].text)[0]["check"]
    assert summary.content[0].text.startswith("- ") and len(summary.structured_content["sentences"]) == 2
    assert all(each["evidence"][0]["french"] in article for each in summary.structured_content["sentences"])


def test_what_is_wrong_is_said_in_one_line(team: Server) -> None:
    wrong = (
        ("translate", {"text": " "}, "no text yet"),
        ("translate", {}, "text: Field required"),
        ("translate", {"text": "x" * 100_001}, "100,001"),
        ("translate", {"text": FRENCH, "glossary": "maire"}, "line 1"),
        ("summarize", {"text": FRENCH, "length": "endless"}, "short, medium, long"),
        ("correct", {"french": "Oui.", "english": "Yes."}, "there is no tool"),
    )

    async def questions(client: Any) -> Any:
        return [await client.call_tool(name, arguments) for name, arguments, _ in wrong]

    for answer, (_, _, reason) in zip(ask(team, questions), wrong, strict=True):
        assert answer.is_error and reason in answer.content[0].text and "\n" not in answer.content[0].text


def test_the_door_holds(team: Server) -> None:
    with httpx.Client(base_url=team.local_url, trust_env=False, timeout=60, headers=ACCEPT) as web:
        assert web.post("/mcp", json=CALL).status_code == 401
        signed = {"auth": ("odile", "correct horse")}
        foreign = web.post("/mcp", json=CALL, headers={"origin": "http://evil.example"}, **signed)
        assert foreign.status_code == 403
        assert web.post("/mcp", content=b"x" * 21_000_000, **signed).status_code == 413
        answer = web.post("/mcp", json=CALL, **signed)
        assert answer.status_code == 200 and answer.headers["x-content-type-options"] == "nosniff"
        assert "/mcp" not in web.get("/v1/openapi.json", **signed).json()["paths"]
        codes = (web.post("/mcp", json=CALL, **signed).status_code for _ in range(60))
        assert 429 in codes, "calls count like any other request"


def test_a_client_who_goes_away_frees_the_engine(
    translator: Translator, summarizer: Any, capfd: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("mcp", reason="mcp is not installed")
    server = serve(translator, summarizer, free_port(), speaks_mcp=True)
    text = " ".join(f"Ma lettre secrète numéro {n} part à midi." for n in range(2000))
    call = {**CALL, "params": {"name": "translate", "arguments": {"text": text}}}
    try:
        with pytest.raises(httpx.ReadTimeout):
            httpx.post(f"{server.local_url}mcp", json=call, headers=ACCEPT, timeout=0.5, trust_env=False)
        began = time.monotonic()
        while server.service.line.served.total():
            assert time.monotonic() - began < 5
            time.sleep(0.02)
    finally:
        server.close()
    assert "secr" not in capfd.readouterr().err
