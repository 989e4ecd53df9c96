"""Which words of the English answer a French one: by the dictionary, by the training corpus, or by their spelling."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from passerelle.translate.language import ENGLISH_WORDS
from passerelle.translate.lexicon import dictionary
from passerelle.translate.lexicon.english_forms import past_forms
from passerelle.translate.lexicon.exonyms import EXONYMS
from passerelle.translate.lexicon.meanings import lexicon
from passerelle.translate.lexicon.words import Word, fold, stem

# Share of a French word's uses in the training corpus from which a meaning counts.
_LEAST_SHARE = 0.02
_ALIKE, _SHORTEST = 4, 3


def answers(french: Word, english: Sequence[Word]) -> list[Word]:
    """Return the words of ``english`` that may stand for ``french``."""
    roots = _roots(french.text.lower())
    names = EXONYMS.get(french.folded, frozenset())
    return [
        word
        for word in english
        if word.stem in names
        or (word.folded not in ENGLISH_WORDS and any(_is_form(word.folded, root) for root in roots))
    ]


def is_known(french: str) -> bool:
    """Whether the dictionary has ``french``."""
    return bool(dictionary.look_up(french))


@lru_cache(maxsize=8192)
def _roots(french: str) -> frozenset[str]:
    said = {meaning for meaning, share in lexicon().meanings.get(stem(french), {}).items() if share >= _LEAST_SHARE}
    senses = {each for entry in dictionary.look_up(french) for senses in entry.senses for each in senses.english}
    listed = {fold(word) for each in senses for word in each.replace("-", " ").split() if word not in ENGLISH_WORDS}
    return frozenset(said | listed | {past for word in listed for past in past_forms(word)})


def _is_form(word: str, root: str) -> bool:
    if word == root:
        return True
    shorter = min(len(word), len(root))
    if shorter < _SHORTEST:
        return False
    return word[: max(shorter - 1, _ALIKE)] == root[: max(shorter - 1, _ALIKE)] or word[:5] == root[:5]
