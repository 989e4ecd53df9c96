"""A whole document, translated: read, run through a translator in shared batches, written, and read back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from passerelle.translate.documents import DocumentOptions, OpenDocument
from passerelle.translate.documents.core.files import read_bytes, write_atomic
from passerelle.translate.joined import join
from passerelle.translate.many import Many
from passerelle.translate.progressive import Progressive
from passerelle.translate.sentence_pair import Sentence
from passerelle.translate.translation import Translation
from passerelle.translate.translator import READING, WORKING, Translator

_DEFAULTS = DocumentOptions()


@dataclass(frozen=True)
class TranslatedDocument:
    """A document and its English: ``parts``, a Translation for each of its units, made by what ``signature`` says."""

    source: OpenDocument
    parts: Sequence[Translation]
    signature: str

    @cached_property
    def whole(self) -> Translation:
        """The English as one text, a blank line between two units."""
        return join(self.parts, self.signature)

    @cached_property
    def content(self) -> bytes:
        """The file in English, in its own format, read back.  Raises OutputError where something of it is missing."""
        return self.source.finish(self.parts)

    @property
    def name(self) -> str:
        """The name of the file in English: that of the source, with another ending where its kind is not written."""
        return self.source.output_name

    @property
    def notices(self) -> tuple[str, ...]:
        """Remarks about the file and its text, one line each."""
        return tuple(dict.fromkeys([*self.source.notices, *self.whole.notices]))

    def save(self, path: str | Path) -> None:
        """Write the file in English to ``path``, at once.  Raises OutputError with nothing harmed."""
        write_atomic(Path(path), self.content)


def translate_document(
    path: str | Path, translator: Translator | None = None, options: DocumentOptions = _DEFAULTS
) -> TranslatedDocument:
    """Translate the document at ``path``, of any kind that is read.

    ``translator``: None for one on the best checkpoint at hand.  ``options``: which columns or keys are meant.
    The result was written and read back already; ``save`` puts it where it is wanted.  Raises InputError for a file
    that cannot be read, OutputError for one whose English does not come out whole.
    """
    document = OpenDocument(read_bytes(Path(path)), str(path), options)
    translated = translate_open(document, translator or Translator())
    _ = translated.content
    return translated


def translate_open(
    document: OpenDocument,
    translator: Translator,
    heard: Callable[[Sentence, Progressive], None] = lambda sentence, running: None,
) -> TranslatedDocument:
    """Translate ``document``.

    ``heard`` is called with each finished sentence and the translation under way of its unit.  A text in one piece
    comes sentence by sentence, many short ones run faster.
    """
    many = Many([(document, (translator.start(unit.text, unit.regions) for unit in document.units))])
    for attempt in translator.run(many.work(), READING if len(document.units) == 1 else WORKING):
        sentence = many.take(attempt)
        assert many.current is not None
        heard(sentence, many.current)
    ((_, parts),) = many.whole()
    return TranslatedDocument(document, parts, translator.signature)
