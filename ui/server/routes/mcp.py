"""The same work for programs that speak the Model Context Protocol: ``translate`` and ``summarize`` at ``/mcp``.

Each request stands alone, over HTTP, and passes the door like any other; nothing else of the page can be called.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

from fastapi import FastAPI
from mcp.server.lowlevel import Server
from mcp.server.streamable_http_manager import StreamableHTTPSessionManager
from mcp.types import CallToolResult, ListToolsResult, TextContent, Tool, ToolAnnotations
from pydantic import BaseModel, ValidationError
from starlette.exceptions import HTTPException
from starlette.routing import Route

from passerelle.seq2seq.errors import PasserelleError
from passerelle.ui.server.engine.service import Event, Service
from passerelle.ui.server.http.schemas import SummarizeRequest, TranslateRequest
from passerelle.ui.server.http.security import user_of
from passerelle.ui.server.routes.page import wrong
from passerelle.ui.server.routes.rest import last, summary, translation

PATH = "/mcp"
_TRANSLATE = (
    "Translate a French text into English on this machine. The answer is the English, laid out as the French was; "
    "sentences that should be checked follow with the reason, as JSON."
)
_SUMMARIZE = (
    "Summarise a French or an English text in English. Every sentence is taken from the text or is a shorter form of "
    "one; the sentences that it rests on follow, as JSON."
)


def mount(app: FastAPI, service: Service, version: str) -> None:
    """Serve the tools at ``PATH`` of ``app``, which has not started yet."""
    tools: dict[str, tuple[str, type[BaseModel], Callable[..., Any], Callable[[Event], list[Event]]]] = {
        "translate": (_TRANSLATE, TranslateRequest, translation, _doubtful),
        "summarize": (_SUMMARIZE, SummarizeRequest, summary, _evidence),
    }

    async def listed(_: Any, __: Any) -> ListToolsResult:
        harmless = ToolAnnotations(read_only_hint=True, open_world_hint=False)
        return ListToolsResult(
            tools=[
                Tool(name=name, description=what, input_schema=asked.model_json_schema(), annotations=harmless)
                for name, (what, asked, _, _) in tools.items()
            ]
        )

    async def called(context: Any, call: Any) -> CallToolResult:
        if call.name not in tools:
            return _failed(f"there is no tool {call.name!r}; there are {', '.join(tools)}")
        _, asked, work, details = tools[call.name]
        try:
            user, wanted = user_of(context.request.scope), asked.model_validate(call.arguments or {})
            answer = await last(service, context.request, work(service, user, wanted))
        except ValidationError as error:
            return _failed(wrong(error.errors()))
        except PasserelleError as error:
            return _failed(str(error))
        except HTTPException as error:
            return _failed(error.detail)
        found = details(answer)
        texts = [answer["text"], *([json.dumps(found, ensure_ascii=False)] if found else [])]
        return CallToolResult(
            content=[TextContent(type="text", text=text) for text in texts],
            structured_content={"text": answer["text"], "notices": list(answer["notices"]), "sentences": found},
        )

    server: Server[Any] = Server("passerelle", version=version, on_list_tools=listed, on_call_tool=called)
    server.middleware.clear()  # it measures each call for whoever collects that; nobody does here
    manager = StreamableHTTPSessionManager(
        server, json_response=True, stateless=True, max_request_body_size=service.limits.file_bytes
    )
    started = app.router.lifespan_context

    @asynccontextmanager
    async def lifespan(of: FastAPI) -> AsyncIterator[Any]:
        async with manager.run(), started(of) as state:
            yield state

    app.router.lifespan_context = lifespan
    app.router.routes.append(
        Route(PATH, _Endpoint(manager), methods=["GET", "POST", "DELETE"], include_in_schema=False)
    )


class _Endpoint:
    """An ASGI application of its own, so that Starlette hands it the request as it came."""

    def __init__(self, manager: StreamableHTTPSessionManager) -> None:
        self._manager = manager

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        await self._manager.handle_request(scope, receive, send)


def _doubtful(answer: Event) -> list[Event]:
    sentences = (sentence for paragraph in answer["paragraphs"] for sentence in paragraph["sentences"])
    found = []
    for each in sentences:
        reasons = [flag["message"] for flag in each["flags"] if flag["severity"] != "note"]
        if reasons:
            found.append({"french": each["source"], "english": each["text"], "check": reasons})
    return found


def _evidence(answer: Event) -> list[Event]:
    return [
        {
            "text": sentence["text"],
            "evidence": [{"french": each["source"], "english": each["text"]} for each in sentence["evidence"]],
        }
        for sentence in answer["sentences"]
    ]


def _failed(reason: str) -> CallToolResult:
    return CallToolResult(content=[TextContent(type="text", text=reason)], is_error=True)
