"""Terms that come with a request: obeyed, counted, bounded, and never mixed up with what was made without them."""

from __future__ import annotations

import base64
import json
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

import httpx
import pytest

from passerelle.translate import Translator
from passerelle.translate.glossary import Glossary
from passerelle.translate.memory import Memory
from passerelle.ui.server.work.glossary import LONGEST, MOST
from tests.ui.conftest import Remembering, free_port, serve

FRENCH = "Le maire a ouvert le marché."
TERMS = "source,target,options\nmaire,burgomaster\nmarché,,keep\n"


@pytest.fixture(scope="module")
def obeyed(translator: Translator, tmp_path_factory: pytest.TempPathFactory) -> str:
    """What ``passerelle translate --glossary`` writes."""
    path = tmp_path_factory.mktemp("terms") / "terms.csv"
    path.write_text(TERMS, encoding="utf-8")
    text = translator.with_glossary(Glossary.read(path))(FRENCH).text
    assert "burgomaster" in text and "marché" in text and text != translator(FRENCH).text
    return text


def english(web: httpx.Client, route: str, **body: Any) -> str:
    events = [json.loads(line) for line in web.post(f"/page/{route}", json=body).text.splitlines()]
    return "".join(part for event in events if event["type"] == "sentences" for part in event["parts"])


def test_every_door_obeys_the_terms_that_come_with_a_request(
    web: httpx.Client, obeyed: str, translator: Translator
) -> None:
    assert obeyed in english(web, "translate", text=FRENCH, glossary=TERMS)
    assert web.post("/v1/translate", json={"text": FRENCH, "glossary": TERMS}).json()["text"] == obeyed
    summary = web.post("/v1/summarize", json={"text": f"{FRENCH} Il pleut.", "glossary": TERMS, "length": 1}).json()
    assert "burgomaster" in "".join(each["text"] for each in summary["sentences"][0]["evidence"])
    sent = {"files": ("a.txt", FRENCH.encode()), "glossary": ("terms.csv", TERMS.encode())}
    assert web.post("/v1/documents", files=sent).text == obeyed
    sent = {"file": ("a.txt", FRENCH.encode()), "glossary": ("terms.csv", TERMS.encode())}
    lines = web.post("/page/file", files=sent).text.splitlines()
    [result] = [event for event in map(json.loads, lines) if event["type"] == "result"]
    assert base64.b64decode(result["content"]).decode() == obeyed
    best, *_ = web.post("/page/alternatives", json={"french": FRENCH, "glossary": TERMS}).json()
    assert best["english"] == obeyed
    # And the next visitor, who has none, sees nothing of them.
    assert web.post("/v1/translate", json={"text": FRENCH}).json()["text"] == translator(FRENCH).text


def test_a_retry_gives_other_english_with_its_words(web: httpx.Client, obeyed: str, translator: Translator) -> None:
    plain = translator(FRENCH).text
    asked = {"french": FRENCH.replace(" ", "\n", 1), "english": plain, "glossary": TERMS}
    found = web.post("/page/retry", json=asked).json()
    assert found["english"] == obeyed and found["notes"] == []
    french, there = ([each.split("-") for each in words.split()] for words in found["words"])
    assert {number for *_, number in french} & {number for *_, number in there}
    again = web.post("/page/retry", json={**asked, "english": obeyed, "glossary": ""}).json()
    assert again["english"] == plain
    assert web.post("/page/retry", json={"french": "12 / 34", "english": "12 / 34"}).json() == {}


def test_terms_are_counted_in_what_the_page_shows(web: httpx.Client) -> None:
    sentences = [[FRENCH, "The burgomaster opened the market."], ["Les maires.", "The burgomasters."]]
    found = web.post("/page/glossary", json={"glossary": TERMS, "sentences": sentences}).json()["terms"]
    assert [(each["source"], each["found"], each["missed"]) for each in found] == [("maire", 2, 0), ("marché", 0, 1)]
    assert [(each["target"], each["keep"], each["case"]) for each in found][1] == ("marché", True, False)


