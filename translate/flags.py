"""What is doubtful about a sentence, and where."""

from __future__ import annotations

from dataclasses import dataclass

Span = tuple[int, int]


@dataclass(frozen=True)
class Flag:
    """A doubt about one sentence.

    ``kind`` is a word such as ``"number"``; ``message`` says why, for a reader.  ``severity``: ``"note"``,
    ``"doubt"`` or ``"error"``.  ``spans``, ``target_spans``: what it is about, in characters of ``Sentence.source``
    and of ``Sentence.text``; empty where it is the whole sentence.
    """

    kind: str
    message: str
    severity: str = "doubt"
    spans: tuple[Span, ...] = ()
    target_spans: tuple[Span, ...] = ()
