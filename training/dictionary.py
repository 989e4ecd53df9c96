"""Pack the dictionary that the tool looks words up in: ``python -m training.dictionary LEXICON``.

LEXICON is ``lexicon.tsv.xz``: lines of French, English, part of speech or field, number of agreeing lists, their names.
Senses are ordered by how many lists agree and by how often the training corpus has the one for the other; irregular
forms come from simplemma's list (MIT, its data under the terms that the credits name).  Written is
``translate/lexicon/dictionary.zlib``.
"""

from __future__ import annotations

import argparse
import lzma
import re
import zlib
from collections import defaultdict
from collections.abc import Container, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from passerelle.translate.lexicon import dictionary
from passerelle.translate.lexicon.forms import key, lemmas
from passerelle.translate.lexicon.meanings import lexicon
from passerelle.translate.lexicon.words import stem

MOST_SENSES = 6
_WORDIEST = 5
# After the first senses only those that two lists have, or one and the corpus.
_SURE_SENSES, _SURE = 3, 1.3
_DEFINITION = 4
# By how much one reading of a form must be more usual than another: share of the corpus, rank.
_EVEN, _MORE = 0.1, 2
_FORMS = frozenset({"s", "es", "d", "ed", "n", "en", "ing"})
_PARTS = {
    field: (part, gender)
    for part, gender, fields in (
        ("noun", "", "n n."),
        ("noun", "m", "m n.m."),
        ("noun", "f", "f n.f."),
        ("noun", "m/f", "mf"),
        ("noun", "m pl", "mp"),
        ("noun", "f pl", "fp n.f.pl."),
        ("adjective", "", "adj a adj. loc.adj."),
        ("adverb", "", "adv r"),
        ("name", "", "prop"),
        ("preposition", "", "prep"),
        ("pronoun", "", "pron"),
        ("conjunction", "", "conj"),
        ("interjection", "", "interj"),
        ("determiner", "", "determiner"),
        ("article", "", "article art"),
        ("numeral", "", "num"),
        ("phrase", "", "phrase"),
        ("proverb", "", "proverb"),
        ("abbreviation", "", "abbr initialism"),
        ("contraction", "", "contraction"),
    )
    for field in fields.split()
}
_VERB = re.compile(r"v(?:[itrpmf]{1,3}|\.tr)?\.?")
# Lists of fields in which a word has a narrow sense: counted last.
_NARROW = frozenset({"cdda", "0ad", "freeorion", "osm-presets", "cldr", "openfoodfacts", "termium-sports", "holidays"})
_LEFT_OUT = frozenset({"prefix", "suffix", "emoji", "timezone", "currency", "letter", "symbol", "particle", "unit"})
# This list defines where it has no word for it, and what stands between the commas of a definition is no sense.
_DEFINES = "wiktionary-fr-en"
_JUNK = re.compile(r"[\t\n|:]|^[-.]|[<>{}\[\]]")


class Sense(NamedTuple):
    """A sense with what it is ordered by."""

    rank: float
    english: str
    part: str
    gender: str


def read(path: Path, verbs: Container[str] = ()) -> dict[str, list[Sense]]:
    """Return the senses of each French word, the most usual first; ``verbs`` are no nouns without gender."""
    rows: dict[str, list[tuple[str, str, int, frozenset[str]]]] = defaultdict(list)
    with lzma.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            french, english, field, agreeing, names = line.rstrip("\n").split("\t")
            lists = frozenset(names.split("+"))
            wordy = len(french.split()) > _WORDIEST and lists <= _NARROW
            if not (_JUNK.search(french) or _JUNK.search(english) or field in _LEFT_OUT or wordy):
                rows[french.replace("’", "'")].append((english, field, int(agreeing), lists))
    listed = {
        french: senses
        for french, senses in rows.items()
        # "Dormir", "DORMIR" as a button of a game.
        if french.lower() == french or french.lower() not in rows or not all(row[3] <= _NARROW for row in senses)
    }
    return {french: list(_ranked(french, senses, french in verbs)) for french, senses in listed.items()}


