"""The pipeline: text -> segments -> what the model reads -> English -> checked and put together again."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterable, Iterator, Sized
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any, Protocol, overload

from passerelle.seq2seq.checkpoint import Checkpoint, find_checkpoint
from passerelle.seq2seq.engine import Decoding
from passerelle.seq2seq.model import Model
from passerelle.seq2seq.texts import check_text, check_texts
from passerelle.translate.attempt import Ask, Attempt, Steps, Value
from passerelle.translate.flags import Message, Reason
from passerelle.translate.glossary import Glossary
from passerelle.translate.language import language_of
from passerelle.translate.many import Many
from passerelle.translate.placeholders import without_placeholders
from passerelle.translate.preparation import copied
from passerelle.translate.progressive import Progressive, Regions
from passerelle.translate.reranker import Reranker
from passerelle.translate.scheduler import ask as ask_model
from passerelle.translate.scheduler import schedule
from passerelle.translate.segmenter import Segment
from passerelle.translate.sentence_pair import Sentence
from passerelle.translate.tabular import in_place
from passerelle.translate.translation import Translation
from passerelle.translate.translation_memory import Candidate, Corrections, MemoryChain, TranslationMemory

DEFAULT_CHECKPOINT = "Helsinki-NLP/opus-mt-fr-en"
BUNDLED_CHECKPOINT = Path(__file__).parent / "compact-fr-en"
# Marian models read 512 tokens but were trained on sentences; what is much longer than those comes back cut.
LONGEST_SOURCE = 128
# Sentences under way at a time: a reader sees them come and can stop; a job that nobody watches runs faster.
READING, WORKING = 64, 1024


class Progress(Protocol):
    """What follows a long job; ``tqdm.tqdm`` is one."""

    def __call__(self, iterable: Iterable[Translation], *, total: int | None) -> Iterable[Translation]:
        """Return what yields the same as ``iterable``."""


class Translator:
    """Translates French texts into English.

    ``checkpoint``: a folder, a hub name, or None for the best that is at hand (``Helsinki-NLP/opus-mt-fr-en`` from
    the cache or the hub, else the bundled one).  ``engine``: ``"auto"``, ``"pytorch"`` or ``"ctranslate2"``.
    ``device``: ``"auto"``, ``"cpu"`` or ``"cuda"``.  ``number_format``: ``"auto"`` or a name from
    ``passerelle.seq2seq.device``.  ``beam``: width of the search.  ``recall``: sentences known from before, asked ahead
    of the model.  ``glossary``: terms that the English must have, or their CSV file.  ``foreign``: what becomes of a
    sentence that is not French: ``"carry"`` leaves it as it is, with a flag, ``"translate"`` has the model try.
    Raises the errors of ``passerelle.seq2seq.errors``, and ValueError for another ``foreign``.
    """

    def __init__(
        self,
        checkpoint: str | Path | None = None,
        *,
        engine: str = "auto",
        device: str = "auto",
        number_format: str = "auto",
        beam: int = 4,
        recall: TranslationMemory | None = None,
        glossary: Glossary | str | Path | None = None,
        foreign: str = "carry",
    ) -> None:
        if foreign not in ("carry", "translate"):
            raise ValueError(f"foreign must be 'carry' or 'translate', not {foreign!r}")
        self._settings = {"engine": engine, "device": device, "number_format": number_format, "foreign": foreign}
        found = find_checkpoint(checkpoint, default=DEFAULT_CHECKPOINT, bundled=BUNDLED_CHECKPOINT)
        self.model = Model.load(found, engine=engine, device=device, number_format=number_format)
        self.decoding = Decoding(beam=beam, hypotheses=beam)
        self._recall = recall
        self._foreign = foreign
        self._glossary = Glossary.read(glossary) if isinstance(glossary, str | Path) else glossary
        self._reranker = self._reranker_with(self._glossary)

    @property
    def checkpoint(self) -> Checkpoint:
        """The checkpoint in use, and why it was chosen."""
        return self.model.checkpoint

    @property
    def glossary(self) -> Glossary | None:
        """The terms that the English must have."""
        return self._glossary

    @property
    def signature(self) -> str:
        """What makes a translation reproducible: checkpoint, engine, number format, beam, version, and the options."""
        parts = [self.model.signature(self.decoding)]
        if self._glossary:
            parts.append(f"glossary:{self._glossary.fingerprint}")
        if self._foreign != "carry":
            parts.append(f"foreign:{self._foreign}")
        return "|".join(parts)

    def with_glossary(self, glossary: Glossary) -> Translator:
        """Return a translator on the same model that insists on ``glossary`` too; its terms win over this one's.

        Of the sentences that this one recalls only those that a user wrote stand, for the others were made without
        the terms.
        """
        other = object.__new__(type(self))
        other.__dict__.update(self.__dict__)
        merged = Glossary([*glossary.entries, *(self._glossary.entries if self._glossary else ())])
        other._glossary = merged
        other._reranker = self._reranker_with(merged)
        other._recall = Corrections(self._recall, merged.check) if self._recall else None
        return other

    @overload
    def __call__(self, text: str) -> Translation: ...
    @overload
    def __call__(self, text: list[str] | tuple[str, ...]) -> list[Translation]: ...
    @overload
    def __call__(self, text: Iterator[str]) -> Iterator[Translation]: ...
    def __call__(self, text: str | Iterable[str]) -> Translation | list[Translation] | Iterator[Translation]:
        """Translate one text, a list of texts in shared batches, or lazily what a generator yields; in order.

        Raises NotTextError, which is a TypeError too, where something is no string; for a list before any work is done.
        """
        if isinstance(text, str):
            return next(self.translate_many([text]))
        if isinstance(text, Iterator):
            return self.translate_many(text)
        return list(self.translate_many(list(check_texts(text, "text"))))

    async def atranslate(self, text: str) -> Translation:
        """Translate one text while the event loop goes on; of a task that is cancelled no further sentence is begun.

        Raises NotTextError where ``text`` is no string.
        """
        stop = threading.Event()
        try:
            return await asyncio.to_thread(self._until, self.start(text, window=WORKING), stop)
        finally:
            stop.set()

    def series(self, values: Iterable[Any], *, progress: Progress | None = None) -> Any:
        """Return the English of a column of texts as plain strings, missing values as they are.

        A pandas Series comes back as a Series with the same index and name, as in ``frame["en"] =
        translator.series(frame.fr)``; anything else as a list.  ``progress``: as for ``translate_many``.  Raises
        NotTextError.
        """

        def translate(texts: list[str]) -> Iterator[str]:
            return (each.text for each in self.translate_many(texts, progress=progress))

        return in_place(values, translate)

    def stream(self, text: str) -> Iterator[Sentence]:
        """Yield the sentences of ``text`` in reading order, each as soon as it is finished."""
        return iter(self.start(text))

    def start(
        self,
        text: str,
        regions: Regions | None = None,
        *,
        window: int = READING,
        recall: TranslationMemory | None = None,
    ) -> Progressive:
        """Return a translation under way.

        ``regions``: the spans of ``text`` that are prose, None for all.  ``window``: how many sentences are under
        way at a time; ``READING`` for someone who waits, ``WORKING`` for throughput.  ``recall``: sentences known
        from before, beside the translator's own.
        """
        known = MemoryChain(self._recall, recall)
        run = partial(self.run, window=window)
        return Progressive(check_text(text), regions, known, attempt=self.attempt, run=run, signature=self.signature)

    def translate_many(
        self,
        texts: Iterable[str],
        *,
        recall: TranslationMemory | None = None,
        batch_size: int = WORKING,
        progress: Progress | None = None,
    ) -> Iterator[Translation]:
        """Yield a Translation for each of ``texts``, lazily and in order; sentences of several share batches.

        ``batch_size``: how many sentences are under way at a time.  ``progress``: wraps an iterator and counts what
        passes, with its ``total`` where that is known, as ``tqdm.tqdm`` does.  Raises ValueError for a ``batch_size``
        below 1.
        """
        if batch_size < 1:
            raise ValueError(f"batch_size must be 1 or more, not {batch_size}")
        found = self._many(texts, recall, batch_size)
        return (
            found if progress is None else iter(progress(found, total=len(texts) if isinstance(texts, Sized) else None))
        )

    def _many(self, texts: Iterable[str], recall: TranslationMemory | None, window: int) -> Iterator[Translation]:
        many = Many((None, [self.start(text, window=window, recall=recall)]) for text in check_texts(texts))
        for attempt in self.run(many.work(), window):
            many.take(attempt)
            yield from chain.from_iterable(translations for _, translations in many.whole())
        yield from chain.from_iterable(translations for _, translations in many.whole())

    def run(self, work: Iterable[Attempt], window: int) -> Iterator[Attempt]:
        """Search for every sentence of ``work`` until its English stands; they come back in order."""
        return schedule(self.model, work, window)

    def attempt(self, segment: Segment) -> Attempt:
        """Return one segment on its way to this translator's model."""
        french = segment.flat
        if self._foreign == "carry":
            language = language_of(without_placeholders(french))
            if language != "fr":
                notice = Message.of(Reason.OTHER_LANGUAGE, language)
                return Attempt.begin(self._reranker.steps(copied(french, notice)))
        return Attempt.begin(self._reranker.steps(self._reranker.prepare(french)))

    def alternatives(self, french: str, count: int = 4, *, ask: Ask | None = None) -> tuple[Candidate, ...]:
        """Return up to ``count`` different ways to put the sentence ``french``, best first, each with its doubts.

        ``ask``: who runs the searches, None for this translator's model.
        """
        prepared = self._reranker.prepare(Segment(0, len(french), french).flat)
        return (ask or self._ask)(self._reranker.alternatives(prepared, count))

    def another(self, french: str, english: str, *, ask: Ask | None = None) -> Candidate | None:
        """Return the least doubtful way to put the sentence ``french`` that is not ``english``; None where none is.

        ``ask``: who runs the searches, None for this translator's model.
        """
        prepared = self._reranker.prepare(Segment(0, len(french), french).flat)
        return (ask or self._ask)(self._reranker.another(prepared, english))

    def _ask(self, steps: Steps[Value]) -> Value:
        return ask_model(self.model, steps)

    @staticmethod
    def _until(going: Progressive, stop: threading.Event) -> Translation:
        for _ in going:
            if stop.is_set():
                break
        return going.translation

    def _reranker_with(self, glossary: Glossary | None) -> Reranker:
        return Reranker(self.model, self.decoding, min(LONGEST_SOURCE, self.model.limit), glossary)

    def __getstate__(self) -> dict[str, Any]:
        """Return what it was made with: the model itself stays here, and is loaded again at the other side."""
        found = self.checkpoint
        return {
            "checkpoint": found.path.resolve() if found.origin == "path" else found.name,
            "beam": self.decoding.beam,
            "recall": self._recall,
            "glossary": self._glossary,
            **self._settings,
        }

    def __setstate__(self, state: dict[str, Any]) -> None:
        """Load it."""
        self.__init__(**state)  # type: ignore[misc]

    def __repr__(self) -> str:
        return f"<Translator {self.model!r}>"
