"""What the model reads: French typography brought to the plain form that Marian checkpoints were trained on.

Marian checkpoints were trained on text that Moses' ``normalize-punctuation`` had passed over, but
transformers' MarianTokenizer never calls its own normaliser; so this one runs before every engine, and
over the training data of the bundled checkpoint.  ``typeset`` goes the other way: it gives the English
the quotes and apostrophes of the French it came from.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

_CHARACTERS = str.maketrans(
    {
        **dict.fromkeys("\u2018\u2019\u201a\u201b\u02bc\u2032\u00b4`", "'"),
        **dict.fromkeys("\u201c\u201d\u201e\u201f\u2033", '"'),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2212", "-"),
        **dict.fromkeys("\u2014\u2015", "-"),
        **dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff\ufe0e\ufe0f", None),
        "\u2026": "...",
    }
)
_OPENING_GUILLEMET = re.compile(r"[«‹]\s?")
_CLOSING_GUILLEMET = re.compile(r"\s?[»›]")
_SPACE_BEFORE = re.compile(r" (?=[;:!?%](?:\W|$))")
_SPACES = re.compile(r"\s+")
_SINGLE_QUOTED = re.compile(r"(?<!\w)'(?=\w)((?:[^'\"]|(?<=\w)'(?=\w))+)'(?!\w)")
# What is left of an elided article: "l'ISW" as "the 'ISW".
_STRAY_APOSTROPHE = re.compile(r"(?<=\s)['’](?=[A-Z]{2})(?![^'’\n]{0,400}['’](?!\w))")
_STRAIGHT_QUOTE = re.compile(r'"')
_NUMBER_SIGN = re.compile(r"(?<![^\W\d_])([nN])[ºo˚](?=\s?\d)")
_SPACED_MINUS, _GLUED_MINUS = re.compile(r"[:;,(]\s[-−+]\d"), re.compile(r"([:;,])(?=[-−+]\d)")
_SPACED_DASH = re.compile(r"(?<=\S)\s([–—-])\s(?=\S)")
_LETTER_SPACED = re.compile(r"[^\W\d_](?: [^\W\d_]){2,}[.:!?]?")
_WORD_GAP = re.compile(r"\s{2,}")
_CUT_WORD = re.compile(r"([^\W\d_]+)[-‐]$")
_GOES_ON = re.compile(r"[a-zà-öø-ÿœ][^\W\d_]*")
_AFTER_HYPHEN = frozenset(
    "ci là la le les lui leur moi toi nous vous y en je tu il elle on ils elles ce t être même".split()
)
_BEFORE_HYPHEN = frozenset(
    "peut c'est est ex non quasi vice demi mi semi sous sur après avant celui celle ceux".split()
)


def normalize(text: str) -> str:
    """Return one line of ``text`` as the model should read it.

    Composed Unicode (NFC), single plain spaces, straight quotes and apostrophes, ``...`` for the ellipsis,
    hyphens for dashes, and no space before ``; : ! ? %``.  Applying it twice changes nothing more.
    """
    # Composed once more: what stood between a letter and its accent may be gone.
    text = unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).translate(_CHARACTERS))
    text = _SPACES.sub(" ", text)
    text = _NUMBER_SIGN.sub(r"\1°", text)
    text = _OPENING_GUILLEMET.sub('"', text)
    text = _CLOSING_GUILLEMET.sub('"', text)
    return _SPACE_BEFORE.sub("", text).strip()


def typeset(english: str, french: str) -> str:
    """Return ``english`` with the typography of ``french``: apostrophes, curly quotes, dashes and ellipses.

    Quotes and dashes are matched one by one, so that a quotation that runs over several sentences opens and closes
    where it should; where their numbers differ they stay plain.  Single quotes, as some models write, count as double.
    """
    marks = ["“" if mark in "«“„" else "”" for mark in french if mark in "«»“”„"]
    if marks and '"' not in english:
        double = _SINGLE_QUOTED.sub(r'"\1"', english)
        english = double if double.count('"') == len(marks) else english
    if "’" in french or "'" in french:
        english = _STRAY_APOSTROPHE.sub("", english)
    if "’" in french:
        english = english.replace("'", "’")
    if marks and english.count('"') == len(marks):
        following = iter(marks)
        english = _STRAIGHT_QUOTE.sub(lambda _: next(following), english)
    if "…" in french and "..." not in french:
        english = english.replace("...", "…")
    if _SPACED_MINUS.search(french):
        english = _GLUED_MINUS.sub(r"\1 ", english)
    dashes = _SPACED_DASH.findall(french)
    if len(dashes) == len(_SPACED_DASH.findall(english)):
        dash = iter(dashes)
        english = _SPACED_DASH.sub(lambda match: match.group().replace(match[1], next(dash)), english)
    return english


def is_letter_spaced(text: str) -> bool:
    """Say whether ``text`` is a heading whose letters are set apart: ``P R É F A C E``."""
    words = _WORD_GAP.split(text.strip())
    if not all(_LETTER_SPACED.fullmatch(word) for word in words):
        return False
    # Three letters may be words of their own, as in "il y a" spelt carelessly.
    return text.isupper() or any(len(word) > 5 for word in words)


def close_up(text: str) -> str:
    """Return a letter-spaced heading as words; two blanks or more are what parts its words."""
    return " ".join(word.replace(" ", "") for word in _WORD_GAP.split(text.strip()))


def set_apart(text: str) -> str:
    """Return ``text`` letter-spaced: one blank between letters, three between words."""
    return "   ".join(" ".join(word) for word in text.split())


def join_lines(lines: Sequence[str]) -> str:
    """Return the ``lines`` of one sentence on one line; a word that was cut at the end of a line is whole again.

    ``gouverne-`` and ``ment`` become ``gouvernement``, but ``peut-`` and ``être`` stay ``peut-être``.
    """
    joined = lines[0].rstrip() if lines else ""
    for line in lines[1:]:
        following = line.strip()
        if joined.endswith("\u00ad"):
            joined = joined[:-1] + following
        elif _CUT_WORD.search(joined) and _GOES_ON.match(following):
            first, second = _CUT_WORD.search(joined), _GOES_ON.match(following)
            assert first is not None
            assert second is not None
            joined = (joined if _keeps_hyphen(first[1], second[0]) else joined[:-1]) + following
        else:
            joined = f"{joined} {following}"
    return joined


def _keeps_hyphen(first: str, second: str) -> bool:
    """Whether the hyphen between two halves belongs to the word."""
    from passerelle.translate.lexicon.meanings import lexicon
    from passerelle.translate.lexicon.words import fold, stem

    if fold(second) in _AFTER_HYPHEN or fold(first) in _BEFORE_HYPHEN:
        return True
    known = lexicon().meanings
    # Short forms hide the end of a long word, so both halves must be words of their own for the hyphen to stay.
    return stem(first + second) not in known and stem(first) in known and stem(second) in known
