"""The letter of a menu entry that a key is bound to: ``_x`` in GTK, ``&x`` in Qt and Windows."""

from __future__ import annotations

import re

_LONGEST = 80
# Not ``H&M`` or an entity; an underscore inside of a word is a part of a name.
_MARKS = (re.compile(r"(?<![\w_])_(?=[^\W\d_])"), re.compile(r"&(?=\w)(?!\#?\w{1,31};)(?<![A-Z\d]&)"))


def without_accelerators(text: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    """Return ``text`` without its marks, and each with the letter that it stood before.

    A mark counts where it stands once in a short text.
    """
    found: list[tuple[str, str]] = []
    if len(text) > _LONGEST or "\n" in text:
        return text, ()
    for pattern in _MARKS:
        matches = list(pattern.finditer(text))
        if len(matches) == 1 and text.count(matches[0].group()) == 1:
            place = matches[0].end()
            found.append((matches[0].group(), text[place]))
            text = text[: place - 1] + text[place:]
    return text, tuple(found)


def with_accelerators(english: str, marks: tuple[tuple[str, str], ...]) -> str:
    """Return ``english`` with each mark before the letter that it had, else before the first."""
    for mark, letter in marks:
        heads = [match.start() for match in re.finditer(r"(?<![\w%{$:&_])[^\W\d_]", english)]
        same = [place for place in heads if english[place].lower() == letter.lower()]
        place = next(iter([*same, *heads]), 0)
        english = english[:place] + mark + english[place:]
    return english
