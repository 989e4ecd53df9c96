"""Pure checks on one sentence and its English: each doubt is a flag with a reason and the spans it is about.

They see texts, not meaning, with a small dictionary beside them.  What they catch is what goes wrong in silence: a
number or a name that changed, a lost negation, a loop, a sentence that stayed French, an end that is missing.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence

from passerelle.translate.flags import Flag, Kind, Message, Reason, Span
from passerelle.translate.lexicon.words import Word, words
from passerelle.translate.masking import mask_spans
from passerelle.translate.quality.coverage import cover
from passerelle.translate.quality.currencies import check_currencies
from passerelle.translate.quality.known_names import check_known_names
from passerelle.translate.quality.measures import check_measures
from passerelle.translate.quality.names import check_names
from passerelle.translate.quality.negation import check_negation
from passerelle.translate.quality.non_words import check_non_words
from passerelle.translate.quality.numbers import check_numbers, check_per_cent
from passerelle.translate.quality.omission import check_omission
from passerelle.translate.quality.repetition import check_repetition
from passerelle.translate.quality.short import check_short
from passerelle.translate.quality.symbols import check_letters, check_placeholders, check_symbols
from passerelle.translate.quality.untranslated import check_untranslated
from passerelle.translate.quality.untranslated_words import check_untranslated_words
from passerelle.translate.sentence_pair import Link

# Mean log-probability per token below which the model was guessing: the worst twentieth of the bundled checkpoint's
# sentences with numbers, whose chrF is 34 where that of the others is 43.
LOW_SCORE = -1.1
# Longer than any sentence: only what costs little is checked.
_LONGEST = 6000
_WORD = re.compile(r"\w")


def check(
    french: str,
    english: str,
    *,
    finished: bool = True,
    score: float | None = None,
    links: Sequence[Link] = (),
    settled: Sequence[tuple[Span, Span]] = (),
    kept: Collection[str] = (),
) -> tuple[Flag, ...]:
    """Return the doubts about ``english`` as a translation of the sentence ``french``.

    ``finished``: False where the model was stopped by the output limit.  ``score``: its mean log-probability per
    token.  ``links``: which word became which, where the model shows it.  ``settled``: places of the French, and of the
    English that a glossary has for them.  ``kept``: texts that were meant to come out as they are.
    """
    links = (*links, *_joined(french, english, settled))
    return tuple(_flags(french, english, finished=finished, score=score, links=links, settled=settled, kept=kept))


def _joined(french: str, english: str, settled: Sequence[tuple[Span, Span]]) -> Iterator[Link]:
    """Link the words of places that are settled, so that all of them have a counterpart."""
    for (start, end), (target_start, target_end) in settled:
        ours = [word.span for word in words(french) if start <= word.start < end]
        theirs = [word.span for word in words(english) if target_start <= word.start < target_end]
        for place in range(max(len(ours), len(theirs)) if ours and theirs else 0):
            yield Link(*ours[min(place, len(ours) - 1)], *theirs[min(place, len(theirs) - 1)])


def _flags(
    french: str,
    english: str,
    *,
    finished: bool,
    score: float | None,
    links: Sequence[Link],
    settled: Sequence[tuple[Span, Span]],
    kept: Collection[str],
) -> Iterator[Flag]:
    if not finished:
        yield Flag(Kind.TRUNCATED, Message(Reason.UNFINISHED), "error")
    if not _WORD.search(english):
        if _WORD.search(french):
            yield Flag(Kind.EMPTY, Message(Reason.NOTHING), "error")
        return
    yield from check_numbers(french, english)
    yield from check_per_cent(french, english)
    yield from check_currencies(french, english)
    yield from check_measures(french[:_LONGEST], english[:_LONGEST])
    yield from check_placeholders(french[:_LONGEST], english[:_LONGEST])
    yield from check_symbols(french[:_LONGEST], english[:_LONGEST])
    ours, theirs = words(french[:_LONGEST]), words(english[:_LONGEST])
    yield from check_repetition(ours, theirs, french, english)
    copied = list(check_untranslated(*_but_kept(french, ours, theirs, settled)))
    yield from copied
    yield from _length(french, english, settled)
    if max(len(french), len(english)) <= _LONGEST and all(flag.target_spans for flag in copied):
        if not copied:
            named = list(check_known_names(french, english, links))
            yield from named
            misspelt = list(check_letters(ours, theirs))
            yield from misspelt
            but = [span for flag in (*named, *misspelt) for span in flag.spans[:1]] + [span for span, _ in settled]
            lost = list(check_names(ours, theirs, but))
            yield from lost
            yield from check_negation(french, theirs)
            yield from check_non_words(ours, theirs, links)
            masked = mask_spans(french)
            stays = [
                *kept,
                *(english[slice(*there)] for _, there in settled),
                *(french[slice(*span)] for span in masked),
            ]
            yield from check_untranslated_words(ours, theirs, english, stays)
            but += [*(span for flag in lost for span in flag.spans), *masked]
            yield from check_short(french, english, ours, theirs, but)
        yield from check_omission(french, english, ours, theirs, cover(french, english, links))
    if score is not None and score < LOW_SCORE:
        yield Flag(Kind.LOW_CONFIDENCE, Message.of(Reason.UNSURE, f"{score:.1f}"))


def _but_kept(
    french: str, ours: Sequence[Word], theirs: Sequence[Word], settled: Sequence[tuple[Span, Span]]
) -> tuple[Sequence[Word], Sequence[Word]]:
    """The words of both sides without those that must stay as they are, be they French: code, addresses, terms."""
    kept = mask_spans(french)
    if not kept and not settled:
        return ours, theirs
    same = Counter(word.text for word in ours if any(start <= word.start < end for start, end in kept))
    rest = []
    for word in theirs:
        if same[word.text]:
            same[word.text] -= 1
        elif not any(start <= word.start < end for _, (start, end) in settled):
            rest.append(word)
    return [word for word in ours if not any(start <= word.start < end for start, end in kept)], rest


def _length(french: str, english: str, settled: Sequence[tuple[Span, Span]]) -> Iterator[Flag]:
    before = len(french) - sum(end - start for (start, end), _ in settled)
    after = len(english) - sum(end - start for _, (start, end) in settled)
    if before >= 24 and after < before * 0.4:
        yield Flag(Kind.LENGTH, Message.of(Reason.SHORT, after, before), "error")
    if after > 48 and after > before * 2.2:
        yield Flag(Kind.LENGTH, Message.of(Reason.LONG, after, before))
