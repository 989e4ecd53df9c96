"""The page without a browser: what it answers, what it refuses, and how it is set up."""

from __future__ import annotations

import asyncio
import base64
import copy
import json
import re
import threading
import time
import zipfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import httpx
import pytest
from starlette.requests import Request
from starlette.types import Message

from passerelle.summarize import Summarizer
from passerelle.translate import Translator
from passerelle.translate.memory import Memory
from passerelle.ui.page import layout
from passerelle.ui.server.app import Server
from passerelle.ui.server.engine.service import Limits
from passerelle.ui.server.http.passwords import Passwords, add_user
from passerelle.ui.server.http.schemas import ColumnSchema
from passerelle.ui.server.routes import page
from tests.ui.conftest import Remembering, free_port, serve

FRENCH = "Le marché ouvre à huit heures.\n\nLes enfants jouent dans la rue, et le chat dort."
HOSTILE = "Un ${alert(1)} <img src=x onerror=alert(2)> {{x}} `a` </script> \u202eà l’envers\u202c שלום &amp; fin."


def events(web: httpx.Client, route: str = "translate", **body: Any) -> list[dict[str, Any]]:
    lines = web.post(f"/page/{route}", json=body).text.splitlines()
    return [event for event in map(json.loads, lines) if event["type"] != "tick"]


def shown(columns: tuple[Any, ...]) -> list[dict[str, Any]]:
    """Columns as the page's script sends them back."""
    return [
        {
            "heading": column.heading,
            "language": column.language,
            "runs": [{"text": column.text[piece.start : piece.end], "key": piece.key} for piece in column.pieces],
        }
        for column in columns
    ]


def test_pasted_text_comes_back_sentence_by_sentence_then_summarised(web: httpx.Client) -> None:
    found = events(web, text=FRENCH, length="short")
    kinds = [event["type"] for event in found]
    assert kinds[:2] == ["begin", "original"] and kinds[-4:] == ["translated", "summarising", "summary", "end"]
    assert "Le marché ouvre" in "".join(found[1]["parts"])
    last = [event for event in found if event["type"] == "sentences"][-1]
    assert (last["done"], last["wordsDone"]) == (2, len(FRENCH.split()))
    assert set().union(*(event["words"] for event in found if event["type"] == "sentences")) == {"s0", "s1"}


def test_parts_put_together_are_what_a_report_shows(web: httpx.Client, translator: Translator, article: str) -> None:
    from passerelle.panes.flow import body

    found = events(web, text=article, length="short")
    blocks = [""]
    for event in found:
        if event["type"] == "sentences":
            first, *new = event["parts"]
            blocks[-1] += first
            blocks += new
    assert blocks == body(translator(article).columns()[1])


def test_a_text_is_summarised_again_from_what_is_shown(web: httpx.Client, translator: Translator, article: str) -> None:
    found = events(web, "summarize", columns=shown(translator(article).columns()), length=2, style="bullets")
    [summary] = [event for event in found if event["type"] == "summary"]
    text = "".join(summary["parts"])
    assert text.count("- ") >= 2 and text.count("data-key") == 2


@pytest.mark.parametrize(
    ("text", "reason"), [("", "no text yet"), (" \n\t ", "no text yet"), ("mot " * 200_000, "800")]
)
def test_what_cannot_be_translated_is_refused_in_one_line(web: httpx.Client, text: str, reason: str) -> None:
    [error] = events(web, text=text)
    assert error["type"] == "error" and reason in error["message"]


def test_lone_surrogates_reach_the_page_as_replacement_characters(web: httpx.Client) -> None:
    answer = web.post(
        "/page/translate", content=b'{"text": "Un \\ud800 chat."}', headers={"content-type": "application/json"}
    )
    assert "\ufffd" in answer.text


def test_a_client_who_goes_away_frees_the_engine(site: Server, web: httpx.Client) -> None:
    text = " ".join(f"Le client numéro {n} achète {n * 7} pommes rouges au marché." for n in range(2000))
    with web.stream("POST", "/page/translate", json={"text": text}) as answer:
        for line in answer.iter_lines():
            if '"sentences"' in line:
                break
    began = time.monotonic()
    while site.service.line.served.total():
        assert time.monotonic() - began < 5
        time.sleep(0.02)
    done = site.service.metrics["sentences"]
    time.sleep(0.3)
    assert site.service.metrics["sentences"] == done


