"""The English text, put together in reading order; what has been written does not change any more.

A paragraph that was broken into lines by hand is broken again at the same width, with the same margin; a tenth wider
where a sentence would leave its last word alone on a line.
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
        width = self._width(text.split(), wrap.width)
        for match in _WORD_OR_BLANK.finditer(text):
            word = match.group()
            if not word.isspace():
                self._wrap(len(word), width, wrap.line_break)
                start = self.position if start < 0 else start
            self._write(" " if word.isspace() else word)
        return max(start, 0), self.position

    def _width(self, words: list[str], width: int) -> int:
        """Return ``width``, or the least of up to a tenth more that leaves no last word alone on a line."""
        return next((each for each in range(width, width + width // 10 + 1) if not self._is_alone(words, each)), width)

    def _is_alone(self, words: list[str], width: int) -> bool:
        column, on_line, has_broken = self._column, 0, False
        for word in words:
            if on_line and column + 1 + len(word) > width:
                column, on_line, has_broken = len(word), 1, True
            else:
                column += len(word) + (on_line > 0)
                on_line += 1
        return has_broken and on_line == 1

    def _wrap(self, length: int, width: int, line_break: str) -> None:
        """Turn the blank that was written last into a line break if a word of ``length`` does not fit."""
        if self._column + length <= width or not self._pieces or self._pieces[-1] != " ":
            return
        self._pieces.pop()
        self.position -= 1
        self._write(line_break)

    def _write(self, text: str) -> None:
        if not text:
            return
        self._pieces.append(text)
        self.position += len(text)
        last_break = max(text.rfind("\n"), text.rfind("\r"))
        self._column = self._column + len(text) if last_break < 0 else len(text) - last_break - 1
