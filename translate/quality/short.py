"""Short segments, lists and headings: each of their few words must be somewhere in the English."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from passerelle.translate.flags import Flag, Kind, Message, Reason, Span
from passerelle.translate.lexicon.english import is_english
from passerelle.translate.lexicon.words import Word
from passerelle.translate.quality.coverage import LIGHT_ENGLISH, LIGHT_FRENCH
from passerelle.translate.quality.senses import answers, is_known
from passerelle.translate.quality.symbols import distance

# The most words that say something, and the most of all.
_MOST, _LONGEST = 5, 12
_ALIKE, _NEAR = 4, 2
# What ends so is a sentence, and may be put freely.
_ENDS = re.compile(r"[.!?…][\s»”\")]*$")
# A letter that stands for itself, as on a plan or in a list: no elided word, no "A" before a word.
_LETTER = re.compile(r"(?<![\w'’-])[A-Z](?![\w'’.-]| [^\W\d_])")


def check_short(
    french: str, english: str, ours: Sequence[Word], theirs: Sequence[Word], but: Sequence[Span] = ()
) -> Iterator[Flag]:
    """Yield a flag for the words of a short ``french``, no sentence, that ``english`` lacks; not those in ``but``.

    A word that the dictionary does not know, and that is no name, is not looked for.  What the English says with other
    words than the dictionary's is given the benefit: only as many are lost as it has too few.
    """
    content = [word for word in ours if word.text.lower() not in LIGHT_FRENCH and len(word.text) > 1]
    if len(ours) > _LONGEST or len(content) > _MOST or _ENDS.search(french):
        return
    spare = [word for word in theirs if word.text.lower() not in LIGHT_ENGLISH and is_english(word.folded)]
    lost = []
    for word in content:
        found = _found(word, theirs)
        spare = [each for each in spare if each not in found]
        if not found and not any(start <= word.start < end for start, end in but) and _is_looked_for(word):
            lost.append(word)
    letters = Counter(_LETTER.findall(french)) - Counter(re.findall(r"(?<!\w)[A-Z](?!\w)", english))
    spans = [match.span() for match in _LETTER.finditer(french) if match.group() in letters]
    if len(lost) > len(spare):
        spans += [word.span for word in lost]
    for span in sorted(spans):
        yield Flag(Kind.MISSING_WORD, Message.of(Reason.MISSING, french[slice(*span)]), "doubt", (span,))


def _is_looked_for(word: Word) -> bool:
    return word.text[0].isupper() or is_known(word.text)


def _found(word: Word, english: Sequence[Word]) -> list[Word]:
    """The words of ``english`` that stand for ``word``, or are spelt like it."""
    like = [
        each
        for each in english
        if each.folded[:_ALIKE] == word.folded[:_ALIKE]
        or (word.text[0].isupper() and distance(word.folded, each.folded) <= min(_NEAR, len(word.text) // 3))
    ]
    return like or answers(word, english)
