"""What a dictionary gives training: entries as short pairs, and words to put in the places of frequent ones.

A dictionary is a folder with ``lexicon.tsv.xz`` (French, English, part of speech, number of lists that agree, their
names) and ``forms.tsv.xz`` (French form, English, kind), tab-separated.  Of each French word the sense on which the
most lists agree is taken, and only where two agree or more.
"""

from __future__ import annotations

import lzma
import math
import random
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from training.corpus import Pair, plain_english, plain_french
from training.rare_words import Group, frequent_words, read_groups

ENTRIES, CARRIED, FORMS = "lexicon", "lexicon_sentences", "forms"
"""The sources that short pairs, entries in a sentence, and inflected forms are filed under."""

_AGREEING = 2
_WORD = re.compile(r"[a-zàâäçéèêëîïôöùûüœæ-]{4,}")
_ENGLISH = re.compile(r"[a-z]{3,}(?: [a-z]{3,})?")
_VOWELS = tuple("aeiouyàâéèêëîïôùûœæ")
_VERBS = {"v", "vt"}
_IRREGULAR_NOUN = ("al", "ail", "ou", "eu")
_IRREGULAR_PLURAL = ("man", "foot", "tooth", "mouse", "fe", "lf", "person", "child", "fish", "sheep", "ics", "s")
_CARRIERS = {
    "m": ("C'est un {}. = It is {a} {}.", "Le {} est là. = The {} is there.", "Où est le {} ? = Where is the {}?"),
    "f": ("C'est une {}. = It is {a} {}.", "La {} est là. = The {} is there.", "Où est la {} ? = Where is the {}?"),
    "v": ("Il faut {}. = You have to {}.", "Il veut {}. = He wants to {}.", "Je vais {}. = I am going to {}."),
    "adj": ("Il est {}. = He is {}.", "C'est {}. = It is {}.", "Il était très {}. = He was very {}."),
    "adv": ("Il parle {}. = He speaks {}.", "{}, il a ri. = {}, he laughed."),
}


class Entry(NamedTuple):
    """A French word or expression, its likeliest English, its part of speech, and how many lists agree."""

    french: str
    english: str
    part: str
    agreeing: int


def read_entries(folder: Path, agreeing: int = _AGREEING) -> list[Entry]:
    """Return for each French headword and part of speech the sense that the most lists give, at least ``agreeing``."""
    best: dict[tuple[str, str], Entry] = {}
    with lzma.open(folder / "lexicon.tsv.xz", "rt", encoding="utf-8") as lines:
        for line in lines:
            french, english, part, count, _ = line.rstrip("\n").split("\t")
            entry = Entry(plain_french(french), plain_english(english), part, int(count))
            if (
                entry.agreeing >= agreeing
                and entry.agreeing > best.get((french, part), entry._replace(agreeing=0)).agreeing
            ):
                best[french, part] = entry
    return list(best.values())


def pairs(folder: Path, seed: int = 1) -> Iterator[Pair]:
    """Yield the dictionary as pairs to learn from: entries, entries in short sentences, inflected forms."""
    rng = random.Random(seed)
    for entry in read_entries(folder):
        yield Pair(ENTRIES, *_headed(rng, entry))
        if _WORD.fullmatch(entry.french) and entry.part in _CARRIERS:
            yield Pair(CARRIED, *_carried(rng, entry))
    with lzma.open(folder / "forms.tsv.xz", "rt", encoding="utf-8") as lines:
        for line in lines:
            french, english, _ = line.rstrip("\n").split("\t")
            yield Pair(FORMS, plain_french(french), plain_english(english))


def word_groups(folder: Path) -> tuple[Group, ...]:
    """Return the words that fit the places of the frequent words of ``rare_words.txt``, in all their forms."""
    sections: list[list[str]] = [[] for _ in frequent_words()]
    participles = _participles(folder)
    seen: set[str] = set()
    for entry in sorted(read_entries(folder), key=lambda entry: -entry.agreeing):
        if entry.french in seen or not (_WORD.fullmatch(entry.french) and _ENGLISH.fullmatch(entry.english)):
            continue
        if (place := _place(entry)) is None:
            continue
        made = _line(entry, participles)
        if made:
            seen.add(entry.french)
            sections[place].append(made)
    text = "".join(
        f"\n[{heading}]\nfrequent: {' '.join(words)}\n" + "\n".join(added) + "\n"
        for (heading, words), added in zip(frequent_words(), sections, strict=True)
    )
    return tuple(group for group in read_groups(text) if group.rare)


