"""Sentence-to-compression pairs: read, chosen for being near-deletions, and aligned piece by piece.

A model of nine million parameters cannot learn to paraphrase in an hour, but it can learn which words to
leave out.  So only pairs are kept whose short side is almost a subsequence of the long one, and every
piece of the short side that was copied is aligned with the piece it came from; the alignment guides one
attention head (Chen et al. 2016, "Guided alignment training for topic-aware neural machine translation").
"""

from __future__ import annotations

import json
import lzma
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

_WORD = re.compile(r"\w+(?:[-'’.,]\w+)*")
_DATELINE = re.compile(r"^[^.!?]{0,60}\((?:CNN|Reuters|AP)[^)]*\)\s*(?:--|-|—)?\s*|^[A-Z][\w ]+(?:, [A-Z][\w ]+)? -- ")


@dataclass(frozen=True)
class Pair:
    """A long sentence (or two) and its compression."""

    document: str
    summary: str


def read_json_lines(path: Path) -> Iterator[dict[str, str]]:
    """Yield the objects of an xz-compressed file of JSON lines."""
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def common_subsequence(long: Sequence[object], short: Sequence[object]) -> list[tuple[int, int]]:
    """Return the index pairs of a longest common subsequence, leftmost in ``long``."""
    table = [[0] * (len(short) + 1) for _ in range(len(long) + 1)]
    for i in range(len(long) - 1, -1, -1):
        row, below = table[i], table[i + 1]
        for j in range(len(short) - 1, -1, -1):
            row[j] = below[j + 1] + 1 if long[i] == short[j] else max(below[j], row[j + 1])
    matches, i, j = [], 0, 0
    while i < len(long) and j < len(short):
        if long[i] == short[j]:
            matches.append((i, j))
            i, j = i + 1, j + 1
        elif table[i + 1][j] >= table[i][j + 1]:
            i += 1
        else:
            j += 1
    return matches


def words(text: str) -> list[str]:
    """Return the words of a text in lower case."""
    return [word.lower() for word in _WORD.findall(text)]


def finish(sentence: str) -> str:
    """Give a compression a capital and a full stop."""
    sentence = " ".join(sentence.split()).rstrip(" ,;:-")
    if sentence and sentence[-1] not in ".!?\"'":
        sentence += "."
    return sentence[:1].upper() + sentence[1:]


def plain(document: str) -> str:
    """Return a text without its dateline, white space folded, with the quotation mark that it lacks at its end."""
    text = " ".join(_DATELINE.sub("", document).split())
    return text + '"' if text.count('"') % 2 else text


def near_deletions(path: Path, *, kept: float = 0.8, longest: int = 45) -> Iterator[Pair]:
    """Yield the pairs whose compression is, to the share ``kept`` of its words, a subsequence of the document.

    Pairs are dropped whose document has more than ``longest`` words, whose compression saves less than a
    fifth, or whose quotation marks do not balance.
    """
    for line in read_json_lines(path):
        if line["source"] != "cnndm_compress":
            continue
        document, summary = plain(line["document"]), finish(line["summary"])
        long, short = words(document), words(summary)
        if not 5 <= len(short) <= 0.8 * len(long) or len(long) > longest:
            continue
        if summary.count('"') % 2 or "--" in summary or " - " in summary or "wan na" in summary or ":" in summary:
            continue
        if len(common_subsequence(long, short)) >= kept * len(short):
            yield Pair(document, summary)


def align(source: Sequence[int], target: Sequence[int]) -> tuple[int, ...]:
    """Return for each target piece the source position it was copied from, or -100."""
    alignment = [-100] * len(target)
    for i, j in common_subsequence(source, target):
        alignment[j] = i
    return tuple(alignment)
