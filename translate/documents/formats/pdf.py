"""PDF, read for its text: what is written is Markdown, a paragraph after the other, and the notice says so."""

from __future__ import annotations

import io
import itertools
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from passerelle.seq2seq.errors import InputError
from passerelle.translate.documents.core.text import decode
from passerelle.translate.documents.document import DocumentOptions, Unit, check_size, is_prose
from passerelle.translate.documents.formats.markdown import document as markdown
from passerelle.translate.documents.formats.markdown.parser import parser
from passerelle.translate.documents.formats.markdown.writing import as_paragraph
from passerelle.translate.translation import Translation

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

LARGEST = 256 * 2**20
MOST_PAGES = 5_000
_BULLETS = frozenset("•‣▪●○■□–")
_ENDS = (".", "!", "?", "…", ":", ";", "»", "”")


@dataclass(frozen=True)
class PdfDocument:
    """The paragraphs of a PDF."""

    paragraphs: tuple[str, ...]
    notices: tuple[str, ...]

    @property
    def units(self) -> tuple[Unit, ...]:
        """One for each paragraph."""
        return tuple(Unit(paragraph) for paragraph in self.paragraphs)

    def write(self, english: Sequence[Translation]) -> bytes:
        """Return the text as Markdown."""
        md = parser()
        written = (_written(translation.text, md) for translation in english)
        return "".join(f"{paragraph}\n\n" for paragraph in written).rstrip("\n").encode() + b"\n"


def parse(content: bytes, name: str, options: DocumentOptions) -> PdfDocument:
    """Read a PDF.  Raises InputError where it is damaged, encrypted, or holds pictures of text only."""
    check_size(len(content), LARGEST, name)
    pages = _pages(content, name)
    paragraphs = tuple(paragraph for page in _without_running_heads(pages) for paragraph in _paragraphs(page))
    if not any(is_prose(paragraph) for paragraph in paragraphs):
        raise InputError(f"{name} holds no text, only pictures of it; run a text recognition such as ocrmypdf first")
    return PdfDocument(paragraphs, (f"{name}: only its text was read; it is written as Markdown",))


def outline(content: bytes, name: str) -> Any:
    """Return how many paragraphs the PDF, or the Markdown made of it, has."""
    if name.lower().endswith(".pdf"):
        return len(parse(content, name, DocumentOptions()).paragraphs)
    return len(list(markdown.prose(decode(content, name).text)))


def _pages(content: bytes, name: str) -> list[list[str]]:
    import logging

    from pypdf import PdfReader

    # pypdf reports every oddity of a file in the log; what matters to the user is an error.
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = PdfReader(io.BytesIO(content))
        if reader.is_encrypted and not reader.decrypt(""):
            raise InputError(f"{name} is encrypted; save it without a password first")
        if len(reader.pages) > MOST_PAGES:
            raise InputError(f"{name} has more than {MOST_PAGES:,} pages; split it")
        return [page.extract_text().splitlines() for page in reader.pages]
    except InputError:
        raise
    # A damaged file can make any part of the library fail, in any way.
    except (Exception, RecursionError) as error:
        reason = " ".join(str(error).split()) or type(error).__name__
        raise InputError(f"{name} is damaged: {reason}") from error


def _without_running_heads(pages: Sequence[list[str]]) -> Iterator[list[str]]:
    """The lines of each page without page numbers and without what begins or ends most pages."""
    edges = [{_key(line) for line in (*page[:1], *page[-1:])} for page in pages]
    repeated = {
        line
        for edge in edges
        for line in edge
        if len(pages) > 2 and sum(line in each for each in edges) * 2 > len(pages)
    }
    for page in pages:
        last = len(page) - 1
        yield [
            line
            for index, line in enumerate(page)
            if index not in (0, last) or not (_key(line) in repeated or line.strip().isdigit())
        ]


def _key(line: str) -> str:
    return "".join(character for character in line if not character.isdigit()).strip()


def _paragraphs(lines: Sequence[str]) -> Iterator[str]:
    """Join the lines that were broken at the margin; a short line, or a blank one, ends a paragraph."""
    width = max((len(line) for line in lines), default=0)
    paragraph = ""
    for line, following in itertools.pairwise([*(_with_bullet(" ".join(line.split())) for line in lines), ""]):
        if paragraph.endswith("-") and paragraph[-2:-1].islower() and line[:1].islower():
            paragraph = paragraph[:-1] + line
        else:
            paragraph = f"{paragraph} {line}".strip()
        is_short = len(line) < 0.75 * width
        goes_on = following[:1].islower()
        begins_item = following.startswith("- ")
        if not following or begins_item or (is_short and not goes_on) or (paragraph.endswith(_ENDS) and is_short):
            if paragraph:
                yield paragraph
            paragraph = ""


def _with_bullet(line: str) -> str:
    """A line of a list, with the bullet that Markdown has."""
    # Fonts of symbols, in which bullets are set, come out as characters for private use.
    is_item = bool(line) and (line[0] in _BULLETS or unicodedata.category(line[0]) == "Co")
    return f"- {line[1:].strip()}" if is_item else line


def _written(text: str, md: MarkdownIt) -> str:
    bullet = "- " if text.startswith("- ") else ""
    return bullet + as_paragraph(text.removeprefix(bullet), md)
