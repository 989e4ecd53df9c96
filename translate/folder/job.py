"""A folder job: every document of a tree translated into a mirrored tree, and resumed where it was killed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import closing
from dataclasses import asdict
from pathlib import Path

from passerelle.seq2seq.errors import InputError, OutputError
from passerelle.translate.documents import SUFFIXES, output_name
from passerelle.translate.folder.database import Database
from passerelle.translate.folder.file import File, Settings
from passerelle.translate.folder.lock import held
from passerelle.translate.folder.names import destinations
from passerelle.translate.folder.pace import Clock
from passerelle.translate.folder.report import write_report
from passerelle.translate.folder.results import FAILED, FileReport, FolderReport, JobOptions, Pace
from passerelle.translate.folder.stream import Heard, Piece, translated
from passerelle.translate.folder.walk import Entry, Globs, walk
from passerelle.translate.folder.worker_pool import WorkerPool, translated_by
from passerelle.translate.sentence_pair import Sentence
from passerelle.translate.translation import Translation
from passerelle.translate.translation_memory import MemoryChain, TranslationMemory
from passerelle.translate.translator import Translator

STATE = Path(".passerelle")
DATABASE = STATE / "job.sqlite"
_DEFAULT = JobOptions()


def translate_folder(
    source: Path,
    target: Path,
    translator: Translator,
    *,
    options: JobOptions = _DEFAULT,
    memory: TranslationMemory | None = None,
    crew: WorkerPool | None = None,
    progress: Callable[[FileReport], None] = lambda report: None,
    pace: Callable[[Pace], None] | None = None,
    stop: Callable[[], bool] = lambda: False,
    only: frozenset[str] | None = None,
) -> FolderReport:
    """Translate the documents of ``source`` into the same places below ``target``.

    ``memory``: sentences known from other jobs; what it knows comes first.  ``crew``: engines that do the work in
    place of ``translator``, which must be of the same kind.  ``progress`` is called after each file, ``pace`` a few
    times a second.  Once ``stop()`` is true the sentences under way are finished, what is done is kept,
    and the report is of what was done.  ``only``: names of files to look at; None for all.  One bad file never stops
    the rest.  Raises InputError where ``source`` is no folder, OutputError where ``target`` cannot be written, lies
    in ``source`` or is being written by another job.
    """
    check(source, target)
    with held(target / STATE), closing(Database(target / DATABASE, translator.signature)) as database:
        settings = Settings(source, target, options, signature(translator, options, memory), database)
        return _Job(settings, translator, memory, crew).run(progress, pace, stop, only)


def check(source: Path, target: Path) -> None:
    """Raise InputError or OutputError where ``source`` cannot be translated into ``target``."""
    if not source.is_dir():
        raise InputError(f"{source} is not a folder; for one file use: passerelle translate {source}")
    if target.resolve().is_relative_to(source.resolve()):
        raise OutputError(f"{target} lies inside {source}; choose a place outside of it")
    if target.exists() and not target.is_dir():
        raise OutputError(f"{target} is a file; give the name of a folder")


def find(source: Path, target: Path, options: JobOptions) -> tuple[list[Entry], list[str]]:
    """Return the files that a job takes on, in order, and the names of those of other formats."""
    entries: list[Entry] = []
    ignored: list[str] = []
    for entry in walk(source, Globs(options.include, options.exclude), target):
        if entry.problem or entry.suffix in SUFFIXES:
            entries.append(entry)
        else:
            ignored.append(entry.name)
    return entries, ignored


def signature(translator: Translator, options: JobOptions, memory: TranslationMemory | None) -> str:
    """Return what makes a result, beside its source, in one word: where it changes files are made again."""
    parts = [translator.signature, asdict(options.documents), [(e.ending, e.signature) for e in options.extras]]
    parts.append(str(getattr(memory, "corrections", "")))
    return hashlib.sha256(json.dumps(parts).encode("utf-8", "surrogatepass")).hexdigest()


class _Job:
    def __init__(
        self, settings: Settings, translator: Translator, memory: TranslationMemory | None, crew: WorkerPool | None
    ) -> None:
        self._settings = settings
        self._crew = crew
        self._translator = translator
        self._memory = memory
        self._recall = MemoryChain(memory, settings.database)

    def run(
        self,
        progress: Callable[[FileReport], None],
        pace: Callable[[Pace], None] | None,
        stop: Callable[[], bool],
        only: frozenset[str] | None,
    ) -> FolderReport:
        settings = self._settings
        entries, ignored = find(settings.source, settings.target, settings.options)
        places = destinations((entry.name for entry in entries), output_name)
        if only is not None:
            entries = [entry for entry in entries if entry.name in only]
        _sweep(settings.target, places.values())
        clock = Clock(entries, pace)

        def heard(sentence: Sentence, asked: bool) -> None:
            clock.sentence(len(sentence.source.split()), asked=asked)

        reports = []
        files = (File(entry, places, settings) for entry in entries)
        with closing(self._stream(_pieces(files, stop), stop, heard)) as stream:
            for piece, translations in stream:
                file = piece.owner
                report = file.take(translations)
                if report is not None:
                    reports.append(report)
                    clock.file(file.entry, None if report.state == FAILED else report.words)
                    progress(report)
        if clock.speed is not None:
            settings.database.speed = clock.speed
        indexes: tuple[str, ...] = ()
        if settings.options.report:
            indexes = write_report(settings.target, reports, ignored, settings.database, self._memory)
        return FolderReport(tuple(reports), tuple(ignored), len(entries), indexes)

    def _stream(
        self, pieces: Iterator[Piece[File]], stop: Callable[[], bool], heard: Heard
    ) -> Generator[tuple[Piece[File], list[Translation]], None, None]:
        if self._crew is None:
            yield from translated(self._translator, pieces, recall=self._recall, stop=stop, heard=heard)
        else:
            signature = self._translator.signature
            yield from translated_by(self._crew, signature, pieces, recall=self._recall, stop=stop, heard=heard)


def _pieces(files: Iterable[File], stop: Callable[[], bool]) -> Iterator[Piece[File]]:
    for file in files:
        if stop():
            return
        yield from file.pieces()


def _sweep(target: Path, places: Iterable[str]) -> None:
    """Remove what a killed job left of files that it was writing."""
    for folder in {(target / place).parent for place in places}:
        if folder.is_dir():
            for left in folder.glob(".*.part"):
                left.unlink(missing_ok=True)
