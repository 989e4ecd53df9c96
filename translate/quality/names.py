"""Names that should come through, as they are or in their English form."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from functools import lru_cache

from passerelle.translate.flags import Flag, Kind, Message, Reason, Span
from passerelle.translate.language import ENGLISH_WORDS, FRENCH_WORDS
from passerelle.translate.lexicon.exonyms import EXONYMS
from passerelle.translate.lexicon.meanings import lexicon
from passerelle.translate.lexicon.words import Word, words

_SAME_SHARE, _OTHER_SHARE = 0.3, 0.25
_BEGINNING = 5
_LIKE, _SHORT_LIKE = 0.72, 0.85
_MOST_NAMES = 40
# French capitalises these too, and English may say them otherwise.
_NO_NAMES = frozenset(
    """
    internet web bible terre dieu etat etats justice republique institution laboratoire laboratoires conseil commission
    constitution parlement senat president ministre cour assemblee histoire academie union dre docteur maitre madame
    monsieur mme mlle mgr etc voir dans pour avec sans mais lundi mardi mercredi jeudi vendredi samedi dimanche est
    ouest nord sud moyen extreme orient occident pere frere soeur eglise
    """.split()
)
# How French writes foreign sounds, and how English does.
_SOUNDS = (
    ("tch", "ch"),
    ("sch", "sh"),
    ("ch", "sh"),
    ("dj", "j"),
    ("ou", "u"),
    ("kh", "h"),
    ("ph", "f"),
    ("gh", "g"),
    ("gu", "g"),
    ("qu", "k"),
    ("ck", "k"),
    ("cz", "s"),
    ("c", "k"),
    ("q", "k"),
    ("y", "i"),
    ("w", "v"),
    ("z", "s"),
    ("x", "ks"),
)
_ROMAN_ORDINAL = re.compile(r"[IVXL]+(?:e|er|ère|ème|re)?s?")
_VOWELS = re.compile(r"(?<=.)[aeiouh]")
_DOUBLE = re.compile(r"(.)\1+")


def check_names(french: Sequence[Word], english: Sequence[Word], but: Sequence[Span] = ()) -> Iterator[Flag]:
    """Yield a flag for the names of ``french`` that ``english`` has in no form; those within ``but`` are left out."""
    lost = [word for word in lost_names(french, english) if not any(start <= word.start < end for start, end in but)]
    if lost:
        names = list(dict.fromkeys(word.text for word in lost))
        message = Message.of(Reason.NOT_IN_ENGLISH, ", ".join(names[:4]))
        yield Flag(Kind.NAME, message, "doubt", tuple(w.span for w in lost), _strangers(french, english))


def mask_names(french: str, english: str) -> Iterator[tuple[int, int, str]]:
    """Yield the spans of the names of ``french`` that ``english`` lacks and would write alike, with these names.

    Names that stand together are one.
    """
    start, end = 0, 0
    for word in lost_names(words(french), words(english)):
        if word.folded in EXONYMS:
            continue
        if end and french[end : word.start] not in (" ", "-"):
            yield start, end, french[start:end]
            end = 0
        start, end = start if end else word.start, word.end
    if end:
        yield start, end, french[start:end]


def lost_names(french: Sequence[Word], english: Sequence[Word]) -> list[Word]:
    """Return the names of ``french`` that ``english`` has in no form."""
    if _is_shouted(french) or not english:
        return []
    there = {word.folded for word in english}
    stems = {word.stem for word in english}
    joined = "".join(word.folded for word in english)
    beginnings = {each[:_BEGINNING] for each in there if len(each) >= _BEGINNING}
    sounds = [_sound(each) for each in there if len(each) > 3]
    known = lexicon().meanings
    lost: list[Word] = []
    for index, word in enumerate(list(french)[: 10 * _MOST_NAMES]):
        if not _is_name(french, index):
            continue
        folded = word.folded
        if folded in there or (len(folded) > 3 and folded in joined) or stems & EXONYMS.get(folded, frozenset()):
            continue
        if any(share >= _OTHER_SHARE and meaning in stems for meaning, share in known.get(word.stem, {}).items()):
            continue
        if folded[:_BEGINNING] in beginnings or _ROMAN_ORDINAL.fullmatch(word.text):
            continue
        if not (word.text.isupper() and _swallowed(word.text, english)):
            if word.text.isupper() and (sorted(folded) in map(sorted, there) or _has_own_capitals(english, french)):
                continue
            if _sounds_alike(_sound(folded), sounds):
                continue
        lost.append(word)
        if len(lost) >= _MOST_NAMES:
            break
    return lost


def _is_name(sentence: Sequence[Word], index: int) -> bool:
    """Whether a word is written as a name and is none that French capitalises and English translates."""
    word = sentence[index]
    text = word.text
    if not text[0].isupper() or len(text) < 3 or text.lower() in FRENCH_WORDS:
        return False
    folded = word.folded
    if folded in _NO_NAMES:
        return False
    shares = lexicon().meanings.get(word.stem)
    is_known = shares is not None and folded not in EXONYMS
    if is_known and shares is not None and shares.get(word.stem, 0.0) < _SAME_SHARE:
        return False
    if index == 0:
        follows = len(sentence) > 1 and sentence[1].text[0].isupper() and sentence[1].start == word.end + 1
        return follows or folded in EXONYMS
    return True


def _is_shouted(sentence: Sequence[Word]) -> bool:
    """Whether capitals mean nothing here: a headline in capitals, or with one on most words."""
    long = [word for word in sentence if len(word.text) > 3]
    raised = sum(word.text[0].isupper() for word in long) > 0.6 * len(long)
    small = sum(word.text[0].isupper() and word.text.lower() in FRENCH_WORDS for word in sentence[1:])
    return raised and (small > 1 or all(word.text.isupper() for word in long))


def _swallowed(acronym: str, english: Sequence[Word]) -> bool:
    """Whether what stands for ``acronym`` has letters before it, as of its article: l'ISW became LISW, or THISW."""
    return any(word.text != acronym and word.text.endswith(acronym) and word.text.isupper() for word in english)


def _has_own_capitals(english: Sequence[Word], french: Sequence[Word]) -> bool:
    """Whether the English has an acronym that the French has not: OMS became WHO."""
    ours = {word.text for word in french}
    return any(len(word.text) > 1 and word.text.isupper() and word.text not in ours for word in english)


def _strangers(french: Sequence[Word], english: Sequence[Word]) -> tuple[tuple[int, int], ...]:
    """The capitalised words inside ``english`` that look like a name that ``french`` has not."""
    known = {word.folded for word in french}
    spoken = lexicon().spoken
    return tuple(
        word.span
        for word in english[1:]
        if word.text[0].isupper()
        and word.folded not in known
        and word.stem not in spoken
        and word.text.lower() not in ENGLISH_WORDS
    )


@lru_cache(maxsize=8192)
def _sound(folded: str) -> str:
    for ours, theirs in _SOUNDS:
        folded = folded.replace(ours, theirs)
    return _DOUBLE.sub(r"\1", _VOWELS.sub("", _DOUBLE.sub(r"\1", folded[:24])))


def _sounds_alike(sound: str, others: Sequence[str]) -> bool:
    if len(sound) < 2:
        return sound in others
    for other in others[:200]:
        if sound == other:
            return True
        matcher = SequenceMatcher(None, sound, other, autojunk=False)
        least = _LIKE if len(sound) > 3 else _SHORT_LIKE
        if min(len(sound), len(other)) > 2 and matcher.real_quick_ratio() >= least and matcher.ratio() >= least:
            return True
    return False
