"""A translation under way: sentences go out to the model, come back, and are put together in reading order."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from passerelle.translate.attempt import Accept, Attempt
from passerelle.translate.composer import Composer
from passerelle.translate.language import looks_french
from passerelle.translate.segmenter import Block, Segment, Wrap, segment
from passerelle.translate.sentence_pair import Sentence
from passerelle.translate.translation import Paragraph, Translation
from passerelle.translate.translation_memory import TranslationMemory
from passerelle.translate.word_alignment import project_alignment

Regions = Iterable[tuple[int, int]]


@dataclass(frozen=True)
class _Place:
    """Where the next English goes: its segment, and how the paragraph is wrapped."""

    segment: Segment
    wrap: Wrap | None
    block_start: int


class Progressive:
    """A translation under way: iterate for its sentences; ``translation`` is valid at any moment.

    ``regions``: the spans of ``text`` that are prose, None for all.  ``recall`` is asked ahead of ``attempt``, which
    starts on a sentence; ``run`` searches for many until their English stands.  ``signature``: what makes it.
    """

    def __init__(
        self,
        text: str,
        regions: Regions | None,
        recall: TranslationMemory,
        *,
        attempt: Callable[[Segment], Attempt],
        run: Callable[[Iterator[Attempt]], Iterator[Attempt]],
        signature: str,
    ) -> None:
        self._recall = recall
        self._attempt = attempt
        self._run = run
        self._signature = signature
        self._text = text
        self._regions = regions
        self._composer = Composer()
        self._places: deque[_Place] = deque()
        self._blocks: list[Block] = []
        self._sentences: list[Sentence] = []
        self._position = 0
        self._is_segmented = False

    def __iter__(self) -> Generator[Sentence, None, None]:
        for attempt in self._run(self.work()):
            yield self.take(attempt)

    @property
    def is_complete(self) -> bool:
        """Whether every sentence has been taken."""
        return self._is_segmented and not self._places

    def work(self) -> Iterator[Attempt]:
        """Yield each sentence on its way to the model; ``take`` expects them back in this order."""
        for block in segment(self._text, self._regions):
            self._blocks.append(block)
            for found in block.segments:
                known = self._recall.lookup(found.flat)
                self._places.append(_Place(found, block.wrap, block.start))
                yield Attempt(Accept(known)) if known else self._attempt(found)
        self._is_segmented = True

    def take(self, attempt: Attempt) -> Sentence:
        """Write the next sentence, of which ``attempt`` has the English, and return it."""
        place = self._places.popleft()
        found, wrap = place.segment, place.wrap
        known = attempt.candidate
        assert known is not None
        if attempt.was_asked:
            self._recall.store(found.flat, known)
        inside = max(self._position, place.block_start)
        self._composer.gap(self._text[self._position : inside])
        self._composer.gap(self._text[inside : found.start], wrap)
        start, end = self._composer.sentence(known.english, wrap)
        self._position = found.end
        sentence = Sentence(
            index=len(self._sentences),
            source=found.text,
            text=known.english,
            start=found.start,
            end=found.end,
            target_start=start,
            target_end=end,
            score=known.score,
            flags=known.flags,
            links=project_alignment(known.links, found.flat, found.text),
            origin=known.origin,
        )
        self._sentences.append(sentence)
        return sentence

    @property
    def translation(self) -> Translation:
        """What is done so far; once ``is_complete``, the whole with all that follows the last sentence."""
        return Translation(self._text, self.text, self._paragraphs(), self._signature, self._notices)

    @property
    def text(self) -> str:
        """The English of what is done so far, laid out as the source is; see ``translation``."""
        return self._composer.text + (self._text[self._position :] if self.is_complete else "")

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
