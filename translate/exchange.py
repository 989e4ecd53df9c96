"""Sentence pairs in files that other programs read: TMX 1.4 and CSV.

TMX is read with the standard library's parser in pieces; a file that declares entities of its own is turned down, and
none that lies elsewhere is ever fetched.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree
from xml.parsers import expat

from passerelle.seq2seq.errors import InputError

_CHUNK = 1 << 16
_NOT_XML = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_HEADER = ("french", "english")
# Elements of a segment that hold codes of the program that made it, not text.
_CODES = frozenset({"bpt", "ept", "ph", "it", "ut"})
_HEAD = {
    "creationtool": "Passerelle",
    "creationtoolversion": "1",
    "datatype": "plaintext",
    "segtype": "sentence",
    "adminlang": "en",
    "srclang": "fr",
    "o-tmf": "Passerelle",
}


@dataclass(frozen=True)
class Pair:
    """A French sentence and its English, and remarks on it."""

    french: str
    english: str
    notes: tuple[str, ...] = ()


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


def tmx(pairs: Iterable[Pair], file: str = "") -> bytes:
    """Return ``pairs`` as TMX 1.4, a unit for each, with the name of the ``file`` that they are from."""
    root = ElementTree.Element("tmx", version="1.4")
    ElementTree.SubElement(root, "header", _HEAD)
    body = ElementTree.SubElement(root, "body")
    for pair in pairs:
        unit = ElementTree.SubElement(body, "tu")
        if file:
            ElementTree.SubElement(unit, "prop", type="x-file").text = writable(file)
        for note in pair.notes:
            ElementTree.SubElement(unit, "note").text = writable(note)
        for language, text in (("fr", pair.french), ("en", pair.english)):
            variant = ElementTree.SubElement(unit, "tuv", {"xml:lang": language})
            ElementTree.SubElement(variant, "seg").text = writable(text)
    ElementTree.indent(root)
    written: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def table(pairs: Iterable[Pair]) -> bytes:
    """Return ``pairs`` as CSV with a heading."""
    lines = io.StringIO(newline="")
    writer = csv.writer(lines)
    writer.writerow(_HEADER)
    writer.writerows((pair.french, pair.english) for pair in pairs)
    return lines.getvalue().encode()


def writable(text: str) -> str:
    """Return ``text`` with U+FFFD for each character that XML cannot hold."""
    return _NOT_XML.sub("\ufffd", text)
