"""What is known of English words: ``python -m training.wordlist CORPUS SUMMARIES``.

CORPUS is the folder of ``train-*.tsv.xz``, SUMMARIES that of ``documents.jsonl.xz`` and ``pairs.jsonl.xz``.
Written are the words that a dictionary of spelling lacks and that occur at least twice in lower case, for
:mod:`passerelle.translate.lexicon.english`, and those that have a capital in all places but one in fifty, for
:mod:`passerelle.translate.postedit.capitals`.
"""

from __future__ import annotations

import argparse
import gzip
import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from passerelle.translate.lexicon import english
from passerelle.translate.lexicon.words import words
from passerelle.translate.postedit import capitals
from training.corpus import read_raw
from training.selection import read_wanted

_SHORTEST = 4
_WITHIN = re.compile(r"(?<=[a-z,;] )[A-Za-z][a-z]{2,}\b")


def missing(texts: Iterable[str], fewest: int = 2) -> list[str]:
    """Return the words that ``texts`` have at least ``fewest`` times and the dictionary has not, sorted."""
    counts = Counter(word.text for text in texts for word in words(text) if word.text.islower() and word.text.isascii())
    return sorted(
        word
        for word, count in counts.items()
        if count >= fewest and len(word) >= _SHORTEST and word.isalpha() and not english.is_in_dictionary(word)
    )


def capitalised(texts: Iterable[str], fewest: int = 100, exceptions: float = 0.02) -> list[str]:
    """Return, in lower case and sorted, the words that have a capital within the sentences of ``texts``.

    At least ``fewest`` times, and without one in at most that share of ``exceptions``.
    """
    counts = Counter(word for text in texts for word in _WITHIN.findall(text))
    return sorted(
        word.lower()
        for word, count in counts.items()
        if word[0].isupper() and count >= fewest and counts[word.lower()] <= exceptions * count
    )


def main() -> None:
    """Read both folders and write the lists."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("summaries", type=Path)
    options = parser.parse_args()
    texts = [pair.english for pair in read_raw(options.corpus)]
    for name in ("documents", "pairs"):
        texts += read_wanted(options.summaries / f"{name}.jsonl.xz")
    lacking, capital = missing(texts), capitalised(texts)
    english.PATH.write_bytes(gzip.compress("\n".join(lacking).encode(), 9, mtime=0))
    capitals.PATH.write_bytes(gzip.compress("\n".join(capital).encode(), 9, mtime=0))
    print(f"{len(lacking):,} words that no dictionary has, {len(capital):,} with a capital")


if __name__ == "__main__":
    main()
