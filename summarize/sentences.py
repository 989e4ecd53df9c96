"""English text to sentences, each with its span.

A sentence ends at ``.``, ``!``, ``?`` or ``…`` before a space and something that can begin a sentence, at a
blank line, at a list item, and at the end of a heading.  A text without any of these is divided at commas, so that no
piece is longer than ``LONGEST`` words: nothing that follows may grow with the length of one sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from passerelle.summarize.summary import Readable

LONGEST = 80
_FACTS = frozenset({"name", "number", "unit", "negation"})

_END = re.compile(r"(?<![.!?…])[.!?…]++[\"'”’»)\]]*+(?=\s)")
_OPENS = re.compile(r"\s+[\"'“‘«(\[–—-]*\s*[A-ZÀ-ÖØ-Þ0-9]")
_ABBREVIATION = re.compile(
    r"(?:\b(?:Mrs?|Ms|Messrs|Drs?|Prof|St|Sgt|Capt|Lt|Col|Gen|Gov|Sen|Reps?|Rev|Hon|Pres|Jr|Sr|Mt|Ft|Inc|Co|Corp|Ltd|Bros|vs|"
    r"Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec|No|Nos|pp?|Vol|Fig|Art|Ave|Blvd|Rd|approx|e\.g|i\.e|cf|al)|"
    r"(?<![\w.])(?:[A-Z]\.)*[A-Z])\.$"
)
_COUNTRY_AT_END = re.compile(r"\b(?:U\.S|U\.K|U\.N|E\.U|D\.C|a\.m|p\.m)\.$")
_BREAK = re.compile(r"\n[ \t\r\f\v]*\n\s*|\n(?=[ \t]*(?:[-*•‣◦–—|#>]|\d{1,3}[.)])\s)|\f")
_STARTER = re.compile(
    r"\s+[\"'“‘]?(?:The|A|An|In|On|At|He|She|It|They|We|I|But|And|This|That|These|Those|His|Her|Its|Their|If|As|For|When|After)\b"
)


@dataclass(frozen=True)
class Sentence:
    """A sentence of the text.

    ``index``: its position.  ``text``: its words, white space folded.  ``start``, ``end``: its span in the English
    text, in characters.  ``source``: the French that it came from, if any.  ``doubtful``: its translation is to be
    checked.  ``wrong``: what is to be checked may be a wrong name, number, unit or negation.
    """

    index: int
    text: str
    start: int
    end: int
    source: str = ""
    doubtful: bool = False
    wrong: bool = False

    @property
    def size(self) -> int:
        """Number of words."""
        return len(self.text.split())


def is_full(text: str) -> bool:
    """Say whether a text ends as a full sentence does."""
    return text.rstrip("\"'”’»)]")[-1:] in (".", "!", "?", "…")


def split(text: str) -> list[Sentence]:
    """Return the sentences of a text in order; together they hold every character that is not white space."""
    found: list[Sentence] = []
    for start, end in _blocks(text):
        for first, last in _sentences(text, start, end):
            for begin, stop in _bounded(text, first, last):
                found.append(Sentence(len(found), " ".join(text[begin:stop].split()), begin, stop))
    return found


def of(readable: Readable) -> list[Sentence]:
    """Return the sentences of a translation: the pieces of its last column, with the French of the same key."""
    columns = readable.columns()
    english, original = columns[-1], columns[0]
    french = {piece.key: original.text[piece.start : piece.end] for piece in original.pieces}
    if len(columns) == 1:
        french = {}
    whole = [
        Sentence(
            index,
            " ".join(english.text[p.start : p.end].split()),
            p.start,
            p.end,
            french.get(p.key, ""),
            p.is_doubtful,
            not _FACTS.isdisjoint(p.kinds),
        )
        for index, p in enumerate(english.pieces)
    ]
    return whole or split(readable.text)


def _blocks(text: str) -> Iterator[tuple[int, int]]:
    """Yield the spans between blank lines, list items and headings."""
    start = 0
    for match in _BREAK.finditer(text):
        yield from _lines(text, start, match.start())
        start = match.end()
    yield from _lines(text, start, len(text))


def _lines(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Divide a block at lines that are headings: short, without a full stop, the next line with a capital."""
    begin = line = start
    while (stop := text.find("\n", line, end)) != -1:
        content, following = text[line:stop].strip(), text[stop : stop + 40].strip()
        if begin == line and len(content) < 60 and not is_full(content) and following[:1].isupper():
            yield begin, stop
            begin = stop + 1
        line = stop + 1
    yield begin, end


def _sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    begin = start
    for match in _END.finditer(text, start, end):
        after = match.end()
        if _OPENS.match(text, after, end) is None:
            continue
        before = text[max(begin, match.start() - 12) : match.start() + 1]
        if match.group() == "." and (_ABBREVIATION.search(before) or _COUNTRY_AT_END.search(before)):
            initials = _COUNTRY_AT_END.search(before)
            if initials is None or _STARTER.match(text, after, end) is None:
                continue
        yield begin, after
        begin = after
    yield begin, end


def _bounded(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Trim a span and divide it into pieces of at most ``LONGEST`` words, after a comma where there is one."""
    words = [(start + match.start(), start + match.end()) for match in re.finditer(r"\S+", text[start:end])]
    first = 0
    while first < len(words):
        last = min(first + LONGEST, len(words)) - 1
        if last + 1 < len(words):
            last = next((n for n in range(last, first + LONGEST // 2, -1) if text[words[n][1] - 1] in ",;:"), last)
        yield words[first][0], words[last][1]
        first = last + 1
