"""How far a job is, for a reader: a bar in a terminal, a line now and then in a log."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

from passerelle.ui.terminal import say

if TYPE_CHECKING:
    from passerelle.translate.folder import Pace

_FIRST_LINE, _LAST_LINE = 10.0, 300.0
"""Seconds between lines of progress in a log, at first and at most."""


@contextmanager
def pacing(*, quiet: bool) -> Iterator[Callable[[Pace], None]]:
    """Yield what shows the pace of a job: a bar in a terminal, else a line now and then."""
    if quiet:
        yield lambda pace: None
        return
    with ExitStack() as stack:
        yield _bar(stack) if sys.stderr.isatty() else _lines()


def _bar(stack: ExitStack) -> Callable[[Pace], None]:
    from rich import progress as rich
    from rich.console import Console

    columns = (
        rich.TextColumn("Translating"),
        rich.BarColumn(),
        rich.MofNCompleteColumn(),
        rich.TextColumn("files, {task.fields[rest]}", markup=False),
    )
    bars = stack.enter_context(rich.Progress(*columns, console=Console(stderr=True), transient=True))
    task = bars.add_task("", total=None, rest="")
    return lambda pace: bars.update(task, completed=pace.files, total=pace.total, rest=_rest(pace))


def _lines() -> Callable[[Pace], None]:
    began = time.monotonic()
    due = began + _FIRST_LINE

    def line(pace: Pace) -> None:
        nonlocal due
        now = time.monotonic()
        if now >= due:
            due = now + min(max(_FIRST_LINE, (now - began) / 10), _LAST_LINE)
            say(f"{pace.files} of {pace.total} files, {_rest(pace)}")

    return line


def _rest(pace: Pace) -> str:
    parts = [f"{pace.words} words"]
    if pace.words_per_second is not None:
        parts.append(f"{pace.words_per_second:.0f} words/s")
    if pace.seconds_left is not None:
        parts.append(f"about {duration(pace.seconds_left)} left")
    return ", ".join(parts)


def duration(seconds: float) -> str:
    """``seconds`` for a reader: ``"45 s"``, ``"3 min"``, ``"2 h 05 min"``."""
    if seconds < 90:
        return f"{max(seconds, 1):.0f} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 90 else f"{minutes // 60} h {minutes % 60:02d} min"
