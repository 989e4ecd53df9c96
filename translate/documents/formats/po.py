"""Catalogues of messages as .po: French sources get their English, or, in a French catalogue, the messages do.

polib says whether a catalogue is sound, and how strings are written; the rest of the file stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any

from passerelle.seq2seq.errors import InputError
from passerelle.translate.documents.core.accelerators import with_accelerators, without_accelerators
from passerelle.translate.documents.core.fields import Field, FieldDocument
from passerelle.translate.documents.core.text import Text, decode, lines
from passerelle.translate.documents.document import DocumentOptions, check_size, is_prose

if TYPE_CHECKING:
    import polib

LARGEST = 32 * 2**20
_LANGUAGE = re.compile(r"^\"Language:[ \t]*(fr[\w@.-]*)[ \t]*\\n", re.MULTILINE)
_NO_LANGUAGE = re.compile(r"^\"Language: ?()[ \t]*\\n", re.MULTILINE)
# The rule of French for two forms; a catalogue with other rules keeps them, and as many forms.
_PLURALS = re.compile(r"^\"Plural-Forms:[ \t]*(nplurals=2;\s*plural=\(?n\s*>\s*1\)?;?)", re.MULTILINE)


@dataclass
class _Field:
    """A keyword, such as ``msgid``, with its string: the span of its lines, without the last line end."""

    keyword: str
    start: int
    end: int
    text: str = ""


@dataclass
class _Entry:
    fields: list[_Field] = field(default_factory=list)

    def get(self, keyword: str) -> str:
        return next((each.text for each in self.fields if each.keyword == keyword), "")


def parse(content: bytes, name: str, options: DocumentOptions) -> FieldDocument:
    """Read a catalogue.  Raises InputError where it is broken."""
    check_size(len(content), LARGEST, name)
    decoded = decode(content, name)
    catalogue = _load(decoded, name)
    is_french = str(catalogue.metadata.get("Language", "")).lower().startswith("fr")
    line_end = "\r\n" if "\r\n" in decoded.text else "\n"
    slots = tuple(_slots(_entries(decoded.text), line_end, is_french=is_french))
    heading = tuple(_heading(decoded.text, is_french=is_french)) if slots else ()
    fuzzy = 0 if is_french else len(catalogue.fuzzy_entries())
    left = (f"{name}: {fuzzy} messages marked fuzzy keep the English that they have; check it",) if fuzzy else ()
    return FieldDocument(decoded, slots, (*decoded.notices, *left), heading)


def outline(content: bytes, name: str) -> Any:
    """Return its messages in order, without their translations."""
    return [
        (entry.msgctxt, entry.msgid, entry.msgid_plural, sorted(entry.msgstr_plural), entry.flags, entry.occurrences)
        for entry in _load(decode(content, name), name)
    ]


def values(content: bytes, name: str) -> Iterator[str]:
    """Yield every translation."""
    for entry in _entries(decode(content, name).text):
        yield from (each.text for each in entry.fields if each.keyword.startswith("msgstr"))


def _load(decoded: Text, name: str) -> polib.POFile:
    import polib

    try:
        return polib.pofile(decoded.text.removeprefix("\ufeff").replace("\x00", ""))
    except (OSError, ValueError, UnicodeError) as error:
        reason = " ".join(str(error).split())
        raise InputError(f"{name} is not a sound .po catalogue: {reason}; check it with msgfmt") from error


def _entries(text: str) -> Iterator[_Entry]:
    """Yield the entries; those that are commented out are left alone."""
    import polib

    entry = _Entry()
    for start, stop in lines(text):
        line = text[start:stop]
        body = line.strip().removeprefix("\ufeff")
        end = start + len(line.rstrip("\r\n"))
        keyword = body.split('"')[0].split()[0] if body and not body.startswith(('"', "#")) else ""
        if keyword in ("msgctxt", "msgid") and any(each.keyword.startswith("msgstr") for each in entry.fields):
            yield entry
            entry = _Entry()
        if keyword:
            entry.fields.append(_Field(keyword, start, end))
        if '"' in body and not body.startswith("#") and entry.fields:
            entry.fields[-1].text += polib.unescape(body[body.index('"') + 1 : body.rindex('"')])
            entry.fields[-1].end = end
    yield entry


def _heading(text: str, *, is_french: bool) -> Iterator[tuple[int, int, str]]:
    """Yield what the first entry says of its language and its plurals, where it is not that of English."""
    heading = next(_entries(text))
    if heading.get("msgid") or not heading.fields:
        return
    start, end = heading.fields[0].start, heading.fields[-1].end
    wanted = (_LANGUAGE, "en") if is_french else (_NO_LANGUAGE, "en")
    for pattern, value in (wanted, *([(_PLURALS, "nplurals=2; plural=(n != 1);")] if is_french else [])):
        if found := pattern.search(text, start, end):
            yield *found.span(1), value


def _slots(entries: Iterator[_Entry], line_end: str, *, is_french: bool) -> Iterator[Field]:
    for entry in entries:
        source, plural = entry.get("msgid"), entry.get("msgid_plural")
        if not source:
            continue
        for each in entry.fields:
            if not each.keyword.startswith("msgstr"):
                continue
            if is_french and each.text:
                text = each.text
            elif each.text or is_french:
                continue
            else:
                text = plural if plural and each.keyword != "msgstr[0]" else source
            if is_prose(text):
                plain, marks = without_accelerators(text)
                write = partial(_written, keyword=each.keyword, line_end=line_end, marks=marks)
                # What is the same without its marks is written with them.
                yield Field(each.start, each.end, plain, plain if plain == each.text else "", write)


def _written(text: str, keyword: str, line_end: str, marks: tuple[tuple[str, str], ...]) -> str:
    """A string as gettext writes it: on several lines where it has several."""
    import polib

    text = with_accelerators(text, marks)
    rows = [text[start:end] for start, end in lines(text)]
    if len(rows) > 1:
        return line_end.join([f'{keyword} ""', *(f'"{polib.escape(line)}"' for line in rows)])
    return f'{keyword} "{polib.escape(text)}"'
