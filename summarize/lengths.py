"""How long a summary is to be."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

Length = str | int | float

_FACTORS = {"short": 0.5, "medium": 1.0, "long": 2.0}
_SCALE = 3.4
WORTH = 0.35
_ARTICLE = 1200


@dataclass(frozen=True)
class Room:
    """What a summary may use: at most ``words``, and at most so many ``sentences`` (None: any number).

    ``nearly``: the words are a target rather than a limit; a sentence may go beyond them if that comes nearer to them
    than going without it.  ``worth``: a sentence of less than this share of the best one's score is not taken, even
    if there is room; the longer the text, the smaller the share, for a long text has more to say.
    """

    words: int
    sentences: int | None = None
    worth: float = 0.0
    nearly: bool = False

    def holds(self, words: int, left: int) -> bool:
        """Say whether a sentence of so many ``words`` fits where so many are ``left``."""
        return words < 2 * left if self.nearly else words <= left

    def stretched(self, factor: float) -> Room:
        """Return the room with ``factor`` times as many words."""
        return replace(self, words=int(factor * self.words))


def room(length: Length, total: int) -> Room:
    """Return what a summary of a text of ``total`` words may use.

    ``length``: ``"short"``, ``"medium"``, ``"long"``, a number of sentences from 1 (int), or a share of the words
    below 1 (float, or a string as ``"20%"``), to which the summary comes as near as whole sentences allow.  The
    named ones grow with the square root of the text: a text four times as long gets a summary twice as long (medium:
    68 words for 400, 340 for 10,000).  Raises ValueError for anything else.
    """
    if isinstance(length, str) and length in _FACTORS:
        factor = _FACTORS[length]
        words = min(int(factor * _SCALE * math.sqrt(total)), int(0.6 * total))
        return Room(words, worth=WORTH / max(1.0, factor, math.sqrt(total / _ARTICLE)))
    if isinstance(length, str):
        length = _share(length)
    if isinstance(length, int) and not isinstance(length, bool) and length >= 1:
        return Room(total, sentences=length)
    if isinstance(length, float) and 0 < length < 1:
        return Room(max(1, int(length * total)), nearly=True)
    wanted = ", ".join(f'"{name}"' for name in _FACTORS)
    shares = "a number of sentences, a ratio below 1.0 or a share as '20%'"
    raise ValueError(f"length must be {wanted}, {shares}, not {length!r}")


def _share(text: str) -> Length:
    """Return the ratio that ``"20%"`` is, and anything else as it is."""
    number = text.strip().removesuffix("%").strip()
    is_share = text.strip().endswith("%") and number.isascii() and number.replace(".", "", 1).isdigit()
    return float(number) / 100 if is_share else text


def parse(text: str) -> Length:
    """Return the length that a word, a number of sentences (``"3"``) or a share (``"0.2"``, ``"20%"``) stands for.

    Raises ValueError as ``room`` does.
    """
    length: Length = text.strip().lower()
    number = str(length).removesuffix("%")
    if number.isascii() and number.replace(".", "", 1).isdigit():
        length = float(number) / 100 if number != length else float(number) if "." in number else int(number)
    room(length, 1)
    return length