def test_alternatives_and_corrections(web: httpx.Client, memory: Remembering) -> None:
    french = "Le chat numéro 12 dort sur la chaise."
    others = web.post("/page/alternatives", json={"french": french}).json()
    assert len(others) >= 2 and len({each["english"] for each in others}) == len(others)
    answer = web.post("/page/correct", json={"french": french, "english": "Cat 13 sleeps on the chair."}).json()
    assert answer["remembered"] and any("12" in note["text"] for note in answer["notes"])
    assert memory.corrected.pop(french) == "Cat 13 sleeps on the chair."
    memory.correct(french, "The cat, number 12, is asleep.")
    [sentence] = web.post("/v1/translate", json={"text": french}).json()["paragraphs"][0]["sentences"]
    assert (sentence["text"], sentence["origin"]) == ("The cat, number 12, is asleep.", "user")
    memory.corrected.clear()


@pytest.mark.parametrize("form", ["html", "docx", "tmx"])
def test_exports_hold_every_text_literally(web: httpx.Client, form: str) -> None:
    columns = [
        {"heading": "Original", "language": "fr", "runs": [{"text": HOSTILE, "key": "s0"}]},
        {
            "heading": "Translation",
            "language": "en",
            "runs": [{"text": f"EN {HOSTILE}", "key": "s0", "notes": [HOSTILE]}],
        },
        {"heading": "Summary", "language": "en", "runs": [{"text": HOSTILE, "key": "x", "links": ["s0"]}]},
    ]
    answer = web.post("/page/export", json={"form": form, "title": HOSTILE, "notices": [HOSTILE], "columns": columns})
    assert answer.status_code == 200
    if form == "html":
        assert "<img" not in answer.text and answer.text.count("onerror") >= 4
        return
    content = answer.content
    if form == "docx":
        with zipfile.ZipFile(BytesIO(content)) as archive:
            content = archive.read("word/document.xml")
    texts = [
        element.text for element in ElementTree.fromstring(content).iter() if element.text and element.text.strip()
    ]
    assert HOSTILE in texts and f"EN {HOSTILE}" in texts


def test_files_come_back_in_their_own_formats(web: httpx.Client, translator: Translator) -> None:
    subtitles = "1\r\n00:00:01,000 --> 00:00:02,000\r\nLe chat dort.\r\n"
    lines = web.post("/page/file", files={"file": ("film.srt", subtitles.encode())}).text.splitlines()
    found = [json.loads(line) for line in lines]
    [result] = [event for event in found if event["type"] == "result"]
    assert any(event["type"] == "progress" for event in found)
    english = base64.b64decode(result["content"]).decode()
    assert result["name"] == "film.srt" and "00:00:01,000 --> 00:00:02,000" in english
    assert translator("Le chat dort.").text in english
    columns = tuple(ColumnSchema.model_validate(each).column() for each in result["columns"])
    assert columns == translator("Le chat dort.").columns()
    answer = web.post(
        "/v1/documents", files=[("files", ("a.txt", b"Le chat dort.")), ("files", ("a.txt", b"Il pleut."))]
    )
    with zipfile.ZipFile(BytesIO(answer.content)) as archive:
        assert archive.namelist() == ["a.txt", "a 2.txt"]
        assert archive.read("a.txt").decode() == translator("Le chat dort.").text


def test_a_file_that_cannot_be_read_is_refused(web: httpx.Client) -> None:
    for name, content in (("photo.txt", bytes(range(256)) * 40), ("film.avi", b"x"), ("lettre.docx", b"no zip")):
        found = web.post("/page/file", files={"file": (name, content)}).text
        assert '"error"' in found and name in found
    assert web.post("/v1/documents", files={"files": ("film.avi", b"x")}).status_code == 422


def test_rest_interface(web: httpx.Client, translator: Translator, article: str) -> None:
    assert web.post("/v1/translate", json={"text": FRENCH}).json() == json.loads(
        json.dumps(translator(FRENCH).to_dict())
    )
    summary = web.post("/v1/summarize", json={"text": article, "length": 2, "style": "bullets"}).json()
    assert len(summary["sentences"]) == 2 and all(sentence["evidence"] for sentence in summary["sentences"])
    english = {"text": "The cat sleeps. The dog runs.", "english": True}
    assert web.post("/v1/summarize", json=english).json()["text"]
    assert web.post("/v1/translate", json={"text": " "}).status_code == 422
    assert web.post("/v1/summarize", json={"text": "Oui.", "length": "endless"}).status_code == 422
    description = web.get("/v1/openapi.json").json()
    assert {"/v1/translate", "/v1/summarize", "/v1/documents", "/health", "/metrics"} == set(description["paths"])
    assert "/v1/documents" in web.get("/v1").text


