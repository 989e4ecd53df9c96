"""Scores sentences and chooses among them within a budget of words.

The score is a sum of small regression trees over ``features``, learnt from articles and their highlights by
``training/summary/selector.py`` and kept in ``selector.json``; nothing but Python is needed to evaluate it.  Where a
text opens with its news (``opening``), its first sentences score more.
"""

from __future__ import annotations

import heapq
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from passerelle.summarize.features import Background, features
from passerelle.summarize.lengths import Room
from passerelle.summarize.opening import Opening
from passerelle.summarize.sentences import Sentence, is_full
from passerelle.summarize.trees import Tree
from passerelle.summarize.windows import windows
from passerelle.summarize.words import content, leans, refers

SECTION = 1200
_LEARNT = Path(__file__).with_name("selector.json")
_LEAST = 15
_FRAGMENT = 5
_LEANING = 0.12
_BROKEN = 0.1
_DOUBTED = 0.06
_FURNITURE = re.compile(
    r"(?:PUBLISHED|UPDATED|Published|Updated|READ MORE|Read more|Scroll down|Click here|Share this|Advertisement"
    r"|Sign up|Follow us|Photo(?:graph)?:|By [A-Z]\w+ [A-Z]\w+(?: for |\.?$))"
)
_STRAY = re.compile(r"\w ['’][.,:;]? |''|^['‘\"“][a-z]|^\W*[a-z]")


@dataclass(frozen=True)
class Scored:
    """A sentence and how much a summary wants it.  ``lead``: the part of the score that it has for opening the text."""

    sentence: Sentence
    score: float
    lead: float = 0.0


def _extent(sentence: Sentence) -> int:
    """Size of a sentence in a section: short ones count for more, so that sections have few sentences."""
    return max(sentence.size, _LEAST)


def _sections(scored: Sequence[Scored]) -> Iterator[list[Scored]]:
    position = 0
    for section in windows([item.sentence for item in scored], SECTION, _extent):
        yield list(scored[position : position + len(section)])
        position += len(section)


class Selector:
    """Scores and chooses sentences.

    ``redundancy``: what a sentence loses for each share of its content words that is already chosen.
    """

    def __init__(
        self, trees: Sequence[Tree], background: Background, redundancy: float, opening: Opening | None = None
    ) -> None:
        self.trees = tuple(trees)
        self.background = background
        self.redundancy = redundancy
        self.opening = opening

    @classmethod
    def load(cls) -> Selector:
        """Return the selector that comes with the package."""
        saved = json.loads(_LEARNT.read_text("utf-8"))
        background = Background(saved["rarity"], saved["salience"])
        return cls(
            [Tree(*map(tuple, tree)) for tree in saved["trees"]], background, saved["redundancy"], Opening.load()
        )

    def score(self, sentences: Sequence[Sentence], leads: Mapping[int, float] | None = None) -> list[Scored]:
        """Return the sentences with their scores, section by section: time and memory grow with their number alone.

        ``leads``: what sentences gain for opening the text, by index; None where they are yet to be judged.
        """
        scored: list[Scored] = []
        for section in windows(sentences, SECTION, _extent):
            rows = features([sentence.text for sentence in section], self.background)
            if leads is None:
                leads = self._leads(section, rows)
            for sentence, row in zip(section, rows, strict=True):
                lead = leads.get(sentence.index, 0.0)
                scored.append(Scored(sentence, sum(tree(row) for tree in self.trees) + lead, lead))
        return scored

    def _leads(self, section: Sequence[Sentence], rows: Sequence[Sequence[float]]) -> dict[int, float]:
        """Judge the beginning of a text, from its first full sentence on: headings and labels are no news."""
        if self.opening is None:
            return {}
        full = [(s.index, row) for s, row in zip(section, rows, strict=True) if is_full(s.text) and s.size >= _FRAGMENT]
        gains = self.opening.gains([row for _, row in full])
        return {index: gain for (index, _), gain in zip(full, gains, strict=False)}

    def select(self, sentences: Sequence[Sentence], room: Room) -> list[Scored]:
        """Return the sentences to use, in order; at least one if there is any.

        A long text is read section by section and of each twice its share of the room is kept; what was kept is
        read again as a text, until it is one section or shrinks no more.
        """
        kept = list(sentences)
        leads: Mapping[int, float] | None = None
        while True:
            scored = self.score(kept, leads)
            leads = {item.sentence.index: item.lead for item in scored if item.lead}
            size = sum(item.sentence.size for item in scored)
            sections = list(_sections(scored))
            chosen: list[Scored] = []
            for section in sections:
                share = sum(item.sentence.size for item in section) / size
                chosen += self.choose(section, Room(int(2 * room.words * share)))
            if len(sections) == 1 or sum(item.sentence.size for item in chosen) > 0.8 * size:
                return self.choose(scored, room)
            kept = [item.sentence for item in chosen]

    def choose(self, scored: Sequence[Scored], room: Room) -> list[Scored]:
        """Return the best of ``scored`` that there is room for, in the order of the text; at least one if there is any.

        Where the room has a ``worth``, what opens with a pronoun waits for the sentence before it, which says who is
        meant.

        Greedy, with a penalty for content that is already there (Carbonell and Goldstein 1998, maximal marginal
        relevance).  The penalty only grows, so a heap with stale values finds the best without looking at all.
        """
        stems = [set(content(item.sentence.text)) for item in scored]
        scores = [item.score - _penalty(item.sentence) for item in scored]
        covered: set[str] = set()
        heap = [(-score, i) for i, score in enumerate(scores)]
        heapq.heapify(heap)
        chosen: list[int] = []
        known: set[int] = set()
        waiting: dict[int, int] = {}
        left = room.words
        while heap and (room.sentences is None or len(chosen) < room.sentences):
            stale, i = heapq.heappop(heap)
            if not room.holds(scored[i].sentence.size, left):
                continue
            value = scores[i] - self.redundancy * len(stems[i] & covered) / (len(stems[i]) or 1)
            if -value > stale and heap and -value > heap[0][0]:
                heapq.heappush(heap, (-value, i))
                continue
            if chosen and room.worth and value < room.worth * scores[chosen[0]]:
                break
            sentence = scored[i].sentence
            if room.worth and refers(sentence.text) and sentence.index - 1 not in known:
                waiting[sentence.index] = i
                continue
            chosen.append(i)
            known.add(sentence.index)
            if (follower := waiting.pop(sentence.index + 1, None)) is not None:
                heapq.heappush(heap, (-scores[follower], follower))
            covered |= stems[i]
            left -= scored[i].sentence.size
        if not chosen and scored:
            chosen = [max(range(len(scored)), key=lambda i: (scores[i], -i))]
        return [scored[i] for i in sorted(chosen)]


def _penalty(sentence: Sentence) -> float:
    """What a sentence loses for not standing on its own.

    A fragment and what belongs to the page, not to the text, lose all; less what leans on the sentence before it, and
    what has quotation marks astray, and what was translated doubtfully.
    """
    if sentence.size < _FRAGMENT or _FURNITURE.match(sentence.text):
        return 1.0
    broken = _STRAY.search(sentence.text) is not None
    return _LEANING * leans(sentence.text) + _BROKEN * broken + _DOUBTED * sentence.doubtful
