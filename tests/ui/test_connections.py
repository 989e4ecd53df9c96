"""Slow connections before a small application of its own: cut in time, and never in anybody's way."""

from __future__ import annotations

import asyncio
import json
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import pytest
import uvicorn
from starlette.types import Receive, Scope, Send

from passerelle.ui.server.http import connections
from passerelle.ui.server.http.connections import Patience

WORKING = threading.Event()
QUICK = Patience(head=0.6, body=2, rate=5_000, reading=0.6, most=8)


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    """Answers how many bytes it was sent; at /long with 20 MB."""
    received = 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return
        received += len(message["body"])
        if not message["more_body"]:
            break
    if scope["path"] == "/wait":
        WORKING.set()
        await asyncio.sleep(2)
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"text/plain")]})
    if scope["path"] == "/long":
        for _ in range(200):
            await send({"type": "http.response.body", "body": bytes(100_000), "more_body": True})
    await send({"type": "http.response.body", "body": str(received).encode()})


@contextmanager
def served(limits: Patience) -> Iterator[int]:
    listening = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(
        application,
        http=connections.protocol(limits),
        ws="none",
        lifespan="off",
        log_level="error",
        timeout_graceful_shutdown=1,
    )
    server = uvicorn.Server(config)

    def run() -> None:
        with asyncio.Runner(loop_factory=connections.Loop) as runner:
            runner.run(server.serve(sockets=[listening]))

    thread = threading.Thread(target=run)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield int(listening.getsockname()[1])
    server.should_exit = True
    thread.join(20)
    listening.close()


@pytest.fixture
def port() -> Iterator[int]:
    with served(QUICK) as number:
        yield number


def connect(port: int, sent: bytes = b"") -> socket.socket:
    made = socket.create_connection(("127.0.0.1", port), timeout=60)
    made.sendall(sent)
    return made


def rest(connection: socket.socket) -> bytes:
    """What still comes, until the other side closes."""
    with connection:
        try:
            return b"".join(iter(lambda: connection.recv(65536), b""))
        except ConnectionResetError:
            return b""


HEAD = b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100000\r\n\r\n"


def test_a_head_that_does_not_come_is_not_waited_for(port: int) -> None:
    assert rest(connect(port)) == b""
    answer = rest(connect(port, b"GET / HTTP/1.1\r\nHost: local"))
    assert answer.startswith(b"HTTP/1.1 408 ") and json.loads(answer.partition(b"\r\n\r\n")[2])["error"]


def test_a_head_that_comes_drop_by_drop_is_cut_too(port: int) -> None:
    connection = connect(port, b"GET / HTTP/1.1\r\n")
    began = time.monotonic()
    with pytest.raises(OSError):
        for _ in range(600):
            connection.sendall(b"X-a: b\r\n")
            time.sleep(0.1)
    connection.close()
    assert time.monotonic() - began < 50


def test_the_second_request_of_a_connection_has_a_deadline_as_well(port: int) -> None:
    connection = connect(port, b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
    assert b"200 OK" in connection.recv(65536)
    connection.sendall(b"GET / HT")
    assert b" 408 " in rest(connection)


def test_a_body_that_stops_coming_is_not_waited_for(port: int) -> None:
    answer = rest(connect(port, HEAD + b"x" * 10))
    assert answer.startswith(b"HTTP/1.1 408 ")


def test_a_body_that_keeps_coming_has_longer(port: int) -> None:
    connection = connect(port, HEAD.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n"))
    for _ in range(4):
        time.sleep(0.8)  # 3.2 seconds, more than a body has at first
        connection.sendall(b"x" * 25_000)
    assert b"100000" in rest(connection)


def test_work_that_takes_long_is_waited_for(port: int) -> None:
    with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=60, trust_env=False) as web:
        assert web.get("/wait").text == "0"


def test_a_reader_who_takes_nothing_is_given_up(port: int) -> None:
    connection = connect(port, b"GET /long HTTP/1.1\r\nHost: localhost\r\n\r\n")
    time.sleep(3)
    assert len(rest(connection)) < 20_000_000


def test_newcomers_get_in_when_slow_ones_hold_every_place() -> None:
    with served(Patience(most=8)) as port:
        slow = [connect(port, HEAD if number % 2 else b"GET / HT") for number in range(20)]
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=60, trust_env=False) as web:
            assert web.post("/", content=b"abc").text == "3"
        # The oldest of them went first.
        assert rest(slow[0]) == b"" and rest(slow[1]) == b""
        slow[-1].setblocking(False)
        with pytest.raises(BlockingIOError):
            slow[-1].recv(1)
        for each in slow:
            each.close()


def test_who_is_being_served_is_not_dropped() -> None:
    WORKING.clear()
    with served(Patience(most=4)) as port:
        reader = connect(port, b"GET /wait HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        assert WORKING.wait(60)
        slow = [connect(port) for _ in range(12)]
        assert b"200 OK" in rest(reader)
        for each in slow:
            each.close()


def test_there_is_room_below_the_limit_of_files(monkeypatch: pytest.MonkeyPatch) -> None:
    resource = pytest.importorskip("resource")
    monkeypatch.setattr(resource, "getrlimit", lambda _: (1024, 1024))
    assert connections.patience().most + connections.BACKLOG < 1024 - 200
