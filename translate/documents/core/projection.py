"""Where a place of the French went in the English.

The best English stretch for a stretch of French is the one with the most of its words in it, as
:mod:`passerelle.translate.documents.core.token_pairs` has them, and the fewest of others (a maximum-sum run, Kadane).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cached_property

from passerelle.translate.documents.core.token_pairs import TokenPairs, paired
from passerelle.translate.flags import Span
from passerelle.translate.sentence_pair import Link
from passerelle.translate.translation import Translation

# More tokens than this in one sentence is no sentence; places in it are found in proportion.
_LONGEST = 400
# Shorter words can be the same in both languages and mean something else ("on", "a").
_SHORT = 4
_HELD = 1000.0


class Alignment:
    """Places of ``translation.source`` in ``translation.text``.

    ``held``: pairs of spans, in the one and the other, that are known to be the same thing.
    """

    def __init__(self, translation: Translation, held: Sequence[tuple[Span, Span]] = ()) -> None:
        self._stretches = _stretches(translation, sorted(held))
        self._starts = [stretch.start for stretch in self._stretches]

    def place(self, offset: int) -> int:
        """Return where what stands at ``offset`` goes: it stays with the word that it touches."""
        return self._at(offset).place(offset) if self._stretches else 0

    def extent(self, start: int, end: int) -> Span:
        """Return the span that ``start`` to ``end`` became; empty where no word of it is left."""
        if start >= end:
            place = self.place(start)
            return place, place
        first = max(bisect_right(self._starts, start) - 1, 0)
        last = max(bisect_left(self._starts, end) - 1, first)
        touched = self._stretches[first : last + 1]
        spans = [each.extent(max(start, each.start), min(end, each.end)) for each in touched]
        return min((a for a, _ in spans), default=0), max((b for _, b in spans), default=0)

    def _at(self, offset: int) -> _Stretch:
        index = max(bisect_right(self._starts, offset) - 1, 0)
        # Between a sentence and the gap after it, the mark belongs to the sentence.
        if index and self._stretches[index].start == offset:
            index -= 1
        return self._stretches[index]


class _Stretch:
    """A sentence, or the gap between two, and what it became."""

    def __init__(self, source: str, target: str, span: Span, target_span: Span, links: tuple[Link, ...]) -> None:
        self.start, self.end = span
        self._target_start, self._target_end = target_span
        self._source, self._target = source, target
        self._links = links
        self.held: list[tuple[Span, Span]] = []

    def place(self, offset: int) -> int:
        here = offset - self.start
        if here <= 0 or here >= len(self._source):
            return self._target_start if here <= 0 else self._target_end
        return self._target_start + self._inner_place(here)

    def extent(self, start: int, end: int) -> Span:
        if start <= self.start and end >= self.end:
            return self._target_start, self._target_end
        a, b = self._inner_extent(start - self.start, end - self.start)
        return self._target_start + a, self._target_start + b

    def _inner_place(self, here: int) -> int:
        if self._is_plain:
            return self._proportional(here)
        tokens = self._tokens.source.spans
        index = bisect_right(tokens, (here, -1)) - 1
        if index >= 0 and tokens[index][0] < here < tokens[index][1]:
            return self._within(index, here)
        if index >= 0 and (tokens[index][1] == here or index + 1 == len(tokens) or tokens[index + 1][0] > here):
            after = self._linked(index)[1]
            return after + self._blanks(after, here - tokens[index][1])
        return self._linked(index + 1)[0]

    def _inner_extent(self, start: int, end: int) -> Span:
        if self._is_plain:
            return self._proportional(start), self._proportional(end)
        tokens = self._tokens.source.spans
        first = bisect_right(tokens, (start, len(self._source) + 1)) - 1
        if first < 0 or tokens[first][1] <= start:
            first += 1
        last = bisect_left(tokens, (end, -1)) - 1
        if last < first:
            place = self._inner_place(start)
            return place, place + self._blanks(place, end - start)
        a, b = self._same(tokens[first][0], tokens[last][1]) or self._best_run(first, last)
        before, after = tokens[first][0] - start, end - tokens[last][1]
        if before < 0:
            a = min(self._within(first, start), b)
        if after < 0:
            b = max(self._within(last, end), a)
        return a - self._blanks_before(a, before), b + self._blanks(b, after)

    def _same(self, start: int, end: int) -> Span | None:
        """Where the words themselves stand in the English, once in each: a name, a number, an address."""
        words = self._source[start:end]
        if (len(words) < _SHORT and not any(map(str.isdigit, words))) or self._source.count(words) != 1:
            return None
        place = self._target.find(words)
        return (place, place + len(words)) if self._target.count(words) == 1 else None

    def _best_run(self, first: int, last: int) -> Span:
        """The English tokens that belong to the French tokens ``first`` to ``last``, as a span."""
        tokens = self._tokens
        weights = [0.0] * len(tokens.target)
        for index, targets in tokens.belonging.items():
            weight = _HELD if index in tokens.held else 1.0
            for target in targets:
                weights[target] += weight if first <= index <= last else -weight
        best, best_run, total, begin = 0.0, (-1, -1), 0.0, 0
        for index, weight in enumerate(weights):
            if total <= 0:
                total, begin = 0.0, index
            total += weight
            if total > best:
                best, best_run = total, (begin, index)
        if best <= 0:
            return self._proportional_run(first, last)
        return tokens.target.spans[best_run[0]][0], tokens.target.spans[best_run[1]][1]

    def _proportional_run(self, first: int, last: int) -> Span:
        """The English tokens at the same height of the sentence, for words that nothing is known of."""
        tokens = self._tokens
        ratio = len(tokens.target) / len(tokens.source)
        begin = min(int(first * ratio), len(tokens.target) - 1)
        end = max(begin + 1, round((last + 1) * ratio))
        held = set(tokens.held.values())
        words = [tokens.target.spans[index] for index in range(begin, end) if index not in held]
        if not words:
            place = self._linked(first)[0]
            return place, place
        return words[0][0], words[-1][1]

    def _linked(self, index: int) -> Span:
        """The span of the English of one token; an empty one after the token before it where it has none."""
        belonging, spans = self._tokens.belonging, self._tokens.target.spans
        if targets := belonging.get(index):
            return spans[targets[0]][0], spans[targets[-1]][1]
        while (index := index - 1) >= 0:
            if targets := belonging.get(index):
                end = spans[targets[-1]][1]
                return end, end
        return 0, 0

    def _within(self, index: int, here: int) -> int:
        """A place inside a word: after the letters that both words begin with, or before those that both end with."""
        start, end = self._tokens.source.spans[index]
        a, b = self._linked(index)
        word, english = self._source[start:end], self._target[a:b]
        offset = here - start
        if word[:offset] == english[:offset]:
            return a + offset
        # A first letter set apart, as at the head of a chapter.
        if offset == 1 and word[:1].isalpha() and english[:1].isalpha():
            return a + 1
        if english.endswith(word[offset:]):
            return b - (end - here)
        return a if offset * 2 < end - start else b

    def _blanks(self, place: int, most: int) -> int:
        count = 0
        while count < most and self._target[place + count : place + count + 1].isspace():
            count += 1
        return count

    def _blanks_before(self, place: int, most: int) -> int:
        count = 0
        while count < most and self._target[max(place - count - 1, 0) : place - count].isspace():
            count += 1
        return count

    def _proportional(self, here: int) -> int:
        if self._source == self._target:
            return here
        return round(here * len(self._target) / max(len(self._source), 1))

    @cached_property
    def _is_plain(self) -> bool:
        """Whether places are found in proportion: no words to go by, or too many."""
        if self._source == self._target:
            return True
        counts = len(self._tokens.source), len(self._tokens.target)
        return not all(counts) or max(counts) > _LONGEST

    @cached_property
    def _tokens(self) -> TokenPairs:
        held = [
            ((a - self.start, b - self.start), (c - self._target_start, d - self._target_start))
            for (a, b), (c, d) in self.held
        ]
        return paired(self._source, self._target, held, self._links)


def _stretches(translation: Translation, held: Sequence[tuple[Span, Span]]) -> list[_Stretch]:
    source, target = translation.source, translation.text
    stretches: list[_Stretch] = []
    start = target_start = 0

    def add(end: int, target_end: int, links: tuple[Link, ...] = ()) -> None:
        nonlocal start, target_start
        if end > start or target_end > target_start:
            span, target_span = (start, end), (target_start, target_end)
            stretches.append(_Stretch(source[start:end], target[slice(*target_span)], span, target_span, links))
        start, target_start = end, target_end

    for sentence in translation.sentences:
        add(sentence.start, sentence.target_start)
        add(sentence.end, sentence.target_end, sentence.links)
    add(len(source), len(target))
    starts = [stretch.start for stretch in stretches]
    for pair in held:
        stretch = stretches[max(bisect_right(starts, pair[0][0]) - 1, 0)]
        inside = pair[0][1] <= stretch.end and stretch._target_start <= pair[1][0] and pair[1][1] <= stretch._target_end
        if inside and (not stretch.held or pair[1][0] >= stretch.held[-1][1][1]):
            stretch.held.append(pair)
    return stretches
