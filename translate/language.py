"""Is this French?

A text is judged by the small words that every French or English sentence needs.  A sentence is judged by py3langid,
whose model comes with it and is read when the first sentence is asked about; below four words it would guess, so
there the answer is French unless the small words are clearly English.
"""

from __future__ import annotations

import re

_FEWEST_WORDS, _FEWEST_PLAIN, _LONGEST_SENTENCE = 4, 2, 2_000
# How much more likely another language must be, in natural logarithms, before French is given up.
_MARGIN = 4.0
# The share of words in the dictionary above which a sentence is French; Catalan reaches 0.85.
_KNOWN = 0.9
_WORD = re.compile(r"[^\W\d_]+")
FRENCH_WORDS = frozenset(
    """
    au aux avec ce ces cette ceux comme dans de des dont du elle elles en entre est et eux il ils je la le les
    leur leurs lui mais même ne nous on ont ou où par pas plus pour qu que qui sa sans se ses si son sont sous sur
    très tu un une vers vous à être était
    """.split()
)
ENGLISH_WORDS = frozenset(
    """
    about after all also an and are as at be because been but by can could did do for from had has have he her his
    how if in into is it its like more my not of or other our out she so some than that the their them then there
    these they this to up was we were what when which who will with would you your
    """.split()
)


# Small words of French that Spanish, Italian, Portuguese or Catalan have too.
_SHARED = frozenset("de en entre eux la le lui me ne on que qu sa se si son tu un comme e par".split())
_FRENCH_ALONE = FRENCH_WORDS - _SHARED


def french_words(text: str) -> int:
    """Count the words of ``text`` that only French uses as small words."""
    return sum(word in FRENCH_WORDS for word in _words(text))


def english_words(text: str) -> int:
    """Count the words of ``text`` that only English uses as small words."""
    return sum(word in ENGLISH_WORDS for word in _words(text))


def looks_french(text: str) -> bool:
    """False where a text of eight words or more has too few of the small words of French, or more English ones."""
    sample = text[:20_000]
    words, french = len(_words(sample)), french_words(sample)
    return words < 8 or (french > english_words(sample) and french >= words / 20)


def language_of(sentence: str) -> str:
    """Return the language of one sentence as a code such as ``"fr"`` or ``"de"``; ``"fr"`` where it is in doubt."""
    words = _words(sentence[:_LONGEST_SENTENCE])
    if len(words) < _FEWEST_WORDS:
        return "en" if sum(word in ENGLISH_WORDS for word in words) > max(1, french_words(sentence)) else "fr"
    others = _without_names(_WORD.findall(sentence[:_LONGEST_SENTENCE]))
    if _is_plainly_french(others if len(others) >= _FEWEST_PLAIN else words):
        return "fr"
    words = others if len(others) >= _FEWEST_WORDS else words
    from py3langid import rank

    try:
        ranked = [(str(code), float(score)) for code, score in rank(" ".join(words))]
    except OSError:  # it unpacks its model into the temporary folder, which may be full
        return "fr"
    french = next(score for code, score in ranked if code == "fr")
    code, best = ranked[0]
    return code if best - french > _MARGIN * len(words) ** 0.5 else "fr"


def _is_plainly_french(words: list[str]) -> bool:
    """Whether no model is needed: small words that French alone has, or hardly a word that French has not."""
    from passerelle.translate.lexicon.meanings import lexicon
    from passerelle.translate.lexicon.words import stem

    english = sum(word in ENGLISH_WORDS for word in words)
    if sum(word in _FRENCH_ALONE for word in words) > max(1, english):
        return True
    known = lexicon().meanings
    return not english and sum(stem(word) in known for word in words) >= _KNOWN * len(words)


def _without_names(words: list[str]) -> list[str]:
    """Return in lower case the words that are no names, by which a language is known."""
    return [
        word.lower()
        for place, word in enumerate(words)
        if not word[0].isupper() or (not place and word.lower() in FRENCH_WORDS)
    ]


def _words(text: str) -> list[str]:
    return [word.lower() for word in _WORD.findall(text)]
