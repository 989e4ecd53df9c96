"""What programs may ask of the page through Gradio's own interface: a translation, a summary."""

from __future__ import annotations

import threading
from typing import Any

import gradio as gr

from seq2seq.errors import PasserelleError
from translate import Translation
from ui.server.asked import WishesAsked
from ui.server.reading import Shown
from ui.server.service import Service


class Desk:
    """Answers in plain dictionaries; what is wrong comes back as one line."""

    def __init__(self, service: Service) -> None:
        self._service = service

    def translate(self, text: str) -> dict[str, Any]:
        """Translate a French text; the answer holds the English text and every sentence with its spans and flags."""
        return self._translate(text).to_dict()

    def summarize(
        self, text: str, length: str = "medium", english: bool = False, style: str = "prose"
    ) -> dict[str, Any]:
        """Summarise a French text, or an English one with english=true.

        length is "short", "medium", "long" or a number of sentences; style is "prose" or "bullets".
        """
        try:
            number = int(length) if str(length).isdecimal() else length
            wishes = WishesAsked(length=number, style=style).wishes()
            source = self._service.limits.check(text) if english else Shown(self._translate(text).columns())
        except PasserelleError as error:
            raise gr.Error(str(error), print_exception=False) from error
        return self._service.summarizer(source, length=wishes.length, style=wishes.style).to_dict()

    def _translate(self, text: str) -> Translation:
        service = self._service
        try:
            return service.translate(service.interpreter(), text, threading.Event())
        except PasserelleError as error:
            raise gr.Error(str(error), print_exception=False) from error
