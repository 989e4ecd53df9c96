"""Rich text, read for its text: what is written is Markdown, a paragraph after the other, and the notice says so."""

from __future__ import annotations

from typing import Any

from passerelle.seq2seq.errors import InputError
from passerelle.translate.documents.core.text import decode
from passerelle.translate.documents.document import DocumentOptions, check_size, is_prose
from passerelle.translate.documents.formats.markdown import document as markdown
from passerelle.translate.documents.formats.pdf import PdfDocument

LARGEST = 32 * 2**20


def parse(content: bytes, name: str, options: DocumentOptions) -> PdfDocument:
    """Read an .rtf.  Raises InputError where it is damaged or holds no text."""
    from striprtf.striprtf import rtf_to_text

    check_size(len(content), LARGEST, name)
    if not content.lstrip().startswith(b"{\\rtf"):
        raise InputError(f"{name} is damaged or of another kind: it does not begin with {{\\rtf")
    try:
        text = rtf_to_text(content.decode("latin-1"), errors="replace")  # type: ignore[no-untyped-call]
    # A damaged file can make any part of the library fail, in any way.
    except (Exception, RecursionError) as error:
        reason = " ".join(str(error).split()) or type(error).__name__
        raise InputError(f"{name} is damaged: {reason}") from error
    paragraphs = tuple(" ".join(line.split()) for line in text.splitlines() if line.strip())
    if not any(map(is_prose, paragraphs)):
        raise InputError(f"{name} holds no text; there is nothing to translate")
    return PdfDocument(paragraphs, (f"{name}: only its text was read; it is written as Markdown",))


def outline(content: bytes, name: str) -> Any:
    """Return how many paragraphs the file, or the Markdown made of it, has."""
    if name.lower().endswith(".rtf"):
        return len(parse(content, name, DocumentOptions()).paragraphs)
    return len(list(markdown.prose(decode(content, name).text)))
