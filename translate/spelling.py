"""Signs that a checkpoint's vocabulary lacks, said in words that it has.

A small vocabulary has no ``€`` and no ``°``: the model reads "unknown", and what it writes for that is chance.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

_SAID = {
    "€": "euros",
    "$": "dollars",
    "£": "livres",
    "¥": "yens",
    "°": "degrés",
    "‰": "pour mille",
    "±": "plus ou moins",
    "×": "x",
    "§": "paragraphe",
}
_NUMBER_SIGN = re.compile(r"\b[nN]°\s?(?=\d)")
_CELSIUS = re.compile(r"°\s?C\b")


def lacking(knows: Callable[[str], bool]) -> frozenset[str]:
    """Return the signs that have a word and that a vocabulary, of which ``knows`` tells, does not have."""
    return frozenset(sign for sign in _SAID if not knows(sign))


def say(text: str, signs: Iterable[str]) -> str:
    """Return ``text`` with those of the ``signs`` that have a word replaced by it: ``5 €`` as ``5 euros``."""
    missing = set(signs) & set(text) & _SAID.keys()
    if "°" in missing:
        text = _CELSIUS.sub("degrés Celsius", _NUMBER_SIGN.sub("numéro ", text))
    for sign in sorted(missing):
        text = re.sub(rf"\s*{re.escape(sign)}\s*", f" {_SAID[sign]} ", text)
    return re.sub(r" +(?=[.,;:!?)]|$)", "", text).strip() if missing else text
