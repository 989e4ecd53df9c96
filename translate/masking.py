"""Spans that must come out byte for byte: they are hidden from the model and put back afterwards.

A span in the middle of a sentence is replaced by a placeholder such as ``__1__`` that the model is asked to
copy.  Whether it did is checked; where it did not, the sentence is translated in pieces around the span.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import chain

from passerelle.translate.flags import Span
from passerelle.translate.identifiers import identifiers
from passerelle.translate.placeholders import PATTERN as PLACEHOLDERS

_LONGEST_WORD = 80
_PROTECTED = re.compile(
    rf"{PLACEHOLDERS}|"
    r"""
      (?:(?:https?|ftps?|file|mailto)://?|www\.)[^\s<>«»"“”()]+              # addresses,
      (?:\([^\s<>«»"“”()]{0,200}\)[^\s<>«»"“”()]*)*(?<![.,;:!?…\]'’])
    | _{2,}(?:\s?[/.:-]\s?_{2,})+                                               # dates to fill in, runs of marks,
    | (?P<mark>[.…_=*~\#·•–—-])(?:[ \u00a0]?(?P=mark)){3,}|…[ \u00a0]?…+|_{3,}|\*\*+|~~+
    | [\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}                         # e-mail,
    | (?<!\w)@\w{2,40}                                                        # handles and hashtags,
    | (?<!\w)\#[^\W\d]\w{1,60}
    | ``[^`\n]{1,400}``|`[^`\n]{1,400}`                                       # code,
    | \]\([^()\s]{1,2000}(?:\([^()\s]{0,200}\)[^()\s]{0,200})?\)              # the target of a Markdown link,
    | \[\^[^\]\s]{1,40}\]                                                     # a footnote mark,
    | </?[A-Za-z][^<>\n]{0,400}>|&(?:\#\d{1,7}|\#x[\da-fA-F]{1,6}|[A-Za-z]{2,31});
    | ⟦[^⟦⟧\n]{0,40}⟧|(?<!\w)__\w{1,60}?__(?!\w)                              # placeholders of other programs,
    | (?<![\w/.])(?:\.{0,2}/)?(?:[\w.-]{1,80}/){1,20}[\w-]{1,80}\.\w{1,8}(?!\w)   # paths and files,
    | (?<![\w.])[\w-]{1,80}\.(?:pdf|docx?|xlsx?|pptx?|od[tsp]|txt|csv|json|xml|html?|zip|png|jpe?g|mp[34]|py|md)(?!\w)
    | (?<![\w.-])(?:[A-Za-z]{1,6}\d{1,6}[A-Za-z\d]{0,8}[+-]?|[A-Za-z]{0,20}[a-z][A-Z][A-Za-z]{0,20})(?![\w-])  # H5N1,
    | (?<!\w)[A-Za-z\d]{1,40}(?:_[A-Za-z\d]{1,40}){1,9}(?!\w)                      # snake_case,
    | [^\x00-\u024f\u0300-\u036f\u1e00-\u1eff\u2000-\u2069\u20a0-\u20bf\u2100-\u2153]+   # other scripts, emoji,
    | [©®™]                                                                   # signs that models drop,
    | [\x00-\x08\x0e-\x1f\x7f]+
    | \S{80,}                                                                 # and what is no word at all.
    """,
    re.VERBOSE,
)
_RUN = re.compile(r"[.…_=·•–—\-/:\s]{3,}")
_NUMBER_LABEL = re.compile(r"(?<!\w)[nN][°º˚]\s?(?=[A-Z]{0,4}\s?\d)")
_PLACEHOLDER = re.compile(r"_+\s?(\d{1,2})\s?_+")
_TORN = "__"


# Start, end, and what stands there in the English.
MaskedSpan = tuple[int, int, str]


def _is_word(character: str) -> bool:
    return character.isalnum() or character == "_"


# Whether what stands before a placeholder touches it, and what stands after it.
Glue = tuple[bool, bool]


@dataclass(frozen=True)
class Masked:
    """A text of which the model sees ``__1__`` at ``places[0]`` and so on; there ``spans[0]`` stands in the English."""

    source: str
    spans: tuple[str, ...] = ()
    places: tuple[Span, ...] = ()

    @cached_property
    def text(self) -> str:
        """What the model sees."""
        pieces: list[str] = []
        position = 0
        for number, ((start, end), (left, right)) in enumerate(zip(self.places, self.glued, strict=True), 1):
            pieces += [self.source[position:start], " " * left, f"__{number}__", " " * right]
            position = end
        return "".join([*pieces, self.source[position:]])

    @cached_property
    def glued(self) -> tuple[Glue, ...]:
        """Whether each place has a letter, or another place, right before it and after it.

        There the model sees a blank, because it knows placeholders as words; ``unmask`` takes it out.
        """
        ends = {end for _, end in self.places}
        return tuple(
            (_is_word(self.source[start - 1 : start]) or start in ends, _is_word(self.source[end : end + 1]))
            for start, end in self.places
        )

    def piece(self, start: int, end: int) -> Masked:
        """Return the same of ``source[start:end]``; none of ``places`` may reach over an edge of it."""
        inside = [number for number, place in enumerate(self.places) if start <= place[0] and place[1] <= end]
        places = tuple((self.places[number][0] - start, self.places[number][1] - start) for number in inside)
        return Masked(self.source[start:end], tuple(self.spans[number] for number in inside), places)


# Several steps and checks ask about one sentence.
@lru_cache(maxsize=64)
def mask_spans(text: str) -> tuple[Span, ...]:
    """Return the spans of ``text`` that must not change, in order and apart."""
    return merged(chain((match.span() for match in _PROTECTED.finditer(text)), identifiers(text)))


def with_labels(span: str) -> str:
    """Return a protected span as English has it: ``n° 12 345`` as ``No. 12 345``."""
    return _NUMBER_LABEL.sub("No. ", span)


def is_run(span: str) -> bool:
    """Say whether a protected span is a rule, a dot leader or a blank to fill in, which parts what is around it."""
    return _RUN.fullmatch(span) is not None


def merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return ``spans`` in order, those that lie on each other as one."""
    kept: list[Span] = []
    for start, end in sorted(spans):
        if kept and start < kept[-1][1]:
            kept[-1] = kept[-1][0], max(end, kept[-1][1])
        else:
            kept.append((start, end))
    return tuple(kept)


def mask(text: str, more: Iterable[MaskedSpan] = ()) -> Masked:
    """Replace every protected span of ``text`` by a numbered placeholder.

    ``more``: start, end and English of what shall be hidden besides, where it does not lie on a protected span.
    """
    hidden = [(start, end, with_labels(text[start:end])) for start, end in mask_spans(text)]
    for start, end, english in more:
        if all(end <= left or start >= right for left, right, _ in hidden):
            hidden.append((start, end, english))
    hidden.sort()
    return Masked(text, tuple(english for *_, english in hidden), tuple((start, end) for start, end, _ in hidden))


def unmask_word(word: str, spans: tuple[str, ...]) -> str:
    """Put ``spans`` back into one word of a text with placeholders; a number that stands for nothing stays."""

    def span(match: re.Match[str]) -> str:
        number = int(match.group(1))
        return spans[number - 1] if 0 < number <= len(spans) else match.group()

    return _PLACEHOLDER.sub(span, word)


def unmask(output: str, spans: tuple[str, ...], glued: tuple[Glue, ...] = ()) -> str | None:
    """Put ``spans`` back into the model's ``output``; None where a placeholder is missing, torn or there twice.

    ``glued`` says which of them touch what stands beside them.
    """
    if not spans:
        return output
    pieces = _PLACEHOLDER.split(output)
    numbers = [int(number) for number in pieces[1::2]]
    if sorted(numbers) != list(range(1, len(spans) + 1)) or any(_TORN in piece for piece in pieces[::2]):
        return None
    for place, number in enumerate(numbers):
        left, right = glued[number - 1] if glued else (False, False)
        before, after = 2 * place, 2 * place + 2
        pieces[before] = pieces[before].rstrip() if left else pieces[before]
        pieces[after] = pieces[after].lstrip() if right else pieces[after]
        pieces[before + 1] = spans[number - 1]
    return "".join(pieces)
