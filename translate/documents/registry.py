"""Which module reads which kind of file; none is imported before a file of its kind comes."""

from __future__ import annotations

from importlib import import_module
from pathlib import PurePath
from typing import Any, Protocol, cast

from passerelle.seq2seq.errors import InputError
from passerelle.translate.documents.document import Document, DocumentOptions

_MODULES = {
    ".txt": "text",
    ".md": "markdown.document",
    ".html": "html.document",
    ".htm": "html.document",
    ".docx": "docx",
    ".odt": "odt",
    ".fodt": "odt",
    ".pptx": "pptx",
    ".epub": "epub",
    ".srt": "subtitles",
    ".vtt": "subtitles",
    ".csv": "csv_file",
    ".po": "po",
    ".xliff": "xliff",
    ".xlf": "xliff",
    ".json": "json_file",
    ".pdf": "pdf",
    ".rtf": "rtf",
    ".eml": "eml",
    ".xlsx": "xlsx",
}
# What cannot be written as it was read.
_WRITTEN_AS = {".pdf": ".md", ".rtf": ".md"}

_DEFAULTS = DocumentOptions()

SUFFIXES: tuple[str, ...] = tuple(_MODULES)
"""The endings of what is read."""
FOREIGN = frozenset(
    """
    .doc .dot .xls .xlsm .xlsb .ods .ppt .odp .odg .fods .fodp .pages .numbers .key .wpd .wps .tex .bib
    .rst .adoc .xml .xhtml .svg .properties .yml .yaml .toml .ini .strings .resx .ts .arb .mo .pot .tmx .ipynb .msg
    .mbox .mobi .azw3 .djvu .ps .eps .png .jpg .jpeg .gif .webp .tif .tiff .bmp .heic .mp3 .mp4 .wav .mkv .avi .mov
    .ass .ssa .sub .sbv .ttml .dfxp .zip .gz .tar .7z .rar .py .js .css .php .java .c .h .cpp .rs .go .sh .exe .sqlite
    """.split()
)
"""Endings of well-known kinds that are not read: as plain text they would be spoiled."""


class Format(Protocol):
    """What each module offers; one whose files hold more than it translates also has ``values(content, name)``."""

    def parse(self, content: bytes, name: str, options: DocumentOptions) -> Document:
        """Read a file."""

    def outline(self, content: bytes, name: str) -> Any:
        """Return how a file is built."""


def read_document(content: bytes, name: str, options: DocumentOptions = _DEFAULTS) -> Document:
    """Read a file, ``content``, of the kind that ``name`` ends with.

    Raises InputError, one line that names the file and says what to do, where the kind is not known or the content
    is broken, too large or dangerous.
    """
    return format_of(name).parse(content, name, options)


def output_name(name: str) -> str:
    """Return the name under which the English is written: ``"a/b.pdf"`` gives ``"a/b.md"``, others stay."""
    suffix = PurePath(name).suffix
    written = _WRITTEN_AS.get(suffix.lower())
    return name if written is None else name[: len(name) - len(suffix)] + written


def format_of(name: str) -> Format:
    """Return the module for files named so.  Raises InputError where there is none."""
    suffix = PurePath(name).suffix.lower()
    if suffix not in _MODULES:
        raise InputError(f"{name}: files of this kind are not read; give one of {', '.join(SUFFIXES)}")
    return cast(Format, import_module(f"passerelle.translate.documents.formats.{_MODULES[suffix]}"))
