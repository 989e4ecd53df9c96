"""The REST interface: ``/v1/translate``, ``/v1/summarize``, ``/v1/documents``, and what watches over the server."""

from __future__ import annotations

import base64
from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, File, HTTPException, Request, UploadFile
from fastapi.responses import HTMLResponse, PlainTextResponse, Response
from pydantic import BaseModel, Field

from seq2seq.errors import InputError
from ui.server.asked import WishesAsked, csv_of
from ui.server.door import visitor_of
from ui.server.files import Upload, translate_file, zipped
from ui.server.page_routes import name_of
from ui.server.reading import Shown
from ui.server.reference import reference
from ui.server.service import Event, Service, Work

GLOSSARY = Field(
    "", description="Terms that the English must have, in CSV: French, English, options.", examples=["préfet,prefect"]
)


class TextToTranslate(BaseModel):
    """A French text."""

    text: str = Field(description="The French text.", examples=["Il pleut depuis trois jours à Nantes."])
    glossary: str = GLOSSARY


class TextToSummarize(WishesAsked):
    """A text and how its summary is wanted."""

    text: str = Field(description="The text, French unless `english` is true.")
    length: int | str = Field("medium", description='"short", "medium", "long", or a number of sentences.')
    style: str = Field("prose", description='"prose" or "bullets".')
    english: bool = Field(False, description="The text is English already.")
    glossary: str = GLOSSARY


def router(service: Service) -> APIRouter:
    """Return the routes."""
    routes = APIRouter()

    @routes.post("/v1/translate", tags=["translation"])
    async def translate(request: Request, asked: TextToTranslate) -> dict[str, Any]:
        """Translate a French text: the English, and every sentence with its spans, doubts and word links."""

        interpreter = service.interpreter(asked.glossary)

        def work(stop: Any) -> Any:
            yield {"type": "answer", **service.translate(interpreter, asked.text, stop).to_dict()}

        return await _last(service, request, work)

    @routes.post("/v1/summarize", tags=["summary"])
    async def summarize(request: Request, asked: TextToSummarize) -> dict[str, Any]:
        """Summarise a French or an English text; every sentence of the summary comes with its evidence."""
        wishes, interpreter = asked.wishes(), service.interpreter(asked.glossary)

        def work(stop: Any) -> Any:
            source: Any = service.limits.check(asked.text)
            if not asked.english:
                source = Shown(service.translate(interpreter, source, stop).columns())
            if not stop.is_set():
                summary = service.summarizer(source, length=wishes.length, style=wishes.style, stop=stop.is_set)
                yield {"type": "answer", **summary.to_dict()}

        return await _last(service, request, work)

    @routes.post("/v1/documents", tags=["translation"], response_class=Response)
    async def documents(
        request: Request,
        files: Annotated[list[UploadFile], File(description="One file or several.")],
        glossary: Annotated[UploadFile | None, File(description="Terms in CSV: French, English, options.")] = None,
    ) -> Response:
        """Translate files; one comes back as it was sent, but in English, several as a .zip of them."""
        done, interpreter = [], service.interpreter(await csv_of(glossary))
        for file in files:
            upload = Upload(name_of(file), await file.read())
            await file.close()
            work = partial(translate_file, service, interpreter, upload)
            answer = await _last(service, request, work)
            done.append(Upload(answer["name"], base64.b64decode(answer["content"])))
        if len(done) == 1:
            return _download(done[0].content, done[0].name, "application/octet-stream")
        return _download(zipped(done), "english.zip", "application/zip")

    @routes.get("/health", tags=["server"])
    async def health() -> dict[str, Any]:
        """Say whether the server is up, what it runs and how many it serves."""
        line = service.line
        return {"status": "ok", "served": line.served.total(), "waiting": len(line.waiting)}

    @routes.get("/metrics", tags=["server"], response_class=PlainTextResponse)
    async def metrics() -> str:
        """Counters in the text format of Prometheus; nothing of any text is in them."""
        return service.metrics.text(served=service.line.served.total(), waiting=len(service.line.waiting))

    @routes.get("/v1", include_in_schema=False)
    async def page(request: Request) -> HTMLResponse:
        return HTMLResponse(reference(request.app.openapi()))

    return routes


async def _last(service: Service, request: Request, work: Work) -> Event:
    """Return the last event of ``work``, which stops when the client goes away."""
    answer: Event = {}
    events = service.serve(visitor_of(request.scope), work)
    try:
        async for event in events:
            if event["type"] in ("answer", "result", "error"):
                answer = event
            elif await request.is_disconnected():
                raise HTTPException(499, "the client went away")
    finally:
        await events.aclose()  # type: ignore[attr-defined]
    if not answer:
        raise InputError("the work was stopped")
    if answer.pop("type") == "error":
        raise HTTPException(answer["status"], answer["message"])
    return answer


def _download(content: bytes, name: str, media: str) -> Response:
    from urllib.parse import quote

    return Response(
        content, media_type=media, headers={"content-disposition": f"attachment; filename*=UTF-8''{quote(name)}"}
    )
