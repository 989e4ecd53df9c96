"""The words of a sentence: content words, stems, names and numbers."""

from __future__ import annotations

import re
from functools import lru_cache

WORD = re.compile(r"\d+(?:[.,:–-]\d+)*\w*|\w+(?:['’.-]\w+)*", re.UNICODE)

FUNCTION_WORDS = frozenset(
    """a about above after again against all also am an and any are as at be because been before being below between
    both but by can could did do does doing down during each few for from further had has have having he her here hers
    herself him himself his how i if in into is it its itself just may me might more most must my myself no nor not
    now of off on once only or other our ours ourselves out over own per same shall she should so some such than
    that the their theirs them themselves then there these they this those through to too under until up upon us
    very was we were what when where which while who whom whose why will with within without would you your yours
    s t re ve ll d m said says say told according added""".split()
)


NEGATIONS = frozenset(
    """not no never none nobody nothing neither nor without cannot hardly barely unless except deny denied denies refuse
    refused refuses fail failed fails unlikely lack lacks false""".split()
)

PRONOUNS = frozenset("he she it they his her its their him them this that these those".split())
CONNECTIVES = frozenset(
    "but and however also meanwhile so then still yet or because although though moreover besides instead nor".split()
)


def words(text: str) -> list[str]:
    """Return the words of a text in lower case, a possessive 's taken off."""
    return [bare(word) for word in WORD.findall(text)]


def bare(word: str) -> str:
    """Return a word in lower case without a possessive ending."""
    word = word.lower().replace("’", "'")
    return word[:-2] if word.endswith("'s") else word


def content(text: str) -> list[str]:
    """Return the stems of the words that carry content, in order, repetitions kept."""
    return [stem(word) for word in words(text) if word not in FUNCTION_WORDS]


_INFLECTIONS = (("ies", "y"), ("sses", "ss"), ("ied", "y"), ("ing", ""), ("ed", ""), ("es", ""), ("s", ""))


@lru_cache(maxsize=1 << 16)
def stem(word: str) -> str:
    """Return a word without its commonest inflections; crude, the same for both sides of a comparison."""
    if len(word) < 4 or not word.isalpha():
        return word
    for ending, replacement in _INFLECTIONS:
        if word.endswith(ending) and len(word) - len(ending) >= 3 and not word.endswith(("ss", "us", "is")):
            word = word[: -len(ending)] + replacement
            break
    if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "sl":
        word = word[:-1]
    return word.removesuffix("e")


def names(text: str) -> list[str]:
    """Return the capitalised words of a text, in lower case, the first one only where it is not a function word."""
    found = []
    for number, match in enumerate(WORD.finditer(text)):
        word = match.group()
        if any(letter.isupper() for letter in word) and (number or bare(word) not in FUNCTION_WORDS):
            if bare(word) in FUNCTION_WORDS and (len(word) == 1 or not word.isupper()):
                continue
            found.append(bare(word))
    return found


_CURRENCY = r"[$£€¥]|(?:EUR|USD|GBP|CHF|CAD|JPY|US\$|C\$|A\$)(?![^\W\d_])"
_AMOUNT = re.compile(
    rf"(?P<before>(?<![^\W\d_])(?:{_CURRENCY})\s?)?(?P<figure>\d+(?:[.,:–-]\d+)*)"
    rf"(?P<scale>(?:\s|-)?(?:(?:m|mn|bn|k|tn)\b|(?:thousand|million|billion|trillion)\b))?"
    rf"(?P<after>\s?(?:%|per ?cent\b|{_CURRENCY}|euros?\b|dollars?\b|pounds?\b|francs?\b))?"
)
_UNITS = {"EUR": "€", "euro": "€", "euros": "€", "USD": "$", "US$": "$", "dollar": "$", "dollars": "$", "GBP": "£"} | {
    "pound": "£", "pounds": "£", "percent": "%", "per cent": "%", "franc": "francs",
    "m": "million", "mn": "million", "bn": "billion", "k": "thousand", "tn": "trillion",
}  # fmt: skip
_DATE = re.compile(
    r"\b(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
    r"|January|February|March|April|May|June|July|August|September|October|November|December"
    r"|(?:1[5-9]|20)\d\d(?!\d|[.,]\d| ?(?:%|percent|per cent)))\b"
    r"|(?<![\d$£€])\b\d{1,2}(?:st|nd|rd|th)?(?= (?:of )?(?:January|February|March|April|May|June|July|August"
    r"|September|October|November|December)\b)"
    r"|(?:(?<=January )|(?<=February )|(?<=March )|(?<=April )|(?<=May )|(?<=June )|(?<=July )|(?<=August )"
    r"|(?<=September )|(?<=October )|(?<=November )|(?<=December ))\d{1,2}\b"
)


def numbers(text: str) -> list[str]:
    """Return the numbers of a text, each with its scale, currency or per cent sign; written-out numbers as digits.

    Thousands separators are taken out; "EUR 450", "450 euros" and "€450" are the same amount.
    """
    found = []
    for match in _AMOUNT.finditer(text):
        figure = re.sub(r"(?<=\d),(?=\d{3})", "", match["figure"])
        before, scale, after = ((match[name] or "").strip(" \t\n\u00a0-") for name in ("before", "scale", "after"))
        first, last = _UNITS.get(before, before), _UNITS.get(after, after)
        currency, share = first or ("" if last == "%" else last), "%" if last == "%" else ""
        found.append(" ".join(f"{currency}{figure}{share} {_UNITS.get(scale, scale)}".split()))
    return found + [_WRITTEN[word] for word in words(text) if word in _WRITTEN]


def dates(text: str) -> list[str]:
    """Return the days, months and years of a text; a "May" that may be a verb is none."""
    return [
        match.group()
        for match in _DATE.finditer(text)
        if match.group() != "May" or re.search(r"(?:\d|\b[Ii]n|[Ll]ast|[Nn]ext|this) $|^$", text[: match.start()])
    ]


def negations(text: str) -> list[str]:
    """Return the words of a text that deny something."""
    return [word for word in words(text) if word in NEGATIONS or word.endswith("n't")]


_WRITTEN = {
    word: str(value)
    for value, word in enumerate(
        """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
        seventeen eighteen nineteen twenty""".split()
    )
    if value > 1
} | {"thirty": "30", "forty": "40", "fifty": "50", "hundred": "100", "thousand": "1000", "million": "1000000"}


def refers(sentence: str) -> bool:
    """Say whether a sentence opens with a pronoun, whose noun stands before it."""
    return (words(sentence[:40]) or [""])[0] in PRONOUNS


def leans(sentence: str) -> bool:
    """Say whether a sentence opens with a word that refers to the sentence before it."""
    opening = (words(sentence[:40]) or [""])[0]
    return opening in PRONOUNS or opening in CONNECTIVES
