"""What each command does: ``name(options) -> exit code``, with the options of ``passerelle.ui.cli``."""

from __future__ import annotations

import json
import socket
import time
from argparse import Namespace
from typing import TYPE_CHECKING

from passerelle.seq2seq.errors import InputError, OutputError, PasserelleError
from passerelle.seq2seq.extras import require
from passerelle.ui.models import hub_names, make_summarizer, make_translator
from passerelle.ui.sources import check_form, file_of, read_source, translate_source
from passerelle.ui.streams import check_output, form_of, tell, write
from passerelle.ui.terminal import emit, progress, say, show, version

if TYPE_CHECKING:
    from passerelle.summarize import Summary
    from passerelle.translate import Translation


def translate(options: Namespace) -> int:
    """Translate one text or document."""
    form = form_of(options)
    check_form(options, form)
    source = read_source(options)
    streams = form == "text" and options.output is None and source.is_plain
    english = translate_source(options, make_translator(options), source, streams=streams)
    if not streams:
        write(options, form, english.whole, file_of(options, english) if form == "text" else b"")
    return 0


def summarize(options: Namespace) -> int:
    """Summarise one text or document, French or English."""
    form = form_of(options)
    source = read_source(options)
    if options.english:
        summary = _summary(options, source.text, style=options.style, headline=options.headline)
    else:
        english = translate_source(options, make_translator(options), source).whole
        summary = _summary(options, english, style=options.style, headline=options.headline)
    above = f"{summary.headline}\n\n" if summary.headline else ""
    write(options, form, summary, source.encode(f"{above}{summary}\n"))
    return 0


def folder(options: Namespace) -> int:
    """Translate a folder; 1 where some file failed, 130 where it was interrupted."""
    from passerelle.ui.folder import folder as run

    return run(options)


def web(options: Namespace) -> int:
    """Serve the page until it is interrupted, or add one of its users."""
    require("web", "passerelle web")
    from passerelle.ui import team

    if options.add_user is not None:
        return team.add_user(options)
    if options.action:
        return team.token(options)
    if options.mcp:
        from passerelle.ui.web import check_mcp

        check_mcp()
    address = team.address(options)
    passwords, memory, limits = team.passwords(options, address), team.memory(options), team.limits(options)
    try:
        if options.port is not None:  # loading everything takes seconds; a port that is taken shows at once
            socket.create_server((options.host, options.port)).close()
        from passerelle.ui.web import launch

        launch(
            options.host,
            options.port,
            translator=make_translator(options),
            summarizer=make_summarizer(options),
            memory=memory,
            shared_memory=options.shared_memory,
            limits=limits,
            passwords=passwords,
            speaks_mcp=options.mcp,
            address=address,
        )
    except OSError as error:
        where = f"{options.host}:{options.port or 'any port'}"
        raise OutputError(f"the page cannot be served on {where} ({error}); choose another --host or --port") from error
    return 130


def demo(options: Namespace) -> int:
    """Show a text, its translation and its summary in the terminal, and write them as a page."""
    from rich.console import Console

    check_output(options)
    began = time.monotonic()
    source = read_source(options)
    translation = translate_source(options, make_translator(options), source).whole
    summary = _summary(options, translation)
    console = Console()
    with console.capture() as captured:
        show(translation, summary, console)
    emit(captured.get())
    words = len(source.text.split())
    say(f"{words} words in {time.monotonic() - began:.1f} s, start included", quiet=options.quiet)
    if options.output is not None:
        write(options, "html", summary, b"")
        say(f"the same three panes: {options.output}", quiet=options.quiet)
    return 0


def define(options: Namespace) -> int:
    """Show what the dictionary has on a word or expression."""
    from dataclasses import asdict

    from passerelle.translate.lexicon import dictionary

    asked = " ".join(options.words)
    entries = dictionary.look_up(asked)
    if not entries:
        raise InputError(f"the dictionary has no “{asked}”; try its base form, or fewer words")
    if options.format == "json":
        emit(json.dumps([asdict(entry) for entry in entries], indent=2, ensure_ascii=False) + "\n")
        return 0
    emit("".join(f"{entry}\n" for entry in entries))
    say(f"Sources: {dictionary.SOURCES}", quiet=options.quiet)
    return 0


def doctor(options: Namespace) -> int:
    """Say what runs here and how well; 1 where something does not."""
    from passerelle.ui.doctor import examine

    with progress("Examining", quiet=options.quiet) as advance:
        report = examine(options, advance)
    emit(json.dumps(report.to_dict(), indent=2, ensure_ascii=False) + "\n" if options.format == "json" else str(report))
    return 1 if report.problems else 0


def config(options: Namespace) -> int:
    """Show every option as it stands, in the form of passerelle.toml, and where it was set."""
    from passerelle.ui.configuration import listing

    emit(listing(options.settings))
    return 0


def completion(options: Namespace) -> int:
    """Write the completion script of a shell."""
    from passerelle.ui.shell import completion as script

    emit(script(options.parser, options.shell))
    return 0


def man(options: Namespace) -> int:
    """Write the manual page."""
    from passerelle.ui.shell import manual

    emit(manual(options.parser, version("passerelle")))
    return 0


def download(options: Namespace) -> int:
    """Get the named checkpoints, or the preferred one; 1 where one could not be had."""
    from passerelle.seq2seq.checkpoint import download as fetch

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


def _summary(
    options: Namespace, document: str | Translation, *, style: str = "prose", headline: bool = False
) -> Summary:
    summarizer = make_summarizer(options)
    with progress("Summarising", quiet=options.quiet) as advance:
        advance(0, None)
        summary = summarizer(document, length=options.length, style=style, headline=headline)
    tell(options, summary.notices)
    return summary
