"""The page without a browser: what it answers, what it refuses, and how it is set up."""

from __future__ import annotations

import gc
import json
import threading
import time
import warnings
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any, cast

import gradio as gr
import pytest
from gradio_client import Client
from gradio_client.exceptions import AppError

from translate import Sentence, Translator
from translate.translator import Progressive
from ui.desk import CHANGES, LIMIT, Desk

FRENCH = "Le marché ouvre à huit heures.\n\nLes enfants jouent dans la rue, et le chat dort."


class Visitor(gr.Request):
    """A request that carries nothing but its session."""

    def __init__(self, name: str) -> None:
        self.session_hash = name


def changes(answer: tuple[Any, ...]) -> dict[str, Any]:
    """Only what changes, by name."""
    named = dict(zip(CHANGES, answer, strict=True))
    return {name: value for name, value in named.items() if not (isinstance(value, dict) and "__type__" in value)}


@pytest.fixture(scope="module")
def desk(translator: Translator, summarizer: Any) -> Desk:
    return Desk(translator, summarizer)


@pytest.fixture(scope="module")
def client(url: str) -> Iterator[Client]:
    with closing(Client(url, verbose=False, analytics_enabled=False)) as client:
        yield client


def test_pasted_text_comes_back_sentence_by_sentence_then_summarised(desk: Desk, translator: Translator) -> None:
    answers = [changes(answer) for answer in desk.paste(FRENCH, "short", Visitor("one"))]
    first, last = answers[0], answers[-1]
    assert first["work"].columns[0].text == FRENCH, "the original is there at once"
    assert first["work"].english == ""
    works = [answer["work"] for answer in answers if "work" in answer]
    assert [work.sentences for work in works] == sorted(work.sentences for work in works)
    assert last["work"].english == translator(FRENCH).text
    assert [column.heading for column in last["work"].columns] == ["Original", "Translation", "Summary"]
    assert last["work"].columns[2].text
    assert "Done: 2 sentences" in last["status"]
    assert all("text" not in answer for answer in answers), "the text box is never overwritten"


def test_downloads_are_the_english_text_and_the_whole_page(desk: Desk) -> None:
    *_, last = desk.paste(FRENCH, "short", Visitor("one"))
    work = changes(last)["work"]
    text, document = json.loads(work.text_file()), json.loads(work.page_file())
    assert (text["name"], text["content"]) == ("translation.txt", work.english)
    assert document["name"] == "translation.html"
    assert document["content"].startswith("<!DOCTYPE html>")
    assert "Les enfants jouent dans la rue, et le chat dort." in document["content"]


@pytest.mark.parametrize(
    ("text", "reason"), [("", "no text yet"), (" \n\t ", "no text yet"), ("mot " * 1_310_720, "5,242,880")]
)
def test_what_cannot_be_translated_is_refused_in_one_line(desk: Desk, text: str, reason: str) -> None:
    [answer] = [changes(answer) for answer in desk.paste(text, "medium", Visitor("one"))]
    assert list(answer) == ["status"], "nothing but the status line changes: the visitor's text stays"
    assert reason in answer["status"] and 'role="alert"' in answer["status"]


