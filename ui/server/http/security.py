"""What every request passes first: whose it is, whether it may come in, how large it is; and the headers of answers."""

from __future__ import annotations

import base64
import binascii
import ipaddress
import json
import time
from collections.abc import MutableMapping
from typing import Any
from urllib.parse import urlsplit

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from passerelle.ui.server.http.passwords import Passwords

POLICY = "; ".join(
    (
        "default-src 'self'",
        # Gradio compiles its own templates in the browser, so it cannot do without these two.
        "script-src 'self' 'unsafe-inline' 'unsafe-eval'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self'",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
_HEADERS = (
    (b"content-security-policy", POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"permissions-policy", b"camera=(), microphone=(), geolocation=()"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
)
_FAILURES_PER_MINUTE = 10
_OVERHEAD = 100_000
_OPEN = frozenset({"/health"})


class Rate:
    """How often something happened to someone within the last minute; for one thread."""

    def __init__(self, per_minute: int) -> None:
        self._per_minute = per_minute
        self._left: dict[str, tuple[float, float]] = {}

    def take(self, who: str) -> bool:
        """Say whether ``who`` has one left, and take it."""
        left, now = self.left(who), time.monotonic()
        if len(self._left) > 10_000:
            self._left = {name: each for name, each in self._left.items() if now - each[1] < 60}
        if left < 1:
            return False
        self._left[who] = (left - 1, now)
        return True

    def left(self, who: str) -> float:
        """How many ``who`` has left; they come back evenly over a minute."""
        left, when = self._left.get(who, (self._per_minute, 0.0))
        return min(self._per_minute, left + (time.monotonic() - when) * self._per_minute / 60)


class Security:
    """ASGI middleware.

    ``hosts``: the names that the server answers to, none for any.  ``largest``: bytes of a request's body at most.
    ``per_minute``: POST requests of one user or address, 0 for any number.
    """

    def __init__(
        self,
        app: ASGIApp,
        *,
        passwords: Passwords | None = None,
        hosts: frozenset[str] = frozenset(),
        largest: int = 20_000_000,
        per_minute: int = 0,
    ) -> None:
        self._app = app
        self._passwords = passwords
        self._hosts = hosts
        self._largest = largest + _OVERHEAD
        self._rate = Rate(per_minute) if per_minute else None
        self._failures = Rate(_FAILURES_PER_MINUTE)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request, or refuse it."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":  # nothing here speaks over a web socket
            await send({"type": "websocket.close", "code": 1008})
            return
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}

        async def answer(message: Message) -> None:
            if message["type"] == "http.response.start":
                ours = {name for name, _ in _HEADERS}
                theirs = [pair for pair in message["headers"] if pair[0].lower() not in ours]
                message = {**message, "headers": [*theirs, *_HEADERS]}
            await send(message)

        if refusal := self._refusal(scope, headers):
            await self._drain(receive, self._largest)
            await _refuse(answer, *refusal)
            return
        too_large = f"This is larger than the {self._largest // 1_000_000} MB that the server takes."
        length = headers.get("content-length", "0")
        if not length.isdecimal() or int(length) > self._largest:
            await self._drain(receive, 10 * self._largest)
            await _refuse(answer, 413, too_large)
            return
        received = 0

        async def bounded() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > self._largest:
                raise _TooLarge
            return message

        try:
            await self._app(scope, bounded, answer)
        except _TooLarge:
            await self._drain(receive, 10 * self._largest)
            await _refuse(answer, 413, too_large)

    async def _drain(self, receive: Receive, most: int) -> None:
        """Let ``most`` bytes of the rest of a body pass by: a client that is cut off never reads why."""
        passed = 0
        while passed < most:
            message = await receive()
            passed += len(message.get("body", b""))
            if message["type"] != "http.request" or not message.get("more_body"):
                return

    def _refusal(self, scope: Scope, headers: MutableMapping[str, str]) -> tuple[int, str] | None:
        """Return the status and the reason with which the request is turned away, None where it may come in."""
        host = headers.get("host", "")
        address = str((scope.get("client") or ("unknown",))[0])
        if self._hosts and urlsplit(f"//{host}").hostname not in self._hosts:
            return 421, "The server does not go by this name."
        origin = headers.get("origin")
        if origin and urlsplit(origin).netloc != host:
            return 403, "Another site's page may not use this one."
        scope["passerelle.visitor"] = visitor = address
        if self._passwords is not None and scope["path"] not in _OPEN:
            name = self._user(headers.get("authorization", ""), address)
            if name is None:
                status = 401 if self._failures.left(address) >= 1 else 429
                return status, "Sign in with your name and password."
            scope["passerelle.visitor"] = visitor = f"{name} (user)"
        # Both are counted: one user on many machines, and many users on one.
        if self._rate and scope["method"] == "POST":
            left = [self._rate.take(taker) for taker in dict.fromkeys((visitor, address))]
            if not all(left):
                return 429, "That was too much for one minute; wait a little and try again."
        return None

    def _user(self, authorization: str, address: str) -> str | None:
        assert self._passwords is not None
        kind, _, credentials = authorization.partition(" ")
        if kind.lower() != "basic" or self._failures.left(address) < 1:
            return None
        try:
            name, _, password = base64.b64decode(credentials, validate=True).decode().partition(":")
        except (binascii.Error, UnicodeDecodeError):
            return None
        if self._passwords.check(name, password):
            return name
        self._failures.take(address)
        return None


class _TooLarge(Exception):
    pass


async def _refuse(send: Send, status: int, reason: str) -> None:
    headers = [(b"content-type", b"application/json"), (b"connection", b"close")]
    if status == 401:
        headers.append((b"www-authenticate", b'Basic realm="Passerelle", charset="UTF-8"'))
    if status in (429, 503):
        headers.append((b"retry-after", b"60"))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": json.dumps({"error": reason}).encode()})


def names_of(host: str) -> frozenset[str]:
    """Return the names that a server on ``host`` answers to: all where other machines may reach it.

    Where none may, a web page elsewhere could still have its own name point here; so only our names are taken.
    """
    try:
        here = ipaddress.ip_address(host).is_loopback
    except ValueError:
        here = host == "localhost"
    return frozenset({"localhost", "127.0.0.1", "::1", host.lower()}) if here else frozenset()


def visitor_of(scope: MutableMapping[str, Any]) -> str:
    """Return who sends a request that has passed the door."""
    return str(scope.get("passerelle.visitor", "unknown"))
