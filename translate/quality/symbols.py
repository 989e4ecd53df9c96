"""Signs of the French, such as ``&`` and ``<``, that the English lacks, and letters of names that came out changed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence, Set

from passerelle.translate.flags import Flag, Kind, Message, Reason
from passerelle.translate.language import FRENCH_WORDS
from passerelle.translate.lexicon.english import is_english, is_in_dictionary
from passerelle.translate.lexicon.exonyms import EXONYMS
from passerelle.translate.lexicon.meanings import lexicon
from passerelle.translate.lexicon.words import Word, words

# What English may say in the place of a sign.
_SAID = {
    "&": ("and",),
    "<": ("less", "below", "fewer", "smaller"),
    ">": ("above", "greater", "higher", "exceed", "exceeds", "larger"),
    "=": ("equal", "equals"),
    "*": ("times", "×", "x"),
    "+": ("plus",),
    "×": ("x", "times", "by"),
    "÷": ("divided",),
    "±": ("plus", "about"),
    "≤": ("most", "less", "below"),
    "≥": ("least", "more", "above"),
    "≈": ("about", "approximately", "~"),
    "→": (),
    "§": ("section", "paragraph", "sections", "paragraphs"),
    "#": ("number", "hashtag"),
    "@": ("at",),
    "µ": ("micro", "micrometres", "microns", "micrograms", "micrometers", "μ"),
    "½": ("half", "1/2"),
    "¼": ("quarter",),
    **dict.fromkeys("[]{}\\^~|_†‡¶©®™•≠∞", ()),
}
_SIGNS = re.compile("[" + re.escape("".join(_SAID)) + "]")
_PLACEHOLDER = re.compile(
    r"%(?:\d{1,2}\$)?(?:\([A-Za-z_]\w*\))?[-+0#]*\d*(?:\.\d+)?(?:hh?|ll?|[Lqjzt])?[sdifruxXoeEgGcp@](?![^\W_])"
    r"|\$?\{\{?\s?[\w.]{1,60}\s?\}?\}|%[A-Za-z_]\w{1,40}%"
)
_INSTEAD = {"[": "(", "]": ")", "•": "-*·", "_": " ", "|": "/-"}
_LEAST, _NEAR, _SAME_SHARE, _OTHER_SHARE, _MOST = 4, 2, 0.3, 0.1, 40


def check_symbols(french: str, english: str) -> Iterator[Flag]:
    """Yield a flag where signs of ``french`` are not in ``english``, nor said there."""
    ours = Counter(_SIGNS.findall(french))
    if not ours:
        return
    said = Counter(word.folded for word in words(english))
    said["and"] -= sum(word.folded in ("et", "ainsi") for word in words(french))
    lost = [
        sign
        for sign, count in ours.items()
        if english.count(sign)
        + sum(max(said[word], 0) for word in _SAID[sign])
        + sum(map(english.count, _INSTEAD.get(sign, "")))
        < count
    ]
    if lost:
        spans = tuple(match.span() for match in _SIGNS.finditer(french) if match.group() in lost)
        yield Flag(Kind.SIGN, Message.of(Reason.NOT_IN_ENGLISH, " ".join(lost)), "error", spans)


def check_placeholders(french: str, english: str) -> Iterator[Flag]:
    """Yield a flag where the placeholders of a program are others in ``english``, or as many as not."""
    ours, theirs = (Counter(_PLACEHOLDER.findall(text)) for text in (french, english))
    lost, gained = ours - theirs, theirs - ours
    if lost or (gained and ours):
        shown = ", ".join(lost or gained)
        message = Message.of(Reason.NOT_IN_ENGLISH if lost else Reason.NOT_IN_FRENCH, shown)
        spans = tuple(match.span() for match in _PLACEHOLDER.finditer(french) if match.group() in lost)
        yield Flag(Kind.PLACEHOLDER, message, "error", spans)


def check_letters(french: Sequence[Word], english: Sequence[Word]) -> Iterator[Flag]:
    """Yield a flag for names of ``french`` with a letter or two changed, and for letters that English has not."""
    yield from _invented(french, english)
    stems = {word.stem for word in english}
    ours = {word.folded for word in french}
    lacking = Counter(word.folded for word in french) - Counter(word.folded for word in english)
    others = {
        word.folded: word
        for word in english
        if word.text[0].isupper() and len(word.text) >= _LEAST - 1 and word.folded not in ours
    }
    strangers = list(others.values())[:_MOST]
    if not strangers or not french:
        return
    first = french[0].start
    names = {word.folded: word for word in french if word.text[0].isupper() and word.folded in lacking}
    for word in list(names.values())[:_MOST]:
        near = [other for other in strangers if _may_be_one(word.folded, other.folded)]
        if not near:
            continue
        is_name = _is_name(word)
        may_be_name = (is_name or _may_be_name(word, stems)) and not stems & EXONYMS.get(word.folded, frozenset())
        for other in near:
            if not (is_name and may_be_name) and is_in_dictionary(other.folded):
                continue
            if not may_be_name and (word.start == first or not _is_slip(word, other)):
                continue
            if _is_misspelt(word, other):
                message = Message.of(Reason.BECAME, word.text, other.text)
                yield Flag(Kind.LETTERS, message, "doubt", (word.span,), (other.span,))
                break


def _invented(french: Sequence[Word], english: Sequence[Word]) -> Iterator[Flag]:
    """Yield a flag for each word with a letter beyond a to z that is neither in the French nor a loan word."""
    ours = {word.text.lower() for word in french}
    for word in english:
        if word.text.isascii() or word.text.lower() in ours or is_in_dictionary(word.folded):
            continue
        yield Flag(Kind.LETTERS, Message.of(Reason.NOT_IN_FRENCH, word.text), "doubt", (), (word.span,))


def _is_name(word: Word) -> bool:
    """Whether a word is written as a name, and is none that English has a word of its own for."""
    if not word.text[0].isupper() or len(word.text) < _LEAST or word.text.lower() in FRENCH_WORDS:
        return False
    # Galilée and Ramsès are names that French has made its own.
    if _FRENCH_ACCENT.search(word.text):
        return False
    shares = lexicon().meanings.get(word.stem)
    return word.folded in EXONYMS or shares is None or shares.get(word.stem, 0.0) >= _SAME_SHARE


def _is_slip(ours: Word, theirs: Word) -> bool:
    """Whether a word with a capital, French (Le Devoir) or with an English name of its own, is no word by a letter."""
    if len(ours.text) <= _LEAST or ours.text.isupper() or _FRENCH_ACCENT.search(ours.text):
        return False
    return distance(ours.folded, theirs.folded) == 1 and not is_english(theirs.folded)


def _may_be_one(one: str, other: str) -> bool:
    """Whether two words can be one that is misspelt, at a glance."""
    return abs(len(one) - len(other)) <= _NEAR and (one[0] == other[0] or one[-2:] == other[-2:])


def _may_be_name(word: Word, stems: Set[str]) -> bool:
    """Whether a word that English has another word for is a name all the same, for that word is not there."""
    if len(word.text) < _LEAST or word.text.lower() in FRENCH_WORDS or _FRENCH_ACCENT.search(word.text):
        return False
    meanings = lexicon().meanings.get(word.stem, {})
    return not any(meaning in stems for meaning, share in meanings.items() if share >= _OTHER_SHARE)


def _is_misspelt(ours: Word, theirs: Word) -> bool:
    """Whether ``theirs`` is ``ours`` with a letter or two changed, and not as English spells it."""
    one, other = ours.folded, theirs.folded
    if _FOREIGN_LETTER.search(ours.text) and len(other) >= len(one):
        return False
    if len(one) == len(other):
        changed = [(place, {a, b}) for place, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
        if len(changed) == 1:
            return not _is_respelt(one, other, *changed[0])
        if _DOUBLE.sub(r"\1", one) == _DOUBLE.sub(r"\1", other) and changed:
            return True
    if not 0 < distance(one, other) <= min(_NEAR, len(one) // 3):
        return False
    if ours.stem in lexicon().meanings and is_in_dictionary(other):
        return False
    return _root(one) != _root(other) and _as_english(one) != _as_english(other)


def _is_respelt(one: str, other: str, place: int, letters: set[str]) -> bool:
    """Whether a letter at ``place`` differs as two spellings of one name do: Kiev and Kyiv, Roma and Rome."""
    if letters == {"o", "u"}:
        return place < len(one) - 1
    if letters in _ALIKE:
        return not _DOUBLE.search(one[max(place - 1, 0) : place + 2])
    return letters <= set("aeiy") and _root(one) == _root(other)


def _root(folded: str) -> str:
    """A name as English spells it, without the ending of French, of Latin or of a people: Kabylie and Kabylia."""
    return _as_english(_ENDING.sub("", folded))


_ALIKE = [{"i", "y"}, {"s", "z"}, {"c", "k"}, {"v", "w"}]
_DOUBLE = re.compile(r"(.)\1")
# English respells what has these as it likes: Şirali, Shirali.
_FOREIGN_LETTER = re.compile("[^\\W\\d_a-zA-ZàâçéèêëîïôùûÿœæÀÂÇÉÈÊËÎÏÔÙÛŸŒÆ]")
_ENDING = re.compile(r"(?<=...)(?:i?en(?:ne)?s?|i?ans?|ee?s?|e[yiao]|eus|ies?|i?a[sn]?|i?es?|[ou][sm]?|is?|icu?s?|s)$")
_FRENCH_ACCENT = re.compile("[éèêïç]")
_RESPELT = tuple(
    (re.compile(pattern), instead)
    for pattern, instead in (
        ("tch", "ch"),
        ("sch|ch|sz|cz", "sh"),
        ("dj", "j"),
        ("ou|o", "u"),
        ("kh", "h"),
        ("ph", "f"),
        ("gu(?=[ei])", "g"),
        ("qu|ck|c(?![ehiy])", "k"),
        ("y|ij$|ii", "i"),
        ("w", "v"),
        ("tz|ts", "z"),
        ("(?<=[aeiou])h|e$|(?<=in)e", ""),
        (r"(.)\1", r"\1"),
    )
)


def _as_english(folded: str) -> str:
    for pattern, instead in _RESPELT:
        folded = pattern.sub(instead, folded)
    return folded


def distance(one: str, other: str) -> int:
    """Return how many letters must be put in, taken out, changed or swapped to make ``other`` of ``one``."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, ours in enumerate(one, 1):
        last, row = (before, row), [i]
        for j, theirs in enumerate(other, 1):
            best = min(last[1][j] + 1, row[j - 1] + 1, last[1][j - 1] + (ours != theirs))
            if i > 1 and j > 1 and ours == other[j - 2] and one[i - 2] == theirs:
                best = min(best, last[0][j - 2] + 1)
            row.append(best)
        before = last[1]
    return row[-1]
