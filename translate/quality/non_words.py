"""Words that are no words: a small model spells piece by piece, and pieces of two words make a third."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from passerelle.translate.flags import Flag, Kind, Message, Reason
from passerelle.translate.lexicon.english import is_english
from passerelle.translate.lexicon.words import Word
from passerelle.translate.sentence_pair import Link

_SHORTEST = 5


def non_words(french: Sequence[Word], english: Sequence[Word]) -> list[Word]:
    """Return the words of ``english`` that no English is known to have, those that ``french`` has left out.

    Capitalised words may be names, and short ones are often abbreviations: neither is looked at.
    """
    given = {word.folded for word in french}
    return [
        word
        for word in english
        if len(word.text) >= _SHORTEST
        and word.text.isascii()
        and word.text.islower()
        and word.text.isalpha()
        and word.folded not in given
        and not is_english(word.text)
    ]


def check_non_words(french: Sequence[Word], english: Sequence[Word], links: Sequence[Link]) -> Iterator[Flag]:
    """Yield a flag for each word of ``english`` that is made up, and for the French that ``links`` say it came from."""
    for word in {word.text: word for word in non_words(french, english)}.values():
        sources = tuple(
            (link.start, link.end) for link in links if link.target_start < word.end and word.start < link.target_end
        )
        yield Flag(Kind.NON_WORD, Message.of(Reason.NON_WORD, word.text), "doubt", sources, (word.span,))
