"""The forms of a French word: singular and plural, masculine and feminine.

Endings alone cannot tell ``noyaux`` (noyau) from ``chevaux`` (cheval), so a word has several possible base forms, and
two words are taken for forms of one where they share a base.
"""

from __future__ import annotations

from functools import lru_cache

_PLURALS = (
    ("eaux", ("eau",)),
    ("oeux", ("oeu",)),
    ("aux", ("al", "au", "ail")),
    ("oux", ("ou",)),
    ("eux", ("eu", "eux")),
    ("ss", ()),
    ("s", ("",)),
    ("x", ("",)),
)
_FEMININES = (
    ("trice", ("teur",)),
    ("euse", ("eur", "eux")),
    ("eresse", ("eur",)),
    ("esse", ("e",)),
    ("ienne", ("ien",)),
    ("enne", ("en",)),
    ("onne", ("on",)),
    ("elle", ("el", "eau")),
    ("ette", ("et",)),
    ("ète", ("et",)),
    ("olle", ("ou",)),
    ("ère", ("er",)),
    ("ive", ("if",)),
    ("euve", ("euf",)),
    ("ève", ("ef",)),
    ("che", ("c",)),
    ("ique", ("ic",)),
    ("cque", ("c",)),
    ("gue", ("g",)),
    ("ille", ("il",)),
    ("ouce", ("oux",)),
    ("ausse", ("aux",)),
    ("asse", ("as",)),
    ("osse", ("os",)),
    ("ée", ("é",)),
    ("ue", ("u",)),
    ("e", ("",)),
)
_SHORTEST = 3
# Below this a lone e makes another word: port and porte, pont and ponte.
_SHORTEST_BEFORE_E = 5


@lru_cache(maxsize=8192)
def bases(word: str) -> frozenset[str]:
    """Return the possible base forms of ``word``, in its own case, the word itself among them."""
    singular = {word, *_without(word, _PLURALS)}
    return frozenset(singular | {base for each in singular for base in _without(each, _FEMININES)})


def are_forms_of_one(first: str, second: str) -> bool:
    """Say whether two French words may be forms of the same word."""
    return first == second or not bases(first).isdisjoint(bases(second))


def _without(word: str, endings: tuple[tuple[str, tuple[str, ...]], ...]) -> set[str]:
    """Replace the first of ``endings`` that ``word`` has; what is left must still be a word."""
    lowered = word.lower()
    for ending, others in endings:
        if lowered.endswith(ending):
            rest = word[: len(word) - len(ending)]
            least = _SHORTEST_BEFORE_E if ending == "e" else _SHORTEST
            return {rest + other for other in others if len(rest + other) >= least}
    return set()
