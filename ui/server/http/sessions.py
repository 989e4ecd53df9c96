"""Who has signed in at the page: kept in memory, so a restart signs everybody out."""

from __future__ import annotations

import hashlib
import secrets
import time
from dataclasses import dataclass, replace

IDLE, LONGEST = 12 * 3600.0, 7 * 86_400.0
"""Seconds after which a session ends that nobody uses, and one that somebody uses."""

_MOST = 10_000


@dataclass(frozen=True)
class Session:
    """One browser.  ``hashed``: the hash of the password that it signed in with; a new password ends the session."""

    user: str
    hashed: str
    began: float
    used: float


class Sessions:
    """The sessions, by the hash of what the cookie holds; for one thread."""

    def __init__(self) -> None:
        self._sessions: dict[str, Session] = {}

    def begin(self, user: str, hashed: str) -> str:
        """Return what the cookie holds from now on."""
        while len(self._sessions) >= _MOST:
            del self._sessions[next(iter(self._sessions))]
        secret, now = secrets.token_urlsafe(32), time.monotonic()
        self._sessions[_key(secret)] = Session(user, hashed, now, now)
        return secret

    def find(self, secret: str) -> Session | None:
        """Return the session, None where there is none or it is over."""
        session, now = self._sessions.get(_key(secret)), time.monotonic()
        if session is None:
            return None
        if now - session.used > IDLE or now - session.began > LONGEST:
            self.end(secret)
            return None
        self._sessions[_key(secret)] = replace(session, used=now)
        return session

    def end(self, secret: str) -> None:
        """Sign out."""
        self._sessions.pop(_key(secret), None)


def _key(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()