def verbs_of(forms: Mapping[str, str]) -> set[str]:
    """Return the base forms that have a form for "we"."""
    return {base for form, base in forms.items() if form.endswith("ons") and base.endswith(("r", "re"))}


def _ranked(french: str, rows: Sequence[tuple[str, str, int, frozenset[str]]], is_verb: bool) -> Iterator[Sense]:
    shares: Mapping[str, float] = lexicon().meanings.get(stem(french), {}) if " " not in french else {}
    found: list[Sense] = []
    is_verb = is_verb and not any(field in ("m", "f", "mf") for _, field, _, _ in rows)
    defines = max(row[2] for row in rows) > 1 and any(
        lists == {_DEFINES} and _defines(french, english) for english, _, _, lists in rows
    )
    for english, field, agreeing, lists in rows:
        part, gender = ("verb", "") if _VERB.fullmatch(field) else _PARTS.get(field, ("", ""))
        if is_verb and (part, gender) == ("noun", ""):
            part = "verb"
        if french.islower() and english[0].isupper() and lists <= _NARROW:
            continue
        plain = re.sub(r"^(?:[Tt]o|[Aa]n?|[Tt]he) (?=\w)", "", english) if part in ("verb", "noun") else english
        words = plain.split()
        said = max((_share(stem(word), shares) for word in words), default=0.0) / len(words)
        if defines and lists == {_DEFINES} and (not said or _defines(french, english)):
            continue
        rank = agreeing + 8 * said - 0.7 * max(0, len(words) - 2) - (1.5 if lists <= _NARROW else 0)
        found.append(Sense(rank, plain, part, gender))
    seen: set[str] = set()
    for sense in sorted(found, key=lambda each: (-each.rank, each.english)):
        if sense.english.lower() not in seen and (len(seen) < _SURE_SENSES or sense.rank >= _SURE):
            seen.add(sense.english.lower())
            yield sense


def _share(root: str, shares: Mapping[str, float]) -> float:
    return sum(share for meaning, share in shares.items() if _is_form(meaning, root))


def _defines(french: str, english: str) -> bool:
    """Whether what a list has for a word reads as a part of a definition: a capital or many words."""
    return (french.islower() and english[0].isupper()) or len(english.removeprefix("to ").split()) >= _DEFINITION


def lines(words: Mapping[str, list[Sense]], forms: Mapping[str, str]) -> list[bytes]:
    """Return the lines of the dictionary, sorted: the words with their senses, and the forms that no ending tells."""
    packed = []
    for word, senses in sorted(words.items(), key=lambda item: (-_agreeing(item[1]), item[0])):
        if key(word) == word and words.keys() & _ligatures(word):
            continue
        groups: dict[str, list[str]] = {}
        nouns = next((each.gender for each in senses if each.part == "noun" and each.gender), "")
        for each in senses[:MOST_SENSES]:
            kind = f"noun,{each.gender or nouns}".rstrip(",") if each.part == "noun" else each.part
            groups.setdefault(kind, []).append(each.english)
        filed = key(word)
        text = "\t".join(f"{kind}:{'|'.join(english)}" for kind, english in groups.items())
        packed.append(f"{filed}\t{'' if filed == word else word}\t{text}".encode())
    for filed, bases in bases_of(words, forms).items():
        packed.append(f"{filed}\t={','.join(bases)}".encode())
    for filed, base in usual_bases(words, forms).items():
        packed.append(f"{filed}\t{dictionary.FIRST}{base}".encode())
    return sorted(dict.fromkeys(packed), key=lambda line: line.split(b"\t")[0])


def _ligatures(word: str) -> set[str]:
    """The spellings of a word with the ligatures that it has none of."""
    return {word.replace("oe", "œ"), word.replace("ae", "æ")} - {word}


