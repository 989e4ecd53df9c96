"""Loops: a phrase that follows itself, or a long one that comes back, where the French does neither."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence

from passerelle.translate.flags import Flag, Kind, Message, Reason, Span
from passerelle.translate.lexicon.words import Word

_LONGEST_PHRASE = 6
_LONG_PHRASE = 5
# English says these twice, and rightly.
_TWICE = frozenset({"had", "that", "very", "is", "bye", "ha", "no", "yes", "so", "blah", "do"})
_LETTERS_IN_A_ROW = 6


def check_repetition(
    french: Sequence[Word], english: Sequence[Word], french_text: str, english_text: str
) -> Iterator[Flag]:
    """Yield a flag where ``english`` repeats itself more than ``french`` does."""
    phrase, times, span = _in_a_row(english)
    _, allowed, _ = _in_a_row(french)
    is_word = " " not in phrase
    if times > max(allowed, 2 if is_word and phrase in _TWICE else 1):
        yield Flag(Kind.REPETITION, Message.of(Reason.PHRASE_IN_A_ROW, phrase, times), "error", (), (span,))
        return
    again = _comes_back(english, _LONG_PHRASE)
    if again and not _comes_back(french, _LONG_PHRASE - 2):
        yield Flag(Kind.REPETITION, Message(Reason.PHRASE_TWICE), "doubt", (), (again,))
        return
    stretched = _stretched(english_text)
    if stretched and not _stretched(french_text):
        yield Flag(Kind.REPETITION, Message(Reason.SIGN_WITHOUT_END), "error", (), (stretched,))
        return
    # Loops of longer phrases show in how well the text compresses (the test and threshold of faster-whisper).
    if len(english_text) > 120 and _compression(english_text) > max(2.4, 1.5 * _compression(french_text)):
        yield Flag(Kind.REPETITION, Message(Reason.REPEATS_ITSELF), "error")


def _in_a_row(words: Sequence[Word]) -> tuple[str, int, Span]:
    """The phrase that follows itself most often without a break, how often it stands, and the span of all."""
    texts = [word.text.lower() for word in words]
    phrase, most, span = "", 1, (0, 0)
    for length in range(1, _LONGEST_PHRASE + 1):
        matches = 0
        for position in range(length, len(texts)):
            matches = matches + 1 if texts[position] == texts[position - length] else 0
            times = matches // length + 1
            if times > most:
                phrase, most = " ".join(texts[position - length + 1 : position + 1]), times
                span = words[position - times * length + 1].start, words[position].end
    return phrase, most, span


def _comes_back(words: Sequence[Word], length: int) -> Span | None:
    """The span of the first phrase of ``length`` words that has stood before."""
    seen: set[tuple[str, ...]] = set()
    for position in range(len(words) - length + 1):
        phrase = tuple(word.text.lower() for word in words[position : position + length])
        if phrase in seen:
            return words[position].start, words[position + length - 1].end
        seen.add(phrase)
    return None


def _stretched(text: str) -> Span | None:
    start = 0
    for position in range(1, len(text) + 1):
        if position < len(text) and text[position] == text[start]:
            continue
        if position - start >= _LETTERS_IN_A_ROW and not text[start].isspace() and not text[start].isdigit():
            return start, position
        start = position
    return None


def _compression(text: str) -> float:
    packed = text.encode("utf-8", "replace")
    return len(packed) / len(zlib.compress(packed))
