"""What the page's script asks for: texts and files translated while it listens, sentences put otherwise, exports."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable, Coroutine, Iterable, Mapping
from dataclasses import asdict
from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, File, Request, UploadFile
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response, StreamingResponse
from starlette.exceptions import HTTPException
from starlette.types import Receive, Scope, Send

from passerelle.seq2seq.errors import InputError, PasserelleError
from passerelle.translate.bilingual import FORMS
from passerelle.translate.lexicon import dictionary
from passerelle.ui.server.engine.service import Service, Work
from passerelle.ui.server.http.schemas import (
    DefineRequest,
    GlossaryRequest,
    PageRequest,
    SentenceRequest,
    TextRequest,
    csv_of,
)
from passerelle.ui.server.http.security import user_of, visitor_of
from passerelle.ui.server.work import glossary as terms
from passerelle.ui.server.work import sentences
from passerelle.ui.server.work.files import Upload, translate_file, zipped
from passerelle.ui.server.work.text_stream import Begun, ShownTranslation, stream_text, summarise


def router(service: Service) -> APIRouter:
    """Return the routes."""
    routes = APIRouter(prefix="/page", include_in_schema=False)

    @routes.post("/translate")
    async def translate(request: Request, asked: TextRequest) -> Response:
        wishes = asked.options()
        interpreter = service.request_translator(user_of(request.scope), asked.glossary, asked.corrections)
        return listening(
            service,
            request,
            lambda stop: stream_text(
                service,
                interpreter,
                asked.text,
                wishes,
                stop,
                markdown=asked.markdown,
                begun=Begun(asked.done, asked.reached),
            ),
            "texts",
        )

    @routes.post("/summarize")
    async def summarize(request: Request, asked: PageRequest) -> Response:
        shown = ShownTranslation(tuple(column.column() for column in asked.columns[:2]))
        return listening(
            service, request, lambda stop: summarise(service.summarizer, shown, asked.options(), stop), "summaries"
        )

    @routes.post("/file")
    async def file(
        request: Request, file: UploadFile, glossary: Annotated[UploadFile | None, File()] = None
    ) -> Response:
        interpreter = service.request_translator(user_of(request.scope), await csv_of(glossary))
        upload = Upload(name_of(file), await file.read())
        await file.close()
        work = partial(translate_file, service, interpreter, upload, shows=True)
        return listening(service, request, work, "files")

    @routes.post("/alternatives")
    def alternatives(request: Request, asked: SentenceRequest) -> Response:
        service.metrics.count("alternatives")
        interpreter = service.request_translator(user_of(request.scope), asked.glossary)
        found = sentences.alternatives(interpreter, service.limits.check(asked.french), service.engine.ask)
        return JSONResponse(found)

    @routes.post("/retry")
    def retry(request: Request, asked: SentenceRequest) -> Response:
        service.metrics.count("retries")
        interpreter = service.request_translator(user_of(request.scope), asked.glossary)
        french = service.limits.check(asked.french)
        return JSONResponse(sentences.again(interpreter, french, asked.english, service.engine.ask))

    @routes.post("/correct")
    def correct(request: Request, asked: SentenceRequest) -> Response:
        service.metrics.count("corrections")
        interpreter = service.request_translator(user_of(request.scope), asked.glossary)
        memory = service.memory_of(user_of(request.scope))
        answer = sentences.correct(interpreter, memory, asked.french, asked.english)
        return JSONResponse({**answer, "shared": answer["remembered"] and service.sharing == "shared"})

    @routes.get("/corrections")
    def corrections(request: Request) -> Response:
        found = sentences.listed(service.memory_of(user_of(request.scope)))
        return JSONResponse({"shared": service.sharing == "shared", "corrections": found})

    @routes.post("/forget")
    def forget(request: Request, asked: SentenceRequest) -> Response:
        return JSONResponse({"forgotten": sentences.forget(service.memory_of(user_of(request.scope)), asked.french)})

    @routes.post("/define")
    def define(asked: DefineRequest) -> Response:
        return JSONResponse(dictionary.extract([asked.french]))

    @routes.post("/glossary")
    def glossary(asked: GlossaryRequest) -> Response:
        try:
            entries = terms.entries_of(asked.glossary)
            counts = terms.count(entries, asked.sentences)
        except InputError as error:  # a reader's slip, not a failure: the browser need not note one
            return JSONResponse({"error": str(error)})
        return JSONResponse(
            {
                "terms": [
                    {**asdict(entry), "found": found, "missed": missed}
                    for entry, (found, missed) in zip(entries, counts, strict=True)
                ]
            }
        )

    @routes.post("/export")
    def export(asked: PageRequest) -> Response:
        if asked.form not in FORMS:
            raise InputError(f"the form is one of {', '.join(FORMS)}")
        form = FORMS[asked.form]
        content = form.write(asked.title, [column.column() for column in asked.columns], asked.notices)
        return Response(content, media_type=form.media, headers={"content-disposition": "attachment"})

    @routes.post("/zip")
    async def pack(files: list[UploadFile]) -> Response:
        packed = zipped([Upload(name_of(file), await file.read()) for file in files])
        return Response(packed, media_type="application/zip")

    return routes


class Heard(StreamingResponse):
    """A stream that ends its source as soon as it ends itself, whichever of the two was being waited for."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the stream; ``body_iterator`` must be an asynchronous generator."""
        try:
            await super().__call__(scope, receive, send)
        finally:
            # A listener who goes while a line is being sent leaves the generator, and with it a place, in mid-air.
            await self.body_iterator.aclose()  # type: ignore[attr-defined]


def listening(service: Service, request: Request, work: Work, name: str) -> Heard:
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
    return Heard(lines(), media_type="application/x-ndjson", headers=headers)


def name_of(file: UploadFile) -> str:
    """Return the file's own name, without the folders that a browser may send."""
    return (file.filename or "file").replace("\\", "/").rpartition("/")[2] or "file"


async def refused(_: Request, error: Exception) -> Response:
    """Return an error of ours as one line of JSON."""
    status = 422 if isinstance(error, InputError) else 400
    return JSONResponse({"error": str(error)}, status_code=status)


async def failed(_: Request, error: HTTPException) -> Response:
    """Return an error with a status as one line of JSON."""
    return JSONResponse({"error": error.detail}, status_code=error.status_code, headers=error.headers)


async def misread(_: Request, error: RequestValidationError) -> Response:
    """Return what is wrong with the form of a request as one line of JSON, without what was sent."""
    errors = [{**each, "loc": each["loc"][1:]} for each in error.errors()]
    return JSONResponse({"error": wrong(errors)}, status_code=422)


def wrong(errors: Iterable[Mapping[str, Any]]) -> str:
    """Return what pydantic found wrong as one line: which field, and why."""
    found = dict.fromkeys(f"{'.'.join(map(str, each['loc']))}: {each['msg']}" for each in errors)
    return "; ".join(list(found)[:5])


HANDLERS: dict[int | type[Exception], Callable[[Request, Any], Coroutine[Any, Any, Response]]] = {
    PasserelleError: refused,
    HTTPException: failed,
    RequestValidationError: misread,
}
