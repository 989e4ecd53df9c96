"""Sentence pairs in files that other programs read: TMX 1.4 and CSV.

TMX is read with the standard library's parser in pieces; a file that declares entities of its own is turned down, and
none that lies elsewhere is ever fetched.
"""

from __future__ import annotations

import csv
import os
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO
from xml.parsers import expat
from xml.sax.saxutils import escape

from passerelle.seq2seq.errors import InputError, OutputError

_CHUNK = 1 << 16
_NOT_XML = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_HEADER = ("french", "english")
# Elements of a segment that hold codes of the program that made it, not text.
_CODES = frozenset({"bpt", "ept", "ph", "it", "ut"})
_TMX = """<?xml version="1.0" encoding="UTF-8"?>
<tmx version="1.4">
<header creationtool="Passerelle" creationtoolversion="1" segtype="sentence" o-tmf="Passerelle" adminlang="en" \
srclang="fr" datatype="plaintext"/>
<body>
"""


@dataclass(frozen=True)
class Pair:
    """A French sentence and its English."""

    french: str
    english: str


class _TmxReader:
    """Collects the pairs of a TMX file; ``pairs`` are those that are complete."""

    def __init__(self) -> None:
        self.pairs: list[Pair] = []
        self._unit: dict[str, str] = {}
        self._language = ""
        self._depth = 0
        self._codes = 0
        self._text: list[str] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take in the beginning of an element."""
        if name == "tu":
            self._unit = {}
        elif name == "tuv":
            self._language = (attributes.get("xml:lang") or attributes.get("lang") or "").lower()[:2]
        elif name == "seg":
            self._depth, self._text = 1, []
        elif name in _CODES:
            self._codes += 1

    def end(self, name: str) -> None:
        """Take in the end of an element."""
        if name == "seg":
            self._depth = 0
            self._unit.setdefault(self._language, "".join(self._text))
        elif name in _CODES:
            self._codes -= 1
        elif name == "tu" and self._unit.get("fr", "").strip() and self._unit.get("en", "").strip():
            self.pairs.append(Pair(self._unit["fr"], self._unit["en"]))

    def data(self, text: str) -> None:
        """Take in text."""
        if self._depth and not self._codes:
            self._text.append(text)


def read_tmx(path: Path) -> Iterator[Pair]:
    """Yield the French-English pairs of a TMX file.  Raises InputError where it is none."""

    def forbidden(*_: object) -> None:
        raise InputError(f"{path}: the file declares entities of its own, which is not safe; export it anew")

    reader = _TmxReader()
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.data
    parser.EntityDeclHandler = forbidden
    try:
        with path.open("rb") as content:
            while chunk := content.read(_CHUNK):
                parser.Parse(chunk)
                yield from reader.pairs
                reader.pairs.clear()
            parser.Parse(b"", True)
    except (OSError, expat.ExpatError, LookupError, ValueError) as error:
        raise InputError(f"{path}: the TMX file cannot be read ({error}); export it anew") from None
    yield from reader.pairs


def read_csv(path: Path) -> Iterator[Pair]:
    """Yield the pairs of a CSV file (UTF-8; comma, semicolon or tab), French first; a heading is left out."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            first = lines.readline()
            mark = max(",;\t", key=first.count)
            lines.seek(0)
            for number, row in enumerate(csv.reader(lines, delimiter=mark), 1):
                if not any(cell.strip() for cell in row):
                    continue
                if number == 1 and tuple(cell.strip().lower() for cell in row[:2]) in {_HEADER, ("source", "target")}:
                    continue
                if len(row) < 2 or not row[0].strip() or not row[1].strip():
                    raise InputError(f"{path}, line {number}: a French sentence and its English are needed")
                yield Pair(row[0], row[1])
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise InputError(f"{path}: the file cannot be read ({error}); save it as CSV in UTF-8") from None


def write_tmx(pairs: Iterable[Pair], path: Path) -> int:
    """Write ``pairs`` to a TMX 1.4 file; return how many."""

    def write(lines: IO[str]) -> int:
        lines.write(_TMX)
        count = 0
        for count, pair in enumerate(pairs, 1):  # noqa: B007
            french, english = (f"<seg>{escape(writable(text))}</seg>" for text in (pair.french, pair.english))
            lines.write(f'<tu><tuv xml:lang="fr">{french}</tuv><tuv xml:lang="en">{english}</tuv></tu>\n')
        lines.write("</body>\n</tmx>\n")
        return count

    return _write(path, write)


def write_csv(pairs: Iterable[Pair], path: Path) -> int:
    """Write ``pairs`` to a CSV file with a heading; return how many."""

    def write(lines: IO[str]) -> int:
        writer = csv.writer(lines)
        writer.writerow(_HEADER)
        rows = [(pair.french, pair.english) for pair in pairs]
        writer.writerows(rows)
        return len(rows)

    return _write(path, write)


def _write(path: Path, write: Callable[[IO[str]], int]) -> int:
    """Write a file whole or not at all."""
    partial = path.with_name(f"{path.name}.partial-{os.getpid()}")
    try:
        with partial.open("w", encoding="utf-8", newline="") as lines:
            count = write(lines)
        partial.replace(path)
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise OutputError(f"{path}: the file cannot be written ({error})") from None
    return count


def writable(text: str) -> str:
    """Return ``text`` with U+FFFD for each character that XML cannot hold."""
    return _NOT_XML.sub("\ufffd", text)
