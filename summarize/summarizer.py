"""From a text to its summary: select, compress, verify, show the evidence.

The default is the bundled ``compact-en``, a sequence-to-sequence model that shortens single sentences.  What it writes
competes with cuts made by rule, and the most worthwhile of those that pass verification stands.  A checkpoint from the
hub is never the default, even where one is in the cache: what an end-to-end summariser writes may join a right
name to a wrong deed, which no check of words can see, and the same text must give the same summary on every machine,
whatever another program has left in a cache.  End-to-end summarisers write more freely, and are there on request, by
a name of ``PRESETS``, any other name on the hub, or a path; what they write is verified and traced to its evidence in
the same way.  ``t5-small`` is the smallest of them, ``distilbart-cnn-6-6`` the best small one on CNN/DailyMail.
``NO_MODEL`` leaves it to the cuts alone, which are as good and three times as fast (``benchmarks/SUMMARY.md``).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, cast, overload

from passerelle.panes import Column, Piece
from passerelle.seq2seq.model import version
from passerelle.seq2seq.texts import check_text
from passerelle.summarize.compressor import DECODING, Compressor
from passerelle.summarize.cuts import within
from passerelle.summarize.drafts import END_TO_END, Draft, EndToEnd, SelectAndCompress, Writer, never, task
from passerelle.summarize.evidence import evidence_of
from passerelle.summarize.lengths import Length, room
from passerelle.summarize.selector import Selector
from passerelle.summarize.sentences import Sentence, is_full, of, split
from passerelle.summarize.summary import Readable, Summary, SummaryFlag, SummarySentence
from passerelle.summarize.words import FUNCTION_WORDS, leans, words
from passerelle.summarize.worth import Worth

if TYPE_CHECKING:
    from passerelle.seq2seq.model import Model

BUNDLED = Path(__file__).parent / "compact-en"
PRESETS = {
    "t5-small": "google-t5/t5-small",
    "flan-t5-small": "google/flan-t5-small",
    "distilbart-cnn-6-6": "sshleifer/distilbart-cnn-6-6",
    "distilbart-cnn-12-6": "sshleifer/distilbart-cnn-12-6",
    "bart-large-cnn": "facebook/bart-large-cnn",
}
NO_MODEL = "none"
_SHORT = 40
_HEADLINE = 12
_ALL_WRONG = "Every sentence has a name, a number or a denial to check: the summary rests on them all the same."
_NOT_ENGLISH = "The text does not look English: its sentences are quoted as they stand."


class Summarizer:
    """Makes summaries.

    ``checkpoint``: None for the bundled compressor, ``NO_MODEL`` for cuts alone, a name of ``PRESETS``, another hub
    name, or a folder with a sequence-to-sequence summarisation checkpoint.
    ``engine``, ``device``, ``number_format``: as for ``passerelle.seq2seq.model.Model.load``.  ``model`` is the
    checkpoint loaded, or None.  ``writer`` drafts the summaries; ``signature`` says what makes them.  Raises
    CheckpointNotFound, CheckpointDamaged, HubUnreachable or EngineError.
    """

    def __init__(
        self,
        checkpoint: str | Path | None = None,
        *,
        engine: str = "auto",
        device: str = "auto",
        number_format: str = "auto",
    ) -> None:
        self.selector = Selector.load()
        worth = Worth.load(self.selector.background)
        self.model = None if checkpoint == NO_MODEL else _load(checkpoint, engine, device, number_format)
        self._quote: Writer = SelectAndCompress(self.selector, None)
        self.writer: Writer
        if self.model is None:
            self.writer = SelectAndCompress(self.selector, Compressor(worth))
            self.signature = f"cuts@{_fingerprint()}|passerelle:{version()}"
        elif task(self.model.checkpoint)["kind"] == "compression":
            self.writer = SelectAndCompress(self.selector, Compressor(worth, self.model))
            self.signature = self.model.signature(DECODING)
        else:
            self.writer = EndToEnd(self.selector, self.model)
            self.signature = self.model.signature(END_TO_END)

    @overload
    def __call__(
        self,
        text: str | Readable,
        length: Length = ...,
        *,
        style: str = ...,
        headline: bool = ...,
        stop: Callable[[], bool] = ...,
    ) -> Summary: ...

    @overload
    def __call__(
        self,
        text: list[str | Readable] | list[str],
        length: Length = ...,
        *,
        style: str = ...,
        headline: bool = ...,
        stop: Callable[[], bool] = ...,
    ) -> list[Summary]: ...

    def __call__(
        self,
        text: str | Readable | list[str | Readable] | list[str],
        length: Length = "medium",
        *,
        style: str = "prose",
        headline: bool = False,
        stop: Callable[[], bool] = never,
    ) -> Summary | list[Summary]:
        """Return the summary of ``text``; of a list of texts, the list of their summaries.

        ``text``: English, as a string or as a Translation.  ``length``: ``"short"``, ``"medium"`` or ``"long"``, a
        number of sentences (int), or a share of the text's words (float below 1).  ``style``: ``"prose"`` or
        ``"bullets"``.  ``headline``: also write a line to stand above it.  A text too short to be shortened
        comes back as it is, with a notice.  ``stop`` is asked between sentences: once it says yes the summary ends
        where it is, and is not worth keeping.  Raises ValueError for any other length or style, NotTextError
        for what is neither a string nor a Translation.
        """
        if style not in ("prose", "bullets"):
            raise ValueError(f"style must be 'prose' or 'bullets', not {style!r}")
        room(length, 1)
        if isinstance(text, list):
            texts = [_readable(each, f"text[{number}]") for number, each in enumerate(text)]
            return [self._summarize(each, length, style, headline, stop) for each in texts]
        return self._summarize(_readable(text, "text"), length, style, headline, stop)

    def __repr__(self) -> str:
        if self.model is None:
            return f"<Summarizer {self.signature}: sentences of the text, cut; no checkpoint needed>"
        return f"<Summarizer {self.model!r}>"

    def _summarize(
        self, readable: Readable, length: Length, style: str, headline: bool, stop: Callable[[], bool]
    ) -> Summary:
        columns = readable.columns()
        sentences = [sentence for sentence in of(readable) if any(map(str.isalnum, sentence.text))]
        total = sum(sentence.size for sentence in sentences)
        if not sentences:
            return Summary("", (), 0.0, self.signature, ("The text is empty: there is nothing to summarise.",), columns)
        allowed = room(length, total)
        english = looks_english(sentences)
        enough = len(sentences) <= (allowed.sentences or 1)
        short = enough or (total <= _SHORT and allowed.sentences is None)
        if short:
            drafts = [Draft(sentence.text, (sentence,), 0.0) for sentence in sentences]
            notices: tuple[str, ...] = ("The text is short: it is given whole.",)
        else:
            write = self.writer if english else self._quote
            sound = [sentence for sentence in sentences if not sentence.wrong]
            notices = (() if english else (_NOT_ENGLISH,)) + (() if sound else (_ALL_WRONG,))
            sentences = sound or sentences
            drafts = write(_without_repetition(sentences), allowed, stop)
        if not drafts:
            return Summary("", (), 0.0, self.signature, notices, columns)
        finished = tuple(_finish(draft, whole=short) for draft in drafts)
        if style == "bullets":
            text = "\n".join(f"- {sentence.text}" for sentence in finished)
        elif short:
            text = _as_it_is(finished, readable.text)
        else:
            text = " ".join(sentence.text for sentence in finished)
        used = sum(len(sentence.text.split()) for sentence in finished)
        line = self._headline(drafts, finished, sentences, english=english) if headline else None
        return Summary(text, finished, used / total, self.signature, notices, columns, line)

    def _headline(
        self,
        drafts: Sequence[Draft],
        finished: Sequence[SummarySentence],
        sentences: Sequence[Sentence],
        *,
        english: bool,
    ) -> SummarySentence:
        """Return a line that says something else than the summary's first sentence does, where the text has one.

        The best sentence of the summary comes first, shortened; then the others, then those that were left out.
        """
        order = sorted(range(len(drafts)), key=lambda i: (leans(drafts[i].text), -drafts[i].score, i))
        lines = [_headline(finished[i], english=english) for i in order]
        opening = finished[0].text.removesuffix(".")
        for line in lines:
            if line.text != opening:
                return line
        used = {sentence.index for draft in drafts for sentence in draft.evidence}
        left = [item for item in self.selector.score(sentences) if item.sentence.index not in used]
        for item in sorted(left, key=lambda item: (leans(item.sentence.text), -item.score)):
            draft = Draft(item.sentence.text, (item.sentence,), item.score)
            if is_full(draft.text) and not item.sentence.doubtful:
                return _headline(_finish(draft, whole=False), english=english)
        return lines[0]


def _load(checkpoint: str | Path | None, engine: str, device: str, number_format: str) -> Model:
    from passerelle.seq2seq.checkpoint import find_checkpoint
    from passerelle.seq2seq.model import Model

    wanted = BUNDLED.name if checkpoint is None else checkpoint
    wanted = PRESETS.get(wanted, wanted) if isinstance(wanted, str) else wanted
    found = find_checkpoint(wanted, default=BUNDLED.name, bundled=BUNDLED)
    return Model.load(found, engine=engine, device=device, number_format=number_format)


def _fingerprint() -> str:
    """What the way without a model has learnt, in seven characters."""
    learnt = (Path(__file__).with_name(name).read_bytes() for name in ("selector.json", "opening.json", "cuts.json"))
    return hashlib.sha256(b"".join(learnt)).hexdigest()[:7]


@dataclass(frozen=True)
class Plain:
    """An English string as something to summarise."""

    text: str

    def columns(self) -> tuple[Column, ...]:
        """Return the text as its own only column."""
        pieces = tuple(Piece(s.start, s.end, key=f"s{s.index}") for s in split(self.text))
        return (Column("Text", self.text, pieces, language="en"),)


def _readable(text: object, name: str) -> Readable:
    """Return ``text`` as something to summarise.  Raises NotTextError."""
    if not isinstance(text, str) and hasattr(text, "columns") and isinstance(getattr(text, "text", None), str):
        return cast(Readable, text)
    return Plain(check_text(text, name))


def looks_english(sentences: Sequence[Sentence]) -> bool:
    """Say whether a text's first two thousand words hold as many English function words as English does."""
    found: list[str] = []
    for sentence in sentences:
        found += words(sentence.text)
        if len(found) > 2000:
            break
    return sum(word in FUNCTION_WORDS for word in found) >= 0.15 * len(found)


