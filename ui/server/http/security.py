"""What every request passes first: whose it is, whether it may come in, how large it is; and the headers of answers."""

from __future__ import annotations

import json
from collections.abc import Mapping, MutableMapping
from contextlib import suppress
from typing import Any
from urllib.parse import urlsplit

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from passerelle.ui.server.http.address import Address
from passerelle.ui.server.http.identity import Identity, NotSignedIn
from passerelle.ui.server.http.rates import Rate

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
    (b"referrer-policy", b"same-origin"),  # with none at all, a form of ours would say that it came from nowhere
    (b"permissions-policy", b"camera=(), microphone=(), geolocation=()"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
)
_STRICT = (b"strict-transport-security", b"max-age=31536000")
_OVERHEAD = 100_000
_SIGN_IN = "/sign-in"
_OPEN = frozenset({"/health", _SIGN_IN})
# Asked for as the pointer moves, and done in a millisecond.
_LIGHT = frozenset({"/page/define"})
_LARGEST_OF_STRANGERS = 10_000


class Security:
    """ASGI middleware.

    ``address``: by which names the server is reached.  ``identity``: who may come in, None for anybody.  ``largest``:
    bytes of a request's body at most.  ``per_minute``: POST requests of one user, or of one address where nobody signs
    in; 0 for any number.
    """

    def __init__(
        self,
        app: ASGIApp,
        *,
        address: Address | None = None,
        identity: Identity | None = None,
        largest: int = 20_000_000,
        per_minute: int = 0,
    ) -> None:
        self._app = app
        self._address = address = address or Address()
        self._identity = identity
        self._largest = largest + _OVERHEAD
        self._rate = Rate(per_minute) if per_minute else None
        self._headers = (*_HEADERS, _STRICT) if address.is_secure else _HEADERS

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
                ours = {name for name, _ in self._headers}
                theirs = [pair for pair in message["headers"] if pair[0].lower() not in ours]
                message = {**message, "headers": [*theirs, *self._headers]}
            await send(message)

        is_stranger = self._identity is not None and scope["path"] in _OPEN
        largest = _LARGEST_OF_STRANGERS if is_stranger else self._largest
        if refusal := await self._refusal(scope, headers):
            await self._drain(receive, largest)
            await _refuse(answer, *refusal)
            return
        size = f"{largest // 1_000_000} MB" if largest >= 1_000_000 else f"{largest // 1000} kB"
        too_large = f"This is larger than the {size} that the server takes."
        length = headers.get("content-length", "0")
        if not length.isdecimal() or int(length) > largest:
            await self._drain(receive, 10 * largest)
            await _refuse(answer, 413, too_large)
            return
        received, has_begun = 0, False

        async def bounded() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > largest:
                raise _TooLarge
            return message

        async def answered(message: Message) -> None:
            nonlocal has_begun
            # What was made of half a body is no answer.
            if received <= largest or has_begun:
                has_begun = True
                await answer(message)

        with suppress(_TooLarge):
            await self._app(scope, bounded, answered)
        if received > largest and not has_begun:
            await self._drain(receive, 10 * largest)
            await _refuse(answer, 413, too_large)

    async def _drain(self, receive: Receive, most: int) -> None:
        """Let ``most`` bytes of the rest of a body pass by: a client that is cut off never reads why."""
        passed = 0
        while passed < most:
            message = await receive()
            passed += len(message.get("body", b""))
            if message["type"] != "http.request" or not message.get("more_body"):
                return

    async def _refusal(self, scope: Scope, headers: Mapping[str, str]) -> tuple[int, str, str] | None:
        """Return status, reason and the header that goes with them, for who is turned away; None for who comes in."""
        host = headers.get("host", "")
        if self._address.names and urlsplit(f"//{host}").hostname not in self._address.names:
            return 421, "The server does not go by this name.", ""
        if not self._is_ours(headers.get("origin"), host, scope["scheme"]):
            return 403, "Another site's page may not use this one.", ""
        scope["passerelle.address"] = address = str((scope.get("client") or ("unknown",))[0])
        scope["passerelle.visitor"] = visitor = address
        if self._identity is not None and scope["path"] not in _OPEN:
            try:
                name = await self._identity.find(headers, address)
            except NotSignedIn as error:
                if scope["method"] == "GET" and "text/html" in headers.get("accept", ""):
                    return 303, str(error), _SIGN_IN[1:] if scope["path"].count("/") == 1 else _SIGN_IN
                # A browser would ask for a password in a window of its own if the page's script were told Basic.
                kind = "Bearer" if scope["path"].startswith("/page/") else "Basic"
                return error.status, str(error), f'{kind} realm="Passerelle", charset="UTF-8"'
            scope["passerelle.user"] = name
            scope["passerelle.visitor"] = visitor = f"{name} (user)"
        counts = scope["method"] == "POST" and scope["path"] not in _LIGHT
        if self._rate and counts and not self._rate.take(visitor):
            return 429, "That was too much for one minute; wait a little and try again.", ""
        return None

    def _is_ours(self, origin: str | None, host: str, scheme: str) -> bool:
        """Say whether a request comes from a page of ours, or from no page."""
        if not origin or (self._address.origin and origin == self._address.origin):
            return True
        parts = urlsplit(origin)
        return parts.netloc == host and (parts.scheme == "https" or scheme != "https")


class _TooLarge(Exception):
    pass


async def _refuse(send: Send, status: int, reason: str, header: str = "") -> None:
    headers = [(b"content-type", b"application/json"), (b"connection", b"close")]
    if status == 401:
        headers.append((b"www-authenticate", header.encode()))
    if status == 303:
        headers.append((b"location", header.encode()))
    if status in (429, 503):
        headers.append((b"retry-after", b"60"))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": json.dumps({"error": reason}).encode()})


def visitor_of(scope: MutableMapping[str, Any]) -> str:
    """Return who sends a request that has passed the door."""
    return str(scope.get("passerelle.visitor", "unknown"))


def user_of(scope: MutableMapping[str, Any]) -> str | None:
    """Return the name with which the sender of a request signed in, None where nobody does."""
    name = scope.get("passerelle.user")
    return None if name is None else str(name)
