"""What a job knows: its sentences and its files, in SQLite.

Each sentence is committed as soon as it is done, so a kill loses none that was.  The log is written ahead (WAL)
and left to the operating system to bring to the disk: only a power cut can lose the last sentences, and never
harm the others.
"""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, TypeVar

from passerelle.seq2seq.errors import OutputError
from passerelle.translate.flags import Flag
from passerelle.translate.private_file import make_private
from passerelle.translate.translation_memory import Candidate, sentence_key

_SCHEMA = """
CREATE TABLE IF NOT EXISTS settings (name TEXT PRIMARY KEY, value) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS runs (run INTEGER PRIMARY KEY, began REAL NOT NULL, signature TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS sentences (
    key BLOB PRIMARY KEY, french TEXT NOT NULL, english TEXT NOT NULL, score REAL, details TEXT NOT NULL,
    run INTEGER NOT NULL, repeats INTEGER NOT NULL DEFAULT 0);
CREATE TABLE IF NOT EXISTS files (
    name BLOB PRIMARY KEY, source TEXT NOT NULL, signature TEXT NOT NULL, results TEXT NOT NULL,
    begun TEXT NOT NULL, words INTEGER NOT NULL, sentences INTEGER NOT NULL, flags INTEGER NOT NULL,
    doubts TEXT NOT NULL,
    messages TEXT NOT NULL);
"""
_VERSION = 1

Answer = TypeVar("Answer")


class JobError(OutputError):
    """The job itself cannot go on; what is done is kept."""


class _NoTableError(Exception):
    """A database that a job was killed before filling."""


