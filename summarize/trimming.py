"""Rules that shorten a sentence without touching what it says: no model, nothing to verify.

A bullet, a dateline, the label of a caption ("Pillow talk: "), a leading connective, a parenthesis, a dashed aside, a
bare age, a clause with "who" or "which" between commas.  Attributions stay ("rebels said" is part of the fact), and so
do dates and denials.
"""

from __future__ import annotations

import re
from functools import partial

from passerelle.summarize.words import dates, negations

_BULLET = re.compile(r"^[-*•‣◦–—]\s+(?=\S)")
_DATELINE = re.compile(r"^(?:[A-Z][\w.' ,-]{0,60})?\((?:CNN|Reuters|AP|AFP)[^)]{0,20}\)\s*(?:--|-|–|—)?\s*")
_LABEL = re.compile(r"^(?!(?:The|A|An|His|Her|Their|Our|My|Its) )[A-Z][a-z']{1,14}(?: [a-z'-]{1,14}){1,4}: (?=[A-Z])")
_CONNECTIVE = re.compile(
    r"^(?:But|And|Yet|However,|Meanwhile,|Moreover,|Also,|Besides,|Furthermore,|In addition,|For example,|For instance,"
    r"|Indeed,|In fact,|Of course,|Now,|Still,)\s+(?=[\w\"“'])"
)
_PARENTHESIS = re.compile(r"\s*\([^()\"“”]{1,120}\)(?![^\W_])")
_ASIDE = re.compile(r"\s+(?:--|–|—)\s+[^\"“”–—]{1,100}?\s+(?:--|–|—)(?=\s+[a-z])")
_AGE = re.compile(r"(?<=[a-z]), \d{1,2}, (?=[a-z])")
_CLAUSE = re.compile(
    r"(?<=\w), (?:who|which|whose|where) [^,\"“”();:–—]{5,90}, "
    r"(?=(?:is|was|were|are|has|have|had|will|would|can|could|said|says|told|did|does|went|came|became|made|took|\w{3,}ed)\b)"
)


def trim(sentence: str) -> str:
    """Return the sentence without what can be left out safely; the sentence itself where nothing can."""
    shorter = _DATELINE.sub("", _BULLET.sub("", sentence))
    shorter = _LABEL.sub("", shorter)
    connected = _CONNECTIVE.sub("", shorter)
    if connected != shorter:
        shorter = connected[:1].upper() + connected[1:]
    for pattern, replacement in ((_PARENTHESIS, ""), (_ASIDE, ""), (_AGE, " "), (_CLAUSE, " ")):
        shorter = pattern.sub(partial(_dropped, replacement), shorter)
    shorter = " ".join(shorter.split())
    return balance(shorter if len(shorter.split()) >= 4 else sentence)


def _dropped(replacement: str, match: re.Match[str]) -> str:
    """Return what stands in the place of a match: all of it where it holds a date or a negation."""
    kept = dates(match.group()) or negations(match.group())
    return match.group() if kept else replacement


def balance(sentence: str) -> str:
    """Return the sentence with the quotation mark that a quotation running over several sentences left to another."""
    if sentence.count('"') % 2 == 0:
        return sentence
    first = sentence.index('"')
    opens = first == 0 or not sentence[first - 1].strip() or sentence[first - 1] in "(-"
    return sentence + '"' if opens else '"' + sentence
