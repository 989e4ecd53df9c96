"""Errors put into good translations on purpose, so that it is known what a check should find.

Each maker takes the French, its reference and a source of chance, and returns the reference with one error, or None
where that error cannot be made there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from random import Random

from translate.fidelity.named import find_known_names
from translate.fidelity.numerals import english_numerals, french_numerals
from translate.fidelity.words import fold
from translate.interchangeable import whole

Maker = Callable[[str, str, Random], str | None]
Pair = tuple[str, str]
# The same for an error that changes the French as well.
PairMaker = Callable[[str, str, Random], Pair | None]

_NUMERAL = re.compile(r"\d+(?:[.,]\d+)*")
_SPELLED = """two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety""".split()
_SPELLED_WORD = re.compile(rf"\b(?:{'|'.join(_SPELLED)})\b")
_NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-zà-ÿ]{3,}\b")
_LONG_WORD = re.compile(r"\b[a-z]{6,}\b")
_FRENCH_NAME = re.compile(r"(?<=[a-zà-ÿ,'’][ '’])[A-ZÀ-Þ][a-zà-ÿ]{3,}\b|(?<=['’])[A-ZÀ-Þ][a-zà-ÿ]{3,}\b")
_FRENCH_DENIES = re.compile(r"\b(?:ne\b|n['’]).{1,40}?\b(?:pas|jamais|rien|aucune?|plus)\b", re.IGNORECASE)
_CAN_BE_DENIED = re.compile(r"\b(?:is|are|was|were|will|would|should|must|could|has|had|have)\b(?! not)")
_DENIALS = (
    (re.compile(r"\bcan(?:no|['’])t\b"), "can"),
    (re.compile(r"\bwon['’]t\b"), "will"),
    (re.compile(r"(?<=[a-z])n['’]t\b"), ""),
    (re.compile(r"\bnot (?!only)"), ""),
    (re.compile(r"\bnever\b"), "always"),
)


def number(_: str, english: str, chance: Random) -> str | None:
    """Change, drop, add or swap one digit of a number."""
    found = list(_NUMERAL.finditer(english))
    if not found:
        return None
    match = chance.choice(found)
    digits = match.group()
    places = [index for index, character in enumerate(digits) if character.isdigit()]
    place = chance.choice(places)
    way = chance.choice(("change", "change", "drop", "add", "swap"))
    if way == "drop" and len(places) > 1:
        changed = digits[:place] + digits[place + 1 :]
    elif way == "add":
        changed = digits[:place] + chance.choice("123456789") + digits[place:]
    elif way == "swap" and len(places) > 1:
        first, second = chance.sample(places, 2)
        row = list(digits)
        row[first], row[second] = row[second], row[first]
        changed = "".join(row)
    else:
        changed = digits[:place] + chance.choice("123456789".replace(digits[place], "")) + digits[place + 1 :]
    corrupted = english[: match.start()] + changed + english[match.end() :]
    before, after = (sorted(each.readings for each in english_numerals(text)) for text in (english, corrupted))
    return None if before == after else corrupted


def number_in_words(french: str, english: str, chance: Random) -> str | None:
    """Replace a number in words, from two to ninety, that the French has as well."""
    known = {reading for each in french_numerals(french) for reading in each.readings}
    said = {each.text.lower() for each in english_numerals(english) if each.readings & known}
    found = [match for match in _SPELLED_WORD.finditer(english) if match.group() in said]
    if not found:
        return None
    match = chance.choice(found)
    other = chance.choice([word for word in _SPELLED if word != match.group()])
    return english[: match.start()] + other + english[match.end() :]


def named_swapped(french: str, english: str, chance: Random) -> str | None:
    """Put another day, month, country or people in the place of one whose usual English stands there."""
    found = [
        (match, each.group) for each in find_known_names(french) for match in re.finditer(whole(each.english), english)
    ]
    if not found:
        return None
    match, group = chance.choice(found)
    other = chance.choice([theirs for _, theirs in group if theirs != match.group()])
    return english[: match.start()] + other + english[match.end() :]


def names_swapped(pool: Sequence[str]) -> Maker:
    """Return a maker that puts a name of ``pool`` in the place of one that French and English spell alike."""

    def name(french: str, english: str, chance: Random) -> str | None:
        folded = fold(french)
        spelt = {fold(match.group()) for match in _FRENCH_NAME.finditer(french)}
        found = [match for match in _NAME.finditer(english) if fold(match.group()) in spelt]
        others = [other for other in pool if fold(other) not in folded]
        if not found:
            return None
        match = chance.choice(found)
        other = chance.choice(others)
        # "Paris and Paris" must not keep one of the two.
        return re.sub(rf"\b{re.escape(match.group())}\b", other, english)

    return name


def name_pool(english: Sequence[str]) -> list[str]:
    """Return the names in ``english`` sentences, each once."""
    return sorted({match.group() for text in english for match in _NAME.finditer(text)})


def words_spliced(pool: Sequence[str]) -> Maker:
    """Return a maker that puts the end of a word of ``pool`` in the place of a word's own, as pieces go astray."""
    known = frozenset(pool)

    def word(_: str, english: str, chance: Random) -> str | None:
        found = list(_LONG_WORD.finditer(english))
        if not found:
            return None
        match, other = chance.choice(found), chance.choice(pool)
        half = chance.randint(3, len(match.group()) - 3)
        spliced = match.group()[:half] + other[len(other) // 2 :]
        return None if spliced in known else english[: match.start()] + spliced + english[match.end() :]

    return word


def word_pool(english: Sequence[str]) -> list[str]:
    """Return the longer words in ``english`` sentences, each once."""
    return sorted({match.group() for text in english for match in _LONG_WORD.finditer(text)})


def clause(_: str, english: str, chance: Random) -> str | None:
    """Drop a clause between two commas, or five to nine words in a row, but not the end."""
    parts = english.split(", ")
    inner = [index for index in range(1, len(parts) - 1) if parts[index].count(" ") >= 3]
    if inner and chance.random() < 0.7:
        index = chance.choice(inner)
        return ", ".join(parts[:index] + parts[index + 1 :])
    words = english.split()
    count = chance.randint(5, 9)
    if len(words) < count + 8:
        return None
    start = chance.randint(2, len(words) - count - 4)
    return " ".join(words[:start] + words[start + count :])


def tail(_: str, english: str, chance: Random) -> str | None:
    """Drop the last clause, or the last quarter to half, of at least five words."""
    words = english.split()
    if len(words) < 10:
        return None
    last = english.rfind(", ")
    count = len(english[last + 2 :].split()) if last > 0 else 0
    if not 5 <= count <= len(words) * 0.6 or chance.random() < 0.5:
        count = max(5, round(len(words) * chance.uniform(0.25, 0.5)))
    return " ".join(words[:-count]).rstrip(",;:-") + english[-1] if not english[-1].isalnum() else None


def repetition(_: str, english: str, chance: Random) -> str | None:
    """Repeat a phrase of one to five words, one to five times more, or the whole sentence."""
    words = english.split()
    if len(words) < 4:
        return None
    if chance.random() < 0.2:
        return " ".join([english] * chance.randint(2, 4)) if len(words) > 5 else None
    length = chance.randint(1, min(5, len(words) - 1))
    start = chance.randint(0, len(words) - length)
    phrase = words[start : start + length]
    if not any(re.search(r"[^\W\d_]{2}", word) for word in phrase):
        return None
    return " ".join(words[: start + length] + phrase * chance.randint(1, 5) + words[start + length :])


def copy(french: str, english: str, chance: Random) -> str | None:
    """Leave the French: all of it, its second half, or five to eight words of it."""
    ours, theirs = french.split(), english.split()
    if len(ours) < 5 or len(theirs) < 5 or fold(french) == fold(english):
        return None
    way = chance.choice(("all", "half", "some"))
    if way == "half" and len(ours) > 9:
        return " ".join(theirs[: len(theirs) // 2] + ours[len(ours) // 2 :])
    if way == "some" and len(ours) > 12:
        count = chance.randint(5, 8)
        start = chance.randint(0, len(ours) - count)
        place = start * len(theirs) // len(ours)
        return " ".join(theirs[:place] + ours[start : start + count] + theirs[place + count :])
    return french


def negation(french: str, english: str, chance: Random) -> str | None:
    """Take the only "not" out of a sentence whose French denies once."""
    if len(_FRENCH_DENIES.findall(french)) != 1:
        return None
    found = [(pattern, plain) for pattern, plain in _DENIALS if pattern.search(english)]
    if len(found) != 1 or len(found[0][0].findall(english)) != 1:
        return None
    return found[0][0].sub(found[0][1], english)


def denial(french: str, english: str, chance: Random) -> str | None:
    """Deny a sentence whose French does not."""
    found = list(_CAN_BE_DENIED.finditer(english))
    if not found or _FRENCH_DENIES.search(french) or any(pattern.search(english) for pattern, _ in _DENIALS):
        return None
    end = chance.choice(found).end()
    return f"{english[:end]} not{english[end:]}"


_SIGN_IN = re.compile(r"(?<=\S )(?=\S)")
_MARKED = ("&", "<", ">", "=", "*", "+", "[", "]", "\\", "#", "@", "→", "~", "|", "{", "}")


def sign(french: str, english: str, chance: Random) -> Pair | None:
    """Put a sign into the French alone."""
    places = [match.start() for match in _SIGN_IN.finditer(french)]
    if not places:
        return None
    mark = chance.choice(_MARKED)
    place = chance.choice(places)
    return f"{french[:place]}{mark} {french[place:]}", english


def letter(french: str, english: str, chance: Random) -> Pair | None:
    """Change or drop a letter of a name that French and English spell alike, not the first one."""
    ours = set(_FRENCH_NAME.findall(french))
    found = [match for match in _NAME.finditer(english) if match.group() in ours]
    if not found:
        return None
    name = chance.choice(found).group()
    place = chance.randrange(1, len(name))
    other = chance.choice(("", *(each for each in "abcdefghijklmnopqrstuvwxyz" if each != name[place].lower())))
    changed = name[:place] + other + name[place + 1 :]
    return french, re.sub(rf"\b{name}\b", changed, english)


def minus(french: str, english: str, chance: Random) -> Pair | None:
    """Give a number of the French a minus that the English has not."""
    both = [match for match in re.finditer(r"(?<= )\d+(?= )", french) if english.count(match.group()) == 1]
    if not both or "-" in french:
        return None
    place = chance.choice(both).start()
    return (f"{french[:place]}-{french[place:]}", english) if french[place - 2 : place - 1].isalpha() else None


def currency(french: str, english: str, chance: Random) -> Pair | None:
    """Make a number an amount of money in both, and lose the currency of the English or change it for another."""
    both = [match for match in re.finditer(r"(?<= )\d+(?= )", french) if english.count(f" {match.group()} ") == 1]
    if not both or re.search(r"[€$£¥]|euro|dollar|livre|pound|yen|franc|cent|buck", french + english, re.IGNORECASE):
        return None
    number = chance.choice(both)
    ours, theirs = chance.sample(["€", "$", "£", "¥"], 2)
    changed = english.replace(f" {number.group()} ", f" {chance.choice(('', theirs))}{number.group()} ")
    return f"{french[: number.end()]} {ours}{french[number.end() :]}", changed


def placeholder(french: str, english: str, chance: Random) -> Pair | None:
    """Put a placeholder into both, and change, lose or double that of the English."""
    ours, theirs = ([match.start() for match in _SIGN_IN.finditer(text)] for text in (french, english))
    if not ours or not theirs:
        return None
    name = chance.choice(("%s", "%d", "{name}", "{0}", "%(count)d", "{{ user }}", "%1$s", "${total}"))
    wrong = chance.choice(("", name.replace("name", "nom").replace("0", "1").replace("%s", "% s"), name + " " + name))
    wrong = "" if wrong == name else wrong
    here, there = chance.choice(ours), chance.choice(theirs)
    return f"{french[:here]}{name} {french[here:]}", f"{english[:there]}{wrong} {english[there:]}"