def familiarity() -> Callable[[str], float]:
    """Return how much of a learner's time a French word deserves: the root of how often films and talk have it.

    The counts are those of pyspellchecker's French list; a word that it lacks counts as seen once.  Where that list
    is not at hand, as on a machine that has a GPU and little else, all words weigh the same.
    """
    try:
        from spellchecker import SpellChecker
    except ModuleNotFoundError:
        print("pyspellchecker is not here: words of the dictionary are drawn alike", flush=True)
        return lambda word: 1.0

    counts = SpellChecker(language="fr").word_frequency.dictionary
    return lambda word: math.sqrt(counts.get(word, 0) + 1)


_ADJECTIVES = (
    (re.compile(r".+eux"), "adjective -eux", 0),
    (re.compile(r".+if"), "adjective -if", 0),
    (re.compile(r".+al"), "adjective -al", 0),
    (re.compile(r".+(?:ant|ent|ain|in|ard|it|at|ert|ond)"), "adjective -e", 0),
    (re.compile(r".+ique"), "adjective", 0),
    (re.compile(r".+e"), "adjective", 1),
)
_OTHER_VERB = ("yer", "eler", "eter", "ger", "cer")


def _place(entry: Entry) -> int | None:
    """Return the number of the section whose places the word fits, None where its forms are not known."""
    word, part = entry.french, entry.part
    vowel = word.startswith(_VOWELS)
    found: tuple[str, int] | None = None
    if word.startswith("h"):
        pass  # whether its h is aspirate no list says
    elif part in ("m", "f") and not entry.english.endswith(_IRREGULAR_PLURAL) and not word.endswith(_IRREGULAR_NOUN):
        found = "noun", 2 * vowel + (part == "f")
    elif part == "adv" and word.endswith("ment") and entry.english.endswith("ly"):
        found = "adverb", 0
    elif part in _VERBS and word.endswith("er") and not word.endswith(_OTHER_VERB):
        found = "verb", int(vowel)
    elif part == "adj" and not vowel:
        found = next(((heading, nth) for ending, heading, nth in _ADJECTIVES if ending.fullmatch(word)), None)
    if found is None:
        return None
    heading, nth = found
    return [place for place, (each, _) in enumerate(frequent_words()) if each == heading][nth]


def _line(entry: Entry, participles: dict[str, str]) -> str:
    """Return ``french=english`` as ``rare_words.txt`` writes it, empty where the English form is not known."""
    french, english = entry.french, entry.english.replace(" ", "_")
    if entry.part in _VERBS:
        participle = participles.get(french.removesuffix("er") + "é", "").replace(" ", "_")
        return f"{french}={english}/{participle}" if participle else ""
    return f"{french}={english}"


def _participles(folder: Path) -> dict[str, str]:
    """Return the English participle by the French one in ``-é``."""
    with lzma.open(folder / "forms.tsv.xz", "rt", encoding="utf-8") as lines:
        rows = (line.rstrip("\n").split("\t") for line in lines)
        return {french: english for french, english, kind in rows if kind == "v-form" and french.endswith("é")}


def _headed(rng: random.Random, entry: Entry) -> tuple[str, str]:
    """Return an entry with the article or the ``to`` that shows what it is, half of the time."""
    french, english, part, _ = entry
    if part in _VERBS:
        return french, english if rng.random() < 0.3 or english.startswith("to ") else f"to {english}"
    if part in ("m", "f") and french[:1].islower() and rng.random() < 0.6:
        if french.startswith(_VOWELS):
            return f"l'{french}", f"the {english}"
        if not french.startswith("h"):
            return f"{'le' if part == 'm' else 'la'} {french}", f"the {english}"
    return french, english


def _carried(rng: random.Random, entry: Entry) -> tuple[str, str]:
    """Return an entry in a short sentence."""
    french, english = rng.choice(_CARRIERS[entry.part]).split(" = ")
    begins = french.startswith("{")
    word, partner = (each.capitalize() if begins else each for each in (entry.french, entry.english))
    made = french.format(word)
    if word.startswith(_VOWELS):
        made = re.sub(r"\b([Ll])[ea] (?=\w+ |\w+$)", r"\1'", made)
    article = "an" if partner.startswith(tuple("aeio")) else "a"
    return made, english.replace("{a}", article).format(partner)