def test_health_and_metrics_count_but_quote_nothing(web: httpx.Client) -> None:
    web.post("/v1/translate", json={"text": "Ma lettre secrète est ici."})
    assert web.get("/health").json()["status"] == "ok"
    metrics = web.get("/metrics").text
    assert "passerelle_finished_total" in metrics and "secr" not in metrics


def test_headers_and_strangers(web: httpx.Client) -> None:
    answer = web.get("/")
    assert "connect-src 'self'" in answer.headers["content-security-policy"]
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert web.post("/gradio_api/upload", files={"files": ("a.txt", b"x")}).status_code == 404
    assert web.get("/health", headers={"host": "evil.example"}).status_code == 421
    assert web.post("/v1/translate", json={}, headers={"origin": "http://evil.example"}).status_code == 403


def test_a_team_signs_in_and_is_limited(translator: Translator, summarizer: Any, tmp_path: Path) -> None:
    path = tmp_path / "users"
    add_user(path, "odile", "correct horse")
    add_user(path, "rené", "battery staple")
    add_user(path, "odile", "another horse")
    assert "horse" not in path.read_text(encoding="utf-8") and path.stat().st_mode & 0o77 == 0
    limits = Limits(per_minute=3, characters=100, file_bytes=1000)
    server = serve(translator, summarizer, free_port(), passwords=Passwords.read(path), limits=limits)
    try:
        with httpx.Client(base_url=server.local_url, timeout=60, trust_env=False) as web:
            assert web.get("/health").status_code == 200
            refused = web.get("/")
            assert (refused.status_code, refused.headers["www-authenticate"][:5]) == (401, "Basic")
            assert web.get("/", auth=("odile", "correct horse")).status_code == 401
            assert web.get("/", auth=("odile", "another horse")).status_code == 200
            odile = {"auth": ("odile", "another horse")}
            assert web.request("PUT", "/", content=bytes(200_000), **odile).status_code == 413
            codes = [web.post("/v1/translate", json={"text": "Il pleut."}, **odile).status_code for _ in range(4)]
            assert codes == [200, 200, 200, 429]
            # A machine that is busy checks them so slowly that some guesses are given back meanwhile.
            guesses = (web.get("/", auth=("odile", "guess")).status_code for _ in range(100))
            assert 429 in guesses
    finally:
        server.close()


def test_the_line_is_bounded_and_says_where_one_stands(translator: Translator, summarizer: Any) -> None:
    server = serve(translator, summarizer, free_port(), limits=Limits(at_once=1, waiting=1))
    text = " ".join(f"Le passager numéro {n} descend du train à midi." for n in range(300))
    try:
        with ThreadPoolExecutor(2) as pool, httpx.Client(base_url=server.local_url, timeout=60, trust_env=False) as web:
            first = pool.submit(events, web, text=text)
            while not server.service.line.served.total():
                time.sleep(0.01)
            second = pool.submit(events, web, text="Il pleut.")
            while not server.service.line.waiting:
                time.sleep(0.01)
            [refused] = events(web, text="Il neige.")
            assert refused["status"] == 503 and "wait already" in refused["message"]
            found = second.result()
            assert found[0] == {"type": "queued", "position": 1} and found[-1]["type"] == "end"
            assert first.result()[-1]["type"] == "end"
    finally:
        server.close()


def test_ten_at_once_each_get_their_own(web: httpx.Client, translator: Translator) -> None:
    texts = [f"Le train numéro {number} part à midi. Il est en retard de {number * 3} minutes." for number in range(10)]
    ready = threading.Barrier(10)

    def visit(text: str) -> str:
        ready.wait()
        return str(web.post("/v1/translate", json={"text": text}).json()["text"])

    with ThreadPoolExecutor(10) as pool:
        found = list(pool.map(visit, texts))
    assert found == [translation.text for translation in translator(texts)]


def test_a_failure_is_said_without_the_text(site: Server, capfd: pytest.CaptureFixture[str]) -> None:
    def broken(stop: threading.Event) -> Iterator[dict[str, Any]]:
        raise RuntimeError("ma lettre secrète")
        yield {}

    async def serve_it() -> list[dict[str, Any]]:
        return [event async for event in site.service.serve("one", broken) if event["type"] != "tick"]

    with ThreadPoolExecutor(1) as pool:  # Playwright may keep a loop running in this thread
        [event] = pool.submit(lambda: asyncio.run(serve_it())).result()
    assert event["status"] == 500
    said = capfd.readouterr().err
    assert "RuntimeError at test_web.py" in said and "secrète" not in said + event["message"]


