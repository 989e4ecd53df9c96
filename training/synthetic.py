"""Pairs whose source side a model wrote, from text that exists in one language only.

English news with a French that a model of the other direction wrote teaches the decoder how the news is
written (back-translation, Sennrich et al. 2016).  It helps where parallel text comes from another
domain, even when that model is weak (Burlot and Yvon 2018).  The model of the other direction is helped the same way,
by French news in this direction's English.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from passerelle.summarize.sentences import split
from training.alignment import PieceVectors, literalness
from training.corpus import Limits, Pair, is_usable, plain_english, plain_french, read_dev, write_prepared
from training.selection import read_wanted
from training.vocabulary import Vocabulary

NEWS = "news"
"""The source that synthetic pairs are filed under."""

_SHORTEST, _LONGEST = 4, 50
_DAMAGED = re.compile(r"\.\.| ' |[a-z]\.[A-Z\d]|[@#|<>{}\[\]\\^_]|https?:")
_NAME = re.compile(r"(?<=[\w,] )[A-Z]\w{2,}")
_NUMBER = re.compile(r"\d+(?:[., ]\d+)*")
_STUTTER = re.compile(r"\b(?!nous |vous )(\w+) \1\b|\b(\w+(?: \w+){1,3}),? \2\b", re.IGNORECASE)
_FINISHED = re.compile(r"[.!?][\"')]*$")


def sentences(documents: Iterable[str], forbidden: Iterable[str] = ()) -> Iterator[str]:
    """Yield the sentences of English or French ``documents`` that are whole and undamaged, each once.

    Sentences of 4 to 50 words that end as sentences do; those among ``forbidden`` (the dev sets) are left out.
    """
    seen = set(forbidden)
    for document in documents:
        for found in split(document):
            text = found.text
            if _SHORTEST <= found.size <= _LONGEST and _FINISHED.search(text) and not _DAMAGED.search(text):
                if text not in seen:
                    yield text
                seen.add(text)


def is_faithful(pair: Pair) -> bool:
    """Say whether most names of the English and all of its numbers stand in the French, which says no word twice over.

    A weak model garbles names, and a model that learned from its pairs would make names up; countries and other
    names that French has a word for are why not all are asked for.
    """
    french, english = pair.french, pair.english
    if _STUTTER.search(french):
        return False
    names = _NAME.findall(english)
    if sum(name in french for name in names) < 0.5 * len(names):
        return False
    return _digits(english) <= _digits(french)


def _digits(text: str) -> set[str]:
    return {re.sub(r"\D", "", number) for number in _NUMBER.findall(text)}


def translated(checkpoint: Path, texts: list[str]) -> Iterator[str]:
    """Yield what the model in ``checkpoint`` alone, with a narrow beam, makes of each plain text, in order."""
    from passerelle.seq2seq.checkpoint import Checkpoint
    from passerelle.seq2seq.engine import Decoding
    from passerelle.seq2seq.model import Model

    model = Model.load(Checkpoint(checkpoint.name, checkpoint, "path", "given"))
    for output in model.run(texts, Decoding(beam=2), window=4096):
        yield output.text if output.finished else ""


def synthesise(
    checkpoint: Path,
    paths: Iterable[Path],
    corpus: Path,
    target: Path,
    *,
    vocabulary: Vocabulary,
    vectors: PieceVectors,
    reverse: bool = False,
) -> int:
    """Write pairs whose one side is a sentence of the documents in ``paths`` to ``target``; return how many.

    ``checkpoint`` translates the documents: from English into French, or with ``reverse`` from French into English.
    ``vectors`` are those of ``vocabulary``, which need not be the one of that checkpoint; they tell how literal
    a pair is.  Pairs that no translation would be, and unfinished or unfaithful ones, are left out.
    """
    limits = Limits()
    plain = plain_french if reverse else plain_english
    forbidden = {plain(line) for name in ("flores-dev", "newstest2013") for line in read_dev(corpus, name)[not reverse]}
    texts = list(sentences((plain(text) for path in paths for text in read_wanted(path)), forbidden))
    pairs = []
    for text, other in zip(texts, translated(checkpoint, texts), strict=True):
        french, english = (text, other) if reverse else (other, text)
        pair = Pair(NEWS, french, english)
        if is_usable(pair, limits) and is_faithful(pair):
            pairs.append(pair)
    encoded = list(
        zip(*(vocabulary.encode([getattr(p, side) for p in pairs]) for side in ("french", "english")), strict=True)
    )
    scored = [replace(pair, literalness=one) for pair, one in zip(pairs, literalness(vectors, encoded), strict=True)]
    write_prepared(scored, target)
    return len(scored)
