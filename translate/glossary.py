"""Terms that the user insists on: found in the French in any of their forms, and looked for in the English.

A term is brought about in two ways, and the translator chooses: ``check`` says whether the English has it, so that the
hypothesis that does can be taken; ``mask`` has the model copy a placeholder that becomes the term.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
from bisect import bisect
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path

from passerelle.seq2seq.errors import InputError
from passerelle.translate.flags import Flag, Kind, Message, Reason, Span
from passerelle.translate.lexicon.inflection import bases
from passerelle.translate.masking import Masked, MaskedSpan, mask, mask_spans

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
        self._by_first: dict[str, dict[int, tuple[Entry, list[_Word]]]] = {}
        for rank, entry in enumerate(self.entries):
            parts = [_Word(word) for word in _WORD.findall(entry.source)]
            for base in parts[0].bases:
                self._by_first.setdefault(base, {})[rank] = (entry, parts)

    @classmethod
    def read(cls, path: str | Path) -> Glossary:
        """Read a CSV file in UTF-8; see ``parse``.  Raises InputError where the file cannot be used."""
        try:
            text = Path(path).read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            raise InputError(f"{path}: the glossary cannot be read ({error}); save it as CSV in UTF-8") from None
        return cls(parse(text, str(path)))

    @cached_property
    def fingerprint(self) -> str:
        """Seven letters that change with the terms."""
        return hashlib.sha256(repr(self.entries).encode()).hexdigest()[:7]

    def find(self, french: str) -> tuple[tuple[Entry, Span], ...]:
        """Return the terms in ``french`` with their spans, in order; none lie on each other, longer ones win.

        What is protected, such as code, has none.
        """
        places = list(_WORD.finditer(french))
        words = [_Word(place.group()) for place in places]
        found: list[tuple[Entry, Span]] = []
        position = 0
        while position < len(words):
            entry, size = self._entry_at(words, position)
            if entry is not None:
                found.append((entry, (places[position].start(), places[position + size - 1].end())))
            position += size
        kept = mask_spans(french) if found else []
        return tuple(term for term in found if _is_free(term[1], kept))

    def mask(self, french: str) -> Masked:
        """Hide what ``masking.mask`` hides, and the terms; restored, they are in English."""
        return mask(french, self.masked_spans(french))

    def masked_spans(self, french: str) -> Iterator[MaskedSpan]:
        """Yield the terms of ``french`` with their English, to be hidden from a model."""
        return ((*span, _written(entry, french[slice(*span)])) for entry, span in self.find(french))

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
            Flag(Kind.GLOSSARY, _message(use.entry), "error", (use.span,))
            for use in self.uses(french, english)
            if use.target_span is None
        )

    def _entry_at(self, words: list[_Word], position: int) -> tuple[Entry | None, int]:
        """Return the term that begins at ``position`` and how many words it has; None and 1 where none does."""
        candidates = {
            rank: each for base in words[position].bases for rank, each in self._by_first.get(base, {}).items()
        }
        for _, (entry, parts) in sorted(candidates.items()):
            stretch = words[position : position + len(parts)]
            if len(stretch) == len(parts) and all(map(partial(_is_form, entry), parts, stretch)):
                return entry, len(parts)
        return None, 1


def _is_free(span: Span, kept: Sequence[Span]) -> bool:
    """Whether a term may stand at ``span``: in none of the places ``kept`` as they are, though it may hold one."""
    place = bisect(kept, span)
    around = kept[max(place - 1, 0) : place + 1]
    return all(end <= span[0] or span[1] <= start or (span[0] <= start and end <= span[1]) for start, end in around)


class _Word:
    """A French word, with its base forms as far as they are asked for."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def lower(self) -> str:
        return self.text.lower()

    @cached_property
    def bases(self) -> frozenset[str]:
        return bases(self.lower)

    @cached_property
    def cased(self) -> frozenset[str]:
        return bases(self.text)


def parse(text: str, name: str) -> Iterator[Entry]:
    """Yield the entries of a glossary in CSV (comma, semicolon or tab): source, target, and options as ``case keep``.

    A first row ``source,target`` is a heading.  Options: ``case``, ``word``, ``keep``; with ``keep`` the target may be
    empty.  Raises InputError, with ``name`` and the line, where a row cannot be used.
    """
    text = text.removeprefix("\ufeff")
    first = text.split("\n", maxsplit=1)[0]
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=first.count))
    while True:
        try:
            row = next(rows, None)
        except csv.Error as error:
            raise InputError(f"{name}, line {rows.line_num}: this is no CSV ({error}); save the list anew") from None
        if row is None:
            return
        cells = [" ".join(cell.split()) for cell in row]
        if not any(cells) or (rows.line_num == 1 and tuple(cell.lower() for cell in cells[:2]) == _HEADER):
            continue
        yield _entry(cells, f"{name}, line {rows.line_num}")


def _entry(cells: list[str], place: str) -> Entry:
    source, target, options, *_ = [*cells, "", ""]
    chosen = frozenset(options.lower().replace(",", " ").split())
    if chosen - OPTIONS:
        raise InputError(f"{place}: unknown option “{min(chosen - OPTIONS)}”; use case, word or keep")
    if not source or not (target or "keep" in chosen):
        raise InputError(f"{place}: a term and its English are needed, as in: préfet,prefect")
    return Entry(source, target or source, "case" in chosen, "word" in chosen, "keep" in chosen)


def _is_form(entry: Entry, part: _Word, word: _Word) -> bool:
    if entry.case:
        return part.text == word.text or (not entry.word and not part.cased.isdisjoint(word.cased))
    return part.lower == word.lower or (not entry.word and not part.bases.isdisjoint(word.bases))


def _message(entry: Entry) -> Message:
    return (
        Message.of(Reason.TERM_CHANGED, entry.source)
        if entry.keep
        else Message.of(Reason.TERM_LOST, entry.source, entry.target)
    )


def _written(entry: Entry, french: str) -> str:
    """The English of a term, with the capital and the plural of the French where its entry has not."""
    if entry.keep:
        return french
    target = entry.target
    if french[-1:] in "sx" and entry.source[-1:] not in "sx" and target[-1:].isalpha() and target[-1:] not in "sxz":
        target = target[:-1] + "ies" if re.search(r"[^aeiou]y$", target) else target + _plural_ending(target)
    if entry.source.isupper():
        return target
    if french.isupper() and len(french) > 1:
        return target.upper()
    if french[:1].isupper() and entry.source[:1].islower():
        raised = sum(word[0].isupper() for word in _WORD.findall(french)) > 1
        return " ".join(_raised(word) for word in target.split(" ")) if raised else target[:1].upper() + target[1:]
    return target


def _raised(word: str) -> str:
    """A word of a name in title case."""
    return word if word in ("a", "an", "and", "for", "in", "of", "on", "the", "to") else word[:1].upper() + word[1:]


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
