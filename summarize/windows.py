"""Sentences in windows: runs of neighbours that fit a budget, so that no text is too long."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from passerelle.summarize.sentences import Sentence


def windows(
    sentences: Iterable[Sentence], budget: int, size: Callable[[Sentence], int] = lambda sentence: sentence.size
) -> Iterator[list[Sentence]]:
    """Yield runs of sentences whose sizes add up to at most ``budget``, in order, none left out.

    ``size`` gives a sentence's size, in words unless told otherwise.  A sentence above the budget stands alone.
    """
    window: list[Sentence] = []
    filled = 0
    for sentence in sentences:
        needed = size(sentence)
        if window and filled + needed > budget:
            yield window
            window, filled = [], 0
        window.append(sentence)
        filled += needed
    if window:
        yield window
