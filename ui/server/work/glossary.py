"""The terms that a visitor insists on: read from what was sent, within bounds, and counted in the page's sentences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from passerelle.seq2seq.errors import InputError
from passerelle.translate.glossary import Entry, Glossary, parse

NAME = "the glossary"
MOST, LONGEST = 2_000, 200
"""Terms in a glossary, and characters in a term, at most."""


def entries_of(text: str) -> tuple[Entry, ...]:
    """Return the terms in ``text``, CSV as ``--glossary`` reads it.

    Raises InputError, one line that says which row cannot be used.
    """
    if len(text) > 2 * MOST * LONGEST:
        raise InputError(f"{NAME} is larger than {MOST:,} terms can be: leave some out")
    entries = []
    for entry in parse(text, NAME):
        if max(len(entry.source), len(entry.target)) > LONGEST:
            start = f"{entry.source[:40]} …"
            raise InputError(f"{NAME} has a term of more than {LONGEST} characters: “{start}”; shorten it")
        entries.append(entry)
        if len(entries) > MOST:
            raise InputError(f"{NAME} has more than {MOST:,} terms: leave some out")
    return tuple(entries)


def glossary_of(text: str) -> Glossary | None:
    """Return the glossary in ``text``, None where there is no term in it.  Raises InputError."""
    entries = entries_of(text) if text.strip() else ()
    return Glossary(entries) if entries else None


def count(entries: Iterable[Entry], sentences: Iterable[tuple[str, str]]) -> list[tuple[int, int]]:
    """Return for each of ``entries`` how often its English is, and is not, where its French is in ``sentences``."""
    entries = tuple(entries)
    glossary, hits, misses = Glossary(entries), Counter[Entry](), Counter[Entry]()
    for french, english in sentences:
        for use in glossary.uses(french, english):
            (misses if use.target_span is None else hits)[use.entry] += 1
    return [(hits[entry], misses[entry]) for entry in entries]
