"""From what the model wrote to the English that stands: checked, tried again where it fails, and put right."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from seq2seq.engine import Decoding
from seq2seq.model import Model, Output
from translate.fidelity import check
from translate.fidelity.repair import repair_numbers, with_decimal_points
from translate.glossary import Glossary
from translate.linking import link
from translate.normalizer import normalize
from translate.preparation import Prepared, prepare, without_placeholders
from translate.protection import Protected, protect
from translate.recall import Known
from translate.spelling import lacking, say
from translate.translation import Flag

# Doubts that another way of searching may remove.
FAILURES = frozenset({"truncated", "repetition", "empty"})
# Doubts that the next best hypothesis may remove.
CHOOSABLE = FAILURES | {"number", "negation", "missing tail", "untranslated", "length", "glossary"}


class Judge:
    """Makes sentences ready for a model and decides which English stands.

    ``longest``: source tokens that the model is given at once.  ``glossary``: terms that the English must have.
    """

    def __init__(self, model: Model, decoding: Decoding, longest: int, glossary: Glossary | None = None) -> None:
        self._model = model
        self._decoding = decoding
        self._longest = longest
        self._glossary = glossary
        self._lacking = lacking(model.knows)

    def prepare(self, french: str, hide: Callable[[str], Protected] = protect) -> Prepared:
        """Make one sentence ready; ``hide`` puts placeholders for what must come out as it is."""
        return prepare(french, self._model.count, self._longest, hide=hide, spell=self._spell)

    def __call__(self, prepared: Prepared, outputs: list[Output]) -> Known:
        """Return the English of a sentence with the doubts about it, after other tries where it fails."""
        if not prepared.parts:
            flags = (Flag("carried over", prepared.notice, "note"),) if prepared.notice else ()
            return Known(prepared.french, flags=flags, origin="carried")
        best: Known | None = None
        for attempt, found in self._attempts(prepared, outputs):
            known = self._finished(attempt, found)
            if known is not None and (best is None or _rank(known) < _rank(best)):
                best = known
            if best is not None and not _wrong(best, CHOOSABLE if found is outputs else FAILURES | {"glossary"}):
                break
        if best is None or any(flag.kind == "empty" for flag in best.flags):
            nothing = Flag("carried over", "the model gave nothing usable; the French stands", "error")
            return Known(prepared.french, flags=(nothing,), origin="carried")
        return self._with_numbers_right(prepared, best)

    def alternatives(self, prepared: Prepared, count: int) -> tuple[Known, ...]:
        """Return up to ``count`` different ways to put a sentence, best first, each with its doubts."""
        finished = (self._finished(prepared, found) for found in self._hypotheses(prepared, count))
        different = {known.english: known for known in finished if known is not None}
        return tuple(different.values())

    def _finished(self, prepared: Prepared, outputs: list[Output]) -> Known | None:
        """Return the English made of ``outputs`` and checked; None where a protected span was lost."""
        english = prepared.finish([output.text for output in outputs])
        if english is None:
            return None
        english = with_decimal_points(prepared.french, english)
        score = sum(output.score for output in outputs) / max(len(outputs), 1)
        links = link(prepared, outputs, english)
        flags = check(
            prepared.french, english, finished=all(output.finished for output in outputs), score=score, links=links
        )
        if self._glossary:
            flags += self._glossary.check(prepared.french, english)
        return Known(english, score, flags, links, "model")

    def _with_numbers_right(self, prepared: Prepared, known: Known) -> Known:
        """Return ``known`` with wrong numbers replaced by those of the source, where it is certain which are meant."""
        if not _wrong(known, frozenset({"number"})):
            return known
        english = repair_numbers(prepared.french, known.english)
        if english is None:
            return known
        # A number that was put in may be longer or shorter, so the links of what follows would be off.
        flags = tuple(flag for flag in check(prepared.french, english) if flag.kind != "number")
        kept = {flag.kind for flag in flags}
        flags += tuple(flag for flag in known.flags if flag.kind not in kept | {"number"})
        note = Flag("number", "a number was put right from the French", "note")
        return replace(known, english=english, flags=(*flags, note), links=())

    def _attempts(self, prepared: Prepared, outputs: list[Output]) -> Iterator[tuple[Prepared, list[Output]]]:
        """Yield ways to translate a sentence, from the usual one to the most cautious, each run when asked for.

        The order is that of faster-whisper's fallback: what the search already holds first, then other searches.
        """
        yield prepared, outputs
        for found in self._hypotheses(prepared, self._decoding.beam)[1:]:
            yield prepared, found
        if self._glossary and self._glossary.find(prepared.french):
            with_terms = self.prepare(prepared.french, self._glossary.protect)
            if with_terms.parts:
                yield with_terms, self._again(with_terms, self._decoding)
        if any(part.spans for part in prepared.parts):
            prepared = without_placeholders(prepared, self._model.count, self._longest, spell=self._spell)
            yield prepared, self._again(prepared, self._decoding)
        yield prepared, self._again(prepared, replace(self._decoding, no_repeat_ngram=3))
        clauses = without_placeholders(prepared, self._model.count, self._longest // 4, spell=self._spell)
        if len(clauses.parts) > len(prepared.parts):
            yield clauses, self._again(clauses, self._decoding)

    def _hypotheses(self, prepared: Prepared, count: int) -> list[list[Output]]:
        """Return ``count`` outputs for a sentence of one part, best first; of several parts only the best is made."""
        if len(prepared.parts) != 1:
            return [self._again(prepared, self._decoding)] if prepared.parts else []
        decoding = replace(self._decoding, beam=max(count, self._decoding.beam), hypotheses=count)
        return [[output] for output in self._model.hypotheses(prepared.parts[0].text, decoding)]

    def _spell(self, text: str) -> str:
        return say(normalize(text), self._lacking)

    def _again(self, prepared: Prepared, decoding: Decoding) -> list[Output]:
        return list(self._model.run([part.text for part in prepared.parts], decoding))


def _wrong(known: Known, kinds: frozenset[str]) -> int:
    return sum(flag.kind in kinds for flag in known.flags)


def _rank(known: Known) -> tuple[int, int, int]:
    return _wrong(known, FAILURES), _wrong(known, CHOOSABLE), len(known.flags)