def test_a_correction_that_lacks_a_term_stands_and_says_so(web: httpx.Client, memory: Remembering) -> None:
    asked = {"french": FRENCH, "english": "The mayor opened the marché.", "glossary": TERMS}
    answer = web.post("/page/correct", json=asked).json()
    assert answer["remembered"] and [note for note in answer["notes"] if "burgomaster" in note["text"]]
    shown = english(web, "translate", text=FRENCH, glossary=TERMS)
    assert "The mayor opened the marché." in shown and "burgomaster" in shown
    memory.corrected.clear()


def test_corrections_may_come_with_the_text(web: httpx.Client) -> None:
    shown = english(web, "translate", text=f"{FRENCH}\nIl pleut.", corrections={"Il  pleut.": "Rain again."})
    assert "Rain again." in shown


@pytest.mark.parametrize(
    ("terms", "reason"),
    [
        ("maire\n", "line 1: a term and its English"),
        ("a,b\nmaire,mayor,bold", "line 2: unknown option “bold”"),
        ("...,x", "without a word"),
        ("\n".join(f"terme {number},term" for number in range(MOST + 1)), "more than 2,000 terms"),
        (f"{'m' * (LONGEST + 1)},x", "more than 200 characters"),
        (f"maire,{'m' * 200_000}", "no CSV"),
        ("," * 900_000, "larger than"),
    ],
)
def test_a_glossary_that_cannot_be_used_is_refused_in_one_line(web: httpx.Client, terms: str, reason: str) -> None:
    for route in ("/v1/translate", "/v1/summarize", "/page/translate"):
        answer = web.post(route, json={"text": FRENCH, "glossary": terms})
        assert answer.status_code == 422 and reason in answer.json()["error"] and len(answer.json()["error"]) < 200
    sent = {"files": ("a.txt", b"Oui."), "glossary": ("terms.csv", terms.encode())}
    assert reason in web.post("/v1/documents", files=sent).json()["error"]


def test_what_is_not_asked_rightly_is_said_in_one_line_without_the_text(web: httpx.Client) -> None:
    answer = web.post("/v1/translate", json={"text": ["ma lettre secrète"]})
    assert answer.status_code == 422 and answer.json()["error"].startswith("text: ") and "secr" not in answer.text
    assert web.post("/v1/documents", files={"files": ("film.avi", b"x")}).json()["error"].startswith("film.avi")
    sent = {"files": ("a.txt", b"Oui."), "glossary": ("terms.csv", b"\xff\xfe")}
    assert "save it as CSV in UTF-8" in web.post("/v1/documents", files=sent).json()["error"]


def test_a_memory_of_the_model_s_sentences_is_left_alone(
    translator: Translator, summarizer: Any, tmp_path: Path, obeyed: str
) -> None:
    memory = Memory(tmp_path / "memory.db", translator.signature)
    server = serve(translator, summarizer, free_port(), memory=memory)
    try:
        with httpx.Client(base_url=server.local_url, timeout=60, trust_env=False) as web:
            plain = web.post("/v1/translate", json={"text": FRENCH}).json()["text"]
            assert web.post("/v1/translate", json={"text": FRENCH, "glossary": TERMS}).json()["text"] == obeyed
            found = web.post("/v1/translate", json={"text": FRENCH}).json()["paragraphs"][0]["sentences"]
        assert (found[0]["text"], found[0]["origin"], len(memory)) == (plain, "memory", 1)
    finally:
        server.close()
        memory.close()


def test_many_files_come_back_with_the_terms_in_each(web: httpx.Client) -> None:
    sent = [("files", (f"{n}.txt", FRENCH.encode())) for n in range(3)]
    answer = web.post("/v1/documents", files=[*sent, ("glossary", ("terms.csv", TERMS.encode()))])
    with zipfile.ZipFile(BytesIO(answer.content)) as archive:
        assert all(b"burgomaster" in archive.read(name) for name in archive.namelist())
