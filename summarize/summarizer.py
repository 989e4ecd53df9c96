"""From a text to its summary: select, compress, verify, show the evidence.

Which checkpoint is the default, and why: the bundled ``compact-en``.  A summary that invents is worse than
none; the path select, compress, verify cannot bring in a number or a name that its source lacks, runs at any
length on a laptop, and needs no download.  End-to-end summarisers write more freely and are there on request,
by a name of ``PRESETS``, any other name on the hub, or a path; what they write is verified and traced to its
evidence in the same way.  ``t5-small`` is the smallest of them, ``distilbart-cnn-6-6`` the best small one on
CNN/DailyMail.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import overload

from panes import Column, Piece
from summarize.compressor import DECODING, Compressor
from summarize.drafts import Draft, EndToEnd, SelectAndCompress, Writer, never, task
from summarize.evidence import evidence_of
from summarize.features import leans
from summarize.lengths import Length, room
from summarize.selector import Selector
from summarize.sentences import Sentence, is_full, of, split
from summarize.summary import Readable, Summary, SummaryFlag, SummarySentence
from summarize.words import FUNCTION_WORDS, words

BUNDLED = Path(__file__).parent / "compact-en"
PRESETS = {
    "t5-small": "google-t5/t5-small",
    "flan-t5-small": "google/flan-t5-small",
    "distilbart-cnn-6-6": "sshleifer/distilbart-cnn-6-6",
    "distilbart-cnn-12-6": "sshleifer/distilbart-cnn-12-6",
    "bart-large-cnn": "facebook/bart-large-cnn",
}
_SHORT = 40
_NOT_ENGLISH = "The text does not look English: its sentences are quoted as they stand."


class Summarizer:
    """Makes summaries.

    ``checkpoint``: None for the bundled compressor, a name of ``PRESETS``, another hub name, or a folder with a
    sequence-to-sequence summarisation checkpoint.  ``engine``, ``device``, ``number_format``: as for
    ``seq2seq.model.Model.load``.  ``writer`` drafts the summaries.  Raises CheckpointNotFound, CheckpointDamaged,
    HubUnreachable or EngineError.
    """

    def __init__(
        self,
        checkpoint: str | Path | None = None,
        *,
        engine: str = "auto",
        device: str = "auto",
        number_format: str = "auto",
    ) -> None:
        from seq2seq.checkpoint import find_checkpoint
        from seq2seq.model import Model

        wanted = BUNDLED.name if checkpoint is None else checkpoint
        if isinstance(wanted, str):
            wanted = PRESETS.get(wanted, wanted)
        self.checkpoint = find_checkpoint(wanted, default=BUNDLED.name, bundled=BUNDLED)
        self.model = Model.load(self.checkpoint, engine=engine, device=device, number_format=number_format)
        self.selector = Selector.load()
        self._quote: Writer = SelectAndCompress(self.selector, None, DECODING)
        self.writer: Writer = EndToEnd(self.selector, self.model)
        if task(self.checkpoint)["kind"] == "compression":
            self.writer = SelectAndCompress(self.selector, Compressor(self.model), DECODING)

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
        where it is, and is not worth keeping.  Raises ValueError for any other length or style.
        """
        if style not in ("prose", "bullets"):
            raise ValueError(f"style must be 'prose' or 'bullets', not {style!r}")
        room(length, 1)
        if isinstance(text, str):
            return self._summarize(_Plain(text), length, style, headline, stop)
        if isinstance(text, list):
            return [self(each, length, style=style, headline=headline, stop=stop) for each in text]
        return self._summarize(text, length, style, headline, stop)

    def __repr__(self) -> str:
        return f"<Summarizer {self.model!r}>"

    def _summarize(
        self, readable: Readable, length: Length, style: str, headline: bool, stop: Callable[[], bool]
    ) -> Summary:
        columns = readable.columns()
        sentences = [sentence for sentence in of(readable) if any(map(str.isalnum, sentence.text))]
        total = sum(sentence.size for sentence in sentences)
        signature = self.model.signature(self.writer.decoding)
        if not sentences:
            return Summary("", (), 0.0, signature, ("The text is empty: there is nothing to summarise.",), columns)
        allowed = room(length, total)
        if total <= _SHORT or len(sentences) <= (allowed.sentences or 1):
            drafts = [Draft(sentence.text, (sentence,), 0.0) for sentence in sentences]
            notices: tuple[str, ...] = ("The text is short: it is given whole.",)
        else:
            english = looks_english(sentences)
            write = self.writer if english else self._quote
            drafts = write(_without_repetition(sentences), allowed, stop)
            notices = () if english else (_NOT_ENGLISH,)
        if not drafts:
            return Summary("", (), 0.0, signature, notices, columns)
        finished = tuple(_finish(draft, whole=len(drafts) == len(sentences)) for draft in drafts)
        text = " ".join(sentence.text for sentence in finished)
        if style == "bullets":
            text = "\n".join(f"- {sentence.text}" for sentence in finished)
        used = sum(len(sentence.text.split()) for sentence in finished)
        top = max(range(len(drafts)), key=lambda i: (not leans(drafts[i].text), drafts[i].score, -i))
        return Summary(
            text, finished, used / total, signature, notices, columns, _headline(finished[top]) if headline else None
        )


@dataclass(frozen=True)
class _Plain:
    """An English string as something to summarise."""

    text: str

    def columns(self) -> tuple[Column, ...]:
        pieces = tuple(Piece(s.start, s.end, key=f"s{s.index}") for s in split(self.text))
        return (Column("Text", self.text, pieces, language="en"),)


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


def _finish(draft: Draft, *, whole: bool) -> SummarySentence:
    """Return a draft as a summary sentence; one without a full stop is given one, unless the text is ``whole``."""
    text, flags = draft.text, draft.flags
    if not whole and not is_full(text):
        text = text.rstrip(" ,;:-–—") + "."
        flags = (*flags, SummaryFlag("unpunctuated", "no sentence ends here in the text"))
    return SummarySentence(text, tuple(map(evidence_of, draft.evidence)), draft.rewritten, flags)


def _headline(sentence: SummarySentence) -> SummarySentence:
    return SummarySentence(sentence.text.rstrip("."), sentence.evidence, sentence.rewritten, sentence.flags)