def _without_repetition(sentences: Sequence[Sentence]) -> list[Sentence]:
    """Return the sentences, each wording once."""
    return list({" ".join(words(sentence.text)): sentence for sentence in reversed(sentences)}.values())[::-1]


def _as_it_is(sentences: Sequence[SummarySentence], text: str) -> str:
    """Return sentences with what stands between them in the text: lines stay lines."""
    ends = [sentence.evidence[0].end for sentence in sentences]
    starts = [sentence.evidence[0].start for sentence in sentences]
    gaps = (text[end:start] for end, start in zip(ends, [*starts[1:], ends[-1]], strict=True))
    return "".join(sentence.text + gap for sentence, gap in zip(sentences, gaps, strict=True))


def _finish(draft: Draft, *, whole: bool) -> SummarySentence:
    """Return a draft as a summary sentence; one without a full stop is given one, unless the text is ``whole``."""
    text, flags = draft.text, draft.flags
    if not whole and not is_full(text):
        text = text.rstrip(" ,;:-–—") + "."
        flags = (*flags, SummaryFlag("unpunctuated", "no sentence ends here in the text"))
    if any(sentence.wrong for sentence in draft.evidence):
        flags = (*flags, SummaryFlag("translation", "rests on a translation whose facts are to be checked"))
    return SummarySentence(text, tuple(map(evidence_of, draft.evidence)), draft.rewritten, flags)


def _headline(sentence: SummarySentence, *, english: bool) -> SummarySentence:
    text = within(sentence.text, _HEADLINE) if english else sentence.text
    if len(text.split()) > 2 * _HEADLINE:
        text = " ".join(text.split()[:_HEADLINE]) + " …"
    return SummarySentence(
        text.removesuffix("."), sentence.evidence, sentence.rewritten or text != sentence.text, sentence.flags
    )
