"""What is asked of the server: the bodies of requests, checked."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import UploadFile
from pydantic import BaseModel, Field, WithJsonSchema

from passerelle.panes import Column, Note, Piece
from passerelle.panes.columns import Word
from passerelle.panes.flow import numbered, runs, said
from passerelle.seq2seq.errors import InputError
from passerelle.ui.server.work.text_stream import SummaryOptions


class SummaryOptionsRequest(BaseModel):
    """How the summary is wanted."""

    length: int | str = "medium"
    style: str = "prose"

    def options(self) -> SummaryOptions:
        """Return them checked.  Raises InputError."""
        number = isinstance(self.length, int) and 1 <= self.length <= 100
        if not (number or self.length in ("short", "medium", "long")):
            raise InputError("the length is short, medium, long or a number of sentences from 1 to 100")
        if self.style not in ("prose", "bullets"):
            raise InputError("the style is prose or bullets")
        return SummaryOptions(self.length, self.style)


class TextRequest(SummaryOptionsRequest):
    """A French text; with ``markdown`` only its prose is translated.

    ``glossary``: terms in CSV.  ``corrections``: the reader's English by the French sentence.  ``done``, ``reached``:
    how many sentences the reader has already, and how many characters those take up.
    """

    text: str
    markdown: bool = False
    done: int = Field(0, ge=0)
    reached: int = Field(0, ge=0)
    glossary: str = ""
    corrections: dict[str, str] = Field(default={}, max_length=10_000)


_GLOSSARY = Field(
    "", description="Terms that the English must have, in CSV: French, English, options.", examples=["préfet,prefect"]
)


# What is refused in words of ours, the description says in its own.
_SOME: dict[str, Any] = {"minLength": 1, "pattern": r"\S"}
_Length = Annotated[
    int | str,
    WithJsonSchema(
        {"anyOf": [{"enum": ["short", "medium", "long"]}, {"type": "integer", "minimum": 1, "maximum": 100}]}
    ),
]
_Style = Annotated[str, WithJsonSchema({"enum": ["prose", "bullets"]})]


class TranslateRequest(BaseModel):
    """A French text."""

    text: str = Field(
        description="The French text.", examples=["Il pleut depuis trois jours à Nantes."], json_schema_extra=_SOME
    )
    glossary: str = _GLOSSARY


class SummarizeRequest(SummaryOptionsRequest):
    """A text and how its summary is wanted."""

    text: str = Field(description="The text, French unless `english` is true.", json_schema_extra=_SOME)
    length: _Length = Field("medium", description='"short", "medium", "long", or a number of sentences.')
    style: _Style = Field("prose", description='"prose" or "bullets".')
    english: bool = Field(False, description="The text is English already.")
    glossary: str = _GLOSSARY


class NoteSchema(BaseModel):
    """A remark on a sentence: in English, and as a code with values."""

    text: str
    code: str
    values: list[str] = []


class RunSchema(BaseModel):
    """A stretch of a pane: plain text, or a piece if it has a key."""

    text: str
    key: str | None = None
    links: list[str] = []
    notes: list[str | NoteSchema] = []
    level: str = "doubt"
    words: str = ""


class ColumnSchema(BaseModel):
    """A pane as it stands."""

    heading: str
    language: str = ""
    runs: list[RunSchema] = []

    @classmethod
    def of(cls, column: Column) -> ColumnSchema:
        """Return ``column`` as the page sends it back."""
        found = []
        for text, piece in runs(column):
            shown: dict[str, Any] = {"text": text}
            if piece is not None:
                shown |= {name: getattr(piece, name) for name in ("key", "links", "level")}
                shown["notes"] = [said(note) for note in piece.notes]
                shown["words"] = numbered(piece.words)
            found.append(RunSchema.model_validate(shown))
        return cls(heading=column.heading, language=column.language, runs=found)

    def column(self) -> Column:
        """Return it as the renderer takes it."""
        pieces, position = [], 0
        for run in self.runs:
            end = position + len(run.text)
            if run.key is not None:
                words = _words(run.words, len(run.text))
                level = run.level if run.level in ("note", "doubt", "error") else "doubt"
                links, notes = tuple(run.links), tuple(map(_note, run.notes))
                pieces.append(Piece(position, end, run.key, links, notes, level, words))
            position = end
        return Column(self.heading, "".join(run.text for run in self.runs), tuple(pieces), self.language)


class PageRequest(SummaryOptionsRequest):
    """The panes as they stand, and what else a file of them needs."""

    columns: list[ColumnSchema]
    title: str = "translation"
    notices: list[str] = []
    form: str = "html"


class SentenceRequest(BaseModel):
    """A French sentence, and its English as the reader wants it."""

    french: str = Field(max_length=20_000)
    english: str = Field(default="", max_length=20_000)
    glossary: str = ""


class DefineRequest(BaseModel):
    """A French sentence whose words are looked up."""

    french: str = Field(max_length=20_000)


class GlossaryRequest(BaseModel):
    """A glossary in CSV, and the sentences on the page, French and English, in which its terms are looked for."""

    glossary: str
    sentences: list[tuple[str, str]] = Field(default=[], max_length=50_000)


async def csv_of(file: UploadFile | None) -> str:
    """Return the glossary that came as a file.  Raises InputError."""
    if file is None:
        return ""
    try:
        return (await file.read()).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"the glossary cannot be read ({error}); save it as CSV in UTF-8") from None
    finally:
        await file.close()


def _words(text: str, size: int) -> tuple[Word, ...]:
    found = []
    for each in text.split()[:2000]:
        parts = each.split("-")
        if len(parts) == 3 and all(part.isdecimal() for part in parts):
            start, end, number = map(int, parts)
            if start <= end <= size:
                found.append((start, end, number))
    return tuple(found)


def _note(note: str | NoteSchema) -> str | Note:
    return note if isinstance(note, str) else Note(note.text, note.code, tuple(note.values))
