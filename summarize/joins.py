"""Where words were left out of a sentence, and whether what is left still hangs together."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from passerelle.summarize.summary import SummaryFlag
from passerelle.summarize.words import FUNCTION_WORDS, NEGATIONS, WORD, bare, stem, words

_VERBS = frozenset(
    """am is are was were has have had do does did will would can could may might must shall should isn't aren't wasn't
    weren't hasn't haven't hadn't don't doesn't didn't won't wouldn't can't couldn't it's he's she's they're we're i'm
    said says told became began bought brought built came caught chose cut died drew drove fell felt fought found gave
    got grew heard held hit kept knew led left lost made met paid put ran rose sank saw sent set shot showed sold spent
    spoke stood stole struck swept swore took taught thought threw tied took used went woke won wore wrote beat broke
    sought hurt read quit split spread cost""".split()
)
_LIGHT = frozenset("the a an that monday tuesday wednesday thursday friday saturday sunday".split())
_NARROWED = NEGATIONS | frozenset(
    "only more less fewer first last every any all most least best worst biggest largest".split()
)
_NEVER_MODIFIERS = FUNCTION_WORDS | frozenset(
    "next last past previous following coming same other another such own each both".split()
)
_AUXILIARIES = frozenset("will would can could may might must shall should to not".split())
SUBORDINATORS = frozenset("as while after when once although though because since before if whereas just until".split())
_SUBJECTS = frozenset("it he she they we i you there".split())
_LEADS_TO_A_VERB = _AUXILIARIES | _SUBJECTS
_SCOPE = 8
DETERMINERS = frozenset("the a an his her its their our my your this these those".split())
RELATIVES = frozenset({"who", "which", "whose", "whom", "that", "where", "when"})
PHRASE_OPENERS = frozenset(
    """who whom whose which that when where while after before as because since and or in on at for
    with from by during following amid under over about against into through within without until including
    via among between near""".split()
)
MARK = re.compile(r"[,;:()\[\]–—\"“”]|--")
_RELATIVE = re.compile(r", (?:who|which|whose|whom|where|when)\b[^,]*$|\b(?:that|who|which|having|being) \w+\W*$")
_RUN = 0.01
_AFTER_A_MARK = RELATIVES | PHRASE_OPENERS | SUBORDINATORS | DETERMINERS | {"one", "said", "according"}
_CLAUSE = re.compile(rf"\b(?:{'|'.join(sorted(RELATIVES | SUBORDINATORS))})\b[^,;:–—]*")
_CLAUSE_STARTS = RELATIVES | SUBORDINATORS | _SUBJECTS | {"and", "or", "but"}
_FINITE = frozenset("is are was were has have had will would can could may might must should".split())
_COORDINATE = re.compile(r".*, (?:and|but|or) (.*)")
_COMPLEMENTS = frozenset("that which who where what how why whether when".split())


def joins(output: str, evidence: str) -> Iterator[SummaryFlag]:
    """Yield a flag wherever what was left out does not begin and end where a phrase does.

    Otherwise two halves of different statements can be joined into a third that nobody made.
    """
    tokens = tuple(WORD.finditer(evidence))
    written = words(output)
    places = _places([stem(bare(match.group())) for match in tokens], [stem(word) for word in written])
    if -1 in places:
        yield SummaryFlag("order", "puts words in an order that its source does not have")
    elif places:
        cuts = _Cuts(evidence, tokens, output, written)
        yield from cuts.before(places[0])
        if places[-1] + 1 < len(tokens):
            yield from cuts.after(places[-1])
        yield from cuts.between(places)


@dataclass(frozen=True)
class _Cuts:
    """The words of ``evidence`` as ``tokens``, and those of ``output`` as ``written``."""

    evidence: str
    tokens: tuple[re.Match[str], ...]
    output: str
    written: list[str]

    def before(self, start: int) -> Iterator[SummaryFlag]:
        """Check what was left out before the first kept token, ``start``."""
        if not start:
            return
        previous, first = self.word(start - 1), self.written[0]
        if not self.marked(start) and previous not in ("that", "but", "and") and (start > 2 or self.opens(start - 1)):
            yield SummaryFlag("join", "begins in the middle of a phrase")
        if first in RELATIVES or is_verb(first) or first.endswith("ing"):
            yield SummaryFlag("join", "begins without its subject")

    def after(self, last: int) -> Iterator[SummaryFlag]:
        """Check what was left out after the last kept token, ``last``."""
        following, marked = self.word(last + 1), self.marked(last + 1)
        if _RELATIVE.search(self.output):
            yield SummaryFlag("join", "stops before it comes to what it is about")
        if not marked and not self.opens(last + 1):
            yield SummaryFlag("join", "ends in the middle of a phrase")
        if marked and (is_verb(following) or following in _SUBJECTS):
            yield SummaryFlag("join", "stops before its verb")
        opening = self.written[0] in SUBORDINATORS or self.written[0] in PHRASE_OPENERS or self.written[0] == "to"
        if opening and "," not in self.output:
            yield SummaryFlag("join", "stops before its main clause")
        if following in ("and", "or") and not (last + 2 < len(self.tokens) and is_verb(self.word(last + 2))):
            yield SummaryFlag("join", "leaves out a part of a list")
        if marked and following not in _AFTER_A_MARK and not following.endswith("ing"):
            yield SummaryFlag("join", "stops in the middle of a list")
        for word in map(self.word, range(last + 1, len(self.tokens))):
            if word in _CLAUSE_STARTS or word in _FINITE:
                if word in _FINITE:
                    yield SummaryFlag("join", "stops before its verb")
                break
        if self.hangs(following if not marked else ""):
            yield SummaryFlag("join", "stops before it says what")
        if not marked and narrows(self.written[-_SCOPE:]):
            yield SummaryFlag("join", "stops where its source goes on to say how far that is true")

    def hangs(self, following: str) -> bool:
        """Does the output end on words that want to go on with what was left out, which begins with ``following``?"""
        *_, previous, final = ["", *self.written]
        governs = is_verb(previous) or is_verb(final) or previous in _LEADS_TO_A_VERB or previous in ("a", "an")
        participle = final.endswith("ed") and is_verb(final) and not is_verb(previous)
        clause = _COORDINATE.match(self.output)
        return (
            following == "that"
            or (following in _COMPLEMENTS and governs)
            or participle
            or (clause is not None and not has_verb(clause.group(1)))
        )

    def between(self, places: list[int]) -> Iterator[SummaryFlag]:
        """Check what was left out between kept tokens."""
        for left, right in pairwise(places):
            whole = (self.marked(left + 1) or self.opens(left + 1)) and (self.marked(right) or self.opens(right))
            if right - left > 1 and not whole and not self.modifies(left, right):
                yield SummaryFlag("join", "joins words that stand apart in its source")
                return

    def word(self, index: int) -> str:
        """The token in lower case."""
        return bare(self.tokens[index].group())

    def marked(self, index: int) -> bool:
        """Is there punctuation before the token ``index``?"""
        return MARK.search(self.evidence, self.tokens[index - 1].end(), self.tokens[index].start()) is not None

    def opens(self, index: int) -> bool:
        """Can the token begin a phrase?"""
        return self.word(index) in PHRASE_OPENERS

    def modifies(self, left: int, right: int) -> bool:
        """Is what is left out at most two words that only describe the next one, which is kept?"""
        head, owner = self.word(right), self.tokens[left].group().lower().endswith(("'s", "’s"))
        if right - left > 3 or owner or head in FUNCTION_WORDS or is_verb(head) or self.word(left) in _AUXILIARIES:
            return False
        for index in range(left + 1, right):
            word, previous = self.tokens[index].group(), self.tokens[index - 1].group()
            if bare(word) in _LIGHT:
                continue
            if bare(word) in _NEVER_MODIFIERS or word.endswith("ing") or is_verb(bare(word)):
                return False
            if word[0].isupper() and previous[0].isupper():
                return False
        return True


def _places(given: list[str], written: list[str]) -> list[int]:
    """Align ``written`` with ``given``, in order, most words first and then the longest runs; -1: no place."""
    height, width = len(given), len(written)
    best = [[0.0] * (width + 1) for _ in range(height + 1)]
    match = [[0.0] * (width + 1) for _ in range(height + 1)]
    for i in range(height - 1, -1, -1):
        for j in range(width - 1, -1, -1):
            if given[i] == written[j]:
                match[i][j] = 1.0 + max(best[i + 1][j + 1], match[i + 1][j + 1] + _RUN)
            best[i][j] = max(match[i][j], best[i + 1][j], best[i][j + 1])
    places = [-1] * width
    i = j = 0
    running = False
    while i < height and j < width:
        if match[i][j] and (running or match[i][j] == best[i][j]):
            places[j] = i
            running = match[i + 1][j + 1] + _RUN >= best[i + 1][j + 1] and match[i + 1][j + 1] > 0
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return places


def has_verb(text: str) -> bool:
    """Say whether a text has a word that is surely a finite verb outside its subordinate clauses.

    Auxiliaries and past tenses count.  Present tenses look like plurals and do not: better to miss a good sentence than
    to let a fragment pass.
    """
    return any(map(is_verb, words(_CLAUSE.sub(" ", text.lower()))))


def narrows(row: list[str]) -> bool:
    """Say whether one of the words makes a statement that holds only within limits: a negation, a superlative."""
    return any(word in _NARROWED or word.endswith("n't") for word in row)


def is_verb(word: str) -> bool:
    """Say whether a word in lower case is surely a finite verb."""
    return word in _VERBS or (word.endswith("ed") and len(word) > 4)
