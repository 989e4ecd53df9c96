"""Where a French sentence ends.

Rules, not a model: they answer in microseconds, are the same on every machine, and a reader can see why a
break was made.  The abbreviations are those of French newspapers, law and administration.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_CANDIDATE = re.compile(
    r"""(?<![.!?…])(?P<mark>[.!?…]++|。)          # what may end a sentence,
        (?P<close>(?:\s?[»›]|["”’)\]](?!\w))*+)    # the quotation or bracket that it closes,
        (?P<gap>\s+)                               # and the gap before the next one
    """,
    re.VERBOSE,
)
_NEXT_SENTENCE = re.compile(r"[-–—\s«‹“\"'’(\[]*(?:[A-ZÀ-ÖØ-ÞŒŸ\d]|[^\W\da-zß-öø-ÿœ])")
_FIRST_WORD = re.compile(r"\W*(\w{2,}|[AÀY](?=\s)|\w(?=['’]))")
_LAST_WORD = re.compile(r"[^\s(«\[“\"'’]*$")
# Never the end of a sentence: a name, a number or an example follows.
_TITLES = frozenset(
    """
    m mm mr mgr dr drs pr prof st ste sts stes r.p s.e s.m art cf ex p.ex par.ex p pp vol chap éd n nos fig tél bd
    alin janv févr fevr avr juil sept oct nov déc
    """.split()
)
# Ends a sentence only where a new one clearly begins.
_OFTEN_LAST = frozenset(
    """
    etc j.-c apr apr.j.-c av.j.-c s.a s.a.r.l h hab km kg al ann app av boul cap cdt cit col coll dec dir ed env fg gal
    ibid id ill lt max min mlle mlles mme mmes no op par pl réf ref resp sq sqq t tel trad v vs r.-v
    """.split()
)
_STARTERS = frozenset(
    """
    ainsi alors après au aucun aujourd aussi autre avant avec bien bref c car ce ceci cela celle celui cependant
    certains ces cet cette ceux chaque chez comme comment d dans de depuis des deux dès donc du durant elle elles
    en enfin ensuite entre est et eux excepté il ils j je jusqu l la là le les leur leurs lors lorsque lui ma mais
    malgré me mes mon même ni nos notre nous n on or ou où par parce pas pendant peu peut plus plusieurs pour
    pourquoi pourtant près puis puisque quand quant que quel quelle quelques qui quoi quoique s sa sans selon ses
    si sinon son sous sur surtout t ta tandis tant tel telle tes ton toujours tous tout toute toutefois toutes
    très tu un une vers voici voilà vos votre vous y à ça également été être
    """.split()
)


def sentence_spans(paragraph: str) -> Iterator[tuple[int, int]]:
    """Yield the spans of the sentences of one ``paragraph``, in order, without the blanks between them."""
    start = len(paragraph) - len(paragraph.lstrip())
    for candidate in _CANDIDATE.finditer(paragraph):
        if candidate.start() >= start and _is_end(paragraph, start, candidate):
            yield start, candidate.end("close")
            start = candidate.end()
    end = len(paragraph.rstrip())
    if start < end:
        yield start, end


def _is_end(paragraph: str, start: int, candidate: re.Match[str]) -> bool:
    following = paragraph[candidate.end() : candidate.end() + 40]
    if not _NEXT_SENTENCE.match(following):
        return False
    if candidate["mark"] != "." or candidate["close"]:
        return True
    # Only the last word before the full stop matters; a window keeps a long line linear.
    before = paragraph[max(start, candidate.start() - 24) : candidate.start()]
    match = _LAST_WORD.search(before)
    word = match.group().lower() if match else ""
    if word in _TITLES:
        return False
    if word.isdigit() and not before[: -len(word)].strip():
        return False
    is_initial = len(word) == 1 and word.isalpha()
    is_acronym = "." in word and word.replace(".", "").replace("-", "").isalpha() and len(word) <= 12
    if word in _OFTEN_LAST or is_initial or is_acronym:
        first = _FIRST_WORD.match(following)
        return first is not None and first.group(1).lower() in _STARTERS
    return True
