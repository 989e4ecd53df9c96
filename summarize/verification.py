"""Pure checks of a rewritten sentence against the sentences it was made from.

None of them needs a model.  Numbers and names are gates: rare errors, but the embarrassing ones.  Trigram support and
content support are the measures that follow human judgements of faithfulness best where the output
stays close to the source, and the checks of negation and of the joins are for what n-grams do not see.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from passerelle.summarize.joins import has_verb, joins
from passerelle.summarize.sentences import is_full
from passerelle.summarize.summary import SummaryFlag
from passerelle.summarize.words import (
    FUNCTION_WORDS,
    NEGATIONS,
    WORD,
    content,
    dates,
    names,
    negations,
    numbers,
    stem,
    words,
)

HEDGES = frozenset(
    """may might could would should if whether alleged allegedly reportedly suspected accused claim claims claimed
    alleges likely possible possibly potential perhaps appears seems believed believes thought thinks expected hopes
    hoped denies denied about almost nearly up least most only""".split()
)
_CONDITIONS = frozenset("if unless except until but although though despite whereas".split())
_REPORTING = frozenset("said says told according reported reports claims claimed announced wrote tweeted".split())
_UNFINISHED = frozenset(
    """the a an of to in at for with from by and or but that which who whose is was were are has have had be been his
    her their its as than into back along together due such according prior instead including after before while over
    under between against during about because through without until twice up out off down away even both either only
    entirely mainly mostly partly largely""".split()
)
_OPENING = re.compile(r"(?:^|(?<=[\s(]))['‘](?=\w)")
_CLOSING = re.compile(r"['’](?=[\s.,;:!?)]|$)")

_BROKEN = re.compile(r"\w-\s|\s-\w")
_QUOTED = re.compile(r"[\"“]([^\"“”]+)[\"”]")


@dataclass(frozen=True)
class Limits:
    """How close an output must stay to its evidence.

    ``trigrams``: least share of its word trigrams that occur there.  ``content``: least share of its content words,
    compared by stem, that occur there.  ``in_order``: its words must come in the evidence's order, with words left
    out only where a phrase begins or ends.  ``shortest``: least share of the evidence's words that it must keep.
    ``whole``: it must keep every date and every negation.
    """

    trigrams: float = 0.5
    content: float = 1.0
    in_order: bool = True
    shortest: float = 0.6
    whole: bool = False


DEFAULT = Limits()


def verify(output: str, evidence: str, limits: Limits = DEFAULT) -> tuple[SummaryFlag, ...]:
    """Return every reason not to trust ``output`` as a shorter form of ``evidence``; empty where it passes."""
    return tuple(_doubts(output, evidence, limits))


def unsupported_numbers(output: str, evidence: str) -> list[str]:
    """Return the numbers of ``output`` that ``evidence`` lacks; "fifteen" and "15" are the same."""
    known = set(numbers(evidence))
    return [number for number in numbers(output) if number not in known]


def unsupported_names(output: str, evidence: str) -> list[str]:
    """Return the capitalised words of ``output`` that ``evidence`` lacks, whatever their case there."""
    known = set(words(evidence))
    known |= {part for word in known for part in re.split(r"[-'.]", word)}
    return [name for name in names(output) if name not in known and not set(re.split(r"[-']", name)) <= known]


def content_support(output: str, evidence: str) -> float:
    """Return the share of the content words of ``output`` whose stems occur in ``evidence``."""
    used, known = content(output), set(content(evidence))
    return sum(word in known for word in used) / len(used) if used else 1.0


def trigram_support(output: str, evidence: str) -> float:
    """Return the share of the word trigrams of ``output`` that occur in ``evidence``."""
    used, known = _trigrams(output), set(_trigrams(evidence))
    return sum(gram in known for gram in used) / len(used) if used else 1.0


def unattributed(output: str, evidence: str) -> bool:
    """Say whether the evidence says who says so and the output states it as a fact."""
    kept = Counter(word for word in words(output) if word in _REPORTING)
    return any(word in _REPORTING and not kept[word] for word in words(evidence))


def _trigrams(text: str) -> list[tuple[str, ...]]:
    row = words(text)
    return list(zip(row, row[1:], row[2:], strict=False))


def _doubts(output: str, evidence: str, limits: Limits) -> Iterator[SummaryFlag]:
    written, given = words(output), words(evidence)
    if not is_full(output) or (written and written[-1] in _UNFINISHED):
        yield SummaryFlag("unfinished", "does not end as a sentence does")
    if len(written) > len(given):
        yield SummaryFlag("longer", "is longer than its source")
    if len(written) < max(4, limits.shortest * len(given)):
        yield SummaryFlag("short", "leaves too little of its source")
    for number in unsupported_numbers(output, evidence):
        yield SummaryFlag("number", f"the number {number} is not in its source")
    for name in unsupported_names(output, evidence):
        yield SummaryFlag("name", f"the name {name} is not in its source")
    if content_support(output, evidence) < limits.content:
        yield SummaryFlag("words", "uses words that are not in its source")
    if trigram_support(output, evidence) < limits.trigrams:
        yield SummaryFlag("order", "strays from the wording of its source")
    yield from _repetition(written, given)
    yield from _spelling(output, evidence)
    yield from _quotation(output, evidence)
    if limits.in_order and not has_verb(output):
        yield SummaryFlag("verb", "has no verb that could be made out")
    yield from _polarity(written, given)
    for word in _CONDITIONS & set(given) - set(written):
        yield SummaryFlag("condition", f"leaves out what follows “{word}”")
    if limits.in_order and unattributed(output, evidence):
        yield SummaryFlag("attribution", "states as a fact what its source says that someone says")
    if limits.whole:
        yield from _left_out(output, evidence)
    if limits.in_order:
        yield from joins(output, evidence)


def _left_out(output: str, evidence: str) -> Iterator[SummaryFlag]:
    """A date and a negation are part of the fact: a shorter form keeps them all."""
    for kind, find in (("date", dates), ("negation", negations)):
        for word in Counter(find(evidence)) - Counter(find(output)):
            yield SummaryFlag(kind, f"leaves out “{word}”")


def _repetition(written: list[str], given: list[str]) -> Iterator[SummaryFlag]:
    known = Counter(itertools.pairwise(given))
    used = Counter(itertools.pairwise(written))
    if any(count > max(pair[0] != pair[1], known[pair]) for pair, count in used.items()):
        yield SummaryFlag("repetition", "repeats itself")


def _spelling(output: str, evidence: str) -> Iterator[SummaryFlag]:
    owners = {word.lower() for word in WORD.findall(evidence)}
    owned = [word.lower() for word in WORD.findall(output) if word.endswith(("'s", "’s"))]
    if not owners.issuperset(owned):
        yield SummaryFlag("words", "makes an owner of what its source does not")
    if any(broken not in evidence for broken in _BROKEN.findall(output)):
        yield SummaryFlag("words", "breaks a word")


def _quotation(output: str, evidence: str) -> Iterator[SummaryFlag]:
    folded = " ".join(words(evidence))
    if output.count('"') % 2 or output.count("“") != output.count("”") or output.count("(") != output.count(")"):
        yield SummaryFlag("quote", "opens a quotation or a parenthesis and does not close it")
    if len(_OPENING.findall(output)) > len(_CLOSING.findall(output)):
        yield SummaryFlag("quote", "opens a quotation and does not close it")
    if any(" ".join(words(quote)) not in folded for quote in _QUOTED.findall(output)):
        yield SummaryFlag("quote", "quotes what was not said")


def _polarity(written: list[str], given: list[str]) -> Iterator[SummaryFlag]:
    """A negation or a hedge must stay with the word that it governs: the next content word."""
    for kind, group in (("negation", NEGATIONS), ("hedge", HEDGES)):
        kept, stood = _governed(written, group), _governed(given, group)
        present = {stem(word) for word in written}
        lost = [word for word in stood - kept if word in present]
        invented = kept - stood
        if lost:
            yield SummaryFlag(kind, f"a {kind} before “{min(lost)}” was lost")
        if invented:
            yield SummaryFlag(kind, f"a {kind} before “{min(invented)}” is not in its source")


def _governed(row: list[str], group: frozenset[str]) -> set[str]:
    """Return the stems of the first content word after each word of ``group``."""
    governed: set[str] = set()
    waiting = False
    for word in row:
        if word in group or (group is NEGATIONS and word.endswith("n't")):
            waiting = True
            if word in FUNCTION_WORDS or word.endswith("n't"):
                continue
            governed.add(stem(word))
        elif waiting and word not in FUNCTION_WORDS:
            governed.add(stem(word))
            waiting = False
    return governed
