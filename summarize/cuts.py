"""Shorter forms of a sentence: what is left when a phrase is cut from its end, its beginning or its middle.

A cut writes nothing, so it cannot misspell a name or invent a number; what can go wrong is that the rest says something
else, or is no sentence.  Every cut is therefore verified like the output of a model.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from passerelle.summarize.joins import DETERMINERS, MARK, PHRASE_OPENERS, RELATIVES, SUBORDINATORS, is_verb
from passerelle.summarize.verification import Limits, verify
from passerelle.summarize.words import WORD, bare, leans

LIMITS = Limits(shortest=0.35, whole=True)
_SHORTEST = 12
_LEAST_KEPT = 5
_SPEAKERS = ("i", "we", "you")
_CLOSING = re.compile(r"[\"”’')%]+")
_PAIRED = re.compile(r"(?<=\w), ([^,;:()\"“”–—]{6,120}), (?=\w)| [-–—]{1,2} ([^,;:()\"“”–—]{6,120}) [-–—]{1,2} (?=\w)")
_INTRODUCTION = re.compile(r"[^,;:()\"“”–—]{6,120}, (?=[\w\"“])")


@dataclass(frozen=True)
class Cut:
    """A shorter form of a sentence.  ``dropped``: what was cut; ``place``: ``"start"``, ``"middle"`` or ``"end"``."""

    text: str
    dropped: str
    place: str


def cuts(sentence: str, evidence: str) -> Iterator[Cut]:
    """Yield the verified cuts of ``sentence``, which is ``evidence`` or a cut of it; none of a short one."""
    tokens = tuple(WORD.finditer(sentence))
    if len(tokens) < _SHORTEST:
        return
    for cut in (*_ends(sentence, tokens), *_starts(sentence), *_middles(sentence)):
        if not verify(cut.text, evidence, LIMITS):
            yield cut


def within(sentence: str, size: int) -> str:
    """Return the fullest of a sentence and its cuts that has at most ``size`` words, else the shortest."""
    first = [cut.text for cut in cuts(sentence, sentence)]
    found = [sentence, *first, *(cut.text for text in first for cut in cuts(text, sentence))]
    fitting = [text for text in found if len(text.split()) <= size]
    return max(fitting, key=len) if fitting else min(found, key=len)


def _ends(sentence: str, tokens: tuple[re.Match[str], ...]) -> Iterator[Cut]:
    for index in range(_LEAST_KEPT, len(tokens) - 1):
        stop, following = tokens[index - 1].end(), tokens[index]
        if bare(following.group()) in PHRASE_OPENERS or MARK.search(sentence, stop, following.start()):
            closing = _CLOSING.match(sentence, stop)
            stop = closing.end() if closing else stop
            yield Cut(sentence[:stop] + ".", sentence[stop:], "end")


def _starts(sentence: str) -> Iterator[Cut]:
    """Cut an introduction before a comma, where no other comma comes before the verb of the rest."""
    introduction = _INTRODUCTION.match(sentence)
    if introduction is None:
        return
    first, rest = bare(introduction.group().split(maxsplit=1)[0]), sentence[introduction.end() :]
    speaks = bare(rest.split(maxsplit=1)[0]) in _SPEAKERS
    if (first in PHRASE_OPENERS or first in SUBORDINATORS) and not leans(rest) and not speaks:
        subject = rest.partition(",")[0]
        if any(is_verb(bare(word)) for word in subject.split()):
            yield Cut(rest[:1].upper() + rest[1:], introduction.group(), "start")


def _middles(sentence: str) -> Iterator[Cut]:
    """Cut what stands between two commas or two dashes and belongs to the word before it."""
    for match in _PAIRED.finditer(sentence):
        inner = bare((match.group(1) or match.group(2)).split(maxsplit=1)[0])
        following = bare(sentence[match.end() :].split(maxsplit=1)[0])
        describes = inner in RELATIVES or inner in DETERMINERS
        placed = inner in PHRASE_OPENERS and inner not in ("and", "or") and not describes
        before_verb = is_verb(following) and (describes or placed or match.group(2))
        if before_verb or (placed and following in PHRASE_OPENERS):
            yield Cut(sentence[: match.start()] + " " + sentence[match.end() :], match.group(), "middle")
