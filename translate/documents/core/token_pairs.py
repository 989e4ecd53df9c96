"""Which words and marks of a French sentence belong to which of its English.

What is known to be the same comes first, then punctuation and what has digits in it, then the words that the model's
attention links; a sentence without links is matched by the words that both texts share, and in proportion between
those.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

from passerelle.translate.flags import Span
from passerelle.translate.sentence_pair import Link

_TOKEN = re.compile(r"\w+|[^\w\s]")
_QUOTES = dict.fromkeys('«»“”„"‹›', '"') | dict.fromkeys("’‘", "'")


@dataclass(frozen=True)
class Tokens:
    """The words and marks of ``text``, each with its span in it."""

    text: str
    spans: tuple[Span, ...]

    @classmethod
    def of(cls, text: str, held: Sequence[Span]) -> Tokens:
        """Return the tokens of ``text``; each of the ``held`` spans is one of them."""
        spans: list[Span] = []
        position = 0
        for start, end in [*held, (len(text), len(text))]:
            spans += [match.span() for match in _TOKEN.finditer(text, position, start)]
            if start < end:
                spans.append((start, end))
            position = end
        return cls(text, tuple(spans))

    def __len__(self) -> int:
        return len(self.spans)

    def __getitem__(self, index: int) -> str:
        start, end = self.spans[index]
        return self.text[start:end]

    def is_word(self, index: int) -> bool:
        """Say whether a token is a word rather than a mark."""
        return self.text[self.spans[index][0]].isalnum()

    def starting(self, start: int) -> int:
        """Return the number of the first token that starts at ``start`` or after it."""
        return bisect_left(self.spans, (start, -1))

    def words(self, start: int, end: int) -> list[int]:
        """Return the numbers of the words that ``start`` to ``end`` touches."""
        found = []
        for index in range(max(self.starting(start) - 1, 0), len(self)):
            a, b = self.spans[index]
            if a >= end:
                break
            if b > start and self.is_word(index):
                found.append(index)
        return found

    def marks(self) -> dict[str, list[int]]:
        """Return where each mark, and each token with digits in it, stands."""
        found: dict[str, list[int]] = defaultdict(list)
        for index in range(len(self)):
            token = self[index]
            if not token[0].isalnum() or any(map(str.isdigit, token)):
                found[_QUOTES.get(token, token)].append(index)
        return found


@dataclass(frozen=True)
class TokenPairs:
    """The tokens of both sentences.  ``held``: those known to be the same; ``belonging``: for each French token the
    English ones that belong to it, in order.
    """

    source: Tokens
    target: Tokens
    held: dict[int, int]
    belonging: dict[int, list[int]]


def paired(source: str, target: str, held: Sequence[tuple[Span, Span]], links: Sequence[Link]) -> TokenPairs:
    """Return the tokens of ``source`` and ``target`` and which belong to which.

    ``held``: pairs of spans known to be the same thing, in order on both sides.  ``links``: those of the model.
    """
    french, english = Tokens.of(source, [a for a, _ in held]), Tokens.of(target, [b for _, b in held])
    known = {french.starting(a[0]): english.starting(b[0]) for a, b in held}
    pairs: dict[int, set[int]] = defaultdict(set)
    for one, other in [*known.items(), *_same_marks(french, english)]:
        pairs[one].add(other)
    same = {one for one in pairs if french.is_word(one)}
    for link in links:
        words = english.words(link.target_start, link.target_end)
        for one in french.words(link.start, link.end):
            if one not in same:
                pairs[one].update(words)
    if not links:
        _fill(pairs, french, english, known)
    return TokenPairs(french, english, known, {one: sorted(others) for one, others in pairs.items() if others})


def _same_marks(french: Tokens, english: Tokens) -> list[tuple[int, int]]:
    """The third comma is the third, where both texts have as many."""
    found = []
    theirs = english.marks()
    for mark, places in french.marks().items():
        if len(places) == len(theirs.get(mark, ())):
            found += list(zip(places, theirs[mark], strict=True))
    return found


def _fill(pairs: dict[int, set[int]], french: Tokens, english: Tokens, known: dict[int, int]) -> None:
    """Pair every word without help from the model: shared words first, the others in proportion between them."""
    source = [french[index].casefold() for index in range(len(french))]
    target = [english[index].casefold() for index in range(len(english))]
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
            if french.is_word(index) and index not in known:
                pairs[index].update(each for each in range(first, after) if english.is_word(each))
