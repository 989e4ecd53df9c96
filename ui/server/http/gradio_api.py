"""What of Gradio's application is served: the page's own files, read only.

Gradio registers some fifty routes: events, uploads, deep links, file downloads, recordings, monitoring.  An event
copies any file that a request names into a folder that anybody may read, and a link keeps a visitor's text on disk.
The page needs none of them, for its script speaks to our own routes; so what is not listed here does not exist.
"""

from __future__ import annotations

import re

from starlette.responses import JSONResponse
from starlette.routing import BaseRoute, Match
from starlette.types import ASGIApp, Receive, Scope, Send

METHODS = ("GET", "HEAD")
PATHS = re.compile(r"/|/theme\.css|/favicon\.ico|/(?:assets|static)(?:/[\w-][\w.-]*)+")
"""The page, its style sheet, and the scripts, styles and fonts that come in Gradio's package."""


class GradioApi:
    """ASGI application in the place of Gradio's: passes on what :data:`PATHS` names, without a query.

    ``routes`` are the routes that were asked before; one of them with another method makes the answer 405, not 404.
    """

    def __init__(self, app: ASGIApp, routes: list[BaseRoute]) -> None:
        self._app = app
        self._routes = routes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request, or say that there is nothing here."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        path = scope["path"].removeprefix(scope.get("root_path", "")) or "/"
        if PATHS.fullmatch(path):
            if scope["method"] in METHODS:
                # A link that Gradio kept is named in the query; nothing of the page reads one on the server.
                await self._app({**scope, "query_string": b""}, receive, send)
                return
            allowed = set(METHODS)
        else:
            allowed = self._allowed(scope)
        await _refusal(allowed)(scope, receive, send)

    def _allowed(self, scope: Scope) -> set[str]:
        """Return the methods with which one of our own routes would have taken this path."""
        found: set[str] = set()
        for method in ("GET", "POST", "PUT", "PATCH", "DELETE"):
            asked = {**scope, "method": method}
            if any(route.matches(asked)[0] is Match.FULL for route in self._routes):
                found.add(method)
        return found


def _refusal(allowed: set[str]) -> JSONResponse:
    if not allowed:
        return JSONResponse({"error": "There is nothing here."}, 404)
    methods = ", ".join(sorted(allowed))
    return JSONResponse({"error": f"This takes {methods} only."}, 405, {"allow": methods})
