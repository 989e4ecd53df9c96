"""The pipeline: text -> segments -> what the model reads -> English -> checked and put together again."""

from __future__ import annotations

from collections import deque
from collections.abc import Generator, Iterable, Iterator
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import overload

from seq2seq.checkpoint import Checkpoint, find_checkpoint
from seq2seq.engine import Decoding
from seq2seq.model import Model, Output
from translate.composer import Composer
from translate.fidelity import check
from translate.language import looks_french
from translate.preparation import Prepared, prepare, without_placeholders
from translate.segmenter import Block, Segment, Wrap, segment
from translate.translation import Flag, Paragraph, Sentence, Translation

DEFAULT_CHECKPOINT = "Helsinki-NLP/opus-mt-fr-en"
BUNDLED_CHECKPOINT = Path(__file__).parent / "compact-fr-en"
# Marian models read 512 tokens but were trained on sentences; what is much longer than those comes back cut.
LONGEST_SOURCE = 128
# Sentences under way at a time: a reader sees them come and can stop; a job that nobody watches runs faster.
READING, WORKING = 64, 1024
# Doubts that another way of searching may remove.
FAILURES = frozenset({"truncated", "repetition", "empty"})

Regions = Iterable[tuple[int, int]]


class Translator:
    """Translates French texts into English.

    ``checkpoint``: a folder, a hub name, or None for the best that is at hand (``Helsinki-NLP/opus-mt-fr-en`` from
    the cache or the hub, else the bundled one).  ``engine``: ``"auto"``, ``"pytorch"`` or ``"ctranslate2"``.
    ``device``: ``"auto"``, ``"cpu"`` or ``"cuda"``.  ``number_format``: ``"auto"`` or a name from
    ``seq2seq.device``.  ``beam``: width of the search.  Raises the errors of ``seq2seq.errors``.
    """

    def __init__(
        self,
        checkpoint: str | Path | None = None,
        *,
        engine: str = "auto",
        device: str = "auto",
        number_format: str = "auto",
        beam: int = 4,
    ) -> None:
        found = find_checkpoint(checkpoint, default=DEFAULT_CHECKPOINT, bundled=BUNDLED_CHECKPOINT)
        self.model = Model.load(found, engine=engine, device=device, number_format=number_format)
        self.decoding = Decoding(beam=beam)
        self._longest = min(LONGEST_SOURCE, self.model.limit)

    @property
    def checkpoint(self) -> Checkpoint:
        """The checkpoint in use, and why it was chosen."""
        return self.model.checkpoint

    @property
    def signature(self) -> str:
        """What makes a translation reproducible: checkpoint, engine, number format, beam, version."""
        return self.model.signature(self.decoding)

    @overload
    def __call__(self, text: str) -> Translation: ...
    @overload
    def __call__(self, text: list[str] | tuple[str, ...]) -> list[Translation]: ...
    def __call__(self, text: str | list[str] | tuple[str, ...]) -> Translation | list[Translation]:
        """Translate one text, or a list of texts in shared batches; the results are in the same order."""
        if isinstance(text, str):
            return next(self.translate_many([text]))
        return list(self.translate_many(text))

    def stream(self, text: str) -> Iterator[Sentence]:
        """Yield the sentences of ``text`` in reading order, each as soon as it is finished."""
        return iter(self.start(text))

    def start(self, text: str, regions: Regions | None = None, *, window: int = READING) -> Progressive:
        """Return a translation under way.

        ``regions``: the spans of ``text`` that are prose, None for all.  ``window``: how many sentences are under
        way at a time; ``READING`` for someone who waits, ``WORKING`` for throughput.
        """
        return Progressive(self, text, regions, window)

    def translate_many(self, texts: Iterable[str]) -> Iterator[Translation]:
        """Yield a Translation for each of ``texts``, lazily and in order; sentences of several share batches."""
        waiting: deque[Progressive] = deque()

        def work() -> Iterator[Prepared]:
            for text in texts:
                waiting.append(Progressive(self, text, None, WORKING))
                yield from waiting[-1].work()

        for prepared, outputs in self.run(work(), WORKING):
            while waiting[0].is_complete:
                yield waiting.popleft().translation
            waiting[0].take(prepared, outputs)
        while waiting:
            yield waiting.popleft().translation

    def run(self, work: Iterable[Prepared], window: int) -> Iterator[tuple[Prepared, list[Output]]]:
        """Run the parts of every sentence of ``work`` through the model; sentences come back whole and in order."""
        pending: deque[Prepared] = deque()

        def texts() -> Iterator[str]:
            for prepared in work:
                pending.append(prepared)
                yield from (part.text for part in prepared.parts)

        outputs: list[Output] = []
        for output in self.model.run(texts(), self.decoding, window=window):
            while not pending[0].parts:
                yield pending.popleft(), []
            outputs.append(output)
            if len(outputs) == len(pending[0].parts):
                yield pending.popleft(), outputs
                outputs = []
        while pending:
            yield pending.popleft(), []

    def prepare(self, segment: Segment) -> Prepared:
        """Make one segment ready for this translator's model."""
        return prepare(segment.flat, self.model.count, self._longest)

    def judge(self, prepared: Prepared, outputs: list[Output]) -> tuple[str, float | None, tuple[Flag, ...]]:
        """Return the English of a sentence, its score and the doubts about it, after other tries where it fails."""
        if not prepared.parts:
            carried = Flag("carried over", prepared.notice)
            return prepared.french, None, (carried,) if prepared.notice else ()
        tries: list[tuple[str, float, tuple[Flag, ...]]] = []
        for attempt, found in self._attempts(prepared, outputs):
            english = attempt.finish([output.text for output in found])
            if english is None:
                continue
            flags = check(prepared.french, english, finished=all(output.finished for output in found))
            score = sum(output.score for output in found) / max(len(found), 1)
            tries.append((english, score, flags))
            if not _failures(flags):
                break
        best = min(tries, key=lambda each: (_failures(each[2]), len(each[2])), default=None)
        if best is None or any(flag.kind == "empty" for flag in best[2]):
            return prepared.french, None, (Flag("carried over", "the model gave nothing usable; the French stands"),)
        return best

    def _attempts(self, prepared: Prepared, outputs: list[Output]) -> Iterator[tuple[Prepared, list[Output]]]:
        """Yield ways to translate a sentence, from the usual one to the most cautious, each run when asked for."""
        yield prepared, outputs
        if any(part.spans for part in prepared.parts):
            prepared = without_placeholders(prepared, self.model.count, self._longest)
            yield prepared, self._again(prepared, self.decoding)
        yield prepared, self._again(prepared, replace(self.decoding, no_repeat_ngram=3))
        clauses = without_placeholders(prepared, self.model.count, self._longest // 4)
        if len(clauses.parts) > len(prepared.parts):
            yield clauses, self._again(clauses, self.decoding)

    def _again(self, prepared: Prepared, decoding: Decoding) -> list[Output]:
        return list(self.model.run([part.text for part in prepared.parts], decoding))

    def __repr__(self) -> str:
        return f"<Translator {self.model!r}>"


def _failures(flags: tuple[Flag, ...]) -> int:
    return sum(flag.kind in FAILURES for flag in flags)


class Progressive:
    """A translation under way: iterate for its sentences; ``translation`` is valid at any moment."""

    def __init__(self, translator: Translator, text: str, regions: Regions | None, window: int) -> None:
        self._translator = translator
        self._window = window
        self._text = text
        self._regions = regions
        self._composer = Composer()
        self._places: deque[tuple[Segment, Wrap | None, int]] = deque()
        self._blocks: list[Block] = []
        self._sentences: list[Sentence] = []
        self._position = 0
        self._is_segmented = False

    def __iter__(self) -> Generator[Sentence, None, None]:
        for prepared, outputs in self._translator.run(self.work(), self._window):
            yield self.take(prepared, outputs)

    @property
    def is_complete(self) -> bool:
        """Whether every sentence has been taken."""
        return self._is_segmented and not self._places

    def work(self) -> Iterator[Prepared]:
        """Yield each sentence made ready for the model; ``take`` expects them back in this order."""
        for block in segment(self._text, self._regions):
            self._blocks.append(block)
            for found in block.segments:
                self._places.append((found, block.wrap, block.start))
                yield self._translator.prepare(found)
        self._is_segmented = True

    def take(self, prepared: Prepared, outputs: list[Output]) -> Sentence:
        """Write the next sentence from the model's ``outputs`` and return it."""
        found, wrap, block_start = self._places.popleft()
        english, score, flags = self._translator.judge(prepared, outputs)
        inside = max(self._position, block_start)
        self._composer.gap(self._text[self._position : inside])
        self._composer.gap(self._text[inside : found.start], wrap)
        start, end = self._composer.sentence(english, wrap)
        self._position = found.end
        index = len(self._sentences)
        sentence = Sentence(index, found.text, english, found.start, found.end, start, end, score, flags)
        self._sentences.append(sentence)
        return sentence

    @property
    def translation(self) -> Translation:
        """What is done so far; once ``is_complete``, the whole with all that follows the last sentence."""
        text = self._composer.text
        if self.is_complete:
            text += self._text[self._position :]
        return Translation(self._text, text, self._paragraphs(), self._translator.signature, self._notices)

    def _paragraphs(self) -> tuple[Paragraph, ...]:
        done = iter(self._sentences)
        paragraphs = []
        for block in self._blocks:
            sentences = tuple(sentence for _, sentence in zip(block.segments, done, strict=False))
            if not sentences:
                break
            paragraphs.append(Paragraph(block.start, block.end, sentences))
        return tuple(paragraphs)

    @cached_property
    def _notices(self) -> tuple[str, ...]:
        if looks_french(self._text):
            return ()
        return ("this does not look like French; it was translated all the same",)
