"""Tokens for scripts: ``passerelle_ID_SECRET``, made for a user, shown once, kept as a hash, revoked by its ID.

The secret is 256 random bits, so a plain SHA-256 of it can be kept: nobody guesses it from the hash.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from passerelle.seq2seq.errors import InputError
from passerelle.ui.server.http.secret_file import SecretFile

_PREFIX = "passerelle"


@dataclass(frozen=True)
class Token:
    """What is kept of a token.  ``made``: the day, as 2026-01-31."""

    id: str
    digest: str
    made: str
    user: str


class Tokens:
    """The tokens that are kept beside the password file ``path``, as they are now."""

    def __init__(self, path: Path) -> None:
        self._file = SecretFile(path.with_name(f"{path.name}.tokens"))
        self._found: dict[str, Token] = {}

    def listed(self) -> list[Token]:
        """Return those that have not been revoked.  Raises InputError."""
        try:
            return [Token(*line.split(":", 3)) for line in self._file.lines()]
        except (OSError, UnicodeDecodeError, TypeError) as error:
            raise InputError(f"{self._file.path}: the tokens cannot be read ({error})") from None

    def make(self, user: str) -> str:
        """Make a token for ``user`` and return it; it cannot be had again.  Raises InputError or OutputError."""
        name, secret = secrets.token_hex(4), secrets.token_urlsafe(32)
        self._write([*self.listed(), Token(name, _digest(secret), date.today().isoformat(), user)])
        return f"{_PREFIX}_{name}_{secret}"

    def revoke(self, name: str) -> Token:
        """Take the token with the ID ``name`` out.  Raises InputError where there is none."""
        kept = self.listed()
        found = next((token for token in kept if token.id == name), None)
        if found is None:
            known = ", ".join(token.id for token in kept) or "none"
            raise InputError(f"there is no token {name}; there are: {known}")
        self._write([token for token in kept if token is not found])
        return found

    def user_of(self, token: str) -> str | None:
        """Return whose ``token`` is, None where it is nobody's."""
        if self._file.has_changed():
            try:
                self._found = {each.id: each for each in self.listed()}
            except InputError:
                self._found = {}
        prefix, _, rest = token.partition("_")
        name, _, secret = rest.partition("_")
        found = self._found.get(name)
        if prefix != _PREFIX or found is None or not hmac.compare_digest(found.digest, _digest(secret)):
            return None
        return found.user

    def _write(self, tokens: list[Token]) -> None:
        self._file.write([f"{each.id}:{each.digest}:{each.made}:{each.user}" for each in tokens])


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()
