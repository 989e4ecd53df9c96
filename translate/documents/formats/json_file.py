"""JSON: the strings under the chosen keys, or those that look like prose; every other character stays."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import partial
from typing import Any

from passerelle.seq2seq.errors import InputError
from passerelle.translate.documents.core.fields import Field, FieldDocument
from passerelle.translate.documents.core.text import Text, decode
from passerelle.translate.documents.document import DocumentOptions, check_size, is_prose

LARGEST = 64 * 2**20
Path = tuple[str, ...]


def parse(content: bytes, name: str, options: DocumentOptions) -> FieldDocument:
    """Read a JSON file.  Raises InputError where it is broken, or a chosen key is not there."""
    check_size(len(content), LARGEST, name)
    decoded = decode(content, name)
    _load(decoded, name)
    slots = []
    missing = set(options.keys)
    for path, start, end, text in _strings(decoded.text):
        key = _chosen(path, text, options.keys)
        missing.discard(key)
        if key and is_prose(text):
            plain = "\\u" not in decoded.text[start:end]
            slots.append(Field(start, end, text, text, partial(_written, keep=plain)))
    if missing - {"*"}:
        raise InputError(f"{name} has no text under {', '.join(sorted(missing))}; check the name of the key")
    notices = decoded.notices
    if not options.keys:
        notices = (*notices, f"{name}: translated the values that look like prose; choose with --keys")
    return FieldDocument(decoded, tuple(slots), notices)


def outline(content: bytes, name: str) -> Any:
    """Return the file with its strings emptied."""
    return _emptied(_load(decode(content, name), name))


def values(content: bytes, name: str) -> Iterator[str]:
    """Yield every string that is a value."""
    return (text for *_, text in _strings(decode(content, name).text))


def _load(decoded: Text, name: str) -> Any:
    try:
        return json.loads(decoded.text.removeprefix("\ufeff"))
    except ValueError as error:
        raise InputError(f"{name} is not valid JSON: {error}") from error
    except RecursionError as error:
        raise InputError(f"{name} is nested too deeply; it cannot be read") from error


def _emptied(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _emptied(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_emptied(each) for each in value]
    return "" if isinstance(value, str) else value


def _strings(text: str) -> Iterator[tuple[Path, int, int, str]]:
    """Yield each string that is a value: its path, its span with the quotes, and what it says.  ``text`` is valid."""
    # The keys on the way here; None for a list.
    keys: list[str | None] = []
    awaits_key = False
    decoder = json.JSONDecoder()
    position = 0
    while position < len(text):
        character = text[position]
        if character == '"':
            value, end = decoder.raw_decode(text, position)
            if awaits_key:
                keys[-1] = value
                awaits_key = False
            else:
                yield tuple(key for key in keys if key is not None), position, end, value
            position = end
            continue
        if character in "{[":
            keys.append("" if character == "{" else None)
            awaits_key = character == "{"
        elif character in "}]":
            keys.pop()
            awaits_key = False
        elif character == ",":
            awaits_key = bool(keys) and keys[-1] is not None
        position += 1


def _chosen(path: Path, text: str, keys: tuple[str, ...]) -> str:
    """The chosen key that a value falls under; empty where none."""
    if not keys:
        return "*" if _looks_like_prose(text) else ""
    dotted = ".".join(path)
    for key in keys:
        if key in ("*", dotted) or (path and key == path[-1]) or dotted.startswith(f"{key}."):
            return key
    return ""


def _looks_like_prose(text: str) -> bool:
    """Two words, or one with a capital and small letters only: not an identifier, an address or a date."""
    words = text.split()
    if len(words) > 1:
        return sum(is_prose(word) for word in words) > 1
    word = text.strip(".!?…:;,()\"' ")
    return len(word) > 1 and word.isalpha() and word[0].isupper() and word[1:].islower()


def _written(text: str, keep: bool) -> str:
    return json.dumps(text, ensure_ascii=not keep)
