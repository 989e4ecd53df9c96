"""Names of files: how they are shown, and where each result goes."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Mapping


def shown(name: str) -> str:
    """Return ``name`` on one line that any terminal, log or page can show.

    Control characters are escaped as in Python, bytes that are not UTF-8 as ``\\xff``.
    """
    raw = os.fsencode(name).decode("utf-8", "backslashreplace")
    return "".join(character if character.isprintable() else ascii(character)[1:-1] for character in raw)


def destinations(names: Iterable[str], output_name: Callable[[str], str]) -> Mapping[str, str]:
    """Return where below OUT the translation of each of ``names`` goes.

    ``output_name`` may change an ending (``a.pdf`` becomes ``a.md``); where another file has that name already, the
    new ending comes after the old one (``a.pdf.md``).
    """
    sources = set(names)
    places: dict[str, str] = {name: name for name in sources if output_name(name) == name}
    taken = set(places)
    for name in sorted(sources - taken):
        wanted = output_name(name)
        ending = os.path.splitext(wanted)[1]  # noqa: PTH122 - a name, not a path of this system
        if wanted in taken:
            wanted = name + ending
        while wanted in taken:
            wanted += ending
        taken.add(wanted)
        places[name] = wanted
    return places


def beside(name: str, ending: str, taken: Collection[str]) -> str:
    """Return where a file that is made beside the translation of ``name`` goes: ``name`` with ``ending``.

    A place that is in ``taken``, by the translation of a document, is left to it: ``a.srt.summary.txt`` becomes
    ``a.srt.2.summary.txt``.
    """
    place, number = name + ending, 1
    while place in taken:
        number += 1
        place = f"{name}.{number}{ending}"
    return place
