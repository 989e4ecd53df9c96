"""What the model reads: French typography brought to the plain form that Marian checkpoints were trained on.

Marian checkpoints were trained on text that Moses' ``normalize-punctuation`` had passed over, but
transformers' MarianTokenizer never calls its own normaliser; so this one runs before every engine, and
over the training data of the bundled checkpoint.  ``typeset`` goes the other way: it gives the English
the quotes and apostrophes of the French it came from.
"""

from __future__ import annotations

import re
import unicodedata

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
_STRAIGHT_QUOTE = re.compile(r'"')


def normalize(text: str) -> str:
    """Return one line of ``text`` as the model should read it.

    Composed Unicode (NFC), single plain spaces, straight quotes and apostrophes, ``...`` for the ellipsis,
    hyphens for dashes, and no space before ``; : ! ? %``.  Applying it twice changes nothing more.
    """
    text = unicodedata.normalize("NFC", text).translate(_CHARACTERS)
    text = _SPACES.sub(" ", text)
    text = _OPENING_GUILLEMET.sub('"', text)
    text = _CLOSING_GUILLEMET.sub('"', text)
    return _SPACE_BEFORE.sub("", text).strip()


def typeset(english: str, french: str) -> str:
    """Return ``english`` with the apostrophes of ``french``, and curly quotes where its quotes answer the French ones.

    Quotes are matched one by one, so that a quotation that runs over several sentences opens and closes where it
    should; where their numbers differ they stay straight.
    """
    if "’" in french:
        english = english.replace("'", "’")
    marks = ["“" if mark in "«“„" else "”" for mark in french if mark in "«»“”„"]
    if marks and english.count('"') == len(marks):
        following = iter(marks)
        english = _STRAIGHT_QUOTE.sub(lambda _: next(following), english)
    return english
