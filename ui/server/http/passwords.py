"""The password file: a line for each user, ``name:salt:hash``, hashed with scrypt; no password is ever stored."""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import secrets
from pathlib import Path

from passerelle.seq2seq.errors import InputError, OutputError

_COST = {"n": 2**14, "r": 8, "p": 1, "dklen": 32}  # 16 MB and some 40 ms
_REMEMBERED = 1024


class Passwords:
    """Users and their hashed passwords; may be used by several threads."""

    def __init__(self, lines: dict[str, tuple[bytes, bytes]]) -> None:
        self._lines = lines
        self._key = secrets.token_bytes(32)
        self._known: set[bytes] = set()

    @classmethod
    def read(cls, path: Path) -> Passwords:
        """Read a password file.  Raises InputError where it is missing or a line is not as it should be."""
        try:
            text = path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise InputError(f"{path}: the password file cannot be read ({error}); make one with --add-user") from error
        lines = {}
        for number, line in enumerate(text.splitlines(), start=1):
            if not line.strip():
                continue
            try:
                name, salt, digest = line.split(":")
                lines[name] = (base64.b64decode(salt, validate=True), base64.b64decode(digest, validate=True))
            except ValueError as error:
                raise InputError(f"{path}, line {number}: not name:salt:hash; add users with --add-user") from error
        if not lines:
            raise InputError(f"{path}: no user in it; add one with --add-user NAME")
        return cls(lines)

    def check(self, name: str, password: str) -> bool:
        """Say whether ``password`` is that of ``name``, taking as long for a name that is not there."""
        seen = hmac.digest(self._key, f"{name}\0{password}".encode(), "sha256")
        if seen in self._known:  # the browser sends it with every request; scrypt is slow on purpose
            return True
        salt, digest = self._lines.get(name, (b"nobody", b""))
        right = hmac.compare_digest(_hash(password, salt), digest)
        if right:
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            self._known.add(seen)
        return right


def add_user(path: Path, name: str, password: str) -> None:
    """Add ``name`` to the password file, or change the password there.  Raises InputError or OutputError."""
    if not name or ":" in name or not name.isprintable():
        raise InputError("a user's name must have a letter, and no colon")
    if len(password) < 8:
        raise InputError("the password is too short: take 8 characters or more")
    salt = os.urandom(16)
    line = ":".join((name, base64.b64encode(salt).decode(), base64.b64encode(_hash(password, salt)).decode()))
    try:
        before = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
        kept = [each for each in before if each.partition(":")[0] != name]
        temporary = path.with_name(f"{path.name}.new")
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write("\n".join([*kept, line]) + "\n")
        temporary.replace(path)
    except OSError as error:
        raise OutputError(f"{path}: cannot be written ({error.strerror}); choose another --auth") from error


def _hash(password: str, salt: bytes) -> bytes:
    return hashlib.scrypt(password.encode(), salt=salt, **_COST)
