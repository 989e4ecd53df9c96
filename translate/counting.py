"""Two spellings of one sentence held together by what both have: its letters and digits, in order."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache


@lru_cache(maxsize=64)
def countable(text: str) -> tuple[int, ...]:
    """Return the positions of the letters and digits of ``text``."""
    return tuple(position for position, character in enumerate(text) if character.isalnum())


def moved(spans: Sequence[tuple[int, int]], flat: str, shown: str) -> list[tuple[int, int] | None]:
    """Return where the words that stand at ``spans`` of ``flat`` stand in ``shown``; None where that is not known."""
    if flat == shown:
        return list(spans)
    places, others = countable(flat), countable(shown)
    if len(places) != len(others):
        return [None] * len(spans)
    there = dict(zip(places, others, strict=True))
    return [(there[start], there[end - 1] + 1) if start in there and end - 1 in there else None for start, end in spans]
