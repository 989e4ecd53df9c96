"""Parallel text: reading the raw corpus, keeping the pairs worth learning from, and storing them.

A raw corpus is a folder of ``train-*.tsv.xz`` files with lines of ``source TAB French TAB English``.  A
prepared corpus is one ``pairs.tsv`` with lines of ``source TAB literalness TAB likeness TAB French TAB
English``, both sides already in the form that the model reads.
"""

from __future__ import annotations

import lzma
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from passerelle.translate.normalizer import normalize

WRITTEN = Path(__file__).with_name("written.tsv")

_EM_DASH = re.compile(r"\s*[—―]\s*")
_SPACED_EN_DASH = re.compile(r"\s–\s")
_LETTER = re.compile(r"[^\W\d_]")


@dataclass(frozen=True)
class Pair:
    """A French text and its English translation, with the name of the collection it comes from.

    ``literalness`` says how well the sides explain each other word by word, ``likeness`` how much the French reads
    like the text that the tool is for; more is better.
    """

    source: str
    french: str
    english: str
    literalness: float = 0.0
    likeness: float = 0.0


@dataclass(frozen=True)
class Limits:
    """Which pairs are kept: lengths in words, ratios of the longer side to the shorter one in characters."""

    longest_words: int = 100
    largest_ratio: float = 2.2
    slack_characters: int = 12
    smallest_letter_share: float = 0.5


def plain_french(text: str) -> str:
    """Return French ``text`` as the tool hands it to the model."""
    return normalize(text)


def plain_english(text: str) -> str:
    """Return English ``text`` with plain quotes, apostrophes and dashes, as the model should write it."""
    return normalize(_SPACED_EN_DASH.sub(" - ", _EM_DASH.sub(" - ", text)))


def is_usable(pair: Pair, limits: Limits) -> bool:
    """Say whether both sides of ``pair`` are text, of a length that a translation of each other may have."""
    french, english = pair.french, pair.english
    if not french or not english:
        return False
    if max(french.count(" "), english.count(" ")) >= limits.longest_words:
        return False
    shorter, longer = sorted((len(french), len(english)))
    if longer > limits.largest_ratio * shorter + limits.slack_characters:
        return False
    if french == english and french.count(" ") > 2:
        return False
    return all(len(_LETTER.findall(side)) >= limits.smallest_letter_share * len(side) for side in (french, english))


def read_raw(folder: Path) -> Iterator[Pair]:
    """Yield every pair of the ``train-*.tsv.xz`` files in ``folder``, in plain form, unfiltered."""
    for path in sorted(folder.glob("train-*.tsv.xz")):
        with lzma.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                fields = line.rstrip("\n").split("\t")
                if len(fields) == 3:
                    yield Pair(fields[0], plain_french(fields[1]), plain_english(fields[2]))


def read_written(path: Path = WRITTEN) -> Iterator[Pair]:
    """Yield the sentences that were written for this model, from words that the corpus hardly has."""
    for line in path.read_text(encoding="utf-8").splitlines():
        french, english = line.split("\t")
        yield Pair("written", plain_french(french), plain_english(english))


def read_prepared(path: Path) -> list[Pair]:
    """Return the pairs of a prepared corpus."""
    pairs = []
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            source, literalness, likeness, french, english = line.rstrip("\n").split("\t")
            pairs.append(Pair(source, french, english, float(literalness), float(likeness)))
    return pairs


def write_prepared(pairs: list[Pair], path: Path) -> None:
    """Write ``pairs`` to ``path``; a reader never sees a half-written file."""
    partial = path.with_suffix(".partial")
    with partial.open("w", encoding="utf-8") as lines:
        for pair in pairs:
            scores = f"{pair.literalness:.4f}\t{pair.likeness:.4f}"
            lines.write(f"{pair.source}\t{scores}\t{pair.french}\t{pair.english}\n")
    partial.replace(path)


def read_dev(
    folder: Path, name: str, count: int | None = None, *, reverse: bool = False
) -> tuple[list[str], list[str]]:
    """Return the first ``count`` French lines of the dev set ``name`` and their English references, as they stand.

    With ``reverse`` the English comes first.
    """
    french, english = (
        (folder / "dev" / f"{name}.{language}").read_text(encoding="utf-8").splitlines()[:count]
        for language in ("fr", "en")
    )
    if len(french) != len(english):
        raise ValueError(f"dev set {name}: {len(french)} French lines but {len(english)} English ones")
    return (english, french) if reverse else (french, english)
