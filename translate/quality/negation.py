"""A sentence that says no in one language and not in the other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from passerelle.translate.flags import Flag, Kind, Message, Reason
from passerelle.translate.lexicon.meanings import lexicon
from passerelle.translate.lexicon.words import Word, stem

# ne (n') and its partner within a few words; "ne ... que" and a lone "ne" deny nothing.
_CLEAR = re.compile(
    r"\b(?:ne\s|n['’])\s?(?:[^\W\d_]+[\s'’-]+){0,4}?(?:pas|jamais|rien|aucune?|personne)\b"
    r"(?! (?:seulement|uniquement|non plus))",
    re.IGNORECASE,
)
_NOT_DENIED = re.compile(
    r"n['’]est[- ]ce pas|ne manqu|pas cess|n['’](?:oubli|importe|arr[êe]t|h[ée]sit)", re.IGNORECASE
)
# The lists below were cut down by counting in the training corpus: a word stays if in one of eight sentences that has
# it, it is all that denies.
_DENYING = frozenset(
    """
    not no nor never none nothing nobody nowhere neither without cannot cant dont wont isnt didnt doesnt non nope hardly
    barely scarcely rarely seldom little lack lacks lacked lacking fail fails failed failing failure refuse refused
    refuses refusing deny denied denies absence absent impossible unable unlikely neglect neglected neglects missing
    exempt nought untouched innocent blind ignorant refrain wrong
    """.split()
)
_YET = frozenset({"nevertheless", "nonetheless", "regardless", "less"})
_SAYS_NOT = frozenset({"not", "never", "nothing", "nobody", "none", "cannot", "neither"})
_PREFIX = re.compile(r"(?:un|non|dis|mis|i[nmrl](?=[^\W\d_]+(?:ble|bly|ent|ently|al|ct|te|ility|ance|ency|ve)$))")
_TAG = re.compile(r"n['’]t (?:you|he|she|it|we|they|I)$")
# What English says with "not" and French without "ne": those of which counting in the training corpus shows that one
# in fifty comes with it.
_HINTS = re.compile(
    r"\b(?:ne|ni|non|sans|pas|jamais|rien|personne|aucune?|peu|mal|moins|hors|sauf|nul(?:le)?|loin)(?![^\W\d_])|\bn['’]"
    r"|\b(?:i[mnrl][^\W\d_]+bles?\b|in(?:suffi|capa|exact|correct|connu|attendu|compat|apte)|impr[eé]v"
    r"|(?:d[eé]s(?:accord|approuv)|m[eé]con|refus|[eé]vit|manqu|sinon|plut[oô]t|gu[eè]re|absen|ignor|contrai|contrev"
    r"|cess|rarement|interdi|d[eé]faut|au lieu|emp[eê]ch|avant que|faute|[eé]chou|absten|nie|mauvai)[^\W\d_]*)",
    re.IGNORECASE,
)


def check_negation(french: str, english: Sequence[Word]) -> Iterator[Flag]:
    """Yield a flag where the French clearly denies and the English does not, or the other way round."""
    said = [match.span() for match in _CLEAR.finditer(french)]
    denied = [word for word in english if _denies(word.folded)]
    if said and 2 * len(denied) < len(said) and not _NOT_DENIED.search(french):
        yield Flag(Kind.NEGATION, Message(Reason.DENIAL_LOST), "error", tuple(said))
    if said or _HINTS.search(french):
        return
    added = [word for word in english if word.folded in _SAYS_NOT or word.folded.endswith("'t")]
    if added and not _TAG.search(" ".join(word.text for word in english[-3:])):
        message = Message(Reason.DENIAL_ADDED)
        yield Flag(Kind.NEGATION, message, "error", (), tuple(word.span for word in added))


def _denies(text: str) -> bool:
    if text in _DENYING or (text.endswith(("'t", "less")) and text not in _YET):
        return True
    match = _PREFIX.match(text)
    # What is left of "unhappy" without its prefix is a word; what is left of "under" is none.
    return match is not None and len(text) > 6 and stem(text[match.end() :]) in lexicon().spoken
