"""What was translated before, and what the user put right: a store of sentences in one SQLite file.

The user's sentences win over the model's.  The model's are kept only for a memory that is told what model it stands
before (``signature``), and come back only under the same one, so that another checkpoint starts afresh.  Nothing is
kept unless a memory is asked for.
"""

from __future__ import annotations

import hashlib
import json
import re
import sqlite3
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from difflib import SequenceMatcher
from pathlib import Path

from passerelle.seq2seq.errors import InputError, OutputError
from passerelle.translate.documents.core.files import write_atomic
from passerelle.translate.exchange import Pair, read_csv, read_tmx, table, tmx
from passerelle.translate.private_file import make_private
from passerelle.translate.translation_memory import Candidate, sentence_key, storable

_TABLES = """
CREATE TABLE IF NOT EXISTS sentences (
    id INTEGER PRIMARY KEY, french TEXT NOT NULL, signature TEXT NOT NULL, english TEXT NOT NULL, details TEXT NOT NULL,
    UNIQUE (french, signature));
CREATE VIRTUAL TABLE IF NOT EXISTS parts USING fts5(
    french, content='sentences', content_rowid='id', tokenize='trigram');
CREATE TRIGGER IF NOT EXISTS added AFTER INSERT ON sentences BEGIN
    INSERT INTO parts(rowid, french) VALUES (new.id, new.french); END;
CREATE TRIGGER IF NOT EXISTS removed AFTER DELETE ON sentences BEGIN
    INSERT INTO parts(parts, rowid, french) VALUES ('delete', old.id, old.french); END;
"""
# The signature of what the user wrote, and what that of one user among several begins with; no model has such a one.
_USER, _OWNER = "", "\x1f"
_WAIT = 10.0
_CANDIDATES = 60
_LONGEST_QUERY = 24
_WORD = re.compile(r"\w{3,}")


@dataclass(frozen=True)
class Match:
    """A sentence like the one asked for.  ``ratio``: how alike the two French sentences are, 0 to 1."""

    french: str
    english: str
    ratio: float
    origin: str


@dataclass(frozen=True)
class Correction:
    """What a user wrote.  ``author``: who, where it is known.  ``made``: when, in UTC."""

    french: str
    english: str
    author: str = ""
    made: str = ""