def test_whoever_goes_while_a_line_is_being_sent_gives_the_place_back(
    translator: Translator, summarizer: Summarizer
) -> None:
    # A server of its own: a line is for one event loop, and that of ``site`` is another.
    server = serve(translator, summarizer, free_port())

    async def leave_it() -> int:
        sending = asyncio.Event()

        async def receive() -> Message:
            await sending.wait()
            return {"type": "http.disconnect"}

        async def send(message: Message) -> None:
            if message.get("body"):
                sending.set()
                await asyncio.Event().wait()

        def endless(stop: threading.Event) -> Iterator[dict[str, Any]]:
            yield {"type": "sentences"}
            stop.wait(60)

        answer = page.listening(server.service, Request({"type": "http"}), endless, "texts")
        await asyncio.wait_for(answer({"type": "http", "asgi": {"spec_version": "2.3"}}, receive, send), 10)
        for _ in range(100):
            if not server.service.line.served.total():
                break
            await asyncio.sleep(0.02)
        return server.service.line.served.total()

    with ThreadPoolExecutor(1) as pool:
        left = pool.submit(lambda: asyncio.run(leave_it())).result()
    server.close()
    assert left == 0


def test_a_port_that_is_taken_is_an_os_error(translator: Translator, summarizer: Any, site: Server) -> None:
    with pytest.raises(OSError, match="in use"):
        serve(translator, summarizer, site.port)


def test_private_settings(web: httpx.Client) -> None:
    [found] = re.findall(r"window.gradio_config = (.*?);</script>", web.get("/").text, re.DOTALL)
    config = json.loads(found)
    assert config["run_history"] is False and config["analytics_enabled"] is False
    assert not any("{{" in (block["props"].get("html_template") or "") for block in config["components"])


def test_each_users_corrections_are_their_own_and_shared_ones_say_so(
    translator: Translator, summarizer: Any, tmp_path: Path
) -> None:
    path = tmp_path / "users"
    add_user(path, "odile", "correct horse")
    add_user(path, "rené", "battery staple")
    odile, rene = ("odile", "correct horse"), ("rené", "battery staple")
    asked = {"french": "Il pleut.", "english": "It is pouring."}
    for shared in (False, True):
        memory = Memory(tmp_path / f"{shared}.db")
        settings = {"memory": memory, "shared_memory": shared, "passwords": Passwords.read(path)}
        server = serve(translator, summarizer, free_port(), **settings)
        try:
            with httpx.Client(base_url=server.local_url, timeout=120, trust_env=False) as web:
                answer = web.post("/page/correct", json=asked, auth=odile).json()
                assert answer["remembered"] and answer["shared"] is shared
                text = web.post("/v1/translate", json={"text": "Il pleut."}, auth=rene).json()["text"]
                assert (text == "It is pouring.") is shared
                mine = web.post("/v1/translate", json={"text": "Il pleut."}, auth=odile).json()["text"]
                assert mine == "It is pouring."
                listed = web.get("/page/corrections", auth=rene).json()
                assert (
                    listed["shared"] is shared
                    and [each["author"] for each in listed["corrections"]] == ["odile"] * shared
                )
                forgotten = web.post("/page/forget", json={"french": "Il pleut."}, auth=rene).json()
                assert forgotten == {"forgotten": shared}
        finally:
            server.close()
            memory.close()


def test_visitors_of_a_team_are_not_told_where_things_are(site: Server) -> None:
    service = copy.copy(site.service)
    service.translator = copy.copy(service.translator)
    model = service.translator.model = copy.copy(service.translator.model)
    notices = ("kept in /srv/secret for next time", "a larger one is better")
    model.checkpoint = replace(model.checkpoint, name="/srv/secret/fr-en", reason="in /srv/secret", notices=notices)
    assert "secret" in layout._about(service, is_shared=False)
    told = layout._about(service, is_shared=True)
    assert "secret" not in told and "fr-en" in told and "a larger one is better" in told


@pytest.mark.parametrize("reached", [0, 9, 10, 11, 500])
def test_a_text_goes_on_from_anywhere(web: httpx.Client, reached: int) -> None:
    found = events(web, text="Il pleut. Il neige.", done=1, reached=reached)
    assert found[0]["begun"] == 1 and found[-1]["type"] == "end"
    keys = re.findall(r'data-key="(s\d+)"', "".join(p for e in found if e["type"] == "sentences" for p in e["parts"]))
    assert keys == ["s1", "s2"][: 2 if reached < 9 else 1 if reached < 19 else 0]
    assert not any(event["type"] in ("original", "summary") for event in found)
