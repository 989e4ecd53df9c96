"""What a reader asks about one sentence: other English for it, a new try, their own words remembered."""

from __future__ import annotations

from dataclasses import asdict
from typing import Protocol, runtime_checkable

from passerelle.panes.flow import numbered, said
from passerelle.translate import Segment, Sentence
from passerelle.translate.attempt import Ask
from passerelle.translate.columns import english_piece, level, notes, original_piece
from passerelle.translate.memory import Correction
from passerelle.translate.quality import check
from passerelle.translate.translation_memory import Candidate, TranslationMemory
from passerelle.translate.word_alignment import project_alignment
from passerelle.ui.server.engine.service import Event
from passerelle.ui.server.work.request_translator import RequestTranslator

ALTERNATIVES = 4


@runtime_checkable
class Correctable(Protocol):
    """A memory in which the reader's word counts more than the model's."""

    def correct(self, french: str, english: str) -> object:
        """Remember ``english`` for the sentence ``french``."""


@runtime_checkable
class Revocable(Protocol):
    """A memory that says what it was told, and lets it be taken back."""

    def listed(self) -> tuple[Correction, ...]:
        """Return the corrections."""

    def forget(self, french: str) -> bool:
        """Take that of ``french`` back."""


def alternatives(interpreter: RequestTranslator, french: str, ask: Ask) -> list[Event]:
    """Return different ways to put the sentence ``french``, best first; ``ask`` runs the searches."""
    return [_shown(french, known) for known in interpreter.translator.alternatives(french, ALTERNATIVES, ask=ask)]


def again(interpreter: RequestTranslator, french: str, english: str, ask: Ask) -> Event:
    """Return the sentence ``french`` put otherwise than ``english``; nothing where there is no other way."""
    known = interpreter.translator.another(french, english, ask=ask)
    return _shown(french, known) if known else {}


def correct(interpreter: RequestTranslator, memory: TranslationMemory | None, french: str, english: str) -> Event:
    """Have ``memory`` remember a correction, if it can; return the doubts about it, and the correction before it."""
    remembered, earlier = False, None
    if isinstance(memory, Correctable) and french.strip() and english.strip():
        known = memory.lookup(_flat(french))
        earlier = known.english if known and known.origin == "user" else None
        memory.correct(_flat(french), english)
        remembered = True
    flags = check(french, english) + interpreter.missing(french, english)
    told = [said(note) for note in notes(flags)]
    return {"remembered": remembered, "earlier": earlier, "notes": told, "level": level(flags)}


def listed(memory: TranslationMemory | None) -> list[Event]:
    """Return what was put right and can be taken back: the French, the English, who, and when."""
    return [asdict(each) for each in memory.listed()] if isinstance(memory, Revocable) else []


def forget(memory: TranslationMemory | None, french: str) -> bool:
    """Take a correction back; return whether there was one."""
    return isinstance(memory, Revocable) and memory.forget(_flat(french))


def _shown(french: str, known: Candidate) -> Event:
    """Return ``known`` as the page shows it: the English, the doubts, and the words that are partners."""
    size, links = len(known.english), project_alignment(known.links, _flat(french), french)
    sentence = Sentence(0, french, known.english, 0, len(french), 0, size, flags=known.flags, links=links)
    here, there = original_piece(sentence, french), english_piece(sentence, known.english)
    words = [numbered(here.words), numbered(there.words)]
    told = [said(note) for note in there.notes]
    return {"english": known.english, "notes": told, "level": there.level, "words": words}


def _flat(french: str) -> str:
    """The sentence on one line, as a translation under way asks for it."""
    return Segment(0, len(french), french).flat