class Memory:
    """Sentences and their English in the file ``path``, made where there is none; safe to share between threads.

    ``signature``: what the model is, as in ``Translator.signature``; None keeps only what the user writes.  Raises
    InputError where the file is no memory.
    """

    def __init__(self, path: str | Path, signature: str | None = None) -> None:
        self.path = Path(path)
        self.signature = signature
        self._lock = threading.Lock()
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            make_private(self.path)
            self._connection = sqlite3.connect(self.path, timeout=_WAIT, check_same_thread=False, isolation_level=None)
            self._connection.execute("PRAGMA journal_mode=WAL")
            self._connection.execute("PRAGMA synchronous=NORMAL")
            self._connection.executescript(_TABLES)
        except (OSError, sqlite3.Error) as error:
            raise InputError(f"{path}: this is no translation memory ({error}); choose another file") from None

    def lookup(self, french: str, owner: str = "") -> Candidate | None:
        """Return the English of ``french``: that of ``owner``, else of the user, else of the model, else None."""
        wrote = _signature(owner)
        with self._reading() as connection:
            rows = connection.execute(
                "SELECT signature, english, details FROM sentences WHERE french = ? AND signature IN (?, ?, ?) "
                "ORDER BY signature <> ?, signature LIMIT 1",
                (sentence_key(french), wrote, _USER, self.signature or _USER, wrote),
            ).fetchall()
        return _known(french, *rows[0]) if rows else None

    def store(self, french: str, known: Candidate) -> None:
        """Take in what the model made of ``french``; without a signature nothing is kept."""
        if self.signature:
            details = json.dumps(known.to_dict() | {"french": storable(french)})
            self._store([(sentence_key(french), self.signature, storable(known.english), details)])

    def correct(self, french: str, english: str, owner: str = "", author: str = "") -> None:
        """Take in what the user says ``french`` is in English; it wins from now on.  An empty one is refused.

        ``owner``: for whom it stands, empty for everybody.  ``author``: who is noted as having said so.
        """
        if not french.strip() or not english.strip():
            raise InputError("a correction needs both the French sentence and its English")
        details = {"author": author, "made": datetime.now(UTC).isoformat(timespec="seconds")}
        self._store([(sentence_key(french), _signature(owner), storable(english), json.dumps(details))])

    def forget(self, french: str, owner: str = "") -> bool:
        """Take the user's English of ``french`` out; return whether there was one."""
        with self._writing() as connection:
            found = connection.execute(
                "DELETE FROM sentences WHERE french = ? AND signature = ?", (sentence_key(french), _signature(owner))
            )
            return found.rowcount > 0

    def listed(self, owner: str = "") -> tuple[Correction, ...]:
        """Return what was put right for ``owner``, empty for everybody; the newest first."""
        query = "SELECT french, english, details FROM sentences WHERE signature = ? ORDER BY id DESC"
        with self._reading() as connection:
            rows = connection.execute(query, (_signature(owner),)).fetchall()
        found = ((french, english, json.loads(details)) for french, english, details in rows)
        return tuple(
            Correction(french, english, about.get("author", ""), about.get("made", ""))
            for french, english, about in found
        )

    def similar(self, french: str, limit: int = 5, least: float = 0.6) -> tuple[Match, ...]:
        """Return up to ``limit`` sentences that are like ``french``, most alike first, none below ``least``."""
        key = sentence_key(french)
        parts = [f'"{word}"' for word in list(dict.fromkeys(_WORD.findall(key)))[:_LONGEST_QUERY]]
        if not parts:
            return ()
        with self._reading() as connection:
            rows = connection.execute(
                "SELECT s.french, s.english, s.signature FROM parts JOIN sentences s ON s.id = parts.rowid "
                "WHERE parts MATCH ? AND s.signature IN (?, ?) ORDER BY rank LIMIT ?",
                (" OR ".join(parts), _USER, self.signature or _USER, _CANDIDATES),
            ).fetchall()
        matches = [
            Match(other, english, _ratio(key, other), "user" if signature == _USER else "memory")
            for other, english, signature in rows
        ]
        found = sorted(
            (each for each in matches if each.ratio >= least), key=lambda each: (-each.ratio, each.origin != "user")
        )
        return tuple(found[:limit])

    @property
    def corrections(self) -> str:
        """A hash of all that the user wrote; another one means that something was put right since."""
        with self._reading() as connection:
            query = "SELECT french, english FROM sentences WHERE signature = ? ORDER BY french"
            return hashlib.sha256(json.dumps(connection.execute(query, (_USER,)).fetchall()).encode()).hexdigest()

    def import_tmx(self, path: str | Path) -> int:
        """Take in the French-English pairs of a TMX file as the user's; return how many there were."""
        return self._store_pairs(read_tmx(Path(path)))

    def import_csv(self, path: str | Path) -> int:
        """Take in the pairs of a CSV file, French and English, as the user's; return how many there were."""
        return self._store_pairs(read_csv(Path(path)))

    def export_tmx(self, path: str | Path) -> int:
        """Write what the user wrote to a TMX file; return how many pairs."""
        return self._export(Path(path), tmx)

    def export_csv(self, path: str | Path) -> int:
        """Write what the user wrote to a CSV file; return how many pairs."""
        return self._export(Path(path), table)

    def close(self) -> None:
        """Close the file; the memory is of no use afterwards."""
        with self._lock:
            self._connection.close()

    def __enter__(self) -> Memory:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __reduce__(self) -> tuple[type[Memory], tuple[Path, str | None]]:
        """A pickle opens the same file again."""
        return Memory, (self.path, self.signature)

    def __len__(self) -> int:
        with self._reading() as connection:
            return int(connection.execute("SELECT count(*) FROM sentences").fetchone()[0])

    def __repr__(self) -> str:
        return f"<Memory {self.path}: {len(self)} sentences>"

    def _export(self, path: Path, form: Callable[[Iterable[Pair]], bytes]) -> int:
        pairs = self._pairs()
        write_atomic(path, form(pairs))
        return len(pairs)

    def _pairs(self) -> list[Pair]:
        with self._reading() as connection:
            query = "SELECT french, english FROM sentences WHERE signature = ? ORDER BY id"
            return [Pair(*row) for row in connection.execute(query, (_USER,))]

    def _store_pairs(self, pairs: Iterable[Pair]) -> int:
        rows = [(sentence_key(pair.french), _USER, storable(pair.english), "{}") for pair in pairs]
        self._store(rows)
        return len(rows)

    def _store(self, rows: list[tuple[str, str, str, str]]) -> None:
        with self._writing() as connection:
            # Not REPLACE: it would leave the old words in the index.
            connection.executemany(
                "DELETE FROM sentences WHERE french = ? AND signature = ?", [row[:2] for row in rows]
            )
            connection.executemany(
                "INSERT OR IGNORE INTO sentences (french, signature, english, details) VALUES (?, ?, ?, ?)", rows[::-1]
            )

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        with self._lock:
            try:
                yield self._connection
            except sqlite3.Error as error:
                raise InputError(f"{self.path}: the memory cannot be read ({error}); choose another file") from None

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        with self._lock:
            try:
                self._connection.execute("BEGIN IMMEDIATE")
                try:
                    yield self._connection
                except BaseException:
                    self._connection.execute("ROLLBACK")
                    raise
                self._connection.execute("COMMIT")
            except sqlite3.Error as error:
                raise OutputError(f"{self.path}: the memory cannot be written ({error}); is the disk full?") from None


def _signature(owner: str) -> str:
    return f"{_OWNER}{owner}" if owner else _USER


def _known(french: str, signature: str, english: str, details: str) -> Candidate:
    if signature == _USER or signature.startswith(_OWNER):
        return Candidate(english, origin="user")
    found = json.loads(details)
    known = replace(Candidate.from_dict(english, found), origin="memory")
    return known.placed(found.get("french", french), french)


def _ratio(first: str, second: str) -> float:
    matcher = SequenceMatcher(None, first[:1000], second[:1000], autojunk=False)
    return matcher.ratio() if matcher.real_quick_ratio() >= 0.5 and matcher.quick_ratio() >= 0.5 else 0.0
