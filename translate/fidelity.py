"""Pure checks on one sentence and its English: each doubt is a flag with a reason.

They see texts, not meaning.  What they catch is what goes wrong in silence: a number that changed, a loop, a
sentence that stayed French, an output far too short or cut off.
"""

from __future__ import annotations

import re
import zlib
from collections import Counter

from translate.language import english_words, french_words
from translate.translation import Flag

_NUMBER = re.compile(r"(?<!\d)(?:\d{1,3}(?:[.,\s\u00a0\u202f\u2009']\d{3})+(?!\d)|\d+)(?:[.,]\d+)?")
_SEPARATORS = re.compile(r"\D")
_WORD = re.compile(r"\w+")
_SPELLED = {
    word: number
    for number, word in enumerate(
        """
    zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
    seventeen eighteen nineteen twenty
    """.split()
    )
}
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "once": 1, "twice": 2}


def check(french: str, english: str, *, finished: bool = True) -> tuple[Flag, ...]:
    """Return the doubts about ``english`` as a translation of the sentence ``french``.

    ``finished``: False where the model was stopped by the output limit.
    """
    checks = (
        _unfinished(finished),
        _empty(french, english),
        _repetition(french, english),
        _passthrough(french, english),
        _length(french, english),
        _numbers(french, english),
    )
    return tuple(flag for flag in checks if flag is not None)


def digits(text: str) -> Counter[str]:
    """Every number of ``text`` as its bare digits, with how often it occurs: ``1 234,5`` and ``1,234.5`` are one."""
    return Counter(_SEPARATORS.sub("", match.group()).lstrip("0") or "0" for match in _NUMBER.finditer(text))


def _unfinished(finished: bool) -> Flag | None:
    return None if finished else Flag("truncated", "the model did not come to an end; the rest may be missing")


def _empty(french: str, english: str) -> Flag | None:
    if _WORD.search(french) and not _WORD.search(english):
        return Flag("empty", "the model gave nothing; the French stands")
    return None


def _repetition(french: str, english: str) -> Flag | None:
    phrase, times = _most_repeated(english)
    if times > max(2, _most_repeated(french)[1]):
        return Flag("repetition", f"“{phrase}” occurs {times} times in a row")
    # Loops of longer phrases show in how well the text compresses (the test and threshold of faster-whisper).
    if len(english) > 120 and _compression(english) > max(2.4, 1.5 * _compression(french)):
        return Flag("repetition", "the English repeats itself")
    return None


def _compression(text: str) -> float:
    packed = text.encode("utf-8", "replace")
    return len(packed) / len(zlib.compress(packed))


def _most_repeated(text: str) -> tuple[str, int]:
    """The phrase of one to four words that follows itself most often without a break, and how often it stands."""
    words = _words(text)
    phrase, most = "", 1
    for length in range(1, 5):
        matches = 0
        for position in range(length, len(words)):
            matches = matches + 1 if words[position] == words[position - length] else 0
            if matches // length + 1 > most:
                phrase, most = " ".join(words[position - length + 1 : position + 1]), matches // length + 1
    return phrase, most


def _passthrough(french: str, english: str) -> Flag | None:
    words = _words(english)
    if len(words) < 4:
        return None
    kept = set(_words(french))
    copied = sum(word in kept for word in words) / len(words)
    if french_words(english) > english_words(english) and copied > 0.5:
        return Flag("untranslated", "much of this is still in French")
    return None


def _length(french: str, english: str) -> Flag | None:
    before, after = len(french), len(english)
    if before >= 24 and after < before * 0.4:
        return Flag("length", f"short for its source: {after} characters for {before}")
    if after > 48 and after > before * 2.2:
        return Flag("length", f"long for its source: {after} characters for {before}")
    return None


def _numbers(french: str, english: str) -> Flag | None:
    expected, found = digits(french), digits(english)
    spelled = Counter(str(_SPELLED.get(word, _ORDINALS.get(word))) for word in _words(english))
    missing = [number for number in (expected - found) if not spelled[number]]
    # A number that only the English has is doubtful unless French wrote it in words, which is not counted here.
    invented = [number for number in (found - expected) if len(number) > 2]
    if missing:
        return Flag("number", f"{_list(missing)} of the French is not in the English")
    if invented:
        return Flag("number", f"{_list(invented)} is not in the French")
    return None


def _words(text: str) -> list[str]:
    return [word.lower() for word in _WORD.findall(text)]


def _list(numbers: list[str]) -> str:
    return ", ".join(numbers[:4])
