"""Which word of a sentence became which: the model's word numbers turned into spans of what the reader sees.

Between the reader's text and the model's lie the normaliser, placeholders and typography.  They change marks
and blanks but keep letters and digits in order, so a word is found again by counting those.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from itertools import accumulate

from passerelle.seq2seq.output import Output
from passerelle.translate.counting import countable, moved
from passerelle.translate.flags import Span
from passerelle.translate.masking import unmask_word
from passerelle.translate.preparation import Prepared
from passerelle.translate.sentence_pair import Link


def align_words(prepared: Prepared, outputs: Sequence[Output], english: str) -> tuple[Link, ...]:
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


def project_alignment(links: Sequence[Link], flat: str, text: str) -> tuple[Link, ...]:
    """Return ``links`` from the sentence on one line, ``flat``, as links from the sentence as it stands in ``text``."""
    if flat == text:
        return tuple(links)
    places = moved([(link.start, link.end) for link in links], flat, text)
    return tuple(
        replace(link, start=place[0], end=place[1])
        for link, place in zip(links, places, strict=True)
        if place is not None
    )


def _words(text: str, spans: tuple[str, ...]) -> list[str]:
    return [unmask_word(word, spans) for word in text.split()]


def _places(words: Sequence[str], text: str) -> list[Span | None]:
    """Return where in ``text``, which ``words`` make up, each of them stands, by counting letters and digits.

    A word without any has no place.
    """
    places = countable(text)
    sizes = [sum(map(str.isalnum, word)) for word in words]
    if sum(sizes) != len(places):
        return _matched(words, text, places)
    starts = accumulate(sizes, initial=0)
    return [
        (places[start], places[start + size - 1] + 1) if size else None
        for start, size in zip(starts, sizes, strict=False)
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
