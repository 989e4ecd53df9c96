"""What a caller hands over as a text, looked at before any work is done on it."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator

from passerelle.seq2seq.errors import NotTextError

_INSTEAD: tuple[tuple[type | tuple[type, ...], str], ...] = (
    ((bytes, bytearray, memoryview), "decode it first, as with .decode('utf-8')"),
    (dict, "give its values, as list(texts.values())"),
    (os.PathLike, "read it first, as with .read_text(encoding='utf-8')"),
    ((type(None), float), "leave the missing ones out, or put '' in their place"),
)


def check_text(text: object, name: str = "text") -> str:
    """Return ``text``, which the caller knows by ``name``.  Raises NotTextError where it is no string."""
    if isinstance(text, str):
        return text
    shown = repr(text) if text is None or isinstance(text, int | float) else f"a {type(text).__name__}"
    instead = next((what for kinds, what in _INSTEAD if isinstance(text, kinds)), "make it a str first")
    raise NotTextError(f"{name} must be a str, not {shown}: {instead}")


def check_texts(texts: object, name: str = "texts") -> Iterator[str]:
    """Yield each of ``texts``, named by its place.  Raises NotTextError for them all or for one of them."""
    if isinstance(texts, bytes | bytearray | memoryview | dict) or not isinstance(texts, Iterable):
        check_text(texts, name)
        return
    for number, text in enumerate(texts):
        yield check_text(text, f"{name}[{number}]")
