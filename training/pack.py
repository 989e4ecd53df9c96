"""All that a run needs, in a few files that go where no corpus is.

A pack holds what ``prepare`` and ``synthesise`` left in the work folder, the vocabulary, the dictionary and the dev
sets.  Opened, it is a work folder, and a corpus and lexicon folder too.
"""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import replace
from pathlib import Path

from training.alignment import PieceVectors
from training.corpus import read_prepared, write_prepared
from training.pieces import join, split
from training.prepare import PAIRS_FILE, VECTORS_FILE
from training.sampling import Taste, chosen_pairs

NAME = "pack"
TOKENIZER, PREPARED, DEV, LEXICON, SYNTHETIC = "tokenizer", "prepared", "dev", "lexicon", "synthetic.tsv"
_TOKENIZER_FILES = ("source.spm", "target.spm", "vocab.json", "tokenizer_config.json")
_LEXICON_FILES = ("lexicon.tsv.xz", "forms.tsv.xz")


def write_pack(  # one folder for each thing that goes in
    work: Path,
    start: Path,
    corpus: Path,
    lexicon: Path | None,
    target: Path,
    *,
    largest: int,
    taste: Taste | None = None,
) -> list[Path]:
    """Write the pieces of a pack, of at most ``largest`` bytes each, into ``target`` and return their paths.

    ``work`` holds ``prepared/``, ``start`` the vocabulary, ``corpus`` the dev sets.  Pairs that ``taste`` never shows
    stay behind.
    """
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        for name in (TOKENIZER, PREPARED, LEXICON):
            (folder / name).mkdir()
        for name in _TOKENIZER_FILES:
            shutil.copyfile(start / name, folder / TOKENIZER / name)
        shutil.copytree(corpus / DEV, folder / DEV)
        for name in _LEXICON_FILES:
            if lexicon is not None and (lexicon / name).exists():
                shutil.copyfile(lexicon / name, folder / LEXICON / name)
        taste = taste or Taste()
        write_prepared(chosen_pairs(read_prepared(work / PREPARED / PAIRS_FILE), taste), folder / PREPARED / PAIRS_FILE)
        if (work / PREPARED / SYNTHETIC).exists():
            shutil.copyfile(work / PREPARED / SYNTHETIC, folder / PREPARED / SYNTHETIC)
        PieceVectors.load(work / PREPARED / VECTORS_FILE).save_small(folder / PREPARED / VECTORS_FILE)
        return split(folder, target, NAME, largest, compress=True)


def open_pack(pack: Path, folder: Path) -> None:
    """Unpack the pieces in ``pack`` into ``folder``; raises ValueError where one is missing or damaged."""
    join(pack, NAME, folder)


def taste_of_pack() -> Taste:
    """Return the taste for the pairs of a pack, which were chosen when it was written."""
    return replace(Taste(), too_free=0.0, too_far=0.0)
