"""French that was left in the English."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from passerelle.translate.flags import Flag, Kind, Message, Reason
from passerelle.translate.language import ENGLISH_WORDS, FRENCH_WORDS
from passerelle.translate.lexicon.meanings import lexicon
from passerelle.translate.lexicon.words import Word

# What one word says for French (+) or for English (-), from counting in real sentences.
_SMALL, _MARKED, _COPIED, _OTHER = 2.0, 1.2, 0.25, -0.6
_ENOUGH = 3.2


def check_untranslated(french: Sequence[Word], english: Sequence[Word]) -> Iterator[Flag]:
    """Yield a flag for the stretch of ``english`` that is most clearly French words of the source."""
    known = lexicon()
    source = {word.text.lower() for word in french}
    best, total, first, span = 0.0, 0.0, 0, (0, 0)
    foreign = 0
    found = 0
    for index, word in enumerate(english):
        text = word.text.lower()
        value = _OTHER
        if text in source:
            value = _COPIED if word.text[0].islower() else 0.0
            if text in FRENCH_WORDS:
                value = _SMALL
            elif text in known.french:
                value = _MARKED
            elif text in known.english or text in ENGLISH_WORDS:
                value = -_SMALL
        elif text in ENGLISH_WORDS or text in known.english:
            value = -_SMALL
        if total <= 0:
            total, first, foreign = 0.0, index, 0
        total += value
        foreign += value >= _MARKED
        if total > best:
            best, span, found = total, (english[first].start, word.end), foreign
    if best >= _ENOUGH and found >= 2:
        yield Flag(Kind.UNTRANSLATED, Message(Reason.PARTLY_FRENCH), "error", (), (span,))
    elif _is_copy(french, english):
        yield Flag(Kind.UNTRANSLATED, Message(Reason.ALL_FRENCH), "error")


def _is_copy(french: Sequence[Word], english: Sequence[Word]) -> bool:
    """Whether the English is the French itself, and holds a word that is not the same in English."""
    if not english or [word.text for word in english] != [word.text for word in french]:
        return False
    known = lexicon()
    return any(
        word.text.islower() and word.stem in known.meanings and known.meanings[word.stem].get(word.stem, 0.0) < 0.2
        for word in english
    )
