"""Texts with statements that a careless summary turns into others: part of ``benchmarks.summary_promises``.

A trap is one or two sentences put among those of an article, and claims about them: where a sentence of the summary
that rests on the trap says one thing, it must say the others too.  Five kinds: two people with one surname, two
amounts, a denial, a quotation inside a quotation, a correction.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from benchmarks.summarizers import Article
from passerelle.summarize.summary import Summary

_FIRST = "Alice Bruno Claire Denis Elena Farid Greta Hugo Irene Jules Karin Louis Marta Nadia Oscar Paula".split()
_LAST = "Arnaud Bertrand Costa Delmas Eriksen Fournier Garnier Hoffmann Keller Lambert Moreau Novak Petit".split()
_TOWNS = "Nantes Porto Ghent Lyon Bergen Tours Metz Turin Leeds Angers".split()
_DAYS = "Monday Tuesday Wednesday Thursday Friday".split()
_POSTS = ("the mayor of {town}", "a surgeon", "the head of the harbour", "a judge in {town}", "the owner of the mill")
_DEEDS = ("resigned on {day}", "was arrested near {town}", "won the case", "sold the house in {town}", "left the party")
_GOODS = ("the land", "the bridge", "the permit", "the new school", "the lawyers", "the boats", "the old station")
_CRIMES = ("taken the money", "signed the contract", "closed the harbour", "sold the records", "warned the bank")
_CLAIMS = ("the bridge is safe", "nobody was told", "the money is gone", "the doors were locked", "we had a deal")
_VICTIMS = ("people were hurt", "houses were damaged", "fishermen were missing", "schools were closed", "men were held")


@dataclass(frozen=True)
class Claim:
    """Where ``said`` stands, all of ``needed`` must stand too."""

    said: str
    needed: tuple[str, ...]

    def broken(self, sentence: str) -> bool:
        """Say whether ``sentence`` says the one without the others."""
        return self.said in sentence and not all(each in sentence for each in self.needed)


@dataclass(frozen=True)
class Trap:
    """``sentences`` to be put into an article, and what is claimed of whatever is made of them."""

    kind: str
    sentences: tuple[str, ...]
    claims: tuple[Claim, ...]


class Traps:
    """Makes traps of every kind in turn."""

    def __init__(self, seed: int = 1) -> None:
        self._lot = random.Random(seed)

    def __iter__(self) -> Iterator[Trap]:
        while True:
            yield self._surname()
            yield self._amounts()
            yield self._denial()
            yield self._quotation()
            yield self._correction()

    def texts(self, articles: Sequence[Article], count: int) -> Iterator[tuple[str, Trap]]:
        """Yield ``count`` texts: an article with a trap among its first four sentences."""
        for number, trap in zip(range(count), self, strict=False):
            sentences = [sentence.text for sentence in articles[number % len(articles)].sentences]
            place = self._lot.randrange(4)
            yield "\n\n".join([*sentences[:place], *trap.sentences, *sentences[place:]]), trap

    def _filled(self, patterns: Sequence[str]) -> str:
        return self._lot.choice(patterns).format(town=self._lot.choice(_TOWNS), day=self._lot.choice(_DAYS))

    def _surname(self) -> Trap:
        last, (one, other) = self._lot.choice(_LAST), self._lot.sample(_FIRST, 2)
        first, second = (pattern.format(town="Rouen", day="Sunday") for pattern in self._lot.sample(_DEEDS, 2))
        post, job = self._filled(_POSTS), self._filled(_POSTS)
        sentences = (
            (
                f"{one} {last}, {post}, {first} after a report in a local paper, while {other} {last}, {job}, {second},"
                " the council said.",
            ),
            (
                f"{one} {last}, who is {post}, {first}, according to the council.",
                f"{other} {last}, who is no relation and works as {job}, {second}, the council added.",
            ),
        )
        return Trap(
            "two people with one surname",
            self._lot.choice(sentences),
            (Claim(first, (f"{one} {last}",)), Claim(second, (f"{other} {last}",))),
        )

    def _amounts(self) -> Trap:
        (one, other), town = self._lot.sample(_GOODS, 2), self._lot.choice(_TOWNS)
        more, less = f"€{self._lot.randrange(11, 99)}.5 million", f"${self._lot.randrange(200, 990)},000"
        sentence = self._lot.choice(
            (
                f"The city of {town}, which is in debt, paid {more} for {one} and, a year later, {less} for {other},"
                " the auditors said.",
                f"Auditors found that {town} had paid {more} for {one}, which it had long wanted, but only {less} for"
                f" {other}, which it later sold.",
            )
        )
        return Trap("two amounts", (sentence,), (Claim(more, (f"for {one}",)), Claim(less, (f"for {other}",))))

    def _denial(self) -> Trap:
        name, deed = f"{self._lot.choice(_FIRST)} {self._lot.choice(_LAST)}", self._lot.choice(_CRIMES)
        sentence, needed = self._lot.choice(
            (
                (
                    f"{name}, who took office in 2019, denied on {self._lot.choice(_DAYS)} that he had {deed} and said"
                    " that he would stay.",
                    "denied",
                ),
                (f"It is false, a spokesman for the ministry said, that {name} had {deed} before the vote.", "false"),
                (
                    f"{name}, the owner of the mill, has never {deed}, the prosecutor found after an inquiry that took"
                    " a year.",
                    "never",
                ),
            )
        )
        return Trap("a denial", (sentence,), (Claim(deed, (needed, name)),))

    def _quotation(self) -> Trap:
        name, claim = f"{self._lot.choice(_FIRST)} {self._lot.choice(_LAST)}", self._lot.choice(_CLAIMS)
        other = self._lot.choice(("the driver", "the guard", "her neighbour", "the clerk"))
        sentence = self._lot.choice(
            (
                f"\"When I came in, {other} told me: '{claim.capitalize()},' and I believed him until the morning,\""
                f" said {name}, who lives in {self._lot.choice(_TOWNS)}.",
                f"{name} told the court: \"That night {other} said, '{claim.capitalize()}', which was not true.\"",
                f"“I heard {other} say, ‘{claim.capitalize()}’, and I went home,” {name} told reporters on"
                f" {self._lot.choice(_DAYS)}.",
            )
        )
        # Without its first letter: a capital or none.
        return Trap("a quotation inside a quotation", (sentence,), (Claim(claim[1:], (other, name)),))

    def _correction(self) -> Trap:
        wrong, things = self._lot.randrange(12, 80), self._lot.choice(_VICTIMS)
        right = wrong + self._lot.randrange(1, 15)
        sentence = self._lot.choice(
            (
                f"Not {wrong} but {right} {things} in {self._lot.choice(_TOWNS)}, the police said on"
                f" {self._lot.choice(_DAYS)}, after they had counted again.",
                f"The police, who had counted again, said that {right} {things}, not {wrong}, as they had first"
                " reported.",
                f"Correcting an earlier report of {wrong}, the ministry said on {self._lot.choice(_DAYS)} that {right}"
                f" {things}.",
            )
        )
        return Trap("a correction", (sentence,), (Claim(str(wrong), (str(right),)), Claim(str(right), (things,))))


def caught(summary: Summary, trap: Trap) -> tuple[int, list[str]]:
    """Return how many sentences of the summary, its headline among them, rest on the trap, and those that fall into it.

    A sentence also falls into it that opens a quotation and does not close it.
    """
    headline = [summary.headline] if summary.headline is not None else []
    resting = [
        sentence.text
        for sentence in (*summary.sentences, *headline)
        if any(evidence.text in trap.sentences for evidence in sentence.evidence)
    ]
    bad = [text for text in resting if any(claim.broken(text) for claim in trap.claims) or not _closed(text)]
    return len(resting), bad


def _closed(text: str) -> bool:
    return text.count('"') % 2 == 0 and text.count("“") == text.count("”") and text.count("‘") <= text.count("’")
