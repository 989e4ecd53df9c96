"""French to English, and a summary, on your own machine, with the evidence shown.

from passerelle import Summarizer, Translator
page = Translator()("Bonjour à tous.")
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from passerelle.seq2seq.errors import InputError, OutputError, PasserelleError
    from passerelle.summarize import Summarizer, Summary
    from passerelle.translate import Flag, Sentence, TranslatedDocument, Translation, Translator, translate_document

__version__ = "0.1.0"
__all__ = [
    "Flag",
    "InputError",
    "OutputError",
    "PasserelleError",
    "Sentence",
    "Summarizer",
    "Summary",
    "TranslatedDocument",
    "Translation",
    "Translator",
    "__version__",
    "translate_document",
]

_PLACES = {
    "seq2seq.errors": ("InputError", "OutputError", "PasserelleError"),
    "summarize": ("Summarizer", "Summary"),
    "translate": ("Flag", "Sentence", "TranslatedDocument", "Translation", "Translator", "translate_document"),
}

if not Path(__file__).with_name("translate").is_dir():  # a checkout on a system without links: the folders lie beside
    __path__.append(str(Path(__file__).parents[1]))


def __getattr__(name: str) -> Any:
    """Import a public name when it is first asked for, so that ``passerelle --help`` answers at once."""
    for place, names in _PLACES.items():
        if name in names:
            return getattr(import_module(f"passerelle.{place}"), name)
    raise AttributeError(f"module 'passerelle' has no attribute {name!r}")
