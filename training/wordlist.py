"""The English words that a dictionary of spelling lacks: ``python -m training.wordlist CORPUS SUMMARIES``.

CORPUS is the folder of ``train-*.tsv.xz``, SUMMARIES that of ``documents.jsonl.xz`` and ``pairs.jsonl.xz``.  Words in
lower case that occur at least twice in the English of these are kept, for :mod:`translate.fidelity.english`.
"""

from __future__ import annotations

import argparse
import gzip
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from training.corpus import read_raw
from training.selection import read_wanted
from translate.fidelity.english import PATH, is_in_dictionary
from translate.fidelity.words import words

_SHORTEST = 4


def missing(texts: Iterable[str], fewest: int = 2) -> list[str]:
    """Return the words that ``texts`` have at least ``fewest`` times and the dictionary has not, sorted."""
    counts = Counter(word.text for text in texts for word in words(text) if word.text.islower() and word.text.isascii())
    return sorted(
        word
        for word, count in counts.items()
        if count >= fewest and len(word) >= _SHORTEST and word.isalpha() and not is_in_dictionary(word)
    )


def main() -> None:
    """Read both folders and write the list."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("summaries", type=Path)
    parser.add_argument("--output", type=Path, default=PATH)
    options = parser.parse_args()
    texts = [pair.english for pair in read_raw(options.corpus)]
    for name in ("documents", "pairs"):
        texts += read_wanted(options.summaries / f"{name}.jsonl.xz")
    found = missing(texts)
    options.output.write_bytes(gzip.compress("\n".join(found).encode(), 9, mtime=0))
    print(f"{len(found):,} words, {options.output.stat().st_size / 1e3:.0f} kB")


if __name__ == "__main__":
    main()
