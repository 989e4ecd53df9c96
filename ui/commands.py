"""What each command does: ``name(options) -> exit code``, with the options of ``ui.cli``."""

from __future__ import annotations

import json
import socket
import sys
import time
from argparse import Namespace
from typing import TYPE_CHECKING

from seq2seq.errors import OutputError, PasserelleError
from ui.models import hub_names, make_summarizer, make_translator
from ui.streams import Stream, check_output, form_of, read_input, tell, write
from ui.terminal import emit, progress, say, show

if TYPE_CHECKING:
    from summarize import Summary
    from translate import Translation, Translator
    from translate.documents.text import Text
    from translate.folder import FileReport


def translate(options: Namespace) -> int:
    """Translate one text."""
    form = form_of(options)
    text = read_input(options)
    streams = form == "text" and options.output is None
    translation = _translation(options, make_translator(options), text, streams=streams)
    if not streams:
        write(options, form, text, translation, str(translation))
    return 0


def summarize(options: Namespace) -> int:
    """Summarise one text, French or English."""
    form = form_of(options)
    text = read_input(options)
    if options.english:
        summary = _summary(options, text.text)
    else:
        translation = _translation(options, make_translator(options), text)
        summary = _summary(options, translation)
    write(options, form, text, summary, f"{summary}\n")
    return 0


def folder(options: Namespace) -> int:
    """Translate a folder; 1 where some file failed."""
    from translate.folder import translate_folder

    translator = make_translator(options)
    with progress("Translating", quiet=options.quiet, unit="files") as advance:

        def after(file: FileReport, done: int, total: int) -> None:
            for message in file.messages:
                # A failure is never kept quiet: the exit code alone does not say which file.
                say(f"{file.name}: {message}", quiet=options.quiet and file.state != "failed")
            advance(done, total)

        report = translate_folder(options.source, options.target, translator, progress=after)
    states = ("translated", "finished before", "failed")
    counts = [f"{sum(file.state == state for file in report.files)} {state}" for state in states]
    doubts = sum(file.flags for file in report.files)
    counts += [f"{len(report.ignored)} of other formats ignored", f"{doubts} sentences to check"]
    say(", ".join(counts), quiet=options.quiet)
    return 1 if report.failed else 0


def web(options: Namespace) -> int:
    """Serve the page until it is interrupted."""
    try:
        if options.port is not None:  # loading everything takes seconds; a port that is taken shows at once
            socket.create_server((options.host, options.port)).close()
        from ui.web import launch

        launch(options.host, options.port, translator=make_translator(options), summarizer=make_summarizer(options))
    except OSError as error:
        where = f"{options.host}:{options.port or 'any port'}"
        raise OutputError(f"the page cannot be served on {where} ({error}); choose another --host or --port") from error
    return 130


def demo(options: Namespace) -> int:
    """Show a text, its translation and its summary in the terminal, and write them as a page."""
    from rich.console import Console

    check_output(options)
    began = time.monotonic()
    text = read_input(options)
    translation = _translation(options, make_translator(options), text)
    summary = _summary(options, translation)
    console = Console()
    with console.capture() as captured:
        show(translation, summary, console)
    emit(captured.get())
    words = len(text.text.split())
    say(f"{words} words in {time.monotonic() - began:.1f} s, start included", quiet=options.quiet)
    if options.output is not None:
        write(options, "html", text, summary, "")
        say(f"the same three panes: {options.output}", quiet=options.quiet)
    return 0


def doctor(options: Namespace) -> int:
    """Say what runs here and how well; 1 where something does not."""
    from ui.doctor import examine

    with progress("Examining", quiet=options.quiet) as advance:
        report = examine(options, advance)
    emit(json.dumps(report.to_dict(), indent=2, ensure_ascii=False) + "\n" if options.format == "json" else str(report))
    return 1 if report.problems else 0


def download(options: Namespace) -> int:
    """Get the named checkpoints, or the preferred one; 1 where one could not be had."""
    from seq2seq.checkpoint import download as fetch

    failed = 0
    for name in hub_names(options.names):
        try:
            with progress(f"Downloading {name}", quiet=options.quiet, unit="bytes") as advance:
                found = fetch(name, progress=advance)
        except PasserelleError as error:
            if options.debug:
                raise
            say(str(error))
            failed += 1
        else:
            say(f"{name}: {found.reason}", quiet=options.quiet)
    return 1 if failed else 0


def _translation(options: Namespace, translator: Translator, text: Text, *, streams: bool = False) -> Translation:
    from translate.documents.markdown import prose

    is_markdown = options.file.lower().endswith(".md")
    running = translator.start(text.text, prose(text.text) if is_markdown else None)
    # A bar and the text itself would overwrite each other on one terminal.
    quiet = options.quiet or (streams and sys.stdout.isatty())
    stream = Stream(running) if streams else None
    with progress("Translating", quiet=quiet) as advance:
        advance(0, len(text.text))
        for sentence in running:
            advance(sentence.end, len(text.text))
            if stream:
                stream.advance(sentence.target_end)
    translation = running.translation
    if stream:
        stream.finish(translation.text)
    tell(options, translation.notices)
    if translation.flags:
        doubtful = len({index for index, _ in translation.flags})
        say(
            f"{doubtful} of {len(translation.sentences)} sentences should be checked; --format html or json says why",
            quiet=options.quiet,
        )
    return translation


def _summary(options: Namespace, document: str | Translation) -> Summary:
    summarizer = make_summarizer(options)
    with progress("Summarising", quiet=options.quiet) as advance:
        advance(0, None)
        summary = summarizer(document, length=options.length)
    tell(options, summary.notices)
    return summary
