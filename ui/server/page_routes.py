"""What the page's script asks for: texts and files translated while it listens, sentences put otherwise, exports."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable, Coroutine
from typing import Annotated, Any

from fastapi import APIRouter, Request, UploadFile
from fastapi.responses import JSONResponse, Response, StreamingResponse
from pydantic import BaseModel, Field

from panes import Column, Piece
from panes.columns import Word
from seq2seq.errors import InputError, PasserelleError
from translate.fidelity import check
from ui.server import corrections
from ui.server.door import visitor_of
from ui.server.exports import FORMS
from ui.server.files import Upload, translate_file, zipped
from ui.server.reading import Shown, Wishes, read, summarise
from ui.server.service import Event, Service, Work

Length = Annotated[str | int, Field(union_mode="left_to_right")]


class WishesAsked(BaseModel):
    """How the summary is wanted."""

    length: int | str = "medium"
    style: str = "prose"

    def wishes(self) -> Wishes:
        """Return them checked.  Raises InputError."""
        number = isinstance(self.length, int) and 1 <= self.length <= 100
        if not (number or self.length in ("short", "medium", "long")):
            raise InputError("the length is short, medium, long or a number of sentences from 1 to 100")
        if self.style not in ("prose", "bullets"):
            raise InputError("the style is prose or bullets")
        return Wishes(self.length, self.style)


class TextAsked(WishesAsked):
    """A French text; with ``markdown`` only its prose is translated."""

    text: str
    markdown: bool = False


class RunShown(BaseModel):
    """A stretch of a pane: plain text, or a piece if it has a key."""

    text: str
    key: str | None = None
    links: list[str] = []
    notes: list[str] = []
    level: str = "doubt"
    words: str = ""


class ColumnShown(BaseModel):
    """A pane as it stands."""

    heading: str
    language: str = ""
    runs: list[RunShown] = []

    def column(self) -> Column:
        """Return it as the renderer takes it."""
        pieces, position = [], 0
        for run in self.runs:
            end = position + len(run.text)
            if run.key is not None:
                words = _words(run.words, len(run.text))
                level = run.level if run.level in ("note", "doubt", "error") else "doubt"
                links, notes = tuple(run.links), tuple(run.notes)
                pieces.append(Piece(position, end, run.key, links, notes, level, words))
            position = end
        return Column(self.heading, "".join(run.text for run in self.runs), tuple(pieces), self.language)


class PageShown(WishesAsked):
    """The panes as they stand, and what else a file of them needs."""

    columns: list[ColumnShown]
    title: str = "translation"
    notices: list[str] = []
    form: str = "html"


class SentenceAsked(BaseModel):
    """A French sentence, and its English as the reader wants it."""

    french: str = Field(max_length=20_000)
    english: str = Field(default="", max_length=20_000)


def router(service: Service) -> APIRouter:
    """Return the routes."""
    routes = APIRouter(prefix="/page", include_in_schema=False)

    @routes.post("/translate")
    async def translate(request: Request, asked: TextAsked) -> Response:
        recall = service.memory
        return listening(
            service,
            request,
            lambda stop: read(service, asked.text, asked.wishes(), stop, recall, markdown=asked.markdown),
            "texts",
        )

    @routes.post("/summarize")
    async def summarize(request: Request, asked: PageShown) -> Response:
        shown = Shown(tuple(column.column() for column in asked.columns[:2]))
        return listening(
            service, request, lambda stop: summarise(service.summarizer, shown, asked.wishes(), stop), "summaries"
        )

    @routes.post("/file")
    async def file(request: Request, file: UploadFile) -> Response:
        upload = Upload(name_of(file), await file.read())
        await file.close()
        return listening(service, request, lambda stop: translate_file(service, upload, stop, service.memory), "files")

    @routes.post("/alternatives")
    def alternatives(asked: SentenceAsked) -> Response:
        service.metrics.count("alternatives")
        found = service.translator.alternatives(service.limits.check(asked.french), 4)
        return JSONResponse([{"english": known.english, **_doubts(known.flags)} for known in found])

    @routes.post("/correct")
    def correct(asked: SentenceAsked) -> Response:
        service.metrics.count("corrections")
        remembered = corrections.remember(service.memory, asked.french, asked.english)
        flags = check(asked.french, asked.english)
        return JSONResponse({"remembered": remembered, **_doubts(flags)})

    @routes.post("/export")
    def export(asked: PageShown) -> Response:
        if asked.form not in FORMS:
            raise InputError(f"the form is one of {', '.join(FORMS)}")
        media, write = FORMS[asked.form]
        content = write(asked.title, [column.column() for column in asked.columns], asked.notices)
        return Response(content, media_type=media, headers={"content-disposition": "attachment"})

    @routes.post("/zip")
    async def pack(files: list[UploadFile]) -> Response:
        packed = zipped([Upload(name_of(file), await file.read()) for file in files])
        return Response(packed, media_type="application/zip")

    return routes


def listening(service: Service, request: Request, work: Work, name: str) -> StreamingResponse:
    """Return the events of ``work`` as lines of JSON; the work stops when nobody listens any more."""
    service.metrics.count(name)

    async def lines() -> AsyncIterator[bytes]:
        events = service.serve(visitor_of(request.scope), work)
        try:
            has_failed = False
            async for event in events:
                has_failed = event["type"] == "error"
                yield (json.dumps(event, ensure_ascii=False) + "\n").encode("utf-8", "replace")
            if not has_failed:
                yield b'{"type": "end"}\n'
        finally:
            await events.aclose()  # type: ignore[attr-defined]

    headers = {"cache-control": "no-store", "x-accel-buffering": "no"}
    return StreamingResponse(lines(), media_type="application/x-ndjson", headers=headers)


def name_of(file: UploadFile) -> str:
    """Return the file's own name, without the folders that a browser may send."""
    return (file.filename or "file").replace("\\", "/").rpartition("/")[2] or "file"


async def refused(_: Request, error: Exception) -> Response:
    """Return an error of ours as one line of JSON."""
    status = 422 if isinstance(error, InputError) else 400
    return JSONResponse({"error": str(error)}, status_code=status)


HANDLERS: dict[int | type[Exception], Callable[[Request, Any], Coroutine[Any, Any, Response]]] = {
    PasserelleError: refused
}


def _doubts(flags: Any) -> Event:
    from translate.columns import level

    return {"notes": [flag.message for flag in flags], "level": level(flags)}


def _words(text: str, size: int) -> tuple[Word, ...]:
    found = []
    for each in text.split()[:2000]:
        parts = each.split("-")
        if len(parts) == 3 and all(part.isdecimal() for part in parts):
            start, end, number = map(int, parts)
            if start <= end <= size:
                found.append((start, end, number))
    return tuple(found)
