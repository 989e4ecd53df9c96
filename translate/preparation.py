"""A French sentence made ready for the model, and the model's English made ready for the reader.

``prepare`` takes off what the model must not touch, brings capitals and typography to what it knows, and cuts
what is too long for it; ``Prepared.finish`` undoes each of these in turn.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from passerelle.translate.flags import Message, Reason, Span
from passerelle.translate.masking import Glue, Masked, is_run, mask, mask_spans, unmask, with_labels
from passerelle.translate.normalizer import close_up, is_letter_spaced, normalize, set_apart, typeset
from passerelle.translate.spelling import with_brackets

_LETTER = re.compile(r"[^\W\d_]")
_SEAM = re.compile(r"(?<=[;:])\s+|(?<=,)\s+|\s+[-–—]\s+|\s+(?=(?:et|ou|mais|car|donc|qui|que|dont)\s)")
# What stands by itself between two blanks to fill in: le ____, à ____.
_BETWEEN_RUNS = {"le": "on", "à": "in", "et": "and", "ou": "or", "du": "from", "au": "to", "de": "from"}
_BLANKS = re.compile(r"\s+")


@dataclass(frozen=True)
class Part:
    """What the model reads in one go: ``text``, the ``spans`` that its placeholders stand for, what they touch."""

    text: str
    spans: tuple[str, ...] = ()
    glued: tuple[Glue, ...] = ()


@dataclass(frozen=True)
class Prepared:
    """A sentence on its way to the model.

    ``french``: the sentence on one line.  ``before``, ``after``: its edges that are carried over as they are.
    ``parts``: what is translated; the English of each is followed by the ``joints`` entry of the same place.
    ``capitals``: the sentence was ALL CAPITALS and will be again.  ``notice``: why a piece is not translated.
    ``spaced``: its letters were set apart and will be again.
    """

    french: str
    before: str
    after: str
    parts: tuple[Part, ...]
    joints: tuple[str, ...]
    capitals: bool = False
    notice: Message | None = None
    spaced: bool = False

    def finish(self, outputs: list[str]) -> str | None:
        """Join the model's ``outputs``, one a part, into English; None where a protected span was lost."""
        english = [unmask(output, part.spans, part.glued) for part, output in zip(self.parts, outputs, strict=True)]
        if any(piece is None for piece in english):
            return None
        body = "".join(f"{piece}{joint}" for piece, joint in zip(english, self.joints, strict=True))
        if self.capitals:
            body = _upper_outside(body, [span for part in self.parts for span in part.spans])
        body = with_brackets(self.french[len(self.before) :], set_apart(body) if self.spaced else body)
        return with_labels(self.before) + typeset(body, self.french) + with_labels(self.after)


def prepare(
    french: str,
    count: Callable[[str], int],
    limit: int,
    *,
    hide: Callable[[str], Masked] = mask,
    spell: Callable[[str], str] = normalize,
) -> Prepared:
    """Make one sentence ready.

    ``count(text)`` is its length in tokens, ``limit`` the longest that the model takes; ``hide`` puts placeholders,
    ``spell`` writes a text as the model should read it.
    """
    start, end = _core(french)
    before, core, after = french[:start], french[start:end], french[end:]
    if not core:
        notice = Message(Reason.NO_FRENCH_IN_IT) if _LETTER.search(french) else None
        return Prepared(french, french, "", (), (), notice=notice)
    spaced = is_letter_spaced(core)
    hidden = hide(close_up(core) if spaced else core)
    if not _LETTER.search(hidden.text) and all(span in core for span in hidden.spans):
        return copied(french, Message(Reason.NO_FRENCH_IN_IT))
    capitals = _is_capitals(hidden.text)
    text = _sentence_case(hidden.text) if capitals else hidden.text
    if any(map(is_run, hidden.spans)):
        whole = Prepared(french, before, after, (), (), capitals, spaced=spaced)
        return without_placeholders(whole, count, limit, hide=hide, spell=spell, which=is_run)
    parts = (Part(spell(text), hidden.spans, hidden.glued),)
    prepared = Prepared(french, before, after, parts, ("",), capitals, spaced=spaced)
    # A token is a character or more, so most sentences need no counting; two more for the first blank and the end.
    fits = len(prepared.parts[0].text) + 2 <= limit or count(prepared.parts[0].text) <= limit
    return prepared if fits else _cut(prepared, hidden, count, limit, spell)


def copied(french: str, notice: Message | None = None) -> Prepared:
    """A sentence that no model is asked for; ``notice`` says why."""
    return Prepared(french, french, "", (), (), notice=notice)


