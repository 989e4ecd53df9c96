"""The text or document that a command works on: read from a file or standard input, translated, and written again."""

from __future__ import annotations

import sys
from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from passerelle.seq2seq.errors import InputError
from passerelle.ui.streams import Stream, check_output, tell, title
from passerelle.ui.terminal import progress, say

if TYPE_CHECKING:
    from passerelle.translate import Progressive, Sentence, Translator
    from passerelle.translate.documents import OpenDocument
    from passerelle.translate.translated_document import TranslatedDocument

_PLAIN = frozenset({"", ".txt", ".text"})
_PACKED = frozenset({".docx", ".odt", ".pptx", ".epub", ".xlsx"})


def read_source(options: Namespace) -> OpenDocument:
    """Return the input, once the output is known to be writable.  Raises InputError or OutputError."""
    from passerelle.translate.documents import FOREIGN, SUFFIXES, DocumentOptions, OpenDocument
    from passerelle.translate.documents.core.files import read_bytes

    check_output(options)
    chosen = DocumentOptions(getattr(options, "columns", ()), getattr(options, "keys", ()))
    if options.file == "-":
        if sys.stdin.isatty():
            say("reading from the keyboard; end with Ctrl-D on a line of its own", quiet=options.quiet)
        source = OpenDocument(sys.stdin.buffer.read(), "standard input", chosen, as_text=True)
    else:
        suffix = Path(options.file).suffix.lower()
        content = read_bytes(Path(options.file))
        if suffix in FOREIGN:
            raise InputError(f"{options.file}: {suffix} files are not read; save it as one of {', '.join(SUFFIXES)}")
        source = OpenDocument(content, options.file, chosen, as_text=suffix not in SUFFIXES)
    tell(options, source.notices)
    if not source.text.strip():
        say(f"{title(options)} holds no text; there is nothing to do", quiet=options.quiet)
    return source


def check_form(options: Namespace, form: str) -> None:
    """Raise InputError now where the English could not be written in the form of the original."""
    suffix = "" if options.file == "-" else Path(options.file).suffix.lower()
    if form != "text":
        return
    if options.output is None:
        if suffix in _PACKED:
            raise InputError(f"{options.file} cannot be shown as text; give a name with -o, or --format html")
        return
    from passerelle.translate.documents import FOREIGN, SUFFIXES, output_name

    written = Path(output_name(options.file)).suffix.lower()
    wanted = options.output.suffix.lower()
    plain = suffix not in SUFFIXES or suffix in {".txt", ".md"}
    # A new .docx is made of a plain text; Markdown in it would show its signs.
    free = {".md", *([".docx"] if suffix != ".md" else [])}
    fits = wanted not in {*SUFFIXES, *FOREIGN} - free if plain else wanted == written
    if not fits and wanted not in {written, *_PLAIN}:
        kind = written or ".txt"
        raise InputError(
            f"{options.file} is written as {kind}, or as .txt for its text alone, not as {wanted}; "
            "change the name after -o"
        )


def file_of(options: Namespace, english: TranslatedDocument) -> bytes:
    """Return the English in the form of the original, read back and found whole; its text alone for a .txt."""
    from passerelle.translate.documents import output_name

    name = "standard input.txt" if options.file == "-" else options.file
    written = Path(output_name(name)).suffix.lower()
    wanted = None if options.output is None else options.output.suffix.lower()
    if wanted in _PLAIN and written not in {*_PLAIN, ".md"}:
        return english.source.encode(f"{english.whole.text}\n")
    if wanted == ".docx" and english.source.is_plain:
        from passerelle.translate.documents.formats.word import docx

        return docx(english.whole.text)
    return english.content


def translate_source(
    options: Namespace, translator: Translator, source: OpenDocument, *, streams: bool = False
) -> TranslatedDocument:
    """Translate ``source`` under a bar; ``streams``: write the English to standard output as it comes."""
    from passerelle.translate.translated_document import translate_open

    stream = Stream() if streams and len(source.units) == 1 else None
    # A bar and the text itself would overwrite each other on one terminal.
    quiet = options.quiet or (stream is not None and sys.stdout.isatty())
    total = sum(len(unit.text) for unit in source.units)
    done = 0
    with progress("Translating", quiet=quiet) as advance:
        advance(0, total)

        def heard(sentence: Sentence, running: Progressive) -> None:
            nonlocal done
            done += sentence.end - sentence.start
            advance(done, total)
            if stream is not None:
                stream.advance(running, sentence.target_end)

        english = translate_open(source, translator, heard)
        advance(total, total)
        if stream is not None:
            stream.finish(english.whole.text)
    whole = english.whole
    tell(options, whole.notices)
    if whole.doubts:
        doubtful = len({index for index, _ in whole.doubts})
        say(
            f"{doubtful} of {len(whole.sentences)} sentences should be checked; --format html or json says why",
            quiet=options.quiet,
        )
    return english
