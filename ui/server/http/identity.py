"""Who sends a request: a session's cookie, a script's token, or a name and a password.

Wrong passwords are counted by user and address together, so that nobody is kept out by what a colleague types or a
stranger elsewhere tries.  When too many were wrong, more are still looked at, but one after the other and a second
apart: guessing is slow, and a right password always comes in.
"""

from __future__ import annotations

import asyncio
import base64
import binascii
import hashlib
import ipaddress
from collections.abc import Mapping
from http.cookies import CookieError, SimpleCookie
from weakref import WeakValueDictionary

from passerelle.ui.server.http.passwords import Passwords
from passerelle.ui.server.http.rates import Rate
from passerelle.ui.server.http.sessions import IDLE, Sessions
from passerelle.ui.server.http.tokens import Tokens

_FAILURES_PER_MINUTE = 10
_PAUSE = 1.0
_HASHED_AT_ONCE = 2


class NotSignedIn(Exception):
    """``status``: 401, or 429 where too much was tried."""

    def __init__(self, status: int = 401) -> None:
        super().__init__("Sign in with your name and password.")
        self.status = status


class Identity:
    """Knows the users of ``passwords``; for one event loop.  ``is_secure``: the page is only reached over TLS."""

    def __init__(self, passwords: Passwords, *, is_secure: bool = False) -> None:
        self._passwords = passwords
        self._tokens = Tokens(passwords.path)
        self._sessions = Sessions()
        self._is_secure = is_secure
        self._cookie = "__Host-passerelle" if is_secure else "passerelle"
        self._failures = Rate(_FAILURES_PER_MINUTE)
        self._hashing = asyncio.Semaphore(_HASHED_AT_ONCE)
        self._turns: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def find(self, headers: Mapping[str, str], address: str) -> str:
        """Return the user's name.  Raises NotSignedIn."""
        kind, _, credentials = headers.get("authorization", "").partition(" ")
        if kind.lower() == "bearer":
            name = self._tokens.user_of(credentials.strip())
            if name is None or self._passwords.hash_of(name) is None:
                raise NotSignedIn
            return name
        if kind.lower() == "basic":
            try:
                name, _, password = base64.b64decode(credentials, validate=True).decode().partition(":")
            except (binascii.Error, UnicodeDecodeError):
                raise NotSignedIn from None
            await self.check(name, password, address)
            return name
        session = self._sessions.find(self._secret(headers))
        if session is None or self._passwords.hash_of(session.user) != session.hashed:
            raise NotSignedIn
        return session.user

    async def check(self, name: str, password: str, address: str) -> None:
        """Return where ``password`` is that of ``name``.  Raises NotSignedIn."""
        network = network_of(address)
        pair = hashlib.sha256(f"{name}\0{network}".encode("utf-8", "replace")).hexdigest()
        if self._failures.left(pair) >= 1 and self._passwords.remembers(name, password):
            return
        if self._failures.take(pair):
            if not await self._verify(name, password, network):
                raise NotSignedIn
            self._failures.give_back(pair)
            return
        async with self._turn(pair):
            if await self._verify(name, password, network):
                return
            await asyncio.sleep(_PAUSE)
        raise NotSignedIn(429)

    def begin(self, name: str) -> str:
        """Begin a session of ``name`` and return the cookie that carries it, as a header's value."""
        return self._set(self._sessions.begin(name, self._passwords.hash_of(name) or ""), int(IDLE))

    def end(self, headers: Mapping[str, str]) -> str:
        """End the session that ``headers`` carry and return the header's value that takes the cookie away."""
        self._sessions.end(self._secret(headers))
        return self._set("", 0)

    async def _verify(self, name: str, password: str, network: str) -> bool:
        # One at a time from one place, or whoever sends a thousand would keep everybody else from signing in.
        async with self._turn(network), self._hashing:
            return await asyncio.to_thread(self._passwords.check, name, password)

    def _turn(self, who: str) -> asyncio.Lock:
        lock = self._turns.get(who)
        if lock is None:
            self._turns[who] = lock = asyncio.Lock()
        return lock

    def _secret(self, headers: Mapping[str, str]) -> str:
        try:
            found = SimpleCookie(headers.get("cookie", "")).get(self._cookie)
        except CookieError:
            found = None
        return found.value if found else ""

    def _set(self, secret: str, seconds: int) -> str:
        secure = "; Secure" if self._is_secure else ""
        return f"{self._cookie}={secret}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}"


def network_of(address: str) -> str:
    """Return what one household has of ``address``: itself, or of IPv6 the first 64 bits."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    return address if found.version == 4 else str(ipaddress.ip_network((int(found) >> 64 << 64, 64)))
