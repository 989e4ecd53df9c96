"""The REST interface: ``/v1/translate``, ``/v1/summarize``, ``/v1/documents``, and what watches over the server."""

from __future__ import annotations

import base64
import threading
from collections.abc import Iterator
from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, File, HTTPException, Request, UploadFile
from fastapi.responses import HTMLResponse, PlainTextResponse, Response

from passerelle.ui.server.engine.service import Event, Service, Work
from passerelle.ui.server.http.schemas import SummarizeRequest, TranslateRequest, csv_of
from passerelle.ui.server.http.security import user_of, visitor_of
from passerelle.ui.server.routes.contract import ANYWHERE, WORK
from passerelle.ui.server.routes.page import name_of
from passerelle.ui.server.routes.reference import reference
from passerelle.ui.server.work.files import Upload, translate_file, zipped
from passerelle.ui.server.work.text_stream import ShownTranslation

_BYTES = {"schema": {"type": "string", "format": "binary"}}
_FILES: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The file in English, or a .zip of several.",
        "content": {"application/octet-stream": _BYTES, "application/zip": _BYTES},
    }
}


def router(service: Service) -> APIRouter:
    """Return the routes."""
    routes = APIRouter()

    @routes.post("/v1/translate", tags=["translation"], responses=WORK)
    async def translate(request: Request, asked: TranslateRequest) -> dict[str, Any]:
        """Translate a French text: the English, and every sentence with its spans, doubts and word links."""

        return await last(service, request, translation(service, user_of(request.scope), asked))

    @routes.post("/v1/summarize", tags=["summary"], responses=WORK)
    async def summarize(request: Request, asked: SummarizeRequest) -> dict[str, Any]:
        """Summarise a French or an English text; every sentence of the summary comes with its evidence."""
        return await last(service, request, summary(service, user_of(request.scope), asked))

    @routes.post("/v1/documents", tags=["translation"], response_class=Response, responses=WORK | _FILES)
    async def documents(
        request: Request,
        files: Annotated[list[UploadFile], File(description="One file or several.")],
        glossary: Annotated[UploadFile | None, File(description="Terms in CSV: French, English, options.")] = None,
    ) -> Response:
        """Translate files; one comes back as it was sent, but in English, several as a .zip of them."""
        done, interpreter = [], service.request_translator(user_of(request.scope), await csv_of(glossary))
        for file in files:
            upload = Upload(name_of(file), await file.read())
            await file.close()
            work = partial(translate_file, service, interpreter, upload)
            answer = await last(service, request, work)
            done.append(Upload(answer["name"], base64.b64decode(answer["content"])))
        if len(done) == 1:
            return _download(done[0].content, done[0].name, "application/octet-stream")
        return _download(zipped(done), "english.zip", "application/zip")

    @routes.get("/health", tags=["server"], responses=ANYWHERE)
    async def health() -> dict[str, Any]:
        """Say whether the server is up, what it runs and how many it serves."""
        line = service.line
        return {"status": "ok", "served": line.served.total(), "waiting": len(line.waiting)}

    @routes.get("/metrics", tags=["server"], response_class=PlainTextResponse, responses=ANYWHERE)
    async def metrics() -> str:
        """Counters in the text format of Prometheus; nothing of any text is in them."""
        return service.metrics.text(served=service.line.served.total(), waiting=len(service.line.waiting))

    @routes.get("/v1", include_in_schema=False)
    async def page(request: Request) -> HTMLResponse:
        return HTMLResponse(reference(request.app.openapi()))

    return routes


def translation(service: Service, user: str | None, asked: TranslateRequest) -> Work:
    """Return the work whose answer is a translation.  Raises InputError."""
    interpreter = service.request_translator(user, asked.glossary)

    def work(stop: threading.Event) -> Iterator[Event]:
        yield {"type": "answer", **service.translate(interpreter, asked.text, stop).to_dict()}

    return work


def summary(service: Service, user: str | None, asked: SummarizeRequest) -> Work:
    """Return the work whose answer is a summary.  Raises InputError."""
    wishes, interpreter = asked.options(), service.request_translator(user, asked.glossary)

    def work(stop: threading.Event) -> Iterator[Event]:
        source: str | ShownTranslation = service.limits.check(asked.text)
        if not asked.english:
            source = ShownTranslation(service.translate(interpreter, asked.text, stop).columns())
        if not stop.is_set():
            summary = service.summarizer(source, length=wishes.length, style=wishes.style, stop=stop.is_set)
            yield {"type": "answer", **summary.to_dict()}

    return work


async def last(service: Service, request: Request, work: Work) -> Event:
    """Return the last event of ``work``, without its type, which stops when the client goes away.

    Raises HTTPException with what went wrong.
    """
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
        raise HTTPException(499, "the work was stopped")
    if answer.pop("type") == "error":
        raise HTTPException(answer["status"], answer["message"])
    return answer


def _download(content: bytes, name: str, media: str) -> Response:
    from urllib.parse import quote

    return Response(
        content, media_type=media, headers={"content-disposition": f"attachment; filename*=UTF-8''{quote(name)}"}
    )
