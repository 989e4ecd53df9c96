"""Words that can stand for each other: a rare country, nationality, day or fruit in the place of a frequent one.

In a small corpus "French" stands ten thousand times and "North Korean" nine, so a model spells the second one out
by guesswork.  Each group below holds words of one gender, number and elision in French, so that any of them may take
the place of any other and the sentence around it stays right (after Fadaee et al. 2017, who ask a language
model for the places; closed groups need none).
"""

from __future__ import annotations

import random
import re

from translate.interchangeable import Entry, article, named, things, whole


def other_word(rng: random.Random, french: str, english: str) -> Entry:
    """A word of a group that stands once in both texts becomes another of that group, in both; else no change."""
    found = [
        (match.group(), partner)
        for match in _FRENCH.finditer(french)
        if len(partner := _ENGLISH_OF[match.group()][1].findall(english)) == 1
    ]
    single = [(word, partner[0]) for word, partner in found if len(re.findall(whole(word), french)) == 1]
    if not single:
        return french, english
    word, partner = rng.choice(single)
    group = _ENGLISH_OF[word][0]
    other, its_partner = rng.choice(group)
    rest = article(its_partner)[1:]
    english = re.sub(rf"\b([Aa])n? {whole(partner)}", lambda match: f"{match[1]}{rest} {its_partner}", english)
    return re.sub(whole(word), other, french), re.sub(whole(partner), its_partner, english)


_ENGLISH_OF = {
    french: (group, re.compile(whole(english))) for group in (*named(), *things()) for french, english in group
}
_FRENCH = re.compile(whole(*_ENGLISH_OF))
