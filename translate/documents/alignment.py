"""Where a place of the French went in the English.

The words that the model's attention links are followed; a sentence without links is matched by the words and marks
that both texts share, and in proportion between those.  The best English stretch for a stretch of French is the one
with the most linked words in it and the fewest of others (a maximum-sum run, Kadane).
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence
from difflib import SequenceMatcher
from functools import cached_property
from itertools import pairwise

from translate.translation import Link, Span, Translation

_TOKEN = re.compile(r"\w+|[^\w\s]")
_QUOTES = dict.fromkeys('«»“”„"‹›', '"') | dict.fromkeys("’‘", "'")
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
        tokens = self._source_tokens
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
        tokens = self._source_tokens
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
        weights = [0.0] * len(self._target_tokens)
        for index, targets in self._pairs.items():
            weight = _HELD if index in self._held_tokens else 1.0
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
        return self._target_tokens[best_run[0]][0], self._target_tokens[best_run[1]][1]

    def _proportional_run(self, first: int, last: int) -> Span:
        """The English tokens at the same height of the sentence, for words that nothing is known of."""
        ratio = len(self._target_tokens) / len(self._source_tokens)
        begin = min(int(first * ratio), len(self._target_tokens) - 1)
        end = max(begin + 1, round((last + 1) * ratio))
        held = set(self._held_tokens.values())
        words = [self._target_tokens[index] for index in range(begin, end) if index not in held]
        if not words:
            place = self._linked(first)[0]
            return place, place
        return words[0][0], words[-1][1]

    def _linked(self, index: int) -> Span:
        """The span of the English of one token; an empty one after the token before it where it has none."""
        while index >= 0:
            targets = self._pairs.get(index)
            if targets:
                return self._target_tokens[targets[0]][0], self._target_tokens[targets[-1]][1]
            index -= 1
            if index >= 0 and self._pairs.get(index):
                end = self._target_tokens[self._pairs[index][-1]][1]
                return end, end
        return 0, 0

    def _within(self, index: int, here: int) -> int:
        """A place inside a word: after the letters that both words begin with, or before those that both end with."""
        start, end = self._source_tokens[index]
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
        counts = len(self._source_tokens), len(self._target_tokens)
        return self._source == self._target or not all(counts) or max(counts) > _LONGEST

    @cached_property
    def _source_tokens(self) -> list[Span]:
        return _tokens(self._source, [(a - self.start, b - self.start) for (a, b), _ in self.held])

    @cached_property
    def _target_tokens(self) -> list[Span]:
        return _tokens(self._target, [(a - self._target_start, b - self._target_start) for _, (a, b) in self.held])

    @cached_property
    def _held_tokens(self) -> dict[int, int]:
        pairs = {}
        for (a, _), (b, _) in self.held:
            source = bisect_left(self._source_tokens, (a - self.start, -1))
            pairs[source] = bisect_left(self._target_tokens, (b - self._target_start, -1))
        return pairs

    @cached_property
    def _pairs(self) -> dict[int, list[int]]:
        """For each French token the English ones that belong to it, in order."""
        pairs: dict[int, set[int]] = defaultdict(set)
        for source, target in [*self._held_tokens.items(), *self._marks()]:
            pairs[source].add(target)
        same = {source for source in pairs if self._source[self._source_tokens[source][0]].isalnum()}
        for link in self._links:
            words = self._words(self._source, self._source_tokens, link.start, link.end)
            english = self._words(self._target, self._target_tokens, link.target_start, link.target_end)
            for source in words:
                if source not in same:
                    pairs[source].update(english)
        if not self._links:
            self._fill(pairs)
        return {source: sorted(targets) for source, targets in pairs.items() if targets}

    @staticmethod
    def _words(text: str, tokens: list[Span], start: int, end: int) -> list[int]:
        first = bisect_left(tokens, (start, -1))
        found = []
        for index in range(max(first - 1, 0), len(tokens)):
            a, b = tokens[index]
            if a >= end:
                break
            if b > start and text[a].isalnum():
                found.append(index)
        return found

    def _marks(self) -> list[tuple[int, int]]:
        """Punctuation and what has digits in it: the third comma is the third, where both texts have as many."""
        found = []
        english = _by_mark(self._target, self._target_tokens)
        for mark, places in _by_mark(self._source, self._source_tokens).items():
            if len(places) == len(english.get(mark, ())):
                found += list(zip(places, english[mark], strict=True))
        return found

    def _fill(self, pairs: dict[int, set[int]]) -> None:
        """Link every word without help from the model: shared words first, the others in proportion between them."""
        source = [self._source[a:b].casefold() for a, b in self._source_tokens]
        target = [self._target[a:b].casefold() for a, b in self._target_tokens]
        # Short words are false friends ("on", "son", "a").
        kept = [word if len(word) > 3 or word[0].isdigit() else None for word in source]
        anchors = [(-1, -1)]
        for block in SequenceMatcher(None, kept, target, autojunk=False).get_matching_blocks():
            anchors += [(block.a + step, block.b + step) for step in range(block.size)]
        anchors.append((len(source), len(target)))
        for (a, b), (c, d) in pairwise(anchors):
            if 0 <= a < len(source):
                pairs[a].add(b)
            for index in range(a + 1, c):
                first = b + 1 + (index - a - 1) * (d - b - 1) // (c - a - 1)
                after = b + 1 + (index - a) * (d - b - 1) // (c - a - 1)
                if source[index][0].isalnum() and index not in self._held_tokens:
                    pairs[index].update(each for each in range(first, after) if target[each][0].isalnum())


def _tokens(text: str, held: Sequence[Span]) -> list[Span]:
    """The spans of words and marks; a ``held`` span is one token."""
    tokens: list[Span] = []
    position = 0
    for start, end in [*held, (len(text), len(text))]:
        tokens += [match.span() for match in _TOKEN.finditer(text, position, start)]
        if start < end:
            tokens.append((start, end))
        position = end
    return tokens


def _by_mark(text: str, tokens: Sequence[Span]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for index, (start, end) in enumerate(tokens):
        word = text[start:end]
        if not word[0].isalnum() or any(map(str.isdigit, word)):
            found[_QUOTES.get(word, word)].append(index)
    return found


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
