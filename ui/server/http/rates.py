"""How often: a bucket for each name, which fills evenly over a minute."""

from __future__ import annotations

import time

_MOST = 10_000


class Rate:
    """What someone has left of ``per_minute``; for one thread."""

    def __init__(self, per_minute: int) -> None:
        self._per_minute = per_minute
        self._left: dict[str, tuple[float, float]] = {}

    def take(self, who: str) -> bool:
        """Say whether ``who`` has one left, and take it."""
        left, now = self.left(who), time.monotonic()
        if len(self._left) > _MOST:
            self._left = {name: each for name, each in self._left.items() if now - each[1] < 60}
        if left < 1:
            return False
        self._left[who] = (left - 1, now)
        return True

    def give_back(self, who: str) -> None:
        """Put back what was taken for nothing."""
        self._left[who] = (min(self._per_minute, self.left(who) + 1), time.monotonic())

    def left(self, who: str) -> float:
        """How many ``who`` has left."""
        left, when = self._left.get(who, (self._per_minute, 0.0))
        return min(self._per_minute, left + (time.monotonic() - when) * self._per_minute / 60)