@dataclass(frozen=True)
class Doubt:
    """A sentence to check: the French, the English and what is doubtful."""

    french: str
    english: str
    flags: tuple[Flag, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return it ready for JSON."""
        return asdict(self) | {"flags": [flag.to_dict() for flag in self.flags]}


@dataclass(frozen=True)
class Finished:
    """A file that is done.

    ``source``: hash of what was read.  ``signature``: of translator and options.  ``results``: the hash of each file
    written, by its path below OUT.  ``begun``: the same of results that were about to be written.
    """

    source: str
    signature: str
    results: dict[str, str]
    begun: dict[str, str]
    words: int = 0
    sentences: int = 0
    flags: int = 0
    doubts: tuple[Doubt, ...] = ()
    messages: tuple[str, ...] = ()


class Database:
    """The database of one job; also the TranslationMemory that gives its translator the sentences that are done.

    ``path``: the file, made where it is missing.  ``signature``: the translator's; sentences of another one are
    kept but not found.  ``reading``: write nothing, and know nothing where there is no file.  Raises JobError,
    also later, where the file cannot be written or is damaged.
    """

    def __init__(self, path: Path, signature: str, *, reading: bool = False) -> None:
        self._path = path
        self._signature = signature.encode()
        if not reading:
            _make(path)
        with self._explained():
            address = _address(path) if reading else str(path)
            self._connection = sqlite3.connect(
                address, isolation_level=None, timeout=30, check_same_thread=False, uri=reading
            )
            self._connection.text_factory = _text
            if reading:
                self._connection.execute("PRAGMA query_only = ON")
                return
            self._connection.execute("PRAGMA journal_mode = WAL")
            self._connection.execute("PRAGMA synchronous = NORMAL")
            self._connection.executescript(_SCHEMA)
            self._connection.execute(f"PRAGMA user_version = {_VERSION}")
            begin = "INSERT INTO runs (began, signature) VALUES (?, ?)"
            self._run = self._connection.execute(begin, (time.time(), signature)).lastrowid

    def lookup(self, french: str) -> Candidate | None:
        """Return the English of ``french`` where it is done."""
        row = self._one("SELECT french, english, details FROM sentences WHERE key = ?", self._key(french))
        if row is None:
            return None
        before, english, details = row
        return Candidate.from_dict(english, json.loads(details)).placed(before, french)

    def store(self, french: str, known: Candidate) -> None:
        """Take in one sentence; a sentence that a run before this one had done already is counted as a repeat."""
        self._do(
            "INSERT INTO sentences VALUES (?, CAST(? AS TEXT), CAST(? AS TEXT), ?, ?, ?, 0)"
            " ON CONFLICT (key) DO UPDATE SET repeats = repeats + (run <> excluded.run)",
            self._key(french),
            _bytes(french),
            _bytes(known.english),
            known.score,
            json.dumps(known.to_dict()),
            self._run,
        )

    def file(self, name: str) -> Finished | None:
        """Return what is known of the file ``name``."""
        row = self._one(
            "SELECT source, signature, results, begun, words, sentences, flags, doubts, messages"
            " FROM files WHERE name = ?",
            _name(name),
        )
        if row is None:
            return None
        source, signature, results, begun, words, sentences, flags, doubts, messages = row
        found = (Doubt(d["french"], d["english"], _flags(d["flags"])) for d in json.loads(doubts))
        places = json.loads(results), json.loads(begun)
        return Finished(source, signature, *places, words, sentences, flags, tuple(found), tuple(json.loads(messages)))

    def begin(self, name: str, results: dict[str, str]) -> None:
        """Note that the file ``name`` is about to be written with these ``results``."""
        self._do(
            "INSERT INTO files VALUES (?, '', '', '{}', ?, 0, 0, 0, '[]', '[]')"
            " ON CONFLICT (name) DO UPDATE SET begun = excluded.begun",
            _name(name),
            json.dumps(results),
        )

    def finish(self, name: str, done: Finished) -> None:
        """Note that the file ``name`` is done."""
        self._do(
            "INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            _name(name),
            done.source,
            done.signature,
            json.dumps(done.results),
            json.dumps(done.begun),
            done.words,
            done.sentences,
            done.flags,
            json.dumps([doubt.to_dict() for doubt in done.doubts]),
            json.dumps(done.messages),
        )

    @property
    def speed(self) -> float | None:
        """Words a second of the last job that ran long enough to tell, with the same translator."""
        row = self._one("SELECT value FROM settings WHERE name = ?", f"speed {self._signature.decode()}")
        return row[0] if row else None

    @speed.setter
    def speed(self, words_per_second: float) -> None:
        name = f"speed {self._signature.decode()}"
        self._do("INSERT OR REPLACE INTO settings VALUES (?, ?)", name, words_per_second)

    @property
    def repeats(self) -> int:
        """How many times a sentence that was done was translated again."""
        row = self._one("SELECT coalesce(sum(repeats), 0) FROM sentences")
        return int(row[0]) if row else 0

    def close(self) -> None:
        """Close the file; what was kept stays."""
        with self._explained():
            self._connection.close()

    def _key(self, french: str) -> bytes:
        return hashlib.blake2b(
            sentence_key(french).encode(), digest_size=16, key=hashlib.sha256(self._signature).digest()
        ).digest()

    def _one(self, question: str, *values: Any) -> Any:
        try:
            with self._explained():
                return self._connection.execute(question, values).fetchone()
        except _NoTableError:
            return None

    def _do(self, command: str, *values: Any) -> None:
        with self._explained():
            self._connection.execute(command, values)

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.OperationalError as error:
            if "no such table" in str(error):
                raise _NoTableError from error
            raise JobError(
                f"{self._path} cannot be written ({error}); free space and run the same command again: nothing is lost"
            ) from error
        except sqlite3.DatabaseError as error:
            raise JobError(
                f"{self._path} is damaged ({error}); delete it and run again: the files are then made anew"
            ) from error


def _make(path: Path) -> None:
    try:
        make_private(path)
    except OSError as error:
        raise JobError(f"{path} cannot be written ({error.strerror}); choose another folder") from error


def _address(path: Path) -> str:
    """The address of a database that is only read; of an empty one where there is none."""
    if not path.is_file():
        return "file::memory:"
    # Reading the log needs a file beside it; where none can be made the log is left out.
    return f"{path.resolve().as_uri()}?{'mode=rw' if os.access(path.parent, os.W_OK) else 'immutable=1'}"


def _flags(found: list[dict[str, Any]]) -> tuple[Flag, ...]:
    return tuple(map(Flag.from_dict, found))


def _name(name: str) -> bytes:
    return name.encode("utf-8", "surrogateescape")


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _text(raw: bytes) -> str:
    return raw.decode("utf-8", "surrogatepass")
