"""From the raw corpus to what training reads: ``pairs.tsv`` and ``vectors.pt``."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain
from pathlib import Path

from training import lexicon_pairs
from training.alignment import learn_vectors, literalness
from training.corpus import Limits, is_usable, plain_french, read_raw, read_written, write_prepared
from training.selection import likeness, read_wanted
from training.vocabulary import Vocabulary

PAIRS_FILE = "pairs.tsv"
VECTORS_FILE = "vectors.pt"
_LONGEST_DOCUMENT = 100_000


def prepare(
    corpus: Path,
    wanted: Path,
    vocabulary: Vocabulary,
    folder: Path,
    *,
    lexicon: Path | None = None,
    written: Path | None = None,
    dimensions: int = 192,
) -> int:
    """Write the usable pairs of ``corpus``, each with its scores, into ``folder``; return how many there are.

    ``wanted`` is a file of French documents such as the tool will meet; they say which pairs come first.
    ``written`` is a file of pairs written by hand, French and English with a tab between.
    ``lexicon`` is the folder of a dictionary (:mod:`training.lexicon_pairs`), whose entries become pairs too.
    The bilingual vectors have as many ``dimensions``.
    """
    folder.mkdir(parents=True, exist_ok=True)
    limits = Limits()
    own = read_written(written) if written is not None else ()
    entries = lexicon_pairs.pairs(lexicon) if lexicon is not None else ()
    pairs = [pair for pair in chain(read_raw(corpus), own, entries) if is_usable(pair, limits)]
    french = vocabulary.encode([pair.french for pair in pairs])
    english = vocabulary.encode([pair.english for pair in pairs])
    encoded = list(zip(french, english, strict=True))
    documents = vocabulary.encode([plain_french(text) for text in read_wanted(wanted)], _LONGEST_DOCUMENT)
    vectors = learn_vectors(encoded, vocabulary.size, dimensions)
    scores = zip(literalness(vectors, encoded), likeness(documents, french, vocabulary.size), strict=True)
    scored = [replace(pair, literalness=one, likeness=two) for pair, (one, two) in zip(pairs, scores, strict=True)]
    write_prepared(scored, folder / PAIRS_FILE)
    vectors.save(folder / VECTORS_FILE)
    return len(pairs)
