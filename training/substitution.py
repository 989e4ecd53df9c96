"""Words that can stand for each other: a rare country, nationality, day or fruit in the place of a frequent one.

In a small corpus "French" stands ten thousand times and "North Korean" nine, so a model spells the second one out
by guesswork.  Each group below holds words of one gender, number and elision in French, so that any of them may take
the place of any other and the sentence around it stays right (after Fadaee et al. 2017, who ask a language
model for the places; closed groups need none).
"""

from __future__ import annotations

import random
import re

from translate.interchangeable import Entry, named, things

_LIKE_A_CONSONANT = ("Eu", "U")


def other_word(rng: random.Random, french: str, english: str) -> Entry:
    """A word of a group that stands once in both texts becomes another of that group, in both; else no change."""
    found = [
        (match.group(), partner)
        for match in _FRENCH.finditer(french)
        if len(partner := _ENGLISH_OF[match.group()][1].findall(english)) == 1
    ]
    single = [(word, partner[0]) for word, partner in found if len(re.findall(_whole(word), french)) == 1]
    if not single:
        return french, english
    word, partner = rng.choice(single)
    group = _ENGLISH_OF[word][0]
    other, its_partner = rng.choice(group)
    article = "a" if its_partner[0] not in "AEIOUaeiou" or its_partner.startswith(_LIKE_A_CONSONANT) else "an"
    english = re.sub(rf"\b([Aa])n? {_whole(partner)}", lambda match: f"{match[1]}{article[1:]} {its_partner}", english)
    return re.sub(_whole(word), other, french), re.sub(_whole(partner), its_partner, english)


def _whole(word: str) -> str:
    return rf"(?<![\w-]){re.escape(word)}(?![\w-])"


_ENGLISH_OF = {
    french: (group, re.compile(_whole(english))) for group in (*named(), *things()) for french, english in group
}
_FRENCH = re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, sorted(_ENGLISH_OF, key=len, reverse=True)))})(?![\w-])")
