"""The ways to search again for a sentence, from the usual to the most cautious, with the doubts that each may cure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain, islice

from passerelle.seq2seq.engine import Decoding
from passerelle.seq2seq.model import Model
from passerelle.seq2seq.output import NBest, Output
from passerelle.translate.attempt import Search
from passerelle.translate.flags import Kind
from passerelle.translate.glossary import Glossary
from passerelle.translate.masking import Masked, MaskedSpan, mask
from passerelle.translate.numbers.format import lost_figures
from passerelle.translate.preparation import Prepared, prepare, without_placeholders
from passerelle.translate.quality.known_names import Substitution, substitutions, undo_substitution
from passerelle.translate.quality.names import mask_names
from passerelle.translate.spelling import Spelling
from passerelle.translate.translation_memory import Candidate

# How many words are tried in the place of a lost one.
SUBSTITUTIONS = 3
NUMBER, NAME, GLOSSARY = frozenset({Kind.NUMBER}), frozenset({Kind.NAME}), frozenset({Kind.GLOSSARY})
NON_WORDS = frozenset({Kind.NON_WORD})
# Doubts that the dictionary may remove.
LEFT = NON_WORDS | {Kind.UNTRANSLATED}
# Doubts that another way of searching may remove.
FAILURES = frozenset({Kind.TRUNCATED, Kind.REPETITION, Kind.EMPTY})
# Doubts that the next best hypothesis may remove.
CHOOSABLE = (
    FAILURES
    | NON_WORDS
    | {Kind.NUMBER, Kind.NEGATION, Kind.MISSING_TAIL, Kind.MISSING_WORD, Kind.UNTRANSLATED, Kind.LENGTH}
    | {Kind.GLOSSARY, Kind.UNIT, Kind.SIGN}
)

Try = tuple[Prepared, Sequence[Output]]
Hide = Callable[[str], Iterable[MaskedSpan]]


@dataclass(frozen=True)
class Fallback:
    """A search, and what may be made of its answer: ``tries(found)`` yields a prepared sentence and its outputs.

    Without a search, of what is at hand.
    """

    search: Search | None
    tries: Callable[[Sequence[NBest]], Iterator[Try]]


def no_spans(text: str) -> Iterable[MaskedSpan]:
    """Hide nothing of ``text``."""
    return ()


class Fallbacks:
    """Makes sentences ready for ``model``, first as usual and then in other ways; ``longest``: tokens at once."""

    def __init__(self, model: Model, decoding: Decoding, longest: int, glossary: Glossary | None) -> None:
        self._count = model.count
        self._decoding = decoding
        self._longest = longest
        self._glossary = glossary
        self._spelling = Spelling(model.knows)

    def prepare(self, french: str, more: Hide = no_spans) -> Prepared:
        """Make one sentence ready; ``more`` of it is hidden than must come out as it is or cannot be spelt."""

        def masker(text: str) -> Masked:
            return mask(text, chain(more(text), self._spelling.masked_spans(text)))

        return prepare(french, self._count, self._longest, hide=masker, spell=self._spelling.verbalise)

    def usual(self, prepared: Prepared, count: int) -> Search:
        """Return the search for ``prepared`` as it is, ``count`` hypotheses of each part or more."""
        decoding = replace(self._decoding, beam=max(count, self._decoding.beam), hypotheses=count)
        return Search(tuple(part.text for part in prepared.parts), decoding)

    def others(
        self, prepared: Prepared, first: Candidate, found: Sequence[NBest], *, loses_terms: bool
    ) -> Iterator[tuple[frozenset[Kind], Callable[[], Fallback | None]]]:
        """Yield the further ways and the doubts that each may cure; a way gives None where there is nothing to try.

        ``found`` is what the usual search found and ``first`` the best of it, whose losses some of them look at;
        ``loses_terms``: the terms too.
        The order is that of faster-whisper's fallback: what the search already holds first, then other searches.
        """
        english, french = first.english, prepared.french
        # What hides lost numbers or names keeps hidden the terms that were lost too, or it would lose them again.
        terms = self._glossary.masked_spans if self._glossary and loses_terms else no_spans
        rest = ((prepared, outputs) for outputs in islice(n_best(found), 1, None))
        yield CHOOSABLE, lambda: Fallback(None, lambda _: rest)
        yield GLOSSARY, partial(self.with_terms, prepared)
        if any(part.spans for part in prepared.parts):
            yield FAILURES, partial(self._around, prepared, self._longest)
        yield NUMBER, partial(self._masking, french, lambda text: chain(terms(text), lost_numbers(text, english)))
        for passed in range(SUBSTITUTIONS):
            yield NAME, partial(self._substituting, prepared, first, passed, terms)
        yield NAME, partial(self._masking, french, lambda text: chain(terms(text), mask_names(text, english)))
        yield FAILURES, partial(self._around, prepared, self._longest, no_repeat_ngram=3)
        yield FAILURES | NUMBER | {Kind.SIGN}, partial(self._around, prepared, self._longest // 4)

    def with_terms(self, prepared: Prepared) -> Fallback | None:
        """The search for a sentence with its terms hidden from the model; none where it has no terms."""
        if self._glossary and self._glossary.find(prepared.french):
            return self._masking(prepared.french, self._glossary.masked_spans)
        return None

    def _masking(self, french: str, hide: Hide) -> Fallback | None:
        """The search for a sentence with more in it hidden from the model."""
        prepared = self.prepare(french, hide)
        if not any(part.spans for part in prepared.parts):
            return None
        if len(prepared.parts) == 1:
            return self._once(prepared)

        # That one part lost its placeholder must not cost the others theirs.
        def tries(found: Sequence[NBest]) -> Iterator[Try]:
            return ((prepared, outputs) for outputs in n_best(found))

        return Fallback(self.usual(prepared, self._decoding.beam), tries)

    def _substituting(self, prepared: Prepared, first: Candidate, passed: int, terms: Hide) -> Fallback | None:
        """The search for a sentence with frequent words in the places of the rare ones that ``first`` lost."""
        chosen = substitutions(prepared.french, first.english, first.links, passed)
        before = len(prepared.before)
        hidden = [(each.span[0] - before, each.span[1] - before, each.right) for each in chosen]
        again = self.prepare(prepared.french, lambda text: chain(hidden, terms(text)))
        if again.spaced:
            return None
        texts: list[str] = []
        changed: list[list[tuple[Substitution, str]]] = []
        for part in again.parts:
            places = {span: f"__{number}__" for number, span in enumerate(part.spans, 1)}
            # A lost word inside a protected span was not hidden.
            changed.append([(each, places[each.right]) for each in chosen if each.right in places])
            text = part.text
            for each, place in changed[-1]:
                text = text.replace(place, each.french)
            texts.append(text)

        def tries(found: Sequence[NBest]) -> Iterator[Try]:
            outputs = [_undone(nbest.best, here) for nbest, here in zip(found, changed, strict=True)]
            if all(output.text for output in outputs):
                yield again, outputs

        return Fallback(Search(tuple(texts), self._decoding), tries) if any(changed) else None

    def _around(self, prepared: Prepared, longest: int, *, no_repeat_ngram: int = 0) -> Fallback | None:
        """The search for what stands between protected spans, in pieces of at most ``longest`` tokens."""
        pieces = without_placeholders(
            prepared,
            self._count,
            longest,
            hide=lambda text: mask(text, self._spelling.masked_spans(text)),
            spell=self._spelling.verbalise,
        )
        return self._once(pieces, no_repeat_ngram) if pieces.parts else None

    def _once(self, prepared: Prepared, no_repeat_ngram: int = 0) -> Fallback:
        """The search for a sentence of which the best is taken or nothing."""
        decoding = replace(self._decoding, no_repeat_ngram=no_repeat_ngram)

        def tries(found: Sequence[NBest]) -> Iterator[Try]:
            yield prepared, [nbest.best for nbest in found]

        return Fallback(Search(tuple(part.text for part in prepared.parts), decoding), tries)


def n_best(found: Sequence[NBest]) -> Iterator[list[Output]]:
    """Yield outputs for a sentence, best first, given those of its parts, of which each is exchanged by itself."""
    best = [nbest.best for nbest in found]
    if best:
        yield best
    lists = [nbest.outputs() for nbest in found]
    for rank in range(1, min(map(len, lists), default=0)):
        for place, outputs in enumerate(lists):
            yield [*best[:place], outputs[rank], *best[place + 1 :]]


def lost_numbers(french: str, english: str) -> Iterator[MaskedSpan]:
    """Yield the numbers of ``french`` that ``english`` lacks, to be hidden."""
    return ((*figure.span, figure.english) for figure in lost_figures(french, english))


def _undone(output: Output, changed: Sequence[tuple[Substitution, str]]) -> Output:
    """Return ``output`` with the placeholders of what was substituted; without text where that is not certain."""
    found: str | None = output.text
    for each, place in changed:
        found = found and undo_substitution(found, each, place)
    return replace(output, text=found or "")
