"""From what the model wrote to the English that stands: checked, tried again where it fails, and put right."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import chain

from passerelle.seq2seq.engine import Decoding
from passerelle.seq2seq.model import Model, Output
from passerelle.translate.glossary import Glossary
from passerelle.translate.lexicon.english_forms import with_dictionary_words
from passerelle.translate.masking import Masked, MaskedSpan, mask
from passerelle.translate.numbers.format import lost_figures
from passerelle.translate.placeholders import keeps_placeholders
from passerelle.translate.postedit.capitals import with_capitals
from passerelle.translate.postedit.numbers import repair_numbers, with_english_marks, with_right_endings
from passerelle.translate.preparation import Prepared, prepare, without_placeholders
from passerelle.translate.quality import check
from passerelle.translate.quality.known_names import substitutions, undo_substitution
from passerelle.translate.quality.measures import with_measures
from passerelle.translate.quality.names import mask_names
from passerelle.translate.spelling import Spelling
from passerelle.translate.translation import Flag
from passerelle.translate.translation_memory import Candidate
from passerelle.translate.word_alignment import align_words

NUMBER, NAME, GLOSSARY = frozenset({"number"}), frozenset({"name"}), frozenset({"glossary"})
# How many words are tried in the place of a lost one.
SUBSTITUTIONS = 3
NON_WORDS = frozenset({"made-up word"})
# Doubts that the dictionary may remove.
LEFT = NON_WORDS | {"untranslated"}
# Doubts that another way of searching may remove.
FAILURES = frozenset({"truncated", "repetition", "empty"})
# Doubts that the next best hypothesis may remove.
CHOOSABLE = (
    FAILURES
    | NON_WORDS
    | {"number", "negation", "missing tail", "missing word", "untranslated", "length", "glossary", "unit", "sign"}
)

Try = tuple[Prepared, list[Output]]
Hide = Callable[[str], Iterable[MaskedSpan]]


def no_spans(text: str) -> Iterable[MaskedSpan]:
    """Hide nothing of ``text``."""
    return ()


class Reranker:
    """Makes sentences ready for a model and decides which English stands.

    ``longest``: source tokens that the model is given at once.  ``glossary``: terms that the English must have.
    """

    def __init__(self, model: Model, decoding: Decoding, longest: int, glossary: Glossary | None = None) -> None:
        self._model = model
        self._decoding = decoding
        self._longest = longest
        self._glossary = glossary
        self._spelling = Spelling(model.knows)

    def prepare(self, french: str, more: Hide = no_spans) -> Prepared:
        """Make one sentence ready; ``more`` of it is hidden than must come out as it is or cannot be spelt."""

        def masker(text: str) -> Masked:
            return mask(text, chain(more(text), self._spelling.masked_spans(text)))

        return prepare(french, self._model.count, self._longest, hide=masker, spell=self._spelling.verbalise)

    def __call__(self, prepared: Prepared, outputs: list[Output]) -> Candidate:
        """Return the English of a sentence with the doubts about it, after other tries where it fails."""
        if not prepared.parts:
            flags = (Flag("carried over", prepared.notice, "note"),) if prepared.notice else ()
            return Candidate(prepared.french, flags=flags, origin="carried")
        best = self._finished(prepared, outputs)
        chosen = prepared, outputs
        first = best or Candidate(" ".join(output.text for output in outputs))
        for cures, tries in self._fallbacks(prepared, first):
            for attempt, found in tries if best is None or _wrong(best, cures) else ():
                known = self._finished(attempt, found)
                if known is not None and (best is None or _rank(known) < _rank(best)):
                    best, chosen = known, (attempt, found)
                if best is not None and not _wrong(best, cures):
                    break
        if best is None or any(flag.kind == "empty" for flag in best.flags):
            nothing = Flag("carried over", "the model gave nothing usable; the French stands", "error")
            return Candidate(prepared.french, flags=(nothing,), origin="carried")
        return self._defined(best, *chosen) if _wrong(best, LEFT) else best

    def alternatives(self, prepared: Prepared, count: int) -> tuple[Candidate, ...]:
        """Return up to ``count`` different ways to put a sentence, best first, each with its doubts.

        Those that have the terms of the glossary come before those that do not.
        """
        attempts = [(prepared, found) for found in self._hypotheses(prepared, count)]
        finished = [self._finished(*attempt) for attempt in (*attempts, *self._with_terms(prepared))]
        different = {known.english: known for known in finished if known is not None}
        return tuple(sorted(different.values(), key=lambda known: _wrong(known, GLOSSARY))[:count])

    def _finished(self, prepared: Prepared, outputs: list[Output]) -> Candidate | None:
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
        return replace(known, flags=(*known.flags, Flag("number", "a number was put right from the French", "note")))

    def _defined(self, known: Candidate, prepared: Prepared, outputs: list[Output]) -> Candidate:
        """Return ``known`` with the dictionary's word for each that was left in French or that no English has."""
        places = [(*flag.spans[:1], *flag.target_spans[:1]) for flag in known.flags if flag.kind in LEFT]
        changed = with_dictionary_words(prepared.french, known.english, [each for each in places if len(each) == 2])
        if changed is None:
            return known
        other = self._checked(prepared, outputs, with_capitals(prepared.french, changed.english))
        if _rank(other) >= _rank(known):
            return known
        notes = [flag for flag in known.flags if flag.severity == "note" and flag not in other.flags]
        for french, english in changed.words:
            notes.append(Flag("untranslated", f"“{french}” was left; “{english}” is the dictionary's", "note"))
        return replace(other, flags=(*other.flags, *notes))

    def _checked(self, prepared: Prepared, outputs: list[Output], english: str) -> Candidate:
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

    def _fallbacks(self, prepared: Prepared, first: Candidate) -> Iterator[tuple[frozenset[str], Iterator[Try]]]:
        """Yield ways to translate a sentence, from the usual to the most cautious, with the doubts that each may cure.

        ``first`` is what the usual search gave, whose losses some of them look at.

        The order is that of faster-whisper's fallback: what the search already holds first, then other searches.
        Nothing is run before it is asked for.
        """
        english = first.english
        yield CHOOSABLE, self._others(prepared)
        yield GLOSSARY, self._with_terms(prepared)
        if any(part.spans for part in prepared.parts):
            yield FAILURES, self._around(prepared, self._longest)
        # What hides the lost numbers or names keeps hidden the terms that were lost too, or it would lose them again.
        terms = self._glossary.masked_spans if self._glossary and _wrong(first, GLOSSARY) else no_spans
        yield NUMBER, self._masking(prepared.french, lambda text: chain(terms(text), lost_numbers(text, english)))
        for passed in range(SUBSTITUTIONS):
            yield NAME, self._substituting(prepared, first, passed, terms)
        yield NAME, self._masking(prepared.french, lambda text: chain(terms(text), mask_names(text, english)))
        yield FAILURES, self._around(prepared, self._longest, no_repeat_ngram=3)
        yield FAILURES | NUMBER | {"sign"}, self._around(prepared, self._longest // 4)

    def _others(self, prepared: Prepared) -> Iterator[Try]:
        for found in self._hypotheses(prepared, self._decoding.beam)[1:]:
            yield prepared, found

    def _masking(self, french: str, hide: Hide) -> Iterator[Try]:
        """The search for a sentence with more in it hidden from the model."""
        prepared = self.prepare(french, hide)
        if not any(part.spans for part in prepared.parts):
            return
        if len(prepared.parts) == 1:
            yield from self._search(prepared)
        else:  # that one part lost its placeholder must not cost the others theirs
            yield from ((prepared, found) for found in self._hypotheses(prepared, self._decoding.beam))

    def _substituting(self, prepared: Prepared, first: Candidate, passed: int, terms: Hide) -> Iterator[Try]:
        """The search for a sentence with frequent words in the places of the rare ones that ``first`` lost."""
        chosen = substitutions(prepared.french, first.english, first.links, passed)
        before = len(prepared.before)
        hidden = [(each.span[0] - before, each.span[1] - before, each.right) for each in chosen]
        again = self.prepare(prepared.french, lambda text: chain(hidden, terms(text)))
        if again.spaced:
            return
        texts, stand_in = [], []
        for part in again.parts:
            places = {span: f"__{number}__" for number, span in enumerate(part.spans, 1)}
            # A lost word inside a protected span was not hidden.
            here = [(each, places[each.right]) for each in chosen if each.right in places]
            text = part.text
            for each, place in here:
                text = text.replace(place, each.french)
            texts.append(text)
            stand_in.append(here)
        if not any(stand_in):
            return
        outputs = []
        for output, here in zip(self._model.run(texts, self._decoding), stand_in, strict=True):
            found: str | None = output.text
            for each, place in here:
                found = found and undo_substitution(found, each, place)
            if not found:
                return
            outputs.append(replace(output, text=found))
        yield again, outputs

    def _around(self, prepared: Prepared, longest: int, *, no_repeat_ngram: int = 0) -> Iterator[Try]:
        """The search for what stands between protected spans, in pieces of at most ``longest`` tokens."""
        pieces = without_placeholders(
            prepared,
            self._model.count,
            longest,
            hide=lambda text: mask(text, self._spelling.masked_spans(text)),
            spell=self._spelling.verbalise,
        )
        yield from self._search(pieces, no_repeat_ngram)

    def _search(self, prepared: Prepared, no_repeat_ngram: int = 0) -> Iterator[Try]:
        if prepared.parts:
            decoding = replace(self._decoding, no_repeat_ngram=no_repeat_ngram)
            yield prepared, list(self._model.run([part.text for part in prepared.parts], decoding))

    def _with_terms(self, prepared: Prepared) -> Iterator[Try]:
        """The search for a sentence with its terms hidden from the model; none where it has no terms."""
        if self._glossary and self._glossary.find(prepared.french):
            yield from self._masking(prepared.french, self._glossary.masked_spans)

    def _hypotheses(self, prepared: Prepared, count: int) -> list[list[Output]]:
        """Return outputs for a sentence, best first: ``count`` of one part; of several, each exchanged by itself."""
        decoding = replace(self._decoding, beam=max(count, self._decoding.beam), hypotheses=count)
        found = [self._model.hypotheses(part.text, decoding) for part in prepared.parts]
        best = [outputs[0] for outputs in found]
        ways = [best] if best else []
        for rank in range(1, count):
            for place, outputs in enumerate(found):
                ways.append([*best[:place], outputs[rank], *best[place + 1 :]])
        return ways


def post_edit(french: str, english: str) -> str:
    """Return ``english`` with marks of numbers, endings and capitals as English always writes them."""
    english = with_right_endings(french, with_english_marks(french, english))
    return with_capitals(french, with_measures(french, english))


def lost_numbers(french: str, english: str) -> Iterator[MaskedSpan]:
    """Yield the numbers of ``french`` that ``english`` lacks, to be hidden."""
    return ((*figure.span, figure.english) for figure in lost_figures(french, english))


def _wrong(known: Candidate, kinds: frozenset[str]) -> int:
    return sum(flag.kind in kinds and flag.severity != "note" for flag in known.flags)


def _rank(known: Candidate) -> tuple[int, int, int, int]:
    """Order what might stand, the best first: a word that is none is seen by every reader, a wrong number is not."""
    wrong = _wrong(known, CHOOSABLE - NON_WORDS)
    return _wrong(known, FAILURES), wrong, _wrong(known, NON_WORDS), len(known.flags)
