"""The text or document that a command works on: read from a file or standard input, translated, and written again."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from passerelle.seq2seq.errors import InputError
from passerelle.ui.streams import Stream, check_output, tell, title
from passerelle.ui.terminal import Advance, progress, say

if TYPE_CHECKING:
    from passerelle.translate import Sentence, Translation, Translator
    from passerelle.translate.documents import Document

_PLAIN = frozenset({"", ".txt", ".text"})
_PACKED = frozenset({".docx", ".odt", ".pptx", ".epub", ".xlsx"})


@dataclass(frozen=True)
class Source:
    """What was read: its bytes, its passages, and the ending of its name in small letters."""

    content: bytes
    document: Document
    suffix: str = ""

    @property
    def text(self) -> str:
        """All passages, a blank line between two."""
        return "\n\n".join(unit.text for unit in self.document.units)

    @property
    def is_plain(self) -> bool:
        """Whether the English is all there is to write: no tags, no cells."""
        from passerelle.translate.documents.formats.text import TextDocument

        return isinstance(self.document, TextDocument)

    def encode(self, text: str) -> bytes:
        """Return ``text`` as bytes, encoded as the file was where that was a text."""
        from passerelle.translate.documents.formats.text import TextDocument

        if isinstance(self.document, TextDocument):
            return self.document.decoded.encode(text)
        return text.encode("utf-8", "backslashreplace")


@dataclass(frozen=True)
class English:
    """``whole``: the translation as one text; ``parts``: one for each passage of the document."""

    whole: Translation
    parts: Sequence[Translation]


def read_source(options: Namespace) -> Source:
    """Return the input, once the output is known to be writable.  Raises InputError or OutputError."""
    from passerelle.translate.documents import FOREIGN, SUFFIXES, DocumentOptions, read_document
    from passerelle.translate.documents.core.files import read_bytes
    from passerelle.translate.documents.formats.text import parse

    check_output(options)
    chosen = DocumentOptions(getattr(options, "columns", ()), getattr(options, "keys", ()))
    if options.file == "-":
        if sys.stdin.isatty():
            say("reading from the keyboard; end with Ctrl-D on a line of its own", quiet=options.quiet)
        content = sys.stdin.buffer.read()
        source = Source(content, parse(content, "standard input", chosen))
    else:
        suffix = Path(options.file).suffix.lower()
        content = read_bytes(Path(options.file))
        if suffix in FOREIGN:
            raise InputError(f"{options.file}: {suffix} files are not read; save it as one of {', '.join(SUFFIXES)}")
        read = read_document if suffix in SUFFIXES else parse
        source = Source(content, read(content, options.file, chosen), suffix)
    tell(options, tuple(source.document.notices))
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


def file_of(options: Namespace, source: Source, english: English) -> bytes:
    """Return the English in the form of the original, read back and found whole; its text alone for a .txt."""
    from passerelle.translate.documents import SUFFIXES, output_name, verify

    name = "standard input.txt" if options.file == "-" else options.file
    written = Path(output_name(name)).suffix.lower()
    if options.output is not None and options.output.suffix.lower() in _PLAIN and written not in {*_PLAIN, ".md"}:
        return source.encode(f"{english.whole.text}\n")
    if source.is_plain and options.output is not None and options.output.suffix.lower() == ".docx":
        from passerelle.translate.documents.formats.word import docx

        return docx(english.whole.text)
    content = source.document.write(english.parts)
    if source.suffix in SUFFIXES:
        verify(source.content, content, name, english.parts)
    return content


def translate_source(options: Namespace, translator: Translator, source: Source, *, streams: bool = False) -> English:
    """Translate ``source`` under a bar; ``streams``: write the English to standard output as it comes."""
    units = source.document.units
    streams = streams and len(units) == 1
    # A bar and the text itself would overwrite each other on one terminal.
    quiet = options.quiet or (streams and sys.stdout.isatty())
    total = sum(len(unit.text) for unit in units)
    with progress("Translating", quiet=quiet) as advance:
        advance(0, total)
        if len(units) == 1:
            english = _alone(translator, source, advance, streams=streams)
        else:
            english = _together(translator, source, advance)
    whole = english.whole
    tell(options, whole.notices)
    if whole.doubts:
        doubtful = len({index for index, _ in whole.doubts})
        say(
            f"{doubtful} of {len(whole.sentences)} sentences should be checked; --format html or json says why",
            quiet=options.quiet,
        )
    return english


def _alone(translator: Translator, source: Source, advance: Advance, *, streams: bool) -> English:
    """A text in one piece: its sentences come one by one."""
    (unit,) = source.document.units
    running = translator.start(unit.text, unit.regions)
    stream = Stream(running) if streams else None
    for sentence in running:
        advance(sentence.end, len(unit.text))
        if stream:
            stream.advance(sentence.target_end)
    if stream:
        stream.finish(running.translation.text)
    return English(running.translation, [running.translation])


def _together(translator: Translator, source: Source, advance: Advance) -> English:
    """Many short passages: their sentences share batches."""
    from passerelle.translate.folder.joined import join
    from passerelle.translate.folder.stream import Piece, translated

    units = source.document.units
    total = sum(len(unit.text) for unit in units)
    done = 0

    def heard(sentence: Sentence, asked: bool) -> None:
        nonlocal done
        done += sentence.end - sentence.start
        advance(done, total)

    ((_, parts),) = translated(translator, iter([Piece(None, units)]), heard=heard)
    return English(join(parts, translator.signature), parts)
