"""The translator as one visitor wants it: with their own terms, and with what is known from before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from passerelle.translate import Flag, Progressive, Translator
from passerelle.translate.progressive import Regions
from passerelle.translate.translation_memory import Corrections, MemoryChain, SuppliedCorrections, TranslationMemory
from passerelle.ui.server.work.glossary import glossary_of


@dataclass(frozen=True)
class RequestTranslator:
    """A translator, and the sentences that stand before it is asked."""

    translator: Translator
    recall: TranslationMemory | None = None

    def start(self, text: str, regions: Regions | None = None) -> Progressive:
        """Return the translation of ``text`` under way; ``regions`` are the spans of it that are prose."""
        return self.translator.start(text, regions, recall=self.recall)

    def missing(self, french: str, english: str) -> tuple[Flag, ...]:
        """Return a flag for each term of the sentence ``french`` that ``english`` does not have."""
        glossary = self.translator.glossary
        return glossary.check(french, english) if glossary else ()


def request_translator(
    translator: Translator,
    memory: TranslationMemory | None,
    glossary: str = "",
    corrections: Mapping[str, str] | None = None,
) -> RequestTranslator:
    """Return ``translator`` with what came with a request.

    ``glossary``: terms in CSV, as ``--glossary`` reads them.  ``corrections``: English sentences by their French ones,
    which win over ``memory``.  Raises InputError for a row that cannot be used.
    """
    recall = MemoryChain(SuppliedCorrections(corrections), memory) if corrections else memory
    found = glossary_of(glossary)
    if found is None:
        return RequestTranslator(translator, recall)
    with_terms = RequestTranslator(translator.with_glossary(found))
    # What the model made of a sentence without these terms is no answer now.
    return RequestTranslator(with_terms.translator, Corrections(recall, with_terms.missing) if recall else None)
