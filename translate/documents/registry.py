"""Which module reads which kind of file; none is imported before a file of its kind comes."""

from __future__ import annotations

from importlib import import_module
from pathlib import PurePath
from typing import Any, Protocol, cast

from seq2seq.errors import InputError, OutputError
from translate.documents.document import Document, DocumentOptions

_MODULES = {
    ".txt": "text",
    ".md": "markdown",
    ".html": "html",
    ".htm": "html",
    ".docx": "docx",
    ".odt": "odt",
    ".pptx": "pptx",
    ".epub": "epub",
    ".srt": "subtitles",
    ".vtt": "subtitles",
    ".csv": "csv",
    ".po": "po",
    ".xliff": "xliff",
    ".xlf": "xliff",
    ".json": "json",
    ".pdf": "pdf",
}
# What cannot be written as it was read.
_WRITTEN_AS = {".pdf": ".md"}

_DEFAULTS = DocumentOptions()

SUFFIXES: tuple[str, ...] = tuple(_MODULES)


class _Format(Protocol):
    def parse(self, content: bytes, name: str, options: DocumentOptions) -> Document: ...

    def outline(self, content: bytes, name: str) -> Any: ...


def read_document(content: bytes, name: str, options: DocumentOptions = _DEFAULTS) -> Document:
    """Read a file, ``content``, of the kind that ``name`` ends with.

    Raises InputError, one line that names the file and says what to do, where the kind is not known or the content
    is broken, too large or dangerous.
    """
    return _format(name).parse(content, name, options)


def output_name(name: str) -> str:
    """Return the name under which the English is written: ``"a/b.pdf"`` gives ``"a/b.md"``, others stay."""
    suffix = PurePath(name).suffix
    written = _WRITTEN_AS.get(suffix.lower())
    return name if written is None else name[: len(name) - len(suffix)] + written


def verify(before: bytes, after: bytes, name: str) -> None:
    """Read the written file back.  ``before``, ``after``: the file ``name`` in French and in English.

    Raises OutputError where ``after`` cannot be read or is not built as ``before`` was (tags, cells, times, keys).
    """
    form = _format(name)
    try:
        same = form.outline(before, name) == form.outline(after, output_name(name))
    except InputError as error:
        raise OutputError(f"{name}: what was written cannot be read back ({error}); please report it") from error
    if not same:
        raise OutputError(f"{name}: what was written is not built like the original; please report it")


def _format(name: str) -> _Format:
    suffix = PurePath(name).suffix.lower()
    if suffix not in _MODULES:
        raise InputError(f"{name}: files of this kind are not read; give one of {', '.join(SUFFIXES)}")
    return cast(_Format, import_module(f"translate.documents.{_MODULES[suffix]}"))
