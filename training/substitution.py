"""Words that can stand for each other: a rare country, nationality, fruit or tool in the place of a frequent word.

In a small corpus "French" stands ten thousand times and "North Korean" nine, so a model spells the second one out
by guesswork.  Each group holds words of one gender, number and elision in French, so that any of them may take
the place of any other and the sentence around it stays right (after Fadaee et al. 2017, who ask a language
model for the places; closed groups need none).
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from itertools import accumulate

from passerelle.translate.lexicon.gazetteer import Entry, article, name_groups, whole
from training.rare_words import alike, groups


class Places:
    """The words whose places others may take: each of ``frequent`` makes room for any of the ``others`` beside it.

    With a ``weight``, a function of a French word, the others are drawn as often as it says; else all alike.
    """

    def __init__(
        self,
        groups: Iterable[tuple[Sequence[Entry], Sequence[Entry]]],
        weight: Callable[[str], float] = lambda _: 1.0,
    ) -> None:
        self._known: dict[str, tuple[Sequence[Entry], list[float], re.Pattern[str]]] = {}
        for frequent, others in groups:
            weights = list(accumulate(weight(french) for french, _ in others))
            for french, english in frequent:
                self._known[french] = others, weights, re.compile(whole(english))
        self._french = re.compile(whole(*self._known))

    def __call__(self, rng: random.Random, french: str, english: str, mark: str = "") -> Entry:
        """Put another word in the place of one that stands once in both texts, in both; else change nothing.

        ``mark`` is set on either side of it.
        """
        found = [
            (match.group(), partner)
            for match in self._french.finditer(french)
            if len(partner := self._known[match.group()][2].findall(english)) == 1
        ]
        single = [(word, partner[0]) for word, partner in found if len(re.findall(whole(word), french)) == 1]
        if not single:
            return french, english
        word, partner = rng.choice(single)
        others, weights, _ = self._known[word]
        other, its_partner = rng.choices(others, cum_weights=weights)[0]
        rest = article(its_partner)[1:]
        other, its_partner = f"{mark}{other}{mark}", f"{mark}{its_partner}{mark}"
        english = re.sub(rf"\b([Aa])n? {whole(partner)}", lambda match: f"{match[1]}{rest} {its_partner}", english)
        return re.sub(whole(word), other, french), re.sub(whole(partner), its_partner, english)


def other_word(rng: random.Random, french: str, english: str) -> Entry:
    """A word of a closed group becomes another of that group: a day, a country, a trade."""
    return _closed()(rng, french, english)


def rare_word(rng: random.Random, french: str, english: str) -> Entry:
    """A frequent noun or adjective becomes a rare one that fits its place in grammar, if not in sense."""
    return _open()(rng, french, english)


def rare_word_in_quotes(rng: random.Random, french: str, english: str) -> Entry:
    """The same, with quotation marks around the rare one."""
    return _open()(rng, french, english, '"')


@cache
def _closed() -> Places:
    return Places((group, group) for group in (*name_groups(), *alike()))


@cache
def _open() -> Places:
    return Places((group.frequent, group.rare) for group in groups())
