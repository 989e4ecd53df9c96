"""What programs fill in later: every usual family of placeholders, and the texts inside of an ICU message.

The families are those of printf (C, Python, Objective-C, Java, Qt, Ruby), of named arguments (``:name``, ``$name``,
``%name%``, ``{name}``, ``%{name}``) and of templates (``{% %}``, ``<%= %>``, ``{{ }}``, ``[% %]``).
"""

from __future__ import annotations

import re
from collections import Counter

from passerelle.translate.language import FRENCH_WORDS

_CONVERSION = r"[-+\#0]{0,4}(?:\d{1,3}|\*)?(?:\.(?:\d{1,3}|\*)?)?(?:hh?|ll?|[qLjzt])?[@diouxXeEfFgGaAcCsSpn]"
# Each is linear: no part of it can be read in two ways.
PATTERN = rf"""
      \{{%[^%\n]{{0,400}}%\}}|<%[^%\n]{{0,400}}%>|\[%[^%\n]{{0,400}}%\]|<\?[^?\n]{{0,400}}\?>       # templates,
    | \{{\{{\{{?[^{{}}\n]{{1,200}}\}}\}}\}}?|\{{!![^{{}}\n]{{1,200}}!!\}}|\{{\#[^{{}}\#\n]{{1,200}}\#\}}
    | \{{\s?\w{{1,60}}\s?,\s?(?:plural|select|selectordinal)\s?,(?:[^{{}}]|\{{[^{{}}]*\}}){{1,400}}\}}    # ICU, whole,
    | [$%\#@]?\{{\s?[\w.$-]{{1,60}}\s?,[^{{}}\n]{{1,80}}\}}                                  # {{d, date, short}},
    | [$%\#@]?\{{[^{{}}\s]{{0,100}}\}}|[$%\#@]?\{{\s[\w.$-]{{1,60}}\s\}}
    | </?\d{{1,3}}\s?/?>                                                                  # <0>, as React has it,
    | %\([A-Za-z_][\w.]{{0,60}}\){_CONVERSION}|%<\w{{1,60}}>{_CONVERSION}
    | (?<![\w%])%[A-Za-z_]\w{{1,60}}(?:[.-]\w{{1,60}}){{0,4}}%(?![\w@({{<])
    | %%|%\d{{1,2}}\${_CONVERSION}
    | (?<!\d)(?<!\d\s)%{_CONVERSION}|%{_CONVERSION}(?!\w)
    | (?<!\d)(?<!\d\s)%L?\d{{1,2}}(?!\d)
    | (?<![\w$€£])(?<!\d\s)\$(?!(?:US|CA|CAN|AU|HK)\b)[A-Za-z_]\w{{0,60}}
    | (?<![^\s("'«“\[>])::?(?!(?:{"|".join(sorted(FRENCH_WORDS))}|comment|quand|pourquoi)\b)
      [A-Za-z_][A-Za-z\d_]{{0,40}}(?:::?)?(?![\w’'])
    | (?<!\S)\#(?!\S)                                                                     # the number of a plural.
"""
_FAMILIES = re.compile(PATTERN, re.VERBOSE)
_ICU = re.compile(r"\{\s*\w+\s*,\s*(?:plural|select|selectordinal)\s*,")


def placeholders(text: str) -> Counter[str]:
    """Count the placeholders of ``text``, each as it is written."""
    return Counter(match.group() for match in _FAMILIES.finditer(text))


def icu_texts(message: str) -> tuple[tuple[int, int], ...] | None:
    """Return the spans of ``message`` that are text, where it is an ICU message with choices; else None.

    What pyicumessageformat takes for the skeleton, such as ``{n, plural, one {``, is in none of them.
    """
    if not _ICU.search(message):
        return None
    from pyicumessageformat import Parser

    tokens: list[dict[str, str]] = []
    try:
        Parser({"require_other": False}).parse(message, tokens)
    except (SyntaxError, ValueError, RecursionError):
        return None
    spans: list[tuple[int, int]] = []
    position, is_argument = 0, False
    kinds = [token["type"] for token in tokens]
    for index, token in enumerate(tokens):
        end = position + len(token["text"])
        # ``{name}`` and ``#`` belong to the sentence around them.
        opens = token["text"] == "{" and kinds[index + 1 : index + 3] == ["name", "syntax"]
        simple = opens and tokens[index + 2]["text"] == "}"
        if kinds[index] in ("text", "hash") or simple or is_argument:
            if spans and spans[-1][1] == position:
                spans[-1] = spans[-1][0], end
            else:
                spans.append((position, end))
        is_argument = simple or (is_argument and token["text"] != "}")
        position = end
    return tuple(spans) if position == len(message) else None


def keeps_placeholders(french: str, english: str) -> bool:
    """Whether ``english`` has each placeholder of ``french`` as often and as it is written, and none of its own.

    One that stood apart from the next word must do so in the English too: ``%ldbytes`` is none.
    """
    ours = placeholders(french)
    if any(_glued(each, english) and not _glued(each, french) for each in ours if each[-1].isalnum()):
        return False
    new = (each for each in placeholders(english) if each.startswith(("%", "{", "<", "$")) and each not in french)
    return all(english.count(each) >= count for each, count in ours.items()) and not any(new)


def without_placeholders(text: str) -> str:
    """Return ``text`` with a blank for each placeholder, as its language is judged by."""
    return _FAMILIES.sub(" ", text)


def _glued(placeholder: str, text: str) -> bool:
    return re.search(rf"{re.escape(placeholder)}[^\W\d_]", text) is not None
