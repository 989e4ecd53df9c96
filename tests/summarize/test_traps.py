"""A statement that a careless cut turns into another stays what it is; ``benchmarks.summary_promises`` tries 2,000."""

from __future__ import annotations

from dataclasses import replace

from benchmarks.summarizers import Article
from benchmarks.traps import Traps, caught
from passerelle.summarize import Summarizer
from passerelle.summarize.sentences import split
from passerelle.summarize.summarizer import NO_MODEL
from passerelle.summarize.summary import Evidence, Summary, SummarySentence


def test_no_summary_falls_into_a_trap(english_article: str) -> None:
    summarizer = Summarizer(NO_MODEL)
    resting = 0
    for text, trap in Traps(seed=7).texts([Article(tuple(split(english_article)), ())], 40):
        found, bad = caught(summarizer(text, headline=True), trap)
        assert bad == []
        resting += found
    assert resting > 20


def test_a_trap_catches_who_falls_into_it() -> None:
    kinds = set()
    for _, trap in zip(range(50), Traps(), strict=False):
        evidence = tuple(Evidence(0, text, 0, 0) for text in trap.sentences)
        honest = Summary("", (SummarySentence(" ".join(trap.sentences), evidence),), 0.5, "")
        assert caught(honest, trap) == (1, [])
        for claim in trap.claims:
            for needed in claim.needed:
                false = SummarySentence(honest.sentences[0].text.replace(needed, ""), evidence)
                if claim.said in false.text:
                    assert caught(replace(honest, sentences=(false,)), trap)[1]
                    kinds.add(trap.kind)
    assert len(kinds) == 5
