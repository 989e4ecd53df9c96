"""The English text, put together in reading order; what has been written does not change any more.

A paragraph that was broken into lines by hand is broken again at the same width, with the same margin.
"""

from __future__ import annotations

import re

from passerelle.translate.segmenter import Wrap

_BREAK = re.compile(r"\r\n|\r|\n")
_WORD_OR_BLANK = re.compile(r"\s+|\S+")


class Composer:
    """Collects gaps and sentences; ``text`` is what stands so far, ``position`` its length in characters."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._column = 0
        self.position = 0

    @property
    def text(self) -> str:
        """Everything written so far."""
        return "".join(self._pieces)

    def gap(self, text: str, wrap: Wrap | None = None) -> None:
        """Write what stands between sentences; inside a wrapped paragraph a line break is a blank like any other."""
        if wrap and _BREAK.search(text):
            text = " "
        self._write(text)

    def sentence(self, text: str, wrap: Wrap | None = None) -> tuple[int, int]:
        """Write a sentence and return its span in the text."""
        if wrap is None:
            start = self.position
            self._write(text)
            return start, self.position
        start = -1
        for match in _WORD_OR_BLANK.finditer(text):
            word = match.group()
            if not word.isspace():
                self._wrap(len(word), wrap)
                start = self.position if start < 0 else start
            self._write(" " if word.isspace() else word)
        return max(start, 0), self.position

    def _wrap(self, length: int, wrap: Wrap) -> None:
        """Turn the blank that was written last into a line break if a word of ``length`` does not fit."""
        if self._column + length <= wrap.width or not self._pieces or self._pieces[-1] != " ":
            return
        self._pieces.pop()
        self.position -= 1
        self._write(wrap.line_break)

    def _write(self, text: str) -> None:
        if not text:
            return
        self._pieces.append(text)
        self.position += len(text)
        last_break = max(text.rfind("\n"), text.rfind("\r"))
        self._column = self._column + len(text) if last_break < 0 else len(text) - last_break - 1
