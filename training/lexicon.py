"""The small dictionary that ``passerelle.translate.quality`` checks coverage with: ``python -m training.lexicon
CORPUS``.

CORPUS is the folder of ``train-*.tsv.xz``.  Which English words a French word becomes is learned with IBM Model 1
(Brown et al. 1993) on word stems, from presence in sentence pairs alone.  Beside it stand the words that mark a
text as French or as English.  The result is one small text file, compressed.
"""

from __future__ import annotations

import argparse
import gzip
import math
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from passerelle.translate.lexicon.meanings import NOTHING, PATH
from passerelle.translate.lexicon.words import words
from training.corpus import Limits, is_usable, read_raw

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Settings:
    """What is counted and what is kept."""

    longest_words: int = 28
    fewest: int = 4
    fewest_meetings: int = 2
    rounds: int = 6
    smallest_share: float = 0.02
    most_translations: int = 9
    markers: int = 1500
    smallest_marker_odds: float = 3.5


def learn(pairs: list[tuple[list[str], list[str]]], settings: Settings) -> dict[str, list[tuple[str, float]]]:
    """Return for each French stem its English stems with their shares, strongest first."""
    french = _vocabulary((row for row, _ in pairs), settings.fewest, (NOTHING,))
    english = _vocabulary((row for _, row in pairs), settings.fewest, ())
    cells: list[Ints] = []
    groups: list[Ints] = []
    first = 0
    for left, right in pairs:
        source = np.array(sorted({french[w] for w in left if w in french} | {0}), dtype=np.int64)
        target = np.array(sorted({english[w] for w in right if w in english}), dtype=np.int64)
        if not len(target):
            continue
        cells.append((target[:, None] + source[None, :] * len(english)).ravel())
        groups.append(np.repeat(np.arange(first, first + len(target)), len(source)))
        first += len(target)
    keys, place, meetings = np.unique(np.concatenate(cells), return_inverse=True, return_counts=True)
    cells.clear()
    group = np.concatenate(groups).astype(np.int32)
    kept = meetings >= settings.fewest_meetings
    use = kept[place]
    place, group = place[use].astype(np.int32), group[use]
    owner = keys // len(english)
    share: Floats = np.ones(len(keys))
    for _ in range(settings.rounds):
        weight = share[place]
        weight /= np.bincount(group, weight, first)[group]
        count = np.bincount(place, weight, len(keys))
        share = count / np.maximum(np.bincount(owner, count)[owner], 1e-9)
    names, meanings = list(french), list(english)
    found: dict[str, list[tuple[str, float]]] = {}
    for index in np.flatnonzero(share >= settings.smallest_share).tolist():
        source_word, target_word = divmod(int(keys[index]), len(english))
        found.setdefault(names[source_word], []).append((meanings[target_word], float(share[index])))
    return {
        word: sorted(options, key=lambda each: -each[1])[: settings.most_translations]
        for word, options in found.items()
    }


def markers(ours: Counter[str], theirs: Counter[str], settings: Settings) -> list[str]:
    """Return the most frequent words of ``ours`` that are rare in ``theirs``."""
    ratio = sum(theirs.values()) / max(sum(ours.values()), 1)
    found = [
        word
        for word, count in ours.most_common(20 * settings.markers)
        if len(word) > 1 and math.log((count * ratio + 1) / (theirs[word] + 1)) > settings.smallest_marker_odds
    ]
    return found[: settings.markers]


def _vocabulary(rows: object, fewest: int, special: tuple[str, ...]) -> dict[str, int]:
    counts = Counter(word for row in rows for word in set(row))  # type: ignore[attr-defined]
    kept = [word for word, count in counts.most_common() if count >= fewest]
    return {word: index for index, word in enumerate([*special, *kept])}


def main() -> None:
    """Learn from the corpus and write the file."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--output", type=Path, default=PATH)
    options = parser.parse_args()
    settings = Settings()
    pairs = []
    forms: tuple[Counter[str], Counter[str]] = (Counter(), Counter())
    for pair in read_raw(options.corpus):
        if not is_usable(pair, Limits(longest_words=settings.longest_words)):
            continue
        left, right = words(pair.french), words(pair.english)
        pairs.append(([word.stem for word in left], [word.stem for word in right]))
        for side, found in zip(forms, (left, right), strict=True):
            side.update(word.text.lower() for word in found if word.text.islower())
    table = learn(pairs, settings)
    lines = [
        " ".join(markers(forms[0], forms[1], settings)),
        " ".join(markers(forms[1], forms[0], settings)),
        *(
            f"{word} " + " ".join(f"{meaning}:{round(100 * share)}" for meaning, share in options_)
            for word, options_ in sorted(table.items())
        ),
    ]
    options.output.write_bytes(gzip.compress("\n".join(lines).encode(), 9, mtime=0))


if __name__ == "__main__":
    main()
