"""Requests that nobody should send, to every route there is: what they read, what they leave, whom they reach.

python -m benchmarks.intruders [--requests 10000] [--seed 0]

A third comes without a name, a third with a wrong token, a third with a right one.  They name files and addresses in
every field, in the words of Gradio's events and of our own routes, as JSON, forms, files and noise.  The server runs in
this process under an audit hook, which sees every file that is opened and every address that is connected to; the
requests come from another.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import random
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

SECRET, LETTER = "canary-that-no-answer-may-have", "Le canari-que-rien-ne-garde dort."
METHODS = ("GET", "GET", "POST", "POST", "POST", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS")
RIGHT = ("odile", "a long password")
NAMED = re.compile(r"\{[^}]*\}")


def paths_of(routes: Iterable[Any], prefix: str = "") -> Iterator[str]:
    """Yield every path that an application has a route for, those of the applications in it too."""
    for route in routes:
        path = prefix + str(getattr(route, "path", ""))
        inner = getattr(route, "original_router", None) or getattr(route, "app", None)
        inner = getattr(inner, "_app", inner)
        if routes_inside := getattr(inner, "routes", None):
            yield from paths_of(routes_inside, path + getattr(getattr(route, "include_context", None), "prefix", ""))
        elif path:
            yield path


def body_of(draw: random.Random, canary: str) -> dict[str, Any]:
    """Return a body that names ``canary`` or an address, as httpx takes it."""
    target = draw.choice(
        [canary, f"file://{canary}", "/proc/self/environ", "https://example.org/x", f"../../..{canary}"]
    )
    named = {"path": target, "url": target, "meta": {"_type": "gradio.FileData"}, "orig_name": target}
    text = draw.choice([LETTER, target, "", {"a": LETTER}, None, [named], 7])
    fields = [
        "text",
        "french",
        "english",
        "glossary",
        "columns",
        "data",
        "files",
        "file",
        "form",
        "title",
        "session_hash",
    ]
    chosen = {field: draw.choice([text, named, [named], target, LETTER]) for field in draw.sample(fields, 4)}
    kind = draw.randrange(5)
    if kind == 0:
        return {"json": {"data": [named], "fn_index": draw.randrange(8), "session_hash": "s", "event_data": named}}
    if kind == 1:
        return {"json": {"text": text, **chosen}}
    if kind == 2:
        name = draw.choice(["a.txt", canary, "../../a.txt", "a.docx", "a.html"])
        return {"files": {draw.choice(["files", "file", "glossary"]): (name, LETTER.encode())}}
    if kind == 3:
        return {"data": {"name": draw.choice(["odile", target]), "password": "guess", "text": LETTER}}
    return {"content": draw.randbytes(draw.randrange(200)), "headers": {"content-type": "application/json"}}


def ask(*, url: str, paths: list[str], token: str, canary: str, seed: int, count: int, answers: Any) -> None:
    """Send ``count`` requests and put what came back into the queue ``answers``."""
    import httpx

    draw, codes, found = random.Random(seed), Counter[str](), 0
    who: list[dict[str, str]] = [
        {},
        {"authorization": f"Bearer {token}x"},
        {"authorization": f"Bearer {token}"},
    ]
    with httpx.Client(base_url=url, timeout=120, trust_env=False) as client:
        for number in range(count):
            path = NAMED.sub(lambda _: draw.choice(["x", canary, "..%2f..%2fetc%2fpasswd"]), draw.choice(paths))
            query = draw.choice(["", "?deep_link=x", f"?file={canary}", f"?path={canary}&url=https://example.org"])
            body = body_of(draw, canary)
            headers = {**who[number % 3], **body.pop("headers", {})}
            answer = client.request(draw.choice(METHODS), path + query, headers=headers, **body)
            codes[f"{answer.status_code // 100}xx"] += 1
            found += SECRET in answer.text or "root:x:" in answer.text
    answers.put((dict(codes), found))


def main() -> None:
    """Serve the page, send the requests, and count."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--requests", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    from passerelle.summarize import Summarizer
    from passerelle.translate import Translator
    from passerelle.ui.server.http.passwords import Passwords, add_user
    from passerelle.ui.server.http.tokens import Tokens
    from passerelle.ui.web import launch

    with tempfile.TemporaryDirectory() as folder:
        canary, users = Path(folder) / "canary", Path(folder) / "users"
        canary.write_text(SECRET, encoding="utf-8")
        add_user(users, *RIGHT)
        token = Tokens(users).make(RIGHT[0])
        translator, summarizer = Translator(), Summarizer()
        server = launch(translator=translator, summarizer=summarizer, passwords=Passwords.read(users), block=False)
        opened, reached, is_watching = list[str](), list[str](), False

        def watch(event: str, arguments: tuple[Any, ...]) -> None:
            if (
                is_watching
                and event == "open"
                and str(arguments[0]) in (str(canary), "/etc/passwd", "/proc/self/environ")
            ):
                opened.append(str(arguments[0]))
            elif is_watching and event in ("socket.connect", "socket.getaddrinfo"):
                reached.append(str(arguments[1:] if event == "socket.connect" else arguments))

        sys.addaudithook(watch)
        everything = sorted(set(paths_of(server.app.router.routes)))
        context = multiprocessing.get_context("spawn")
        answers = context.Queue()
        what = {"url": server.local_url, "paths": everything, "token": token, "canary": str(canary), "answers": answers}
        client = context.Process(target=ask, kwargs={**what, "seed": options.seed, "count": options.requests})
        client.start()
        is_watching = True
        codes, found = answers.get()
        is_watching = False
        client.join()
        server.close()
        walk = os.walk(tempfile.gettempdir())
        kept = sum(_mentions(Path(place) / name) for place, _, names in walk for name in names)
    rows = {
        "requests, routes": f"{options.requests}, {len(everything)}",
        "answers": json.dumps(dict(sorted(codes.items()))),
        "answers with what a named file holds": found,
        "named files opened": len(opened),
        "files left with a visitor's text": kept,
        "outgoing connections": f"{len(reached)} {' '.join(reached[:2])}".strip(),
    }
    print("\n".join(["| | |", "| --- | --- |", *(f"| {name} | {value} |" for name, value in rows.items())]))


def _mentions(path: Path) -> bool:
    try:
        return path.is_file() and LETTER.split()[1].encode() in path.read_bytes()
    except OSError:
        return False


if __name__ == "__main__":
    main()
