"""Capitals that English always writes, restored: "ukrainian" is "Ukrainian", whatever a small model made of it.

``capitals.txt.gz`` has the words that the English of the training corpus writes with a capital within sentences, by
``training/wordlist.py``.  French has none on its adjectives and months, which is where a model forgets them; the method
is the truecasing of statistical translation (Lita et al. 2003).
"""

from __future__ import annotations

import gzip
import re
from functools import cache
from pathlib import Path

PATH = Path(__file__).with_name("capitals.txt.gz")
# Of these the training corpus has the name alone, and other texts the plain word, or a word of another language.
_ORDINARY = frozenset(
    """
    baker bale bob bolton brook cape carol carter celtic chad china clark cole commission cooper costa craig dale dan
    donald duchess duke eclair edu ford fort frank gunners hague hart jack jay jersey jimmy lama las lee los lynch
    majesty mann marionette mercury mike miller palmer pat penn perry phoenix porto prix queens rangers republican
    republicans robin rod rose ross roy ryder san santa senate serie shaw sierra sue timor tom turkey turner wright
    """.split()
)
_WORD = re.compile(r"(?<![\w@./:-])[a-z]{3,}(?![\w@/:]|\.\w)")


def with_capitals(french: str, english: str) -> str:
    """Return ``english`` with a capital on each word that always has one; a text typed without any is left alone.

    A word that ``french`` has in the same small letters may be a piece of code, or a name of its writer's choice.
    """
    if not any(map(str.isupper, french)):
        return english
    words = always_capital()
    given = set(french.split())

    def capital(match: re.Match[str]) -> str:
        word = match.group()
        return word.capitalize() if word in words and word not in given else word

    return _WORD.sub(capital, english)


@cache
def always_capital() -> frozenset[str]:
    """Return the words that English always writes with a capital, in lower case."""
    return frozenset(gzip.decompress(PATH.read_bytes()).decode().split()) - _ORDINARY
