"""One file on its way through a job: looked at, opened, taken in piece by piece, written and noted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from passerelle.seq2seq.errors import PasserelleError
from passerelle.translate.folder.database import Database, Doubt, Finished, JobError
from passerelle.translate.folder.large import LARGE, LargeText
from passerelle.translate.folder.names import beside
from passerelle.translate.folder.opening import Opened, OpenedDocument, Written, digest, digest_of, read_at_rest
from passerelle.translate.folder.results import BEFORE, EDITED, FAILED, TRANSLATED, FileReport, JobOptions
from passerelle.translate.folder.stream import Piece
from passerelle.translate.folder.walk import Entry
from passerelle.translate.joined import join, notices
from passerelle.translate.sentence_pair import Sentence
from passerelle.translate.translation import Translation

MOST_DOUBTS = 1000
"""Doubts of one file that are noted; more are only counted."""


@dataclass(frozen=True)
class Settings:
    """What all files of a job share; ``signature`` is that of translator and options."""

    source: Path
    target: Path
    options: JobOptions
    signature: str
    database: Database


class File:
    """One file; ``places`` says where below OUT the English of each document goes.

    ``pieces`` and ``take`` raise nothing but JobError: whatever is wrong with one file ends up in its report.
    """

    def __init__(self, entry: Entry, places: Mapping[str, str], settings: Settings) -> None:
        self.entry = entry
        taken = frozenset(places.values())
        self._beside = {extra: beside(entry.name, extra.ending, taken) for extra in settings.options.extras}
        self._settings = settings
        self._place = places[entry.name]
        self._opened: Opened | None = None
        self._report: FileReport | None = None
        self._fed = self._taken = 0
        self._is_fed = False
        self._translations: list[Translation] = []
        self._words = self._sentences = self._flags = 0
        self._doubts: list[Doubt] = []
        self._notices: dict[str, None] = {}

    @property
    def report(self) -> FileReport | None:
        """What became of the file, where that is settled already."""
        return self._report

    def pieces(self) -> Iterator[Piece[File]]:
        """Yield what is to be translated; the last piece is empty and marks the end."""
        try:
            if self.entry.problem:
                self._report = self._failed(self.entry.problem)
            else:
                self._report = self._open()
            if self._opened is not None:
                for units in self._opened.pieces():
                    self._fed += 1
                    yield Piece(self, units, self.entry.size if self._opened.is_whole else 0)
        except JobError:
            raise
        except Exception as error:
            self._report = self._failed(_reason(error))
        self._is_fed = True
        self._fed += 1
        yield Piece(self, ())

    def take(self, translations: Sequence[Translation]) -> FileReport | None:
        """Take in the English of the next piece; return the report once that was the last one."""
        self._taken += 1
        is_last = self._is_fed and self._taken == self._fed
        try:
            if self._report is None and not is_last and self._opened is not None:
                self._add(self._opened, translations)
            if self._report is None and is_last and self._opened is not None:
                self._report = self._write(self._opened)
        except JobError:
            raise
        except Exception as error:
            self._report = self._failed(_reason(error))
        if not is_last:
            return None
        if self._opened is not None:
            self._opened.drop()
        return self._report

    def _open(self) -> FileReport | None:
        """Open the file; return the report where there is nothing to do."""
        settings = self._settings
        path = settings.source / self.entry.name
        target = settings.target / self._place
        known = settings.database.file(self.entry.name)
        found = {place: digest_of(settings.target / place) for place in self._places()}
        opened: Opened
        if self.entry.suffix == ".txt" and self.entry.size > LARGE:
            opened = LargeText(path, self.entry.name, target)
            source = opened.digest
        else:
            content = read_at_rest(path, self.entry.name)
            source = digest(content)
        if known is not None:
            edited = [place for place, now in found.items() if now is not None and not _is_ours(known, place, now)]
            if edited:
                message = f"{edited[0]} was changed by hand and is left as it is; move it away to have it made again"
                return FileReport(self.entry.name, EDITED, messages=(message,))
            if (known.source, known.signature, known.results) == (source, settings.signature, found):
                return FileReport(
                    self.entry.name,
                    BEFORE,
                    known.words,
                    known.sentences,
                    known.flags,
                    known.messages,
                    tuple(known.results),
                )
        if self.entry.suffix != ".txt" or self.entry.size <= LARGE:
            opened = OpenedDocument(content, source, self.entry.name, target, settings.options.documents)
        self._opened = opened
        self._notices.update(dict.fromkeys(opened.notices))
        return None

    def _places(self) -> list[str]:
        return [self._place, *self._beside.values()]

    def _add(self, opened: Opened, translations: Sequence[Translation]) -> None:
        opened.take(translations)
        for translation in translations:
            for sentence in translation.sentences:
                self._count(sentence)
        self._notices.update(dict.fromkeys(notices(translations)))
        if self._settings.options.extras and opened.is_whole:
            self._translations += translations

    def _count(self, sentence: Sentence) -> None:
        self._sentences += 1
        self._words += len(sentence.source.split())
        flags = sentence.doubts
        if flags:
            self._flags += 1
            if len(self._doubts) < MOST_DOUBTS:
                self._doubts.append(Doubt(sentence.source, sentence.text, flags))

    def _write(self, opened: Opened) -> FileReport:
        database = self._settings.database
        if not self._sentences:
            self._notices["no text to translate was found in it; it is written as it is"] = None
        results = {self._place: opened.result()}
        for extra, place in self._beside.items():
            if not opened.is_whole:
                self._notices[f"too large for {extra.ending.removeprefix('.')}: only the translation was written"] = (
                    None
                )
                continue
            joined = join(self._translations, "")
            content = extra.make(joined, self.entry.name)
            results[place] = Written(self._settings.target / place, digest(content), content)
        digests = {place: result.digest for place, result in results.items()}
        database.begin(self.entry.name, digests)
        for result in results.values():
            result.place()
        done = Finished(
            opened.digest,
            self._settings.signature,
            digests,
            {},
            self._words,
            self._sentences,
            self._flags,
            tuple(self._doubts),
            tuple(self._notices),
        )
        database.finish(self.entry.name, done)
        name, counts = self.entry.name, (self._words, self._sentences, self._flags)
        return FileReport(name, TRANSLATED, *counts, tuple(self._notices), tuple(digests))

    def _failed(self, message: str) -> FileReport:
        return FileReport(self.entry.name, FAILED, messages=(message,))


def _is_ours(known: Finished, place: str, found: str) -> bool:
    """Whether the file at ``place``, with the hash ``found``, is as this job left it or was about to."""
    allowed = {known.results.get(place), known.begun.get(place)} - {None}
    return not allowed or found in allowed


def _reason(error: Exception) -> str:
    if isinstance(error, PasserelleError):
        return str(error)
    what = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
    return f"something unforeseen happened ({what}); please report it with the file"
