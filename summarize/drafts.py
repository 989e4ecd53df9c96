"""Two ways to a draft of a summary: select and compress, or let a summarisation model write and check what it wrote."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from passerelle.seq2seq.engine import Decoding
from passerelle.summarize.evidence import trace
from passerelle.summarize.lengths import Room
from passerelle.summarize.selector import SECTION, Scored, Selector
from passerelle.summarize.sentences import Sentence, split
from passerelle.summarize.summary import SummaryFlag
from passerelle.summarize.trimming import trim
from passerelle.summarize.verification import Limits, verify
from passerelle.summarize.windows import windows
from passerelle.summarize.words import content

if TYPE_CHECKING:
    from passerelle.seq2seq.checkpoint import Checkpoint
    from passerelle.seq2seq.model import Model

END_TO_END = Decoding(beam=4, no_repeat_ngram=3, max_length_ratio=0.5)
FREE = Limits(trigrams=0.3, content=0.8, in_order=False, shortest=0.0)
_STRETCH = 1.5


def never() -> bool:
    """Say that nobody wants the work to stop."""
    return False


@dataclass(frozen=True)
class Draft:
    """A sentence of the summary and the sentences of the text that it rests on."""

    text: str
    evidence: tuple[Sentence, ...]
    score: float
    rewritten: bool = False
    flags: tuple[SummaryFlag, ...] = ()


Shortener = Callable[[Sequence[str], Iterable[Mapping[str, int]]], Iterator[str]]
"""Shortens sentences as ``Compressor`` does."""


class Writer(Protocol):
    """Drafts a summary of sentences."""

    def __call__(self, sentences: Sequence[Sentence], room: Room, stop: Callable[[], bool] = never) -> list[Draft]:
        """Return a draft that keeps to ``room``, in the order of the text; part of one as soon as ``stop()``."""


class SelectAndCompress:
    """Chooses sentences, half as many words again as are wanted, and has each shortened.

    ``compressor`` None: the sentences are only trimmed by rule; ``trims`` False: not even that.
    """

    def __init__(self, selector: Selector, compressor: Shortener | None, *, trims: bool = True) -> None:
        self.selector = selector
        self.compressor = compressor
        self.trims = trims

    def __call__(self, sentences: Sequence[Sentence], room: Room, stop: Callable[[], bool] = never) -> list[Draft]:
        """Return the draft."""
        chosen = self.selector.select(sentences, room.stretched(_STRETCH))
        trimmed = [trim(item.sentence.text) if self.trims else item.sentence.text for item in chosen]
        shortened: Iterable[str] = trimmed
        if self.compressor is not None:
            shortened = self.compressor(trimmed, _counts(sentences, [item.sentence for item in chosen]))
        drafts: list[Draft] = []
        for item, before, after in zip(chosen, trimmed, shortened, strict=False):
            drafts.append(Draft(after, (item.sentence,), item.score, rewritten=after != before))
            if stop():
                break
        return _fitting(self.selector, drafts, room)


class EndToEnd:
    """Has a summarisation model write a summary of each window of the text, and checks every sentence that it writes.

    A sentence that fails gives way to the sentence of the text that it is closest to.
    """

    def __init__(self, selector: Selector, model: Model, decoding: Decoding = END_TO_END) -> None:
        self.selector = selector
        self.model = model
        self.decoding = decoding
        self.prefix = task(model.checkpoint).get("prefix", "")

    def __call__(self, sentences: Sequence[Sentence], room: Room, stop: Callable[[], bool] = never) -> list[Draft]:
        """Return the draft."""
        longest = self.model.limit - self.model.count(self.prefix)
        known = [sentence for sentence in sentences if self.model.count(sentence.text) <= longest]
        scores = {item.sentence.index: item.score for item in self.selector.score(known)}
        sections = list(windows(known, longest, lambda sentence: self.model.count(sentence.text)))
        texts = (self.prefix + " ".join(sentence.text for sentence in section) for section in sections)
        drafts: dict[str, Draft] = {}
        for section, output in zip(sections, self.model.run(texts, self.decoding), strict=True):
            if stop():
                break
            for draft in self._checked(output.text, section, scores):
                drafts.setdefault(draft.text.lower(), draft)
        return _fitting(self.selector, list(drafts.values()), room)

    def _checked(self, output: str, section: Sequence[Sentence], scores: dict[int, float]) -> Iterator[Draft]:
        for written in split(output):
            evidence = trace(written.text, section)
            score = max(scores[sentence.index] for sentence in evidence)
            doubts = verify(written.text, " ".join(sentence.text for sentence in evidence), FREE)
            if doubts:
                closest = trace(written.text, section, most=1)
                yield Draft(trim(closest[0].text), closest, score)
            else:
                yield Draft(written.text, evidence, score, rewritten=True)


def task(checkpoint: Checkpoint) -> dict[str, str]:
    """Return what a checkpoint's config says of its task: ``kind`` (``"compression"`` for one that shortens single
    sentences, else ``"summarization"``) and the ``prefix`` that its inputs want.
    """
    config = json.loads((checkpoint.path / "config.json").read_text("utf-8"))
    tasks = config.get("task_specific_params") or {}
    if "sentence_compression" in tasks:
        return {"kind": "compression", "prefix": ""}
    prefix = (tasks.get("summarization") or {}).get("prefix")
    if prefix is None:
        prefix = "summarize: " if config.get("model_type") in ("t5", "mt5") else ""
    return {"kind": "summarization", "prefix": prefix}


def _counts(sentences: Sequence[Sentence], chosen: Sequence[Sentence]) -> Iterator[Counter[str]]:
    """Yield for each of ``chosen``, in order, how often every stem occurs in the section of the text around it."""
    wanted = iter(chosen)
    sought = next(wanted, None)
    for section in windows(sentences, SECTION):
        here = {sentence.index for sentence in section}
        counts: Counter[str] | None = None
        while sought is not None and sought.index in here:
            counts = counts or Counter(stem for sentence in section for stem in content(sentence.text))
            yield counts
            sought = next(wanted, None)


def _fitting(selector: Selector, drafts: Sequence[Draft], room: Room) -> list[Draft]:
    """Return the best drafts that fit, in order."""
    places = [
        Scored(
            Sentence(draft.evidence[0].index, draft.text, 0, 0, doubtful=any(each.doubtful for each in draft.evidence)),
            draft.score,
        )
        for draft in drafts
    ]
    kept = {id(item) for item in selector.choose(places, room)}
    return [draft for draft, place in zip(drafts, places, strict=True) if id(place) in kept]
