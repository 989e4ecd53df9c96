"""Files that can be translated: what comes in goes out, in English, with its form intact.

One module a format.  Each has ``parse(content, name, options)``, which gives a Document, and ``outline(content,
name)``, which says how a file is built, text aside; ``verification`` reads back what was written, as ``OpenDocument``
has it done for every document.
"""

from passerelle.translate.documents.document import Document, DocumentOptions, Unit
from passerelle.translate.documents.opened import OpenDocument
from passerelle.translate.documents.registry import FOREIGN, SUFFIXES, output_name, read_document
from passerelle.translate.documents.verification import verify

__all__ = [
    "FOREIGN",
    "SUFFIXES",
    "Document",
    "DocumentOptions",
    "OpenDocument",
    "Unit",
    "output_name",
    "read_document",
    "verify",
]
