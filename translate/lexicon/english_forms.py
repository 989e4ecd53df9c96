"""The English of a French form: the dictionary's word, inflected as the form's ending asks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from passerelle.translate.lexicon.dictionary import Entry, look_up
from passerelle.translate.lexicon.forms import key

# Base, past and participle.
_IRREGULAR = {
    base: (past, participle)
    for base, past, participle in (
        line.split(":")
        for line in """
        become:became:become begin:began:begun break:broke:broken bring:brought:brought build:built:built
        buy:bought:bought catch:caught:caught choose:chose:chosen come:came:come cost:cost:cost cut:cut:cut
        do:did:done draw:drew:drawn drink:drank:drunk drive:drove:driven eat:ate:eaten fall:fell:fallen
        feed:fed:fed feel:felt:felt fight:fought:fought find:found:found fly:flew:flown forget:forgot:forgotten
        get:got:got give:gave:given go:went:gone grow:grew:grown have:had:had hear:heard:heard hide:hid:hidden
        hit:hit:hit hold:held:held hurt:hurt:hurt keep:kept:kept know:knew:known lead:led:led leave:left:left
        lend:lent:lent let:let:let lose:lost:lost make:made:made mean:meant:meant meet:met:met pay:paid:paid
        put:put:put read:read:read ride:rode:ridden ring:rang:rung rise:rose:risen run:ran:run say:said:said
        see:saw:seen sell:sold:sold send:sent:sent set:set:set shake:shook:shaken shine:shone:shone
        shoot:shot:shot show:showed:shown shut:shut:shut sing:sang:sung sink:sank:sunk sit:sat:sat
        sleep:slept:slept speak:spoke:spoken spend:spent:spent split:split:split spread:spread:spread
        stand:stood:stood steal:stole:stolen stick:stuck:stuck sweep:swept:swept swim:swam:swum take:took:taken
        teach:taught:taught tear:tore:torn tell:told:told think:thought:thought throw:threw:thrown
        understand:understood:understood wake:woke:woken wear:wore:worn weep:wept:wept win:won:won
        wind:wound:wound withdraw:withdrew:withdrawn write:wrote:written bite:bit:bitten blow:blew:blown
        burst:burst:burst
        """.split()
    )
}
_BE = {"": "be", "s": "is", "ed": "was", "en": "been", "ing": "being"}
_PLURALS = dict(
    pair.split(":")
    for pair in """
    child:children man:men woman:women foot:feet tooth:teeth mouse:mice person:people life:lives wife:wives leaf:leaves
    knife:knives wolf:wolves half:halves sheep:sheep goose:geese ox:oxen thief:thieves loaf:loaves
    """.split()
)
_DOUBLED = re.compile(r"[^aeiou]*[aeiou][bdglmnprt]")
_BEFORE_BASE = frozenset(
    {"I", "you", "we", "they", "to", "not", "will", "would", "must", "can", "could", "should", "may"}
)


def english_of(form: str, before: str = "") -> str | None:
    """Return the usual English of a French word, in the form that fits; ``before``: the English word it follows.

    None where the dictionary has no single answer: no entry, or only words of grammar.
    """
    entry = next(
        (each for each in look_up(form) if each.senses[0].part_of_speech in ("noun", "verb", "adjective")), None
    )
    if entry is None:
        return None
    sense = entry.senses[0]
    first, blank, rest = sense.english[0].partition(" ")
    if sense.part_of_speech == "verb":
        return _verb(first, _ending(key(form), entry, before)) + blank + rest
    if sense.part_of_speech == "noun" and key(form) != key(entry.word) and key(form)[-1:] in "sx":
        head, blank, last = sense.english[0].rpartition(" ")
        return head + blank + plural(last)
    return sense.english[0]


@dataclass(frozen=True)
class Changed:
    """A sentence with words of the dictionary in it, and the pairs of French and English words that were put in."""

    english: str
    words: tuple[tuple[str, str], ...]


def with_dictionary_words(french: str, english: str, places: Sequence[tuple[tuple[int, int], ...]]) -> Changed | None:
    """Return ``english`` with the dictionary's words at ``places``, pairs of spans of French and of English.

    None where the dictionary has none of them.
    """
    found = []
    for (start, end), (first, last) in sorted(set(places), key=lambda pair: pair[1], reverse=True):
        before = english[:first].split()
        word = english_of(french[start:end], before[-1] if before else "")
        if word is not None:
            found.append((french[start:end], word))
            word = word[0].upper() + word[1:] if english[first].isupper() else word
            english = english[:first] + word + english[last:]
    return Changed(english, tuple(reversed(found))) if found else None


def past_forms(verb: str) -> tuple[str, ...]:
    """Return the past and the participle of an English verb that makes them its own way; nothing for others."""
    return _IRREGULAR.get(verb, ())


_NO_MEN = ("human", "german", "roman", "norman", "shaman", "talisman", "ottoman", "caiman", "mussulman")


def plural(noun: str) -> str:
    """Return the plural of an English noun."""
    if noun in _PLURALS:
        return _PLURALS[noun]
    if noun.endswith("man") and not noun.endswith(_NO_MEN):
        return noun[:-3] + "men"
    if re.search(r"[^aeiou]y$", noun):
        return noun[:-1] + "ies"
    return noun + ("es" if re.search(r"(?:s|x|z|ch|sh)$", noun) else "s")


def _ending(form: str, entry: Entry, before: str) -> str:
    """The English ending for a form of a French verb: ``""``, ``s``, ``ed``, ``en``, ``ing``, ``will`` or ``would``."""
    base = key(entry.word)
    regular = base.endswith("er")
    ahead = form.startswith(base.removesuffix("e")) or "rr" in form[-6:]
    past = "(?:ais|ait|ions|iez|aient|èrent|irent|urent|âmes|ut" + ("|a|ai|as)$" if regular else ")$")
    participle = r"é(?:e|s|es)?$" if regular else r"(?:é|ée|és|ées|u|ue|us|ues|ie|ies|ise|ises|ite|ites)$"
    endings = {
        "": form == base,
        "ing": form.endswith("ant"),
        "would": ahead and re.search(r"(?:ais|ait|ions|iez|aient)$", form),
        "will": ahead and re.search(r"(?:ai|as|a|ons|ez|ont)$", form),
        "en": re.search(participle, form),
        "ed": not base.endswith("aire") and re.search(past, form),
        "s": before not in _BEFORE_BASE and not re.search(r"(?:ent|ont|ons|ez)$", form),
    }
    return next((ending for ending, fits in endings.items() if fits), "")


def _verb(base: str, ending: str) -> str:
    if ending in ("will", "would"):
        return f"{ending} {base}"
    if base == "be":
        return _BE[ending]
    if ending == "s":
        return "has" if base == "have" else base + "es" if base in ("go", "do") else plural(base)
    if ending in ("ed", "en") and base in _IRREGULAR:
        return _IRREGULAR[base][ending == "en"]
    if ending == "ing":
        return _joined(base, "ing")
    return _joined(base, "ed") if ending else base


def _joined(base: str, ending: str) -> str:
    if base.endswith("ie") and ending == "ing":
        return base[:-2] + "ying"
    if base.endswith("e") and not base.endswith(("ee", "oe", "ye")):
        return base[:-1] + ending
    if ending == "ed" and re.search(r"[^aeiou]y$", base):
        return base[:-1] + "ied"
    return base + (base[-1] if _DOUBLED.fullmatch(base) else "") + ending
