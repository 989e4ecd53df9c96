"""Which word of a sentence became which: the model's word numbers turned into spans of what the reader sees.

Between the reader's text and the model's lie the normaliser, placeholders and typography.  They change marks
and blanks but keep letters and digits in order, so a word is found again by counting those.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from itertools import accumulate

from seq2seq.model import Output
from translate.preparation import Prepared
from translate.protection import restore_word
from translate.translation import Link, Span, Translation


def link(prepared: Prepared, outputs: Sequence[Output], english: str) -> tuple[Link, ...]:
    """Return the word links between ``prepared.french`` and its ``english``, in the order of the English words.

    A word that cannot be found again, because typography changed more than marks, has none.
    """
    sources: list[str] = [prepared.before]
    targets: list[str] = [prepared.before]
    numbers: list[tuple[int, int]] = []
    for part, joint, output in zip(prepared.parts, prepared.joints, outputs, strict=True):
        numbers += [(len(sources) + source, len(targets) + target) for source, target in output.links]
        sources += [*_words(part.text, part.spans), joint]
        targets += [*_words(output.text, part.spans), joint]
    french_spans = _places([*sources, prepared.after], prepared.french)
    english_spans = _places([*targets, prepared.after], english)
    found = []
    for source, target in sorted(numbers, key=lambda pair: pair[1]):
        # A link past the last word means that the tokenizer counts words differently; it tells nothing.
        if source < len(sources) and target < len(targets):
            here, there = french_spans[source], english_spans[target]
            if here and there:
                found.append(Link(*here, *there))
    return tuple(found)


def carry(links: Sequence[Link], flat: str, text: str) -> tuple[Link, ...]:
    """Return ``links`` from the sentence on one line, ``flat``, as links from the sentence as it stands in ``text``."""
    if flat == text or not links:
        return tuple(links)
    spans = _places([flat[link.start : link.end] for link in links], text, _starts(flat, links))
    if len(_countable(flat)) != len(_countable(text)):
        return ()
    return tuple(
        replace(link, start=span[0], end=span[1]) for link, span in zip(links, spans, strict=True) if span is not None
    )


def absolute(translation: Translation) -> tuple[Link, ...]:
    """Return every word link of ``translation``, with spans in ``translation.source`` and ``translation.text``."""
    found: list[Link] = []
    for sentence in translation.sentences:
        written = translation.text[sentence.target_start : sentence.target_end]
        turned = [Link(link.target_start, link.target_end, link.start, link.end) for link in sentence.links]
        # A paragraph that was wrapped by hand has line breaks where the sentence has blanks.
        for link in carry(turned, sentence.text, written):
            start, target = sentence.start, sentence.target_start
            found.append(
                Link(start + link.target_start, start + link.target_end, target + link.start, target + link.end)
            )
    return tuple(found)


def _words(text: str, spans: tuple[str, ...]) -> list[str]:
    return [restore_word(word, spans) for word in text.split()]


def _starts(flat: str, links: Sequence[Link]) -> list[int]:
    """How many letters and digits of ``flat`` stand before each link."""
    places = _countable(flat)
    return [bisect_right(places, link.start - 1) for link in links]


def _places(words: Sequence[str], text: str, starts: Sequence[int] | None = None) -> list[Span | None]:
    """Return where in ``text`` each of ``words`` stands, by counting letters and digits.

    A word without any has no place.  ``starts``: how many stand before each word; by default the words follow
    one another and make up the whole text.
    """
    places = _countable(text)
    sizes = [sum(map(str.isalnum, word)) for word in words]
    if starts is None:
        if sum(sizes) != len(places):
            return _matched(words, text, places)
        starts = [0, *accumulate(sizes)][:-1]
    return [
        (places[start], places[start + size - 1] + 1) if size and start + size <= len(places) else None
        for start, size in zip(starts, sizes, strict=True)
    ]


def _matched(words: Sequence[str], text: str, places: Sequence[int]) -> list[Span | None]:
    """The same where the two differ a little, as ``5 euros`` and ``5 €`` do."""
    theirs = [(number, character) for number, word in enumerate(words) for character in word if character.isalnum()]
    matcher = SequenceMatcher(None, [c for _, c in theirs], [text[place] for place in places], autojunk=False)
    found: dict[int, list[int]] = {}
    for block in matcher.get_matching_blocks():
        for offset in range(block.size):
            found.setdefault(theirs[block.a + offset][0], []).append(places[block.b + offset])
    return [(found[i][0], found[i][-1] + 1) if i in found else None for i in range(len(words))]


def _countable(text: str) -> list[int]:
    """Return the positions of the letters and digits of ``text``."""
    return [position for position, character in enumerate(text) if character.isalnum()]
