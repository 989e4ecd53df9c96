"""The password file: a line for each user, ``name:hash``, hashed with Argon2id; no password is ever stored."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from contextlib import suppress
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from passerelle.seq2seq.errors import InputError, OutputError
from passerelle.ui.server.http.secret_file import SecretFile

_ARGON2 = PasswordHasher()  # the parameters of RFC 9106 for machines that have other things to do
_SCRYPT = {"n": 2**14, "r": 8, "p": 1, "dklen": 32}  # of lines that were written before
_REMEMBERED = 1024
_LONGEST = 1024


class Passwords:
    """Users and their hashed passwords, as the file has them now; may be used by several threads."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file = SecretFile(path)
        self._key = secrets.token_bytes(32)
        self._known: set[bytes] = set()
        self._hashes: dict[str, str] = {}

    @classmethod
    def read(cls, path: Path) -> Passwords:
        """Read a password file.  Raises InputError where it is missing or a line is not as it should be."""
        found = cls(path)
        found._file.has_changed()
        found._hashes = _parse(found._file)
        return found

    def hash_of(self, name: str) -> str | None:
        """Return the hash of the password of ``name``, None where there is no such user."""
        if self._file.has_changed():
            with suppress(InputError):  # being edited: those who could come in still can
                self._hashes = _parse(self._file)
        return self._hashes.get(name)

    def remembers(self, name: str, password: str) -> bool:
        """Say whether ``password`` was found right before; takes no time."""
        return self._seen(name, password, self.hash_of(name) or "") in self._known

    def check(self, name: str, password: str) -> bool:
        """Say whether ``password`` is that of ``name``; takes long on purpose, as long for a name that is not there."""
        found = self.hash_of(name)
        right = _fits(password, found or self._stand_in(name)) and found is not None
        if right and found is not None:
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            self._known.add(self._seen(name, password, found))
        return right

    def _seen(self, name: str, password: str, found: str) -> bytes:
        return hmac.digest(self._key, f"{name}\0{password}\0{found}".encode("utf-8", "replace"), "sha256")

    def _stand_in(self, name: str) -> str:
        """Return somebody's hash, always the same for the same name: a strange name takes the time of a known one."""
        hashes = list(self._hashes.values())
        drawn = hmac.digest(self._key, name.encode("utf-8", "replace"), "sha256")
        return hashes[int.from_bytes(drawn[:8]) % len(hashes)]


def add_user(path: Path, name: str, password: str) -> None:
    """Add ``name`` to the password file, or change the password there.  Raises InputError or OutputError."""
    if not name.strip() or ":" in name or not name.isprintable():
        raise InputError("a user's name must have a letter, and no colon")
    if len(password) < 8:
        raise InputError("the password is too short: take 8 characters or more")
    if len(password) > _LONGEST:
        raise InputError(f"the password is too long: take {_LONGEST} characters or fewer")
    file = SecretFile(path)
    try:
        kept = [line for line in file.lines() if line.partition(":")[0] != name]
    except (OSError, UnicodeDecodeError) as error:
        raise OutputError(f"{path}: cannot be read ({error}); choose another --auth") from error
    file.write([*kept, f"{name}:{_ARGON2.hash(password)}"])


def _parse(file: SecretFile) -> dict[str, str]:
    try:
        lines = file.lines()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{file.path}: the password file cannot be read ({error}); make one with --add-user") from None
    if not lines:
        raise InputError(f"{file.path}: no user in it; add one with --add-user NAME")
    found = {}
    for line in lines:
        name, _, hashed = line.partition(":")
        if not name or not (hashed.startswith("$argon2") or hashed.count(":") == 1):
            raise InputError(f"{file.path}: a line is not name:hash; add users with --add-user")
        found[name] = hashed
    return found


def _fits(password: str, hashed: str) -> bool:
    if len(password) > _LONGEST:
        return False
    secret = password.encode("utf-8", "replace")
    if hashed.startswith("$argon2"):
        try:
            return _ARGON2.verify(hashed, secret)
        except (VerificationError, InvalidHashError):
            return False
    try:
        salt, digest = (base64.b64decode(part, validate=True) for part in hashed.split(":"))
    except ValueError:
        return False
    return hmac.compare_digest(hashlib.scrypt(secret, salt=salt, **_SCRYPT), digest)
