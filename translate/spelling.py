"""What a checkpoint's vocabulary cannot spell: said in words that it has, or hidden from the model and put back.

A small vocabulary has no ``€``, no ``&``, no ``ğ``: the model reads "unknown", and what it writes for that is chance.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Set
from functools import cached_property

from passerelle.translate.masking import MaskedSpan
from passerelle.translate.normalizer import normalize

# How often a word stays as it is before it counts as untranslated.
_SAME = 0.3
_VERBALISED = {
    "€": "euros",
    "$": "dollars",
    "°": "degrés",
    "‰": "pour mille",
    "±": "plus ou moins",
    "×": "x",
    "§": "paragraphe",
}
_NUMBER_SIGN = re.compile(r"\b[nN]°\s?(?=\d)")
_CELSIUS = re.compile(r"°\s?C\b")
_INCLUSIVE = re.compile(r"(?<=[^\W\d_]{2})[·•‧](?!s\b)[^\W\d_]{1,6}(?:[·•‧](?=s\b))?|(?<=[^\W\d_]{2})[·•‧](?=s\b)")
_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyzàâæçéèêëîïôœùûüÿµªº")
_LIGATURES = {"œ": "oe", "Œ": "Oe", "æ": "ae", "Æ": "Ae", "ß": "ss", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "ı": "i"}
_BRACKETS = {"[": "(", "]": ")", "{": "(", "}": ")"}
_WORD = re.compile(r"[^\W\d_]+(?:['’.-]?[^\W\d_]+)*")
_TERM = (
    r"(?:[-+−]?\d+(?:[.,\u00a0\u202f]\d+)*(?: \d{3})*(?:[A-Za-zµ°%]{1,3}(?![^\W_]))?"
    r"|(?:(?![aAyYà]\b)[^\W\d_]|[aAyY](?=[²³]?\s?[=<>≤≥≠≈→+^]))(?:\([^()\s]{1,12}\)|[²³]|\d{0,2})(?![^\W_]))"
)
_FORMULA = re.compile(
    rf"(?<![^\W_])(?:{_TERM}\s?)?[-−+*/×÷=<>≤≥≠≈±~^→]{{1,3}}\s?{_TERM}"
    rf"(?:\s?[-−+*/×÷=<>≤≥≠≈^→]{{1,3}}\s?{_TERM})*"
)
_HOUR = r"(?<![\d,.])((?:[01]?\d|2[0-4]))\s?[hH](?![^\W_]|\s?\d)"
_FROM_TO = re.compile(rf"{_HOUR}(\s?(?:à|-|/|et|ou|jusqu'à|au)\s?(?=(?:[01]?\d|2[0-4])\s?[hH]))")
_AT_HOUR = re.compile(
    r"(?i:(?<=\bà )|(?<=\bdès )|(?<=\bvers )|(?<=\bavant )|(?<=\baprès )|(?<=h00 à )|(?<=h00 et )|(?<=h00-)|(?<=h00 - )"
    rf"|(?<=\d\d à )|(?<=\d\d-)){_HOUR}"
)
# Livres would be books, or a weight.
_MONEY = r"(?:\d{1,3}(?:[ .\u00a0\u202f]\d{3})+|\d+)(?:[.,]\d+)?(?!\d)"
_AMOUNT = re.compile(
    rf"(?<![\d.,])(?:(?P<number>{_MONEY})[ \u00a0\u202f]?(?P<sign>[£¥₹₽₩₺₫₴₪₿₦])"
    rf"|(?P<before>[£¥₹₽₩₺₫₴₪₿₦])[ \u00a0\u202f]?(?P<after>{_MONEY}))"
)
_LABEL = re.compile(r"\[[^\[\]a-zà-ÿ]{1,24}\]|\{[^{}a-zà-ÿ]{1,24}\}")
# A sign within a word makes the whole one name or piece of code: H&M, C:\Temp, a=b.
_CODE = re.compile(r"[^\s()«»“”\"]*[^\W_][^\w\s'’«»“”\"()-]+[^\W_][^\s()«»“”\"]*(?<![.,;:!?…])")
# What a small model loses or puts elsewhere, though its vocabulary has it.
_SIGNS = frozenset("&=<>≥≤≠≈±×÷^\\|*+~→")
_DECIMAL = re.compile(r"(?<![\d.,])(\d+),(\d+)(?![\d.,])")
_ELISION = re.compile(r"(?:[dlnsjmtcDLNSJMTC]|[Qq]u)['’]")


class Spelling:
    """How one checkpoint must be written to; ``knows(sign)`` tells of its vocabulary."""

    def __init__(self, knows: Callable[[str], bool]) -> None:
        self._knows = knows
        self._lacks: dict[str, bool] = {}

    @cached_property
    def unsaid(self) -> frozenset[str]:
        """The signs that have a word and that the vocabulary lacks."""
        return frozenset(sign for sign in _VERBALISED if self.lacks(sign))

    def lacks(self, character: str) -> bool:
        """Whether the vocabulary cannot spell ``character``."""
        if character not in self._lacks:
            plain = normalize(character)
            self._lacks[character] = bool(plain) and not all(map(self._knows, plain))
        return self._lacks[character]

    def verbalise(self, text: str) -> str:
        """Return ``text``, normalised, as the vocabulary can spell it, as far as there are words and letters for it."""
        text = _hours(normalize(text))
        if not any(map(self.lacks, set(text))):
            return text
        text = verbalise_symbols(_INCLUSIVE.sub("", text), self.unsaid)
        return "".join(self._plain(character) for character in text)

    def masked_spans(self, text: str) -> Iterator[MaskedSpan]:
        """Yield what of ``text`` cannot be spelt, nor said otherwise, and formulas and code, to be hidden."""
        if not _SIGNS.isdisjoint(text):
            yield from self._code(text, _SIGNS)
        lacking = {character for character in set(text) if self._is_unsure(character) and character not in self.unsaid}
        if not lacking:
            return
        if any(map(str.isalpha, lacking)):
            words = (match for match in _WORD.finditer(text) if not lacking.isdisjoint(match.group()))
            yield from _together(text, (span for match in words for span in self._word(match, lacking)))
        signs = {sign for sign in lacking if not sign.isalpha() and self._plain(sign) == sign}
        if _INCLUSIVE.search(text):
            signs -= set("·•‧")
        yield from ((*match.span(), _amount(match)) for match in _AMOUNT.finditer(text) if set(match.group()) & signs)
        yield from ((*match.span(), match.group()) for match in _LABEL.finditer(text) if set(match.group()) & lacking)
        if not signs:
            return
        yield from self._code(text, signs)
        for match in re.finditer("[" + re.escape("".join(sorted(signs))) + "]+", text):
            yield match.start(), match.end(), match.group()

    def _code(self, text: str, signs: Set[str]) -> Iterator[MaskedSpan]:
        """Yield formulas and words with signs inside them that have any of ``signs``."""
        for pattern in (_FORMULA, _CODE):
            for match in pattern.finditer(text):
                start = match.start()
                if elided := _ELISION.match(text, start, match.end()):
                    start = elided.end()
                if not signs.isdisjoint(text[start : match.end()]) and not _INCLUSIVE.search(match.group()):
                    yield start, match.end(), _DECIMAL.sub(r"\1.\2", text[start : match.end()])

    def _word(self, match: re.Match[str], lacking: set[str]) -> Iterator[MaskedSpan]:
        """Yield a word with a letter that is lacking, unless it is one that French has another English for."""
        start, end = match.span()
        if elided := _ELISION.match(match.string, start, end):
            start = elided.end()
        word = match.string[start:end]
        # French has its own accents on capitals too: what the vocabulary lacks of those alone is no name's.
        is_french = all(not self._is_unsure(letter.lower()) for letter in lacking.intersection(word))
        if not lacking.isdisjoint(word) and not is_translated(word, certainly=is_french):
            yield start, end, word

    def _is_unsure(self, character: str) -> bool:
        """Whether the vocabulary lacks it, or has met it in few names: a letter that neither language writes."""
        return self.lacks(character) or (character.isalpha() and character.lower() not in _LETTERS)

    def _plain(self, character: str) -> str:
        """Return a letter without its accent, and a bracket of the round kind, where the vocabulary lacks it."""
        if not self.lacks(character):
            return character
        if character in _BRACKETS:
            return _BRACKETS[character]
        bare = _LIGATURES.get(character) or unicodedata.normalize("NFD", character)[0]
        return character if any(map(self.lacks, bare)) else bare


def _together(text: str, names: Iterable[MaskedSpan]) -> Iterator[MaskedSpan]:
    """Yield the parts of one name as one: a model puts words of its own between two placeholders."""
    start, end = 0, 0
    for here, there, _ in names:
        if end and text[end:here] in (" ", "-"):
            end = there
            continue
        if end:
            yield start, end, text[start:end]
        start, end = here, there
    if end:
        yield start, end, text[start:end]


def _hours(text: str) -> str:
    """Return ``text`` with the minutes of a time of day that has none: ``de 9h à 19 h`` as ``de 9h00 à 19h00``."""
    text = _FROM_TO.sub(lambda match: f"{match[1]}h00{match[2]}", text)
    return _AT_HOUR.sub(lambda match: f"{match[1]}h00", text)


def verbalise_symbols(text: str, signs: Iterable[str]) -> str:
    """Return ``text`` with those of the ``signs`` that have a word replaced by it: ``5 €`` as ``5 euros``."""
    missing = set(signs) & set(text) & _VERBALISED.keys()
    if "°" in missing:
        text = _CELSIUS.sub("degrés Celsius", _NUMBER_SIGN.sub("numéro ", text))
    for sign in sorted(missing):
        text = re.sub(rf"\s*{re.escape(sign)}\s*", f" {_VERBALISED[sign]} ", text)
    return re.sub(r" +(?=[.,;:!?)]|$)", "", text).strip() if missing else text


def with_brackets(french: str, english: str) -> str:
    """Return ``english`` with the square and curly brackets of ``french`` where round ones stand for them."""
    if not any(bracket in french for bracket in _BRACKETS):
        return english
    for brackets in ("([{", ")]}"):
        ours = [mark for mark in french if mark in brackets]
        theirs = [place for place, mark in enumerate(english) if mark in brackets]
        if len(ours) == len(theirs):
            marks = dict(zip(theirs, ours, strict=True))
            english = "".join(marks.get(place, mark) for place, mark in enumerate(english))
    return english


def _amount(match: re.Match[str]) -> str:
    """An amount of money as English writes it: ``£1,234.50``."""
    from passerelle.translate.numbers.format import english_marks

    return f"{match['sign'] or match['before']}{english_marks(match['number'] or match['after'])}"


def is_translated(word: str, *, certainly: bool = False) -> bool:
    """Whether French has another English for ``word`` than itself, or English has it without its accents.

    ``certainly``: every word that French is known to have counts.
    """
    from passerelle.translate.language import FRENCH_WORDS
    from passerelle.translate.lexicon.exonyms import EXONYMS
    from passerelle.translate.lexicon.meanings import lexicon
    from passerelle.translate.lexicon.words import fold, stem
    from passerelle.translate.postedit.capitals import always_capital

    folded = fold(word)
    if word.lower() in FRENCH_WORDS or folded in EXONYMS or folded in always_capital():
        return True
    shares = lexicon().meanings.get(stem(word))
    return shares is not None and (certainly or shares.get(stem(word), 0.0) < _SAME)