def test_two_hundred_thousand_characters_are_within_the_limit() -> None:
    assert LIMIT >= 200_000


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
def test_a_dropped_file_fills_the_box_and_is_deleted(desk: Desk, tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "été.txt"
    path.write_bytes("L’été est là.\r\nIl fait chaud.\r\n".encode(encoding))
    answers = [changes(answer) for answer in desk.drop(str(path), "short", Visitor("one"))]
    assert answers[0] == {"text": "L’été est là.\r\nIl fait chaud.\r\n", "upload": None}
    last = answers[-1]["work"]
    assert last.name == "été"
    assert last.english.count("\r\n") == 2
    assert any("Windows-1252" in notice for notice in last.notices) == (encoding == "cp1252")
    assert not path.exists()


def test_a_file_that_is_no_text_is_refused_and_deleted(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "photo.txt"
    path.write_bytes(bytes(range(256)) * 40)
    [answer] = [changes(answer) for answer in desk.drop(str(path), "short", Visitor("one"))]
    assert "photo.txt is not a text file" in answer["status"]
    assert str(tmp_path) not in answer["status"]
    assert not path.exists()


def test_lone_surrogates_reach_the_page_as_replacement_characters(desk: Desk) -> None:
    *_, last = desk.paste("Un \ud800 chat.", "short", Visitor("one"))
    json.dumps(changes(last)["panes"]).encode()
    assert "\ufffd" in changes(last)["panes"]
    changes(last)["panes"].encode("utf-8")


class Slow(Translator):
    """The real translator, held back a little after every sentence, which it counts."""

    done: int

    def __init__(self, fast: Translator) -> None:
        vars(self).update(vars(fast), done=0)

    def start(self, text: str, regions: Any = None, *, window: int = 16) -> Progressive:
        counter = self

        class Held(Progressive):
            def __iter__(self) -> Iterator[Sentence]:
                for sentence in super().__iter__():
                    counter.done += 1
                    yield sentence
                    time.sleep(0.02)

        return Held(self, text, regions, window)


def test_stop_ends_the_work_and_keeps_what_is_done(translator: Translator, summarizer: Any) -> None:
    slow, visitor = Slow(translator), Visitor("one")
    desk = Desk(slow, summarizer)
    desk.enter(visitor)
    for answer in desk.paste(" ".join(f"Le chat numéro {n} dort." for n in range(200)), "short", visitor):
        last = changes(answer)
        if last["work"].sentences:
            desk.stop(visitor)
    work = last["work"]
    assert f"Stopped: {work.sentences} sentence" in last["status"]
    assert 0 < work.sentences <= slow.done < 60
    assert work.columns[2].text == "", "no summary of half a text"


def test_stop_ends_a_wait_too_and_a_new_text_ends_the_old_one(translator: Translator, summarizer: Any) -> None:
    slow, visitor = Slow(translator), Visitor("one")
    desk = Desk(slow, summarizer)
    desk.enter(visitor)
    desk.stop(visitor)
    waited = [changes(answer) for answer in desk.paste(FRENCH, "short", visitor)]
    assert "Stopped: 0 sentences" in waited[-1]["status"]
    assert slow.done == 0
    desk.enter(visitor)
    old = desk.paste(FRENCH, "short", visitor)
    next(old)
    desk.enter(visitor)
    *_, last = old
    assert "Stopped" in changes(last)["status"]
    *_, last = desk.paste(FRENCH, "short", visitor)
    assert "Done" in changes(last)["status"]


def test_a_visitor_who_leaves_is_not_worked_for(translator: Translator, summarizer: Any) -> None:
    slow, visitor = Slow(translator), Visitor("one")
    desk = Desk(slow, summarizer)
    desk.enter(visitor)
    answers = desk.paste(" ".join(f"Le chat numéro {n} dort." for n in range(200)), "short", visitor)
    next(answers)
    desk.leave(visitor)
    assert len(list(answers)) == 1
    assert slow.done == 0


def test_a_failure_is_said_and_what_is_done_stays(translator: Translator) -> None:
    def broken(*arguments: Any, **options: Any) -> None:
        raise RuntimeError("no such luck")

    desk: Any = Desk(translator, cast(Any, broken))
    answers = desk.paste(FRENCH, "short", Visitor("one"))
    seen = []
    with pytest.raises(RuntimeError, match="no such luck"):
        for answer in answers:
            seen.append(changes(answer))
    assert "should not have" in seen[-1]["status"] and 'role="alert"' in seen[-1]["status"]
    assert seen[-2]["work"].english == translator(FRENCH).text


def test_closing_the_answer_closes_the_work(translator: Translator, summarizer: Any) -> None:
    slow = Slow(translator)
    desk = Desk(slow, summarizer)
    answers = desk.paste(" ".join(f"Le chat numéro {number} dort." for number in range(200)), "short", Visitor("one"))
    next(answers)
    next(answers)
    answers.close()
    done = slow.done
    time.sleep(0.2)
    assert slow.done == done


def test_updates_are_few_enough_for_a_browser(translator: Translator, summarizer: Any) -> None:
    desk, began = Desk(Slow(translator), summarizer), time.monotonic()
    text = " ".join(f"Le chien {number} court." for number in range(60))
    answers = list(desk.paste(text, "short", Visitor("one")))
    assert len(answers) <= 6 * (time.monotonic() - began) + 4


def test_translate_over_the_wire(client: Client, translator: Translator) -> None:
    answer = client.predict(FRENCH, api_name="/translate")
    assert answer == json.loads(json.dumps(translator(FRENCH).to_dict()))


def test_summarize_over_the_wire(client: Client, article: str) -> None:
    answer = client.predict(article, "short", False, api_name="/summarize")
    assert answer["text"] and 0 < answer["ratio"] < 1
    assert all(sentence["evidence"] for sentence in answer["sentences"])
    english = client.predict("The cat sleeps. The dog runs. It rains today.", "short", True, api_name="/summarize")
    assert english["text"]


def test_refusals_over_the_wire_say_why(client: Client) -> None:
    for arguments, reason in ((("",), "no text yet"), (("mot " * 1_310_720,), "takes 500,000 at a time")):
        with pytest.raises(AppError, match=reason):
            client.predict(*arguments, api_name="/translate")
    with pytest.raises(AppError, match="short, medium, long"):
        client.predict(FRENCH, "endless", False, api_name="/summarize")


def test_two_users_at_once_each_get_their_own(url: str, translator: Translator) -> None:
    texts = [f"Le train numéro {number} part à midi. Il est en retard." for number in range(4)]
    ready = threading.Barrier(2)

    def visit(own: list[str]) -> list[str]:
        with closing(Client(url, verbose=False, analytics_enabled=False)) as client:
            ready.wait()
            return [client.predict(text, api_name="/translate")["text"] for text in own]

    with ThreadPoolExecutor(2) as pool:
        left, right = pool.map(visit, (texts[:2], texts[2:]))
    assert left + right == [translation.text for translation in translator(texts)]


def test_only_two_endpoints_are_public(client: Client) -> None:
    assert set(client.view_api(return_format="dict")["named_endpoints"]) == {"/translate", "/summarize"}
    assert client.view_api(return_format="dict")["unnamed_endpoints"] == {}


def test_private_settings(site: gr.Blocks) -> None:
    config = site.get_config_file()
    assert site.share is False and site.analytics_enabled is False and site.enable_monitoring is False
    assert site.show_error is False and site.ssr_mode is False
    assert config["run_history"] is False
    assert site.server_name == "127.0.0.1"
    assert not any("{{" in (block["props"].get("html_template") or "") for block in config["components"])


def test_nothing_that_was_sent_stays_on_disk(site: gr.Blocks, url: str, uploads: Path) -> None:
    with closing(Client(url, verbose=False, analytics_enabled=False)) as client:
        client.predict("Ma lettre secrète est ici.", api_name="/translate")
    kept = [path for path in uploads.rglob("*") if path.is_file()]
    assert not any("secrète".encode() in path.read_bytes() for path in kept)


def test_a_port_that_is_taken_is_an_os_error(second_site: Callable[[], gr.Blocks]) -> None:
    def take() -> None:
        with pytest.raises(OSError, match="port"):
            second_site()

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # Gradio leaves open the socket with which it tries a port.
        take()
        gc.collect()
