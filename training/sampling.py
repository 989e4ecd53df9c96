"""Which pairs the translator learns from, how often, and in what order."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from training.augmentation import Augmenter
from training.batches import Encoded
from training.corpus import Pair
from training.vocabulary import Vocabulary

DEFAULT_RATES = {
    "news": 1.0,
    "europarl": 1.0,
    "tatoeba": 1.0,
    "debian_web": 0.3,
    "laws": 0.15,
    "pydocs": 0.15,
    "php": 0.05,
    "books": 0.4,
    "cds_blog": 2.0,
    "mozilla": 1.5,
    "opendatahb": 2.0,
    "djangogirls": 1.0,
    "hf_course": 0.8,
    "hf_agents": 0.8,
    "optech": 0.3,
    "rustbook": 0.3,
    "rubylang": 0.5,
    "books_close": 0.3,
    "books_free": 0.1,
    "libreoffice_help": 0.15,
    "gnome_help": 0.3,
    "debian_handbook": 0.6,
    "unesco_whc": 2.0,
    "cdda": 0.7,
    "0ad": 0.8,
    "freeorion": 0.4,
    "flare": 0.7,
    "eu_food_law": 0.7,
    "written": 6.0,
    "lexicon": 0.5,
    "lexicon_sentences": 0.5,
    "forms": 0.3,
}


@dataclass(frozen=True)
class Taste:
    """What to draw: how often an epoch shows each pair of a source, and which pairs it never shows.

    Of each source, ``too_free`` is the share left out as the least literal, ``too_far`` the share of the rest left
    out as the least like the wanted text; nothing of those in ``whole``, written or checked by hand.  The taste leans
    towards full sentences of general prose and away from manuals, statutes and old novels.
    """

    rates: dict[str, float] = field(default_factory=lambda: dict(DEFAULT_RATES))
    too_free: float = 0.2
    too_far: float = 0.1
    whole: frozenset[str] = frozenset({"written", "lexicon", "lexicon_sentences", "forms"})
    longest_pieces: int = 120


def chosen_pairs(pairs: Sequence[Pair], taste: Taste) -> list[Pair]:
    """Return those of ``pairs`` that suit ``taste``, grouped by source."""
    by_source: dict[str, list[Pair]] = {}
    for pair in pairs:
        by_source.setdefault(pair.source, []).append(pair)
    chosen: list[Pair] = []
    for source, found in by_source.items():
        if source in taste.whole:
            chosen.extend(found)
            continue
        literal = _best(found, taste.too_free, lambda pair: pair.literalness)
        chosen.extend(_best(literal, taste.too_far, lambda pair: pair.likeness))
    return chosen


def _best(pairs: list[Pair], left_out: float, score: Callable[[Pair], float]) -> list[Pair]:
    """Return ``pairs`` without the share ``left_out`` that has the lowest ``score``."""
    return sorted(pairs, key=score)[int(len(pairs) * left_out) :]


class PairChunks:
    """The chunks of a :class:`~training.batches.BatchStream`: shuffled epochs of augmented, encoded pairs.

    With ``reverse`` the English is the source and the French the target.
    """

    def __init__(
        self,
        pairs: Sequence[Pair],
        vocabulary: Vocabulary,
        taste: Taste,
        *,
        augmenter: Augmenter | None = None,
        size: int = 12_000,
        seed: int = 1,
        reverse: bool = False,
    ) -> None:
        self._pairs, self._vocabulary, self._taste, self._seed = pairs, vocabulary, taste, seed
        self._reverse = reverse
        self._augmenter, self._size = augmenter or Augmenter(), size
        expected = sum(taste.rates.get(pair.source, 1.0) for pair in pairs)
        self.per_epoch = max(1, int(expected / size))
        self._epoch: tuple[int, list[int]] = (-1, [])

    def __call__(self, rng: random.Random, number: int) -> list[Encoded]:
        """Return the encoded pairs of chunk ``number``; those with a side that is too long are left out."""
        epoch, place = divmod(number, self.per_epoch)
        order = self._order(epoch)
        chosen = [self._pairs[index] for index in order[place :: self.per_epoch]]
        texts = self._augmenter(rng, [(pair.french, pair.english) for pair in chosen])
        french = self._vocabulary.encode([text for text, _ in texts])
        english = self._vocabulary.encode([text for _, text in texts])
        longest = self._taste.longest_pieces
        sides = (english, french) if self._reverse else (french, english)
        return [row for row in zip(*sides, strict=True) if max(len(row[0]), len(row[1])) <= longest]

    def _order(self, epoch: int) -> list[int]:
        """Return the pair numbers of ``epoch`` in random order, each as often as its source's rate says."""
        if self._epoch[0] != epoch:
            rng = random.Random(f"{self._seed}/epoch {epoch}")
            order: list[int] = []
            for index, pair in enumerate(self._pairs):
                rate = self._taste.rates.get(pair.source, 1.0)
                order.extend([index] * (int(rate) + (rng.random() < rate % 1)))
            rng.shuffle(order)
            self._epoch = (epoch, order)
        return self._epoch[1]