def without_placeholders(
    prepared: Prepared,
    count: Callable[[str], int],
    limit: int,
    *,
    hide: Callable[[str], Masked] = mask,
    spell: Callable[[str], str] = normalize,
    which: Callable[[str], bool] = lambda _: True,
) -> Prepared:
    """The same sentence cut at its protected spans, those that ``which`` names: what stands between them is a part."""
    core = prepared.french[len(prepared.before) : len(prepared.french) - len(prepared.after)]
    hidden = hide(close_up(core) if prepared.spaced else core)
    size = len(hidden.source)
    cuts = [(place, span) for place, span in zip(hidden.places, hidden.spans, strict=True) if which(span)]
    parts: list[Part] = []
    joints: list[str] = []
    lead = ""
    position = 0
    for (start, end), english in [*cuts, ((size, size), "")]:
        between = hidden.source[position:start]
        first = position + len(between) - len(between.lstrip())
        last = position + len(between.rstrip())
        if (known := _BETWEEN_RUNS.get(_words(between))) and which is is_run:
            between = between.replace(_words(between), known)
        if _LETTER.search(between) and not known:
            gap, tail = hidden.source[position:first], hidden.source[last:start]
            if joints:
                joints[-1] += gap
            else:
                lead += gap
            added = _parts(hidden.piece(first, last), prepared.capitals, count, limit, spell)
            parts += added
            joints += [" "] * (len(added) - 1) + [tail + english]
        elif joints:
            joints[-1] += between + english
        else:
            lead += between + english
        position = end
    return replace(prepared, before=prepared.before + lead, parts=tuple(parts), joints=tuple(joints))


def _words(text: str) -> str:
    return text.strip(" \u00a0\u202f,;:")


def _core(french: str) -> tuple[int, int]:
    """The span that needs translation: without protected spans and blanks at either edge."""
    start, end = 0, len(french)
    spans = mask_spans(french)
    for span_start, span_end in spans:
        if _LETTER.search(french, start, span_start):
            break
        start = span_end
    for span_start, span_end in reversed(spans):
        if span_start < start or _LETTER.search(french, span_end, end):
            break
        end = span_start
    if not _LETTER.search(french, start, end):
        return 0, 0
    while french[start].isspace():
        start += 1
    while french[end - 1].isspace():
        end -= 1
    return start, end


def _cut(
    prepared: Prepared, hidden: Masked, count: Callable[[str], int], limit: int, spell: Callable[[str], str]
) -> Prepared:
    """Cut a sentence that is too long for the model; each part keeps its own protected spans."""
    parts = _parts(hidden, prepared.capitals, count, limit, spell)
    return replace(prepared, parts=tuple(parts), joints=(*[" "] * (len(parts) - 1), ""))


def _parts(
    hidden: Masked, capitals: bool, count: Callable[[str], int], limit: int, spell: Callable[[str], str]
) -> list[Part]:
    """Return ``hidden`` in parts that the model takes; ``capitals`` says that it is to read them in lower case."""
    parts = []
    for piece in _pieces(hidden, lambda text: count(spell(text)), limit):
        text = _sentence_case(piece.text) if capitals else piece.text
        parts.append(Part(spell(text), piece.spans, piece.glued))
    return parts


def _pieces(hidden: Masked, count: Callable[[str], int], limit: int) -> list[Masked]:
    """Cut ``hidden`` into pieces of at most ``limit`` tokens, at the seam nearest to the middle of each.

    What has a placeholder stays whole: cut through, neither half of it would be known for what it is.
    """
    size = len(hidden.source)
    if count(hidden.text) <= limit or size < 2:
        return [hidden]
    seams = _free(hidden, _SEAM) or _free(hidden, _BLANKS) or _edges(hidden)
    if not seams:
        return [hidden]
    start, end = min(seams, key=lambda seam: abs(seam[0] - size // 2))
    return [*_pieces(hidden.piece(0, start), count, limit), *_pieces(hidden.piece(end, size), count, limit)]


def _free(hidden: Masked, pattern: re.Pattern[str]) -> list[Span]:
    """Where ``pattern`` matches inside the text and in no place that has a placeholder."""
    seams = (match.span() for match in pattern.finditer(hidden.source))
    inner = ((start, end) for start, end in seams if start > 0 and end < len(hidden.source))
    return [seam for seam in inner if all(seam[1] <= left or right <= seam[0] for left, right in hidden.places)]


def _edges(hidden: Masked) -> list[Span]:
    """Where a text without blanks may be cut: in the middle, or beside what has a placeholder."""
    size = len(hidden.source)
    inner = {size // 2, *(edge for place in hidden.places for edge in place)} - {0, size}
    return [(cut, cut) for cut in sorted(inner) if all(cut <= left or right <= cut for left, right in hidden.places)]


def _is_capitals(text: str) -> bool:
    letters = [character for character in text if character.isalpha()]
    return len(letters) > 3 and not any(character.islower() for character in letters)


def _sentence_case(text: str) -> str:
    lowered = text.lower()
    first = _LETTER.search(lowered)
    return lowered if first is None else lowered[: first.start()] + first.group().upper() + lowered[first.end() :]


def _upper_outside(text: str, spans: list[str]) -> str:
    if not spans:
        return text.upper()
    pattern = re.compile("|".join(re.escape(span) for span in sorted(spans, key=len, reverse=True)))
    pieces, position = [], 0
    for match in pattern.finditer(text):
        pieces += [text[position : match.start()].upper(), match.group()]
        position = match.end()
    return "".join([*pieces, text[position:].upper()])
