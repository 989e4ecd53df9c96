"""A folder job: every text file of a tree translated into a mirrored tree, and resumed where it was killed.

What is finished is written in ``OUT/.passerelle/finished.jsonl``: the file, the hash of its source, the signature
of the translator and the hash of the result.  A file whose line still holds is not translated again.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from seq2seq.errors import InputError, OutputError, PasserelleError
from translate.documents import markdown
from translate.documents.files import read_bytes, write_atomic
from translate.documents.text import decode
from translate.translator import WORKING, Regions, Translator

SUFFIXES = (".txt", ".md")


@dataclass(frozen=True)
class FileReport:
    """What became of one file.

    ``name``: its path below the folder.  ``state``: ``"translated"``, ``"finished before"`` or ``"failed"``.
    ``words``: words of the source.  ``flags``: doubtful sentences.  ``messages``: the error or the notices.
    """

    name: str
    state: str
    words: int = 0
    flags: int = 0
    messages: tuple[str, ...] = ()


@dataclass(frozen=True)
class FolderReport:
    """What became of a folder: one FileReport a file, in order, and the files of formats that are not read."""

    files: tuple[FileReport, ...]
    ignored: tuple[str, ...] = ()

    @property
    def failed(self) -> tuple[FileReport, ...]:
        """The files that could not be translated."""
        return tuple(file for file in self.files if file.state == "failed")


@dataclass(frozen=True)
class _Finished:
    name: str
    source: str
    signature: str
    result: str


Progress = Callable[[FileReport, int, int], None]


def translate_folder(
    source: Path, target: Path, translator: Translator, *, progress: Progress | None = None
) -> FolderReport:
    """Translate the ``.txt`` and ``.md`` files of ``source`` into the same places below ``target``.

    ``progress(report, done, total)`` is called after each file.  One bad file never stops the rest.  Raises
    InputError where ``source`` is no folder, OutputError where ``target`` cannot be written or lies in ``source``.
    """
    if not source.is_dir():
        raise InputError(f"{source} is not a folder; for one file use: passerelle translate {source}")
    if target.resolve().is_relative_to(source.resolve()):
        raise OutputError(f"{target} lies inside {source}; choose a place outside of it")
    names, ignored = _find(source)
    journal = _Journal(target / ".passerelle" / "finished.jsonl")
    reports = []
    for name in names:
        reports.append(_one(source, target, name, translator, journal))
        if progress:
            progress(reports[-1], len(reports), len(names))
    return FolderReport(tuple(reports), tuple(ignored))


def _find(source: Path) -> tuple[list[str], list[str]]:
    names: list[str] = []
    ignored: list[str] = []
    for folder, folders, files in os.walk(source):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for file in sorted(name for name in files if not name.startswith(".")):
            path = Path(folder, file)
            relative = str(path.relative_to(source))
            (names if path.suffix.lower() in SUFFIXES else ignored).append(relative)
    return names, ignored


def _one(source: Path, target: Path, name: str, translator: Translator, journal: _Journal) -> FileReport:
    try:
        content = read_bytes(source / name)
        key = _Finished(name, _hash(content), translator.signature, "")
        if journal.holds(key, target / name):
            return FileReport(name, "finished before")
        text = decode(content, name)
        running = translator.start(text.text, _regions(name, text.text), window=WORKING)
        for _ in running:
            pass
        translation = running.translation
        result = text.encode(translation.text)
        write_atomic(target / name, result)
        journal.add(_Finished(name, key.source, key.signature, _hash(result)))
    except PasserelleError as error:
        return FileReport(name, "failed", messages=(str(error),))
    messages = text.notices + translation.notices
    return FileReport(name, "translated", len(text.text.split()), len(translation.flags), messages)


def _regions(name: str, text: str) -> Regions | None:
    return markdown.prose(text) if name.lower().endswith(".md") else None


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


class _Journal:
    """The lines of finished files, the last one of a name counting."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._finished = {line.name: line for line in self._read()}

    def holds(self, key: _Finished, result: Path) -> bool:
        """Whether ``key`` is finished and its ``result`` is still there, unchanged."""
        line = self._finished.get(key.name)
        if line is None or (line.source, line.signature) != (key.source, key.signature):
            return False
        return result.is_file() and _hash(result.read_bytes()) == line.result

    def add(self, line: _Finished) -> None:
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with self._path.open("a", encoding="utf-8") as file:
                file.write(json.dumps(asdict(line)) + "\n")
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            raise OutputError(
                f"{self._path}: cannot be written ({error.strerror}); free space and run again"
            ) from error
        self._finished[line.name] = line

    def _read(self) -> Iterator[_Finished]:
        if not self._path.is_file():
            return
        for line in self._path.read_text(encoding="utf-8").splitlines():
            # A kill in the middle of a write leaves a broken last line: that file is simply done again.
            try:
                yield _Finished(**json.loads(line))
            except (json.JSONDecodeError, TypeError):
                continue
