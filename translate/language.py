"""Does this look French?  Counted by the small words that every French or English sentence needs."""

from __future__ import annotations

import re

_WORD = re.compile(r"[^\W\d_]+")
_FRENCH = frozenset(
    """
    au aux avec ce ces cette ceux comme dans de des dont du elle elles en entre est et eux il ils je la le les
    leur leurs lui mais même ne nous on ont ou où par pas plus pour qu que qui sa sans se ses si son sont sous sur
    très tu un une vers vous à être était
    """.split()
)
_ENGLISH = frozenset(
    """
    about after all also an and are as at be because been but by can could did do for from had has have he her his
    how if in into is it its like more my not of or other our out she so some than that the their them then there
    these they this to up was we were what when which who will with would you your
    """.split()
)


def french_words(text: str) -> int:
    """Count the words of ``text`` that only French uses as small words."""
    return sum(word in _FRENCH for word in _words(text))


def english_words(text: str) -> int:
    """Count the words of ``text`` that only English uses as small words."""
    return sum(word in _ENGLISH for word in _words(text))


def looks_french(text: str) -> bool:
    """False where a text of eight words or more has too few of the small words of French, or more English ones."""
    sample = text[:20_000]
    words, french = len(_words(sample)), french_words(sample)
    return words < 8 or (french > english_words(sample) and french >= words / 20)


def _words(text: str) -> list[str]:
    return [word.lower() for word in _WORD.findall(text)]
