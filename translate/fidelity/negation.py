"""A sentence that says no in one language and not in the other."""

from __future__ import annotations

import re
from collections.abc import Iterator

from translate.fidelity.lexicon import lexicon
from translate.fidelity.words import Word, fold
from translate.translation import Flag

# ne (n') and its partner within a few words; "ne ... que" and a lone "ne" deny nothing.
_CLEAR = re.compile(
    r"\b(?:ne\s|n['’])\s?(?:[^\W\d_]+[\s'’-]+){0,4}?(?:pas|jamais|rien|aucune?|personne)\b"
    r"(?! (?:que|qu['’]|seulement|uniquement|non plus|mal))",
    re.IGNORECASE,
)
_NOT_DENIED = re.compile(
    r"n['’]est[- ]ce pas|ne manqu|si ce n['’]est|sans\b|n['’](?:oubli|emp[êe]che|importe|arr[êe]t|h[ée]sit)",
    re.IGNORECASE,
)
_DENYING = frozenset(
    """
    not no nor never none nothing nobody nowhere neither without cannot cant dont wont isnt didnt doesnt non nope hardly
    barely scarcely rarely seldom little few unless lack lacks lacked lacking fail fails failed failing failure refuse
    refused refuses refusing deny denied denies reject rejected avoid avoids avoided avoiding prevent prevents prevented
    prevention absence absent impossible unable unlikely stop stopped stopping stops neglect neglected neglects missing
    free exempt instead rather forgotten nought nor untouched innocent blind ignorant doubt refrain regardless less
    wrong keep still kept
    """.split()
)
_SAYS_NOT = frozenset({"not", "never", "nothing", "nobody", "none", "cannot", "neither"})
_PREFIX = re.compile(r"(?:un|non|dis|mis|i[nmrl](?=[^\W\d_]+(?:ble|bly|ent|ently|al|ct|te|ility|ance|ency|ve)$))")
_TAG = re.compile(r"n['’]t (?:you|he|she|it|we|they|I)$")
_HINTS = re.compile(
    r"\b(?:ne|ni|non|sans|pas|jamais|rien|personne|aucune?)(?![^\W\d_])|\bn['’]"
    r"|\b(?:i[mnrl][^\W\d_]+(?:ble|bles|ct|cte|cts|ant|ante|ents?|u|ue|us)\b"
    r"|(?:d[eé]s(?:accord|avantage|int|approuv|activ)|mal|m[eé]con|refus|[eé]vit|manqu|faute|peu|moins|loin|sinon|seul|nul"
    r"|gu[eè]re|absen|ignor|hors|[eé]chou|nie|contraire|sauf|plut[oô]t|absten|cess|arr[eê]t|rare|diffici|dout|interdi"
    r"|d[eé]faut|priv[eé]|perd|au lieu|emp[eê]ch|avant que|à moins|de peur|trop|tout sauf|contre)[^\W\d_]*)",
    re.IGNORECASE,
)


def check_negation(french: str, english: list[Word]) -> Iterator[Flag]:
    """Yield a flag where the French clearly denies and the English does not, or the other way round."""
    said = [match.span() for match in _CLEAR.finditer(french)]
    denied = [word for word in english if _denies(word.text)]
    if said and 2 * len(denied) < len(said) and not _NOT_DENIED.search(french):
        yield Flag("negation", "the French says no, the English does not", "error", tuple(said))
    if said or _HINTS.search(french):
        return
    added = [word for word in english if fold(word.text) in _SAYS_NOT or fold(word.text).endswith("'t")]
    if added and not _TAG.search(" ".join(word.text for word in english[-3:])):
        message = "the English says no, the French does not"
        yield Flag("negation", message, "error", (), tuple(word.span for word in added))


def _denies(word: str) -> bool:
    text = fold(word)
    if text in _DENYING or text.endswith(("'t", "less")):
        return True
    match = _PREFIX.match(text)
    # What is left of "unhappy" without its prefix is a word; what is left of "under" is none.
    return match is not None and len(text) > 6 and text[match.end() :] in lexicon().spoken
