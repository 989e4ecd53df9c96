"""A folder that is looked at again and again, and translated whenever something in it has changed."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from passerelle.translate.folder.job import find
from passerelle.translate.folder.results import JobOptions

SECONDS = 2.0


class Watch:
    """What has changed in ``source`` since this was made.

    ``seconds``: how long a file must have been at rest, and how often is looked.
    """

    def __init__(self, source: Path, target: Path, options: JobOptions, *, seconds: float = SECONDS) -> None:
        self._look = partial(_look, source, target, options)
        self._seconds = seconds
        self._seen = self._look()

    def changes(self, stop: Callable[[], bool]) -> Iterator[frozenset[str]]:
        """Yield the names of files that are new or changed and have come to rest, each time there are some.

        Ends once ``stop()`` is true.
        """
        before = self._look()
        while not stop():
            _wait(self._seconds, stop)
            now = self._look()
            resting = {
                name for name, state in now.items() if state != self._seen.get(name) and state == before.get(name)
            }
            before = now
            if resting and not stop():
                self._seen = {n: state for n in now if (state := now[n] if n in resting else self._seen.get(n))}
                yield frozenset(resting)


def _look(source: Path, target: Path, options: JobOptions) -> dict[str, tuple[int, int]]:
    entries, _ = find(source, target, options)
    return {entry.name: (entry.size, entry.stamp) for entry in entries if not entry.problem}


def _wait(seconds: float, stop: Callable[[], bool]) -> None:
    until = time.monotonic() + seconds
    while not stop() and time.monotonic() < until:
        time.sleep(min(0.1, seconds))
