"""The base forms that a French form may have, by its ending; what endings cannot tell is listed in the dictionary."""

from __future__ import annotations

import re
from collections.abc import Iterator

from passerelle.translate.lexicon.inflection import bases

ELISION = re.compile(r"(?:[dlnsjmtc]|qu|jusqu|lorsqu|puisqu|quoiqu)'(?=\w)")
# The endings of verbs in -er and of verbs in -ir that have -iss-; the longest are tried first.
_FIRST = """e es ons ez ent ais ait ions iez aient ai as a âmes âtes èrent erai eras era erons erez eront erais erait
erions eriez eraient asse asses ât assions assiez assent é és ée ées ant""".split()
_SECOND = """is it issons issez issent issais issait issions issiez issaient irai iras ira irons irez iront irais irait
irions iriez iraient i ie ies isse isses issant îmes îtes irent""".split()
_ENDINGS = sorted(
    [(ending, "er") for ending in _FIRST] + [(ending, "ir") for ending in _SECOND],
    key=lambda pair: (-len(pair[0]), pair),
)
_SHORTEST = 2


def key(word: str) -> str:
    """Return ``word`` as the dictionary files it: in lower case, with plain apostrophes and without ligatures."""
    return word.lower().replace("’", "'").replace("œ", "oe").replace("æ", "ae")


def unelided(word: str) -> str:
    """Return ``word``, filed as by :func:`key`, without what lost its vowel before it: ``l'eau`` as ``eau``."""
    return ELISION.sub("", word, count=1) if ELISION.match(word) else word


def lemmas(form: str) -> Iterator[str]:
    """Yield the base forms, as filed, that the ending of ``form`` allows; most of them are no words."""
    yield from sorted(bases(form) - {form}, key=len, reverse=True)
    for ending, infinitive in _ENDINGS:
        if form.endswith(ending) and len(form) - len(ending) >= _SHORTEST:
            rest = form.removesuffix(ending)
            if rest.endswith("ç"):
                rest = rest[:-1] + "c"
            elif rest.endswith("ge") and ending[0] in "aoâ":
                rest = rest[:-1]
            yield rest + infinitive