def bases_of(words: Mapping[str, list[Sense]], forms: Mapping[str, str]) -> dict[str, list[str]]:
    """Return the base forms, as filed, of each form that no ending tells.

    ``forms`` has one for each; what also is a verb's like "suivre" ("je suis") or the plural of a noun gets both.
    """
    known = {key(word) for word in words}
    found: dict[str, list[str]] = {}
    for form, lemma in forms.items():
        filed, base = key(form), key(lemma)
        if filed == base or base not in known or " " in filed:
            continue
        if next((each for each in lemmas(filed) if each in known), None) != base:
            found.setdefault(filed, []).append(base)
    for base in sorted(known):
        if base.endswith("ivre") and any(sense.part == "verb" for sense in words.get(base, ())[:1]):
            for ending in "st":
                others = found.setdefault(base[:-3] + ending, [])
                if base not in others:
                    others.append(base)
    for filed, bases in found.items():
        if filed.endswith("s") and filed not in known and _agreeing(words.get(filed[:-1], ())) > 1:
            bases.append(filed[:-1])
    return found


def usual_bases(words: Mapping[str, list[Sense]], forms: Mapping[str, str]) -> dict[str, str]:
    """Return the base form of each filed word that is more often a form of another: "chiens", though it has an entry.

    The training corpus decides by what the form becomes, and where that tells nothing, the lists.
    """
    by_key: dict[str, list[tuple[str, list[Sense]]]] = defaultdict(list)
    for word, senses in words.items():
        by_key[key(word)].append((word, senses))
    irregular = bases_of(words, forms)
    found = {}
    for filed, entries in by_key.items():
        if " " in filed:
            continue
        shares = lexicon().meanings.get(stem(filed), {})
        own = max((_said(senses, shares), _agreeing(senses)) for _, senses in entries)
        bases = dict.fromkeys([*irregular.get(filed, ()), *(each for each in lemmas(filed) if each in by_key)])
        best = max(
            ((_said(senses, shares), _agreeing(senses), base) for base in bases for _, senses in by_key[base]),
            default=None,
        )
        if best is not None:
            said, agreeing, base = best
            alike = abs(said - own[0]) <= _EVEN
            if said > own[0] + _EVEN or (alike and agreeing >= own[1] + _MORE and filed[-1] in "sx"):
                found[filed] = base
    return found


def _said(senses: Sequence[Sense], shares: Mapping[str, float]) -> float:
    """How often the corpus has ``senses`` for a word that becomes ``shares``; the first sense counts most."""
    left = dict(shares)
    total = 0.0
    for place, sense in enumerate(senses[:_SURE_SENSES], 1):
        roots = [stem(word) for word in sense.english.split()]
        said = [meaning for meaning in left if any(_is_form(meaning, root) for root in roots)]
        total += sum(map(left.pop, said)) / place / len(roots)
    return total


def _is_form(meaning: str, root: str) -> bool:
    """Whether one of two English stems may be a form of the other."""
    one, other = sorted((meaning, root), key=len)
    return one == other or (len(one) > 2 and other.startswith(one) and other[len(one) :] in _FORMS)


def _agreeing(senses: Sequence[Sense]) -> float:
    return max((sense.rank for sense in senses), default=0.0)


def main() -> None:
    """Read the lists, and write the dictionary."""
    from simplemma.strategies.dictionaries.dictionary_factory import DefaultDictionaryFactory

    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("lexicon", type=Path)
    options = parser.parse_args()
    forms = DefaultDictionaryFactory().get_dictionary("fr")
    words = {word: senses for word, senses in read(options.lexicon, verbs_of(forms)).items() if senses}
    packed = lines(words, forms)
    data = b"\n".join(packed) + b"\n"
    dictionary.PATH.write_bytes(zlib.compress(data, 9))
    size = dictionary.PATH.stat().st_size
    print(f"{len(words):,} words, {len(packed) - len(words):,} forms, {len(data):,} bytes, packed {size:,}")


if __name__ == "__main__":
    main()
