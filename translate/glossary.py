"""Terms that the user insists on: found in the French in any of their forms, and looked for in the English.

A term is brought about in two ways, and the translator chooses: ``check`` says whether the English has it, so that the
hypothesis that does can be taken; ``protect`` has the model copy a placeholder that becomes the term.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from seq2seq.errors import InputError
from translate.inflection import bases
from translate.protection import Protected, protect
from translate.translation import Flag, Span

OPTIONS = frozenset({"case", "word", "keep"})
_WORD = re.compile(r"[^\W_]+")
_HEADER = ("source", "target")


@dataclass(frozen=True)
class Entry:
    """One term.  ``case``: capitals must agree; ``word``: only this form of it; ``keep``: it stays French."""

    source: str
    target: str
    case: bool = False
    word: bool = False
    keep: bool = False


@dataclass(frozen=True)
class Use:
    """A place where a term stands in the French, and where its English is (None: nowhere)."""

    entry: Entry
    span: Span
    target_span: Span | None


class Glossary:
    """A list of terms; ``entries`` in the order in which they win, longer ones before shorter ones."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.entries = tuple(sorted(entries, key=lambda entry: -len(_WORD.findall(entry.source))))
        for entry in self.entries:
            if not _WORD.search(entry.source):
                raise InputError(f"the glossary has a term without a word: “{entry.source}”; take it out")
        self._by_first: dict[str, list[tuple[Entry, list[str]]]] = {}
        for entry in self.entries:
            parts = _WORD.findall(entry.source)
            for base in bases(parts[0].lower()):
                self._by_first.setdefault(base, []).append((entry, parts))

    @classmethod
    def read(cls, path: str | Path) -> Glossary:
        """Read a CSV file (UTF-8; comma, semicolon or tab): source, target and options such as ``case keep``.

        A first row ``source,target`` is a heading.  Options: ``case``, ``word``, ``keep``; with ``keep`` the target
        may be empty.  Raises InputError, with the line, where the file cannot be used.
        """
        try:
            text = Path(path).read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            raise InputError(f"{path}: the glossary cannot be read ({error}); save it as CSV in UTF-8") from None
        return cls(_entries(text, str(path)))

    @property
    def fingerprint(self) -> str:
        """Seven letters that change with the terms."""
        return hashlib.sha256(repr(self.entries).encode()).hexdigest()[:7]

    def find(self, french: str) -> tuple[tuple[Entry, Span], ...]:
        """Return the terms in ``french`` with their spans, in order; none lie on each other, longer ones win."""
        words = list(_WORD.finditer(french))
        found: list[tuple[Entry, Span]] = []
        position = 0
        while position < len(words):
            entry = self._entry_at(words, position)
            if entry is None:
                position += 1
                continue
            last = position + len(_WORD.findall(entry.source)) - 1
            found.append((entry, (words[position].start(), words[last].end())))
            position = last + 1
        return tuple(found)

    def protect(self, french: str) -> Protected:
        """Hide what ``protection.protect`` hides, and the terms; restored, they are in English."""
        return protect(french, ((*span, _written(entry, french[slice(*span)])) for entry, span in self.find(french)))

    def uses(self, french: str, english: str) -> tuple[Use, ...]:
        """Return every term of ``french`` and where ``english`` has its target: the hits and the misses."""
        taken: list[Span] = []
        uses = []
        for entry, span in self.find(french):
            wanted = french[slice(*span)] if entry.keep else entry.target
            place = next((each for each in _places(wanted, english, entry) if each not in taken), None)
            if place:
                taken.append(place)
            uses.append(Use(entry, span, place))
        return tuple(uses)

    def check(self, french: str, english: str) -> tuple[Flag, ...]:
        """Return a flag of kind ``glossary`` for each term of ``french`` whose target ``english`` does not have."""
        return tuple(
            Flag("glossary", _message(use.entry), "error", (use.span,))
            for use in self.uses(french, english)
            if use.target_span is None
        )

    def _entry_at(self, words: list[re.Match[str]], position: int) -> Entry | None:
        first = words[position].group()
        candidates = {id(each[0]): each for base in bases(first.lower()) for each in self._by_first.get(base, ())}
        for entry, parts in sorted(candidates.values(), key=lambda each: self.entries.index(each[0])):
            stretch = words[position : position + len(parts)]
            if len(stretch) == len(parts) and all(
                _is_form(entry, part, word.group()) for part, word in zip(parts, stretch, strict=True)
            ):
                return entry
        return None


def _entries(text: str, name: str) -> Iterator[Entry]:
    first = text.split("\n", maxsplit=1)[0]
    mark = max(",;\t", key=first.count)
    for number, row in enumerate(csv.reader(io.StringIO(text), delimiter=mark), 1):
        cells = [cell.strip() for cell in row]
        if not any(cells) or (number == 1 and tuple(cell.lower() for cell in cells[:2]) == _HEADER):
            continue
        source, target, options, *_ = [*cells, "", ""]
        chosen = frozenset(options.lower().replace(",", " ").split())
        if chosen - OPTIONS:
            raise InputError(f"{name}, line {number}: unknown option “{min(chosen - OPTIONS)}”; use case, word or keep")
        if not source or not (target or "keep" in chosen):
            raise InputError(f"{name}, line {number}: a term and its English are needed, as in: préfet,prefect")
        yield Entry(source, target or source, "case" in chosen, "word" in chosen, "keep" in chosen)


def _is_form(entry: Entry, part: str, word: str) -> bool:
    if not entry.case:
        part, word = part.lower(), word.lower()
    return part == word or (not entry.word and not bases(part).isdisjoint(bases(word)))


def _message(entry: Entry) -> str:
    return f"“{entry.source}” should stay" if entry.keep else f"“{entry.source}” should be “{entry.target}”"


def _written(entry: Entry, french: str) -> str:
    """The English of a term, with the capital and the plural of the French where its entry has not."""
    if entry.keep:
        return french
    target = entry.target
    if french[-1:] in "sx" and entry.source[-1:] not in "sx" and target[-1:].isalpha() and target[-1:] not in "sxz":
        target = target[:-1] + "ies" if re.search(r"[^aeiou]y$", target) else target + _plural_ending(target)
    if french[:1].isupper() and entry.source[:1].islower():
        return target[:1].upper() + target[1:]
    return target


def _plural_ending(target: str) -> str:
    return "es" if target.endswith(("ch", "sh")) else "s"


def _places(wanted: str, english: str, entry: Entry) -> Iterator[Span]:
    """Where ``wanted`` stands in ``english``, as it is or in the plural."""
    escaped = r"\s+".join(re.escape(word) for word in wanted.split())
    if wanted[-1:] in "yY" and not entry.keep:
        escaped = rf"{escaped[:-1]}(?:y|ies)"
    ending = "" if entry.keep or entry.word else r"(?:e?s)?"
    pattern = re.compile(rf"(?<!\w){escaped}{ending}(?!\w)", 0 if entry.case or entry.keep else re.IGNORECASE)
    return (match.span() for match in pattern.finditer(english))
