"""The index of a job: every file with its doubtful sentences, as a page to read and as JSON lines to process."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

from passerelle.panes import Column, Piece, page
from passerelle.seq2seq.errors import OutputError
from passerelle.translate.documents.core.files import write_atomic
from passerelle.translate.folder.database import Database, Doubt
from passerelle.translate.folder.names import shown
from passerelle.translate.folder.opening import Written
from passerelle.translate.folder.results import FAILED, FileReport
from passerelle.translate.memory import Match, Memory
from passerelle.translate.translation_memory import TranslationMemory

PAGE, LINES = "passerelle-report.html", "passerelle-report.jsonl"
_MOST = 5_000


def write_report(
    target: Path,
    reports: Sequence[FileReport],
    ignored: Sequence[str],
    database: Database,
    memory: TranslationMemory | None,
) -> tuple[str, ...]:
    """Write both indexes into ``target`` and return their names; doubts come with what ``memory`` holds like them.

    Raises OutputError.
    """
    part = target / ".passerelle" / f"{LINES}.part"
    try:
        with part.open("wb") as file:
            for line in _lines(reports, ignored, database, memory):
                file.write(json.dumps(line, ensure_ascii=False).encode("utf-8", "backslashreplace") + b"\n")
    except OSError as error:
        raise OutputError(f"{part}: cannot be written ({error.strerror}); free space and run again") from error
    Written(target / LINES, "", part=part).place()
    write_atomic(target / PAGE, _page(reports, ignored, database, memory).encode("utf-8", "backslashreplace"))
    return PAGE, LINES


def _lines(
    reports: Sequence[FileReport], ignored: Sequence[str], database: Database, memory: TranslationMemory | None
) -> Iterator[dict[str, object]]:
    for report in reports:
        doubts = [
            {**doubt.to_dict(), "similar": [asdict(match) for match in _similar(doubt, memory)]}
            for doubt in _doubts(report, database)
        ]
        yield {**asdict(report), "doubts": doubts}
    for name in ignored:
        yield {"name": name, "state": "ignored"}


def _similar(doubt: Doubt, memory: TranslationMemory | None) -> Sequence[Match]:
    """The one sentence of ``memory`` that is most like ``doubt``, if there is one; not what this job kept itself."""
    if not isinstance(memory, Memory):
        return ()
    return [match for match in memory.similar(doubt.french, 2) if match.ratio < 1][:1]


def _doubts(report: FileReport, database: Database) -> tuple[Doubt, ...]:
    known = database.file(report.name) if report.flags else None
    return known.doubts if known else ()


class _Writer:
    """A column that grows line by line."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._pieces: list[Piece] = []
        self._length = 0

    def line(self, text: str, key: str, links: Sequence[str] = (), notes: Sequence[str] = ()) -> None:
        end = self._length + len(text)
        self._pieces.append(Piece(self._length, end, key, tuple(links), tuple(notes)))
        self.gap(text + "\n")

    def gap(self, text: str) -> None:
        self._lines.append(text)
        self._length += len(text)

    def column(self, heading: str, language: str) -> Column:
        return Column(heading, "".join(self._lines), tuple(self._pieces), language)


def _page(
    reports: Sequence[FileReport], ignored: Sequence[str], database: Database, memory: TranslationMemory | None
) -> str:
    files, french, english = _Writer(), _Writer(), _Writer()
    count = 0
    for number, report in enumerate(reports):
        doubts = _doubts(report, database)[: max(_MOST - count, 0)]
        keys = [f"s{count + index}" for index in range(len(doubts))]
        count += len(doubts)
        problems = report.messages if report.state == FAILED else ()
        files.line(_about(report), f"f{number}", keys, problems)
        for message in report.messages:
            files.gap(f"{message}\n")
        files.gap("\n")
        if doubts:
            for writer in (french, english):
                writer.gap(f"{shown(report.name)}\n\n")
        for key, doubt in zip(keys, doubts, strict=True):
            french.line(doubt.french, key)
            notes = [str(flag.message) for flag in doubt.flags]
            notes += [f"in the memory: {match.french} = {match.english}" for match in _similar(doubt, memory)]
            english.line(doubt.english, key, notes=notes)
            for writer in (french, english):
                writer.gap("\n")
    columns = (
        files.column("Files", "en"),
        french.column("Original, to check", "fr"),
        english.column("Translation, to check", "en"),
    )
    return page(columns, "What became of each file", _notices(reports, ignored, count))


def _about(report: FileReport) -> str:
    parts = [report.state]
    if report.words:
        parts.append(f"{report.words} words")
    if report.flags:
        parts.append(f"{report.flags} of {report.sentences} sentences to check")
    return f"{shown(report.name)}: {', '.join(parts)}"


def _notices(reports: Sequence[FileReport], ignored: Sequence[str], listed: int) -> list[str]:
    words, flags = sum(report.words for report in reports), sum(report.flags for report in reports)
    failed = sum(report.state == FAILED for report in reports)
    notices = [f"{len(reports)} files, {words} words; {failed} files failed; {flags} sentences to check"]
    if flags > listed:
        notices.append(f"{listed} of these are shown here; {LINES} holds up to a thousand for each file")
    if ignored:
        notices.append(f"{len(ignored)} files of other formats were left out; {LINES} names them")
    return notices
