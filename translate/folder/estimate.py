"""What a job would do, and how long it would take, without doing it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from passerelle.translate.documents import output_name
from passerelle.translate.folder.database import Database
from passerelle.translate.folder.file import File, Settings
from passerelle.translate.folder.job import DATABASE, check, find, signature
from passerelle.translate.folder.names import destinations
from passerelle.translate.folder.results import FAILED, FileReport, JobOptions
from passerelle.translate.segmenter import segment
from passerelle.translate.translation_memory import MemoryChain, TranslationMemory
from passerelle.translate.translator import Translator

_SAMPLE, _SECONDS = 64, 5.0
_DEFAULT = JobOptions()


@dataclass(frozen=True)
class Estimate:
    """What there is to do.

    ``files``: documents to translate.  ``finished``: done before, or edited by hand.  ``words``: of the documents to
    translate.  ``known``: words of these in sentences that need no model.  ``words_per_second``: of the last job, or
    of a ``sample``.  ``seconds``: how long it would take, None where there is nothing to tell it by.  ``failed``: what
    could not be read.  ``ignored``: files of other formats.
    """

    files: int
    finished: int
    words: int
    known: int
    words_per_second: float | None
    sampled: bool
    failed: tuple[FileReport, ...]
    ignored: tuple[str, ...]

    @property
    def seconds(self) -> float | None:
        """How long the job would take."""
        left = self.words - self.known
        if not left:
            return 0.0
        return left / self.words_per_second if self.words_per_second else None


def estimate(
    source: Path,
    target: Path,
    translator: Translator,
    *,
    options: JobOptions = _DEFAULT,
    memory: TranslationMemory | None = None,
    advance: Callable[[int, int | None], None] = lambda done, total: None,
) -> Estimate:
    """Read every document of ``source`` and return what a job would do; nothing is written.

    The speed is that of the last job with this translator, else of a few seconds' sample of what is to be done.
    Raises as ``translate_folder`` does.
    """
    check(source, target)
    entries, ignored = find(source, target, options)
    places = destinations((entry.name for entry in entries), output_name)
    path = target / DATABASE
    with closing(Database(path, translator.signature, reading=True)) as database:
        settings = Settings(source, target, options, signature(translator, options, memory), database)
        recall = MemoryChain(memory, database)
        files = words = known = finished = 0
        failed: list[FileReport] = []
        sample: list[str] = []
        for number, entry in enumerate(entries):
            file = File(entry, places, settings)
            for sentence, is_known in _sentences(file, recall):
                count = len(sentence.split())
                words += count
                known += count if is_known else 0
                if not is_known and len(sample) < 20 * _SAMPLE:
                    sample.append(sentence)
            report = file.report
            if report is None:
                files += 1
            elif report.state == FAILED:
                failed.append(report)
            else:
                finished += 1
            advance(number + 1, len(entries))
        speed = database.speed
    sampled = speed is None and bool(sample)
    if sampled:
        speed = measure(translator, sample)
    return Estimate(files, finished, words, known, speed, sampled, tuple(failed), tuple(ignored))


def measure(translator: Translator, sentences: list[str]) -> float:
    """Return the words a second at which ``translator`` does some of ``sentences``, in a few seconds."""
    spread = sentences[:: max(len(sentences) // _SAMPLE, 1)]
    began = time.monotonic()
    words = 0
    for translation in translator.translate_many(_until(spread, began + _SECONDS)):
        words += len(translation.source.split())
    return words / max(time.monotonic() - began, 1e-6)


def _until(sentences: list[str], deadline: float) -> Iterator[str]:
    for sentence in sentences:
        if time.monotonic() > deadline:
            return
        yield sentence


def _sentences(file: File, recall: TranslationMemory) -> Iterator[tuple[str, bool]]:
    for piece in file.pieces():
        for unit in piece.units:
            for block in segment(unit.text, unit.regions):
                for found in block.segments:
                    yield found.flat, recall.lookup(found.flat) is not None
