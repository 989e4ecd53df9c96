"""From what the model wrote to the English that stands: checked, tried again where it fails, and put right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from passerelle.seq2seq.engine import Decoding
from passerelle.seq2seq.model import Model
from passerelle.seq2seq.output import Output
from passerelle.translate.attempt import Steps
from passerelle.translate.fallbacks import (
    CHOOSABLE,
    FAILURES,
    GLOSSARY,
    LEFT,
    NON_WORDS,
    NUMBER,
    Fallbacks,
    Try,
    n_best,
)
from passerelle.translate.flags import Flag, Kind, Message, Reason
from passerelle.translate.glossary import Glossary
from passerelle.translate.lexicon.english_forms import with_dictionary_words
from passerelle.translate.placeholders import keeps_placeholders
from passerelle.translate.postedit.capitals import with_capitals
from passerelle.translate.postedit.numbers import repair_numbers, with_english_marks, with_right_endings
from passerelle.translate.preparation import Prepared
from passerelle.translate.quality import check
from passerelle.translate.quality.measures import with_measures
from passerelle.translate.translation_memory import Candidate
from passerelle.translate.word_alignment import align_words


class Reranker:
    """Makes sentences ready for a model and decides which English stands.

    ``longest``: source tokens that the model is given at once.  ``glossary``: terms that the English must have.
    It asks the model for nothing itself: what it wants to know are the searches of its steps.
    """

    def __init__(self, model: Model, decoding: Decoding, longest: int, glossary: Glossary | None = None) -> None:
        self._decoding = decoding
        self._glossary = glossary
        self._fallbacks = Fallbacks(model, decoding, longest, glossary)

    def prepare(self, french: str) -> Prepared:
        """Make one sentence ready for the model."""
        return self._fallbacks.prepare(french)

    def steps(self, prepared: Prepared) -> Steps[Candidate]:
        """Search as usual and then, while the English fails, in other ways; return it with the doubts about it."""
        if not prepared.parts:
            flags = (Flag(Kind.COPIED, prepared.notice, "note"),) if prepared.notice else ()
            return Candidate(prepared.french, flags=flags, origin="carried")
        found = yield self._fallbacks.usual(prepared, self._decoding.beam)
        outputs: Sequence[Output] = [nbest.best for nbest in found]
        best = self._finished(prepared, outputs)
        chosen: Try = prepared, outputs
        first = best or Candidate(" ".join(output.text for output in outputs))
        ways = self._fallbacks.others(prepared, first, found, loses_terms=bool(_wrong(first, GLOSSARY)))
        for cures, way in ways:
            fallback = way() if best is None or _wrong(best, cures) else None
            if fallback is None:
                continue
            answer = (yield fallback.search) if fallback.search else ()
            for attempt, outputs in fallback.tries(answer):
                known = self._finished(attempt, outputs)
                if known is not None and (best is None or _rank(known) < _rank(best)):
                    best, chosen = known, (attempt, outputs)
                if best is not None and not _wrong(best, cures):
                    break
        if best is None or any(flag.kind is Kind.EMPTY for flag in best.flags):
            nothing = Flag(Kind.COPIED, Message(Reason.NOTHING_USABLE), "error")
            return Candidate(prepared.french, flags=(nothing,), origin="carried")
        return self._defined(best, *chosen) if _wrong(best, LEFT) else best

    def alternatives(self, prepared: Prepared, count: int) -> Steps[tuple[Candidate, ...]]:
        """Search for up to ``count`` different ways to put a sentence, best first, each with its doubts.

        Those that have the terms of the glossary come before those that do not.
        """
        tries: list[Try] = []
        if prepared.parts:
            found = yield self._fallbacks.usual(prepared, count)
            tries += ((prepared, outputs) for outputs in n_best(found))
        fallback = self._fallbacks.with_terms(prepared)
        if fallback is not None and fallback.search:
            tries += fallback.tries((yield fallback.search))
        finished = [self._finished(*each) for each in tries]
        different = {known.english: known for known in finished if known is not None}
        return tuple(sorted(different.values(), key=lambda known: _wrong(known, GLOSSARY))[:count])

    def another(self, prepared: Prepared, english: str) -> Steps[Candidate | None]:
        """Search for the least doubtful way to put a sentence that is not ``english``; None where there is none."""
        usual = yield from self.steps(prepared)
        others = yield from self.alternatives(prepared, self._decoding.beam)
        shown = " ".join(english.split())
        different = [each for each in (usual, *others) if each.origin == "model" and each.english != shown]
        return min(different, key=lambda known: sum(flag.is_doubt for flag in known.flags), default=None)

    def _finished(self, prepared: Prepared, outputs: Sequence[Output]) -> Candidate | None:
        """Return the English made of ``outputs``, put right and checked; None where it lost what must stay."""
        english = prepared.finish([output.text for output in outputs])
        if english is None:
            return None
        english = post_edit(prepared.french, english)
        if not keeps_placeholders(prepared.french, english):
            return None
        known = self._checked(prepared, outputs, english)
        if not _wrong(known, NUMBER):
            return known
        repaired = repair_numbers(prepared.french, known.english, known.links)
        if repaired is None or not keeps_placeholders(prepared.french, repaired):
            return known
        known = self._checked(prepared, outputs, repaired)
        return replace(known, flags=(*known.flags, Flag(Kind.NUMBER, Message(Reason.NUMBER_CORRECTED), "note")))

    def _defined(self, known: Candidate, prepared: Prepared, outputs: Sequence[Output]) -> Candidate:
        """Return ``known`` with the dictionary's word for each that was left in French or that no English has."""
        places = [(*flag.spans[:1], *flag.target_spans[:1]) for flag in known.flags if flag.kind in LEFT]
        changed = with_dictionary_words(prepared.french, known.english, [each for each in places if len(each) == 2])
        if changed is None:
            return known
        other = self._checked(prepared, outputs, with_capitals(prepared.french, changed.english))
        if _rank(other) >= _rank(known):
            return known
        notes = [flag for flag in known.flags if not flag.is_doubt and flag not in other.flags]
        for french, english in changed.words:
            notes.append(Flag(Kind.UNTRANSLATED, Message.of(Reason.FROM_DICTIONARY, french, english), "note"))
        return replace(other, flags=(*other.flags, *notes))

    def _checked(self, prepared: Prepared, outputs: Sequence[Output], english: str) -> Candidate:
        score = sum(output.score for output in outputs) / max(len(outputs), 1)
        links = align_words(prepared, outputs, english)
        finished = all(output.finished for output in outputs)
        uses = self._glossary.uses(prepared.french, english) if self._glossary else ()
        settled = [(use.span, use.target_span) for use in uses if use.target_span]
        kept = [span for part in prepared.parts for span in part.spans]
        flags = check(prepared.french, english, finished=finished, score=score, links=links, settled=settled, kept=kept)
        if self._glossary:
            flags += self._glossary.check(prepared.french, english)
        return Candidate(english, score, flags, links, "model")


def post_edit(french: str, english: str) -> str:
    """Return ``english`` with marks of numbers, endings and capitals as English always writes them."""
    english = with_right_endings(french, with_english_marks(french, english))
    return with_capitals(french, with_measures(french, english))


def _wrong(known: Candidate, kinds: frozenset[Kind]) -> int:
    return sum(flag.kind in kinds and flag.is_doubt for flag in known.flags)


def _rank(known: Candidate) -> tuple[int, int, int, int]:
    """Order what might stand, the best first: a word that is none is seen by every reader, a wrong number is not."""
    wrong = _wrong(known, CHOOSABLE - NON_WORDS)
    return _wrong(known, FAILURES), wrong, _wrong(known, NON_WORDS), len(known.flags)
