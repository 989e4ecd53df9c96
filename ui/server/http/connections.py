"""How long a connection may take and how many there may be, so that slow ones keep nobody out.

uvicorn waits for the rest of a request for as long as it takes, and asks nothing of who reads an answer slowly.
A request's head has ten seconds here, its body as long as a slow line needs for what has come, and an answer
that nobody takes any of is given up.  When as many are open as the server has room for, one whose request is not
complete is dropped for each that comes: of the address that holds most, the oldest.
"""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from dataclasses import dataclass
from typing import Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

try:
    import resource
except ImportError:  # not a Unix: no limit is known
    resource = None  # type: ignore[assignment]

BACKLOG = 128
"""Connections that are taken in at once, before any of them is looked at."""

_FILES_OF_OURS = 256


@dataclass(frozen=True)
class Patience:
    """``head``, ``reading``: seconds for a request's head, and for a reader who takes nothing of the answer.

    ``body``: seconds for its body, to which one is added for every ``rate`` bytes.  ``most``: connections.
    """

    head: float = 10.0
    body: float = 20.0
    rate: float = 8000.0
    reading: float = 120.0
    most: int = 2000


def patience() -> Patience:
    """Return how patient this process can be: it may only open so many files."""
    if resource is None:
        return Patience()
    allowed, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    if allowed == resource.RLIM_INFINITY:
        return Patience()
    return Patience(most=max(16, min(Patience.most, allowed - BACKLOG - _FILES_OF_OURS)))


def protocol(limits: Patience) -> Any:
    """Return what makes a protocol for uvicorn's ``http`` setting: one for each connection."""
    return type("LimitedConnection", (Connection,), {"limits": limits})


class Loop(asyncio.SelectorEventLoop):
    """An event loop that does not wait a minute for each TLS handshake."""

    async def create_server(self, *arguments: Any, **settings: Any) -> Any:
        """Make a server, as asyncio does."""
        if settings.get("ssl") is not None:
            settings["ssl_handshake_timeout"] = Patience.head
        return await super().create_server(*arguments, **settings)


class Connection(H11Protocol):
    """One connection, with a deadline for whatever it is waited for."""

    limits = Patience()

    def __init__(self, *arguments: Any, **settings: Any) -> None:
        super().__init__(*arguments, **settings)
        self.made = self.loop.time()
        self._deadline: asyncio.TimerHandle | None = None
        self._awaited = ""
        self._began = 0.0
        self._received = 0

    @property
    def is_waited_for(self) -> bool:
        """Whether the next move is the client's: it has sent nothing, or a part of a request."""
        return self.conn.their_state in (h11.IDLE, h11.SEND_BODY)

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for a request."""
        super().connection_made(transport)
        self._make_room()
        self._wait_for("head")

    def data_received(self, data: bytes) -> None:
        """Take in a part of a request."""
        if self._awaited == "body":
            self._received += len(data)
        super().data_received(data)
        self._look()

    def on_response_complete(self) -> None:
        """Begin to wait for the next request; uvicorn closes the connection if none begins."""
        self._wait_for("")
        super().on_response_complete()
        self._look()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait for nothing any more."""
        self._wait_for("")
        super().connection_lost(exc)

    def pause_writing(self) -> None:
        """Begin to wait for the reader."""
        super().pause_writing()
        self._wait_for("reading")

    def resume_writing(self) -> None:
        """The reader has caught up."""
        super().resume_writing()
        if self._awaited == "reading":
            self._wait_for("")

    def _look(self) -> None:
        """Find out what is waited for now."""
        if self.transport.is_closing() or self._awaited == "reading":
            return
        if self.conn.their_state is h11.SEND_BODY:
            self._wait_for("body")
        elif self.conn.their_state is h11.IDLE and self.conn.trailing_data[0]:
            self._wait_for("head")
        elif self.conn.their_state is not h11.IDLE:
            self._wait_for("")

    def _wait_for(self, what: str) -> None:
        """Set the deadline for ``what``, which stands if it was set before; an empty one takes it away."""
        if what == self._awaited:
            return
        self._awaited = what
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None
        if what:
            self._began, self._received = self.loop.time(), 0
            self._deadline = self.loop.call_later(getattr(self.limits, what), self._expire)

    def _expire(self) -> None:
        if self._awaited == "body":
            due = self._began + self.limits.body + self._received / self.limits.rate
            if self.flow.read_paused:  # it is we who have not read
                due = max(due, self.loop.time() + self.limits.body)
            if due > self.loop.time():
                self._deadline = self.loop.call_at(due, self._expire)
                return
        self._give_up(408 if self._awaited in ("head", "body") else 0)

    def _give_up(self, status: int) -> None:
        """Close the connection; say why, with ``status``, where an answer may still be sent and somebody listens."""
        if self.cycle is not None and not self.cycle.response_complete:
            has_begun, self.cycle.disconnected = self.cycle.response_started, True
            self.cycle.message_event.set()
        else:
            has_begun = self.conn.our_state is not h11.IDLE
        has_heard = self._awaited == "body" or bool(self.conn.trailing_data[0])
        if status and has_heard and not has_begun:
            self._say_too_slow()
            self.transport.close()
        else:
            self.transport.abort()

    def _say_too_slow(self) -> None:
        body = json.dumps({"error": "The request took too long to come; send it again."}).encode()
        headers = [
            (b"content-type", b"application/json"),
            (b"content-length", str(len(body)).encode()),
            (b"connection", b"close"),
        ]
        try:
            for event in (
                h11.Response(status_code=408, headers=headers, reason=b"Request Timeout"),
                h11.Data(data=body),
                h11.EndOfMessage(),
            ):
                self.transport.write(self.conn.send(event) or b"")
        except h11.LocalProtocolError:
            return

    def _make_room(self) -> None:
        if len(self.connections) <= self.limits.most:
            return
        others = [each for each in self.connections if isinstance(each, Connection) and each is not self]
        waiting = [each for each in others if each.is_waited_for]
        if not waiting:
            self.connections.discard(self)
            self.transport.abort()  # every other one is being served
            return
        held = Counter(each.client and each.client[0] for each in waiting)
        waiting.sort(key=lambda each: (-held[each.client and each.client[0]], each.made))
        # Several at a time, or a flood would have all of them looked at for each that comes.
        for victim in waiting[: max(1, self.limits.most // 16)]:
            self.connections.discard(victim)
            victim._give_up(0)
