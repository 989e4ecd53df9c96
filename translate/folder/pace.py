"""How fast a job is, and how long the rest will take."""

from __future__ import annotations

import time
from collections import Counter, deque
from collections.abc import Callable, Iterable

from passerelle.translate.folder.results import Pace
from passerelle.translate.folder.walk import Entry

_OFTEN, _WINDOW, _ENOUGH = 0.2, 30.0, 2.0
# Fewer words tell how long a model takes to start, not how fast it is.
_FEWEST = 100
# Words in a kilobyte, until files of that kind have told: plain text, text among mark-up, zipped.
_TEXT, _MARKED, _ZIPPED = 160.0, 80.0, 15.0
_DENSITY = {".txt": _TEXT, ".md": _TEXT, ".docx": _ZIPPED, ".odt": _ZIPPED, ".pptx": 3.0, ".epub": 60.0, ".pdf": 5.0}


class Words:
    """How many words files hold that have not been read, guessed from their size and from files that have been."""

    def __init__(self) -> None:
        self._bytes: Counter[str] = Counter()
        self._words: Counter[str] = Counter()

    def learn(self, entry: Entry, words: int) -> None:
        """Take in that ``entry`` holds ``words``."""
        self._bytes[entry.suffix] += entry.size
        self._words[entry.suffix] += words

    def guess(self, suffix: str, size: int) -> float:
        """Return how many words ``size`` bytes of such files hold."""
        if self._bytes[suffix]:
            return size * self._words[suffix] / self._bytes[suffix]
        return size * _DENSITY.get(suffix, _MARKED) / 1024


class Clock:
    """Counts files and words, and tells ``listener`` now and then."""

    def __init__(self, entries: Iterable[Entry], listener: Callable[[Pace], None] | None) -> None:
        self._listener = listener
        self._left: Counter[str] = Counter()
        self._total = 0
        for entry in entries:
            self._left[entry.suffix] += entry.size
            self._total += 1
        self._kinds = Words()
        self._files = 0
        self._words = 0
        self._open_words = 0
        self._began = time.monotonic()
        self._asked = 0
        self._recent: deque[tuple[float, int]] = deque([(self._began, 0)])
        self._next = 0.0

    def sentence(self, words: int, *, asked: bool) -> None:
        """Count one sentence; ``asked``: whether the model was asked for it."""
        self._words += words
        self._open_words += words
        self._asked += words if asked else 0
        self._tell()

    def file(self, entry: Entry, words: int | None) -> None:
        """Count one file that is done, with the words that it holds where that is known."""
        self._files += 1
        self._left[entry.suffix] -= entry.size
        if words is not None:
            self._open_words = max(0, self._open_words - words)
            self._kinds.learn(entry, words)
        self._tell(last=self._files == self._total)

    @property
    def speed(self) -> float | None:
        """Words a second that the model translated, None where there were too few to tell."""
        elapsed = time.monotonic() - self._began
        return self._asked / elapsed if self._asked >= 200 and elapsed > 1 else None

    def _tell(self, *, last: bool = False) -> None:
        now = time.monotonic()
        if self._listener is None or (now < self._next and not last):
            return
        self._next = now + _OFTEN
        self._recent.append((now, self._words))
        while len(self._recent) > 2 and now - self._recent[0][0] > _WINDOW:
            self._recent.popleft()
        since, words = self._recent[0]
        known = now - since >= _ENOUGH and self._words > words and self._words >= _FEWEST
        speed = (self._words - words) / (now - since) if known else None
        left = sum(self._kinds.guess(suffix, size) for suffix, size in self._left.items()) - self._open_words
        seconds = max(left, 0) / speed if speed else None
        self._listener(Pace(self._files, self._total, self._words, speed, seconds))
