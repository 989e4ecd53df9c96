"""Texts in a column of a table: missing values stay, and what comes back is a column of the same kind."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from passerelle.seq2seq.texts import check_text


def in_place(values: Any, translate: Callable[[list[str]], Iterable[str]]) -> Any:
    """Return ``values`` with every text translated and every missing value (None, NaN, NA) as it is.

    A pandas Series comes back as a Series with its index and name, all else as a list.  Raises NotTextError, before any
    work is done, for a value that is neither text nor missing.
    """
    kept = list(values)
    for place, value in enumerate(kept):
        if not is_missing(value):
            check_text(value, f"values[{place}]")
    english = iter(translate([value for value in kept if isinstance(value, str)]))
    found = list(_filled(kept, english))
    if hasattr(values, "index") and hasattr(values, "to_frame"):
        return type(values)(found, index=values.index, name=getattr(values, "name", None), dtype=object)
    return found


def is_missing(value: object) -> bool:
    """Say whether ``value`` stands for no value: None, a NaN, or pandas' NA and NaT."""
    is_nan = isinstance(value, float) and math.isnan(value)
    return value is None or is_nan or type(value).__name__ in ("NAType", "NaTType")


def _filled(kept: list[Any], english: Iterator[str]) -> Iterator[Any]:
    for value in kept:
        yield next(english) if isinstance(value, str) else value
