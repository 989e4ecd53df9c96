"""Tables as .csv: the chosen columns, or those that hold prose; quotes, separators and all else stay as they are."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from passerelle.seq2seq.errors import InputError
from passerelle.translate.documents.core.fields import Field, FieldDocument
from passerelle.translate.documents.core.text import decode
from passerelle.translate.documents.document import DocumentOptions, check_size, is_prose

LARGEST = 64 * 2**20
_SEPARATORS = ",;\t|"
_SAMPLE = 200
_SEPARATOR = re.compile(r"\ufeff?sep=([^\r\n])(?:\r\n|\r|\n)", re.IGNORECASE)


@dataclass(frozen=True)
class _Cell:
    """A cell and its span in the file, quotes included."""

    start: int
    end: int
    text: str
    is_quoted: bool


def parse(content: bytes, name: str, options: DocumentOptions) -> FieldDocument:
    """Read a table.  Raises InputError where it is not text, or a chosen column is not there."""
    check_size(len(content), LARGEST, name)
    decoded = decode(content, name)
    separator = _separator(decoded.text)
    rows = list(_rows(decoded.text, separator))
    has_heading = bool(options.columns) or not _is_sentence_row(rows)
    titles = [cell.text.strip().removeprefix("\ufeff") for cell in rows[0]] if rows else []
    chosen = _chosen(rows, titles, options.columns, name)
    notices = decoded.notices
    if not options.columns and rows:
        names = ", ".join((has_heading and titles[index]) or str(index + 1) for index in sorted(chosen)) or "no column"
        heading = "the first row was taken for a heading" if has_heading else "no row was taken for a heading"
        notices = (*notices, f"{name}: translated {names}, {heading}; choose columns with --columns")
    slots = tuple(
        Field(
            cell.start, cell.end, cell.text, cell.text, partial(_written, is_quoted=cell.is_quoted, separator=separator)
        )
        for row in rows[has_heading:]
        for index, cell in enumerate(row)
        if index in chosen and is_prose(cell.text)
    )
    return FieldDocument(decoded, slots, notices)


def outline(content: bytes, name: str) -> Any:
    """Return the number of cells of each row, as Python's own reader counts them."""
    text = decode(content, name).text
    start = _preamble(text)
    try:
        rows = list(csv.reader(io.StringIO(text[start:], newline=""), delimiter=_separator(text), strict=False))
    except csv.Error as error:
        raise InputError(f"{name} is not a table: {error}") from error
    return text[:start], [len(row) for row in rows]


def values(content: bytes, name: str) -> Iterator[str]:
    """Yield every cell."""
    text = decode(content, name).text
    yield from (cell.text for row in _rows(text, _separator(text)) for cell in row)


def _preamble(text: str) -> int:
    """The length of a line such as ``sep=;``, by which Excel is told the separator."""
    found = _SEPARATOR.match(text)
    return found.end() if found else 0


def _is_sentence_row(rows: Sequence[Sequence[_Cell]]) -> bool:
    """Whether the first row holds a sentence, in a column of sentences: it is no heading."""
    first = rows[0] if len(rows) > 1 else ()
    return any(
        _holds_prose(rows, index) and len(cell.text.split()) > 3 and cell.text.rstrip().endswith((".", "!", "…"))
        for index, cell in enumerate(first)
    )


def _separator(text: str) -> str:
    """The separator that the first line has most of, outside of quotes."""
    if found := _SEPARATOR.match(text):
        return found[1]
    counts: Counter[str] = Counter()
    is_quoted = False
    for character in text:
        if character == '"':
            is_quoted = not is_quoted
        elif not is_quoted:
            if character in "\r\n" and counts:
                break
            if character in _SEPARATORS:
                counts[character] += 1
    return counts.most_common(1)[0][0] if counts else ","


def _rows(text: str, separator: str) -> Iterator[list[_Cell]]:
    row: list[_Cell] = []
    position = _preamble(text)
    while position < len(text):
        cell = _cell(text, position, separator)
        row.append(cell)
        position = cell.end
        if text.startswith(separator, position):
            position += 1
            if position == len(text):
                row.append(_Cell(position, position, "", False))
            continue
        position += 2 if text.startswith("\r\n", position) else 1
        yield row
        row = []
    if row:
        yield row


def _cell(text: str, start: int, separator: str) -> _Cell:
    opening = start + 1 if text.startswith("\ufeff", start) else start
    if not text.startswith('"', opening):
        stops = (text.find(stop, start) for stop in (separator, "\n", "\r"))
        end = min((stop for stop in stops if stop >= 0), default=len(text))
        return _Cell(start, end, text[start:end], False)
    position = opening + 1
    while True:
        quote = text.find('"', position)
        if quote < 0:
            return _Cell(opening, len(text), text[opening + 1 :].replace('""', '"'), True)
        if text.startswith('""', quote):
            position = quote + 2
            continue
        end = quote + 1
        # What follows a closing quote belongs to the cell, as Python's reader has it.
        while end < len(text) and text[end] not in f"{separator}\r\n":
            end += 1
        inside = text[opening + 1 : quote].replace('""', '"') + text[quote + 1 : end]
        return _Cell(opening, end, inside, True)


def _chosen(rows: Sequence[Sequence[_Cell]], titles: Sequence[str], columns: Sequence[str], name: str) -> set[int]:
    if not columns:
        return {index for index in range(len(titles)) if _holds_prose(rows, index)}
    chosen = set()
    for column in columns:
        if column in titles:
            chosen.add(titles.index(column))
        elif column.isdecimal() and 1 <= int(column) <= len(titles):
            chosen.add(int(column) - 1)
        else:
            raise InputError(f"{name} has no column {column}; its columns are {', '.join(titles)}")
    return chosen


def _holds_prose(rows: Sequence[Sequence[_Cell]], index: int) -> bool:
    """Whether half of the cells that are not empty hold two words or more."""
    texts = [row[index].text for row in rows[1 : _SAMPLE + 1] if index < len(row) and row[index].text.strip()]
    wordy = sum(sum(is_prose(word) for word in text.split()) > 1 for text in texts)
    return wordy > 0 and wordy * 2 >= len(texts)


def _written(text: str, is_quoted: bool, separator: str) -> str:
    """A cell with quotes where it had them or needs them."""
    if is_quoted or any(mark in text for mark in (separator, '"', "\n", "\r")):
        return '"' + text.replace('"', '""') + '"'
    return text
