"""The command ``passerelle folder``: its job, its progress, and how it is interrupted and taken up again."""

from __future__ import annotations

import signal
import threading
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from passerelle.ui.models import make_summarizer, make_translator
from passerelle.ui.pacing import duration, pacing
from passerelle.ui.terminal import progress, say

if TYPE_CHECKING:
    from passerelle.translate import Translation, Translator
    from passerelle.translate.folder import Extra, FileReport, FolderReport, JobOptions
    from passerelle.translate.folder.worker_pool import WorkerPool
    from passerelle.translate.translation_memory import TranslationMemory


def folder(options: Namespace) -> int:
    """Translate a folder; 1 where some file failed, 130 where it was interrupted."""
    from passerelle.translate.folder.job import check

    check(options.source, options.target)
    translator = make_translator(options)
    job = _job_options(options)
    memory = _memory(options, translator)
    if options.dry_run:
        return _dry_run(options, translator, job, memory)
    with _interruptible() as stop:
        if options.watch:
            return _watch(options, translator, job, memory, stop)
        return _end(options, _run(options, translator, job, memory=memory, stop=stop), stop)


def _run(
    options: Namespace,
    translator: Translator,
    job: JobOptions,
    *,
    memory: TranslationMemory | None,
    stop: threading.Event,
    only: frozenset[str] | None = None,
) -> FolderReport:
    from passerelle.translate.folder import translate_folder
    from passerelle.translate.folder.results import FAILED

    def after(file: FileReport) -> None:
        _tell(file, quiet=options.quiet)
        if file.state == FAILED and not options.keep_going:
            stop.set()

    with pacing(quiet=options.quiet) as pace, _crew(options, translator) as crew:
        report = translate_folder(
            options.source,
            options.target,
            translator,
            options=job,
            memory=memory,
            crew=crew,
            progress=after,
            pace=pace,
            stop=stop.is_set,
            only=only,
        )
    _summarise(report, quiet=options.quiet)
    return report


def _end(options: Namespace, report: FolderReport, stop: threading.Event) -> int:
    if report.interrupted and stop.is_set():
        done = f"{len(report.files)} of {report.total} files are done and every finished sentence is kept"
        if report.failed and not options.keep_going:
            say(f"stopped at the first file that failed; {done}")
            return 1
        say(f"interrupted; {done}: run the same command again to go on")
        return 130
    return 1 if report.failed else 0


def _watch(
    options: Namespace, translator: Translator, job: JobOptions, memory: TranslationMemory | None, stop: threading.Event
) -> int:
    from passerelle.translate.folder.watch import Watch

    watch = Watch(options.source, options.target, job)
    say(f"watching {options.source}; end with Ctrl-C", quiet=options.quiet)
    _run(options, translator, job, memory=memory, stop=stop)
    for names in watch.changes(stop.is_set):
        _run(options, translator, job, memory=memory, stop=stop, only=names)
    return 130


def _dry_run(options: Namespace, translator: Translator, job: JobOptions, memory: TranslationMemory | None) -> int:
    from passerelle.translate.folder.estimate import estimate

    with progress("Reading", quiet=options.quiet, unit="files") as advance:
        found = estimate(options.source, options.target, translator, options=job, memory=memory, advance=advance)
    for file in found.failed:
        _tell(file, quiet=False)
    parts = [f"{found.files} files to translate", f"{found.words} words"]
    if found.known:
        parts.append(f"{found.known} of them in sentences that are known")
    if found.words_per_second and found.seconds is not None:
        how = "measured on a sample" if found.sampled else "as in the last job"
        parts.append(f"about {duration(found.seconds)} at {found.words_per_second:.0f} words/s, {how}")
    parts += [f"{found.finished} finished before", f"{len(found.failed)} failed"]
    parts.append(f"{len(found.ignored)} of other formats ignored")
    say("dry run: " + ", ".join(parts))
    return 1 if found.failed else 0


def _job_options(options: Namespace) -> JobOptions:
    from passerelle.translate.documents import DocumentOptions
    from passerelle.translate.folder import JobOptions
    from passerelle.translate.folder.bilingual import FORMATS

    extras = [FORMATS[name] for name in dict.fromkeys(options.format)]
    if options.summary:
        extras.append(_summary(options))
    documents = DocumentOptions(options.columns, options.keys)
    return JobOptions(tuple(options.include), tuple(options.exclude), documents, tuple(extras), options.report)


def _summary(options: Namespace) -> Extra:
    from passerelle.translate.folder import Extra

    summarizer = make_summarizer(options)

    def make(translation: Translation, name: str) -> bytes:
        if not translation.text.strip():
            return b""
        return f"{summarizer(translation, length=options.length)}\n".encode("utf-8", "backslashreplace")

    return Extra(".summary.txt", make, f"{options.length} {summarizer!r}")


def _memory(options: Namespace, translator: Translator) -> TranslationMemory | None:
    if options.memory is None:
        return None
    from passerelle.translate.memory import Memory

    return Memory(options.memory, translator.signature)


@contextmanager
def _crew(options: Namespace, translator: Translator) -> Iterator[WorkerPool | None]:
    """The engines that do the work, None where the translator does it itself."""
    if options.ray is None and (options.jobs or 1) < 2:
        yield None
        return
    from passerelle.translate.folder.cluster import cluster
    from passerelle.translate.folder.worker_pool import processes

    arguments = {
        "checkpoint": str(translator.checkpoint.path),
        "engine": translator.model.engine.name,
        "device": options.device,
        "number_format": translator.model.engine.device.number_format,
        "beam": options.beam,
        "glossary": options.glossary,
        "foreign": options.foreign,
    }
    if options.ray is not None:
        with cluster(options.ray, arguments, options.jobs) as crew:
            yield crew
        return
    with processes(options.jobs, arguments) as crew:
        yield crew


def _tell(file: FileReport, *, quiet: bool) -> None:
    from passerelle.translate.folder.names import shown
    from passerelle.translate.folder.results import FAILED

    name = shown(file.name)
    for message in file.messages:
        line = message if message.startswith(file.name) else f"{name}: {message}"
        # A failure is never kept quiet: the exit code alone does not say which file.
        say(" ".join(line.replace(file.name, name).split()), quiet=quiet and file.state != FAILED)


def _summarise(report: FolderReport, *, quiet: bool) -> None:
    from passerelle.translate.folder.results import BEFORE, EDITED, FAILED, TRANSLATED

    counts = []
    for state in (TRANSLATED, BEFORE, EDITED, FAILED):
        count = sum(file.state == state for file in report.files)
        if count or state != EDITED:
            counts.append(f"{count} {state}")
    counts.append(f"{len(report.ignored)} of other formats ignored")
    counts.append(f"{sum(file.flags for file in report.files)} sentences to check")
    if report.indexes:
        counts.append(f"reports: {' and '.join(report.indexes)}")
    say(", ".join(counts), quiet=quiet)


@contextmanager
def _interruptible() -> Iterator[threading.Event]:
    """Yield an event that the first Ctrl-C sets; the second one ends the program as usual."""
    stop = threading.Event()
    if threading.current_thread() is not threading.main_thread():
        yield stop
        return
    before = signal.getsignal(signal.SIGINT)
    if before == signal.SIG_IGN:  # a job in the background of a shell without job control
        yield stop
        return

    def interrupt(number: int, frame: object) -> None:
        stop.set()
        signal.signal(signal.SIGINT, before)
        say("finishing the sentences under way, ten seconds at most; Ctrl-C again leaves at once")

    signal.signal(signal.SIGINT, interrupt)
    try:
        yield stop
    finally:
        signal.signal(signal.SIGINT, before)
