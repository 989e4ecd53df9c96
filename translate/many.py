"""Many texts translated one after the other as if they were one, so that short ones share batches."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

from passerelle.translate.attempt import Attempt
from passerelle.translate.progressive import Progressive
from passerelle.translate.sentence_pair import Sentence
from passerelle.translate.translation import Translation

Owner = TypeVar("Owner")


class Many(Generic[Owner]):
    """Texts under way, in groups that each have an ``owner``; used like a ``Progressive``, whose sentences are theirs.

    ``groups``: owners and their texts, read as far ahead as ``work`` is.  Once ``stop()`` is true no further text is
    begun, and a group that is not whole by then is not given back.  ``current``: the text of the last sentence taken.
    """

    def __init__(
        self, groups: Iterable[tuple[Owner, Iterable[Progressive]]], stop: Callable[[], bool] = lambda: False
    ) -> None:
        self._groups = groups
        self._stop = stop
        self._under_way: deque[Progressive | _End[Owner]] = deque()
        self._done: list[Translation] = []
        self._whole: deque[tuple[Owner, list[Translation]]] = deque()
        self.current: Progressive | None = None

    def work(self) -> Iterator[Attempt]:
        """Yield each sentence of each text; ``take`` expects them back in this order."""
        for owner, texts in self._groups:
            for running in texts:
                if self._stop():
                    return
                self._under_way.append(running)
                yield from running.work()
            self._under_way.append(_End(owner))
            if self._stop():
                return

    def take(self, attempt: Attempt) -> Sentence:
        """Write the next sentence, of which ``attempt`` has the English, and return it."""
        self._settle()
        running = self._under_way[0]
        assert isinstance(running, Progressive)
        self.current = running
        return running.take(attempt)

    def whole(self) -> Iterator[tuple[Owner, list[Translation]]]:
        """Yield each group that became whole since it was asked for last, with a Translation for each of its texts."""
        self._settle()
        while self._whole:
            yield self._whole.popleft()

    def _settle(self) -> None:
        """Put away what is complete."""
        while self._under_way:
            first = self._under_way[0]
            if isinstance(first, _End):
                self._whole.append((first.owner, self._done))
                self._done = []
            elif first.is_complete:
                self._done.append(first.translation)
            else:
                return
            self._under_way.popleft()


@dataclass(frozen=True)
class _End(Generic[Owner]):
    """The end of the group of ``owner``."""

    owner: Owner
