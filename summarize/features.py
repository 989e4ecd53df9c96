"""What the selector sees of a sentence: numbers about its place, its words and its neighbours."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from passerelle.summarize.words import CONNECTIVES, FUNCTION_WORDS, PRONOUNS, content, names, numbers, words

NAMES = (
    "order",
    "place",
    "remaining",
    "sentences",
    "length",
    "centrality",
    "centrality_rank",
    "overlap",
    "overlap_rank",
    "with_first",
    "with_best",
    "frequency",
    "peak_frequency",
    "names",
    "names_shared",
    "names_in_full",
    "numbers",
    "quoted",
    "quotes",
    "opens_with_pronoun",
    "opens_with_connective",
    "pronouns",
    "speech",
    "time",
    "question",
    "first_person",
    "function_words",
    "novelty",
    "after",
    "before",
    "parenthesis",
    "full",
    "news_centrality",
    "news_centrality_rank",
    "salience",
    "salience_rank",
    "salience_peak",
    "names_new",
)

_FIRST_PERSON = frozenset("i we my our me us you your".split())
_SPEECH = frozenset("said says told added according asked reported tweeted wrote explained insisted claimed".split())
TIME = frozenset(
    """monday tuesday wednesday thursday friday saturday sunday yesterday today tonight week month year january february
    march april june july august september october november december""".split()
)
_QUOTED = re.compile(r"[\"“]([^\"”]*)[\"”]?")


@dataclass(frozen=True)
class Background:
    """What is known of words beforehand, by stem.

    ``rarity``: inverse document frequency in news.  ``salience``: log-odds that a summary keeps the word when its
    article has it.  A stem that is absent is rare, and of salience 0.
    """

    rarity: Mapping[str, float]
    salience: Mapping[str, float]

    @cached_property
    def rarest(self) -> float:
        """The rarity of a stem that is not listed."""
        return max(self.rarity.values(), default=1.0)


def features(sentences: Sequence[str], background: Background) -> list[list[float]]:
    """Return one row of ``NAMES`` for each sentence of a section, given all of them in order.

    The centrality is the cosine of a sentence with the whole section, both weighted by tf-idf with the section's
    sentences as documents (Radev et al. 2004, "Centroid-based summarization"); the overlap is the mean degree of
    LexRank's graph (Erkan and Radev 2004).
    """
    count = len(sentences)
    stems = [content(sentence) for sentence in sentences]
    vectors = [Counter(row) for row in stems]
    occurs: Counter[str] = Counter()
    for vector in vectors:
        occurs.update(vector.keys())
    idf = {word: math.log(1 + count / number) for word, number in occurs.items()}
    whole: Counter[str] = Counter()
    for row in stems:
        whole.update(row)
    total = sum(whole.values()) or 1
    weighted = [{word: n * idf[word] for word, n in vector.items()} for vector in vectors]
    norms = [math.sqrt(sum(w * w for w in row.values())) or 1.0 for row in weighted]
    centre = {word: n * idf[word] for word, n in whole.items()}
    centre_norm = math.sqrt(sum(w * w for w in centre.values())) or 1.0
    centrality = [
        sum(w * centre[word] for word, w in row.items()) / (norm * centre_norm)
        for row, norm in zip(weighted, norms, strict=True)
    ]

    rarity = [{word: n * background.rarity.get(word, background.rarest) for word, n in v.items()} for v in vectors]
    news_centre = {word: n * background.rarity.get(word, background.rarest) for word, n in whole.items()}
    news_norm = math.sqrt(sum(w * w for w in news_centre.values())) or 1.0
    news_centrality = [
        sum(w * news_centre[word] for word, w in row.items())
        / ((math.sqrt(sum(w * w for w in row.values())) or 1.0) * news_norm)
        for row in rarity
    ]
    keeping = [sorted((background.salience.get(word, 0.0) for word in row), reverse=True) for row in stems]
    salience = [sum(row) / (len(row) or 1) for row in keeping]

    def cosine(a: int, b: int) -> float:
        small, large = (a, b) if len(weighted[a]) < len(weighted[b]) else (b, a)
        dot = sum(w * weighted[large].get(word, 0.0) for word, w in weighted[small].items())
        return dot / (norms[a] * norms[b])

    overlap = [0.0] * count
    for a in range(count):
        for b in range(a):
            degree = cosine(a, b)
            overlap[a] += degree / count
            overlap[b] += degree / count
    best = max(range(count), key=centrality.__getitem__, default=0)
    central_order = _ranks(centrality)
    overlap_order = _ranks(overlap)
    news_order = _ranks(news_centrality)
    salience_order = _ranks(salience)
    introduced: set[str] = set()
    named = [names(sentence) for sentence in sentences]
    name_counts: Counter[str] = Counter()
    for row in named:
        name_counts.update(set(row))
    seen: set[str] = set()
    rows = []
    for i, sentence in enumerate(sentences):
        spoken = words(sentence)
        size = len(spoken) or 1
        first = spoken[0] if spoken else ""
        kept = stems[i]
        novelty = sum(word not in seen for word in kept) / (len(kept) or 1)
        seen.update(kept)
        fresh = len(set(named[i]) - introduced)
        introduced.update(named[i])
        rows.append(
            [
                math.log(1 + i),
                i / count,
                math.log(count - i),
                math.log(count),
                math.log(size),
                centrality[i],
                central_order[i],
                overlap[i],
                overlap_order[i],
                cosine(i, 0) if i else 1.0,
                cosine(i, best) if i != best else 1.0,
                sum(whole[word] for word in kept) / (len(kept) or 1) / total * 100,
                max((whole[word] for word in kept), default=0) / total * 100,
                len(named[i]) / size,
                sum(name_counts[name] - 1 for name in set(named[i])) / size,
                _in_full(sentence),
                float(len(numbers(sentence))),
                sum(len(match) for match in _QUOTED.findall(sentence)) / (len(sentence) or 1),
                float(sentence[:1] in "\"“'‘"),
                float(first in PRONOUNS),
                float(first in CONNECTIVES),
                sum(word in PRONOUNS for word in spoken) / size,
                float(any(word in _SPEECH for word in spoken)),
                float(any(word in TIME for word in spoken)),
                float(sentence.endswith("?")),
                sum(word in _FIRST_PERSON for word in spoken) / size,
                sum(word in FUNCTION_WORDS for word in spoken) / size,
                novelty,
                cosine(i, i + 1) if i + 1 < count else 0.0,
                cosine(i, i - 1) if i else 0.0,
                float("(" in sentence),
                float(sentence[-1:] in ".!?\"'”’"),
                news_centrality[i],
                news_order[i],
                salience[i],
                salience_order[i],
                sum(keeping[i][:4]) / 4,
                float(fresh),
            ]
        )
    return rows


def _ranks(values: Sequence[float]) -> list[float]:
    """Return each value's rank, from 0 for the highest to 1."""
    order = sorted(range(len(values)), key=lambda i: -values[i])
    ranks = [0.0] * len(values)
    for rank, i in enumerate(order):
        ranks[i] = rank / max(1, len(values) - 1)
    return ranks


_FULL_NAME = re.compile(r"\b[A-Z][\w'’-]+(?: [A-Z][\w'’-]+)+")


def _in_full(sentence: str) -> float:
    """Number of names given in full (two capitalised words or more), as where a person is introduced."""
    return float(len(_FULL_NAME.findall(sentence)))
