"""The server itself: the page, its routes and the REST interface behind one door, in a thread of their own."""

from __future__ import annotations

import asyncio
import os
import socket
import ssl
import sys
import threading
import time
from importlib import metadata
from typing import TYPE_CHECKING

from fastapi import FastAPI
from fastapi.middleware import Middleware
from fastapi.staticfiles import StaticFiles

from passerelle.seq2seq.errors import InputError, OutputError
from passerelle.ui.server.engine.service import Service
from passerelle.ui.server.http import connections
from passerelle.ui.server.http.address import Address
from passerelle.ui.server.http.identity import Identity
from passerelle.ui.server.http.passwords import Passwords
from passerelle.ui.server.http.security import Security
from passerelle.ui.server.routes import contract, page, rest, sign_in

if TYPE_CHECKING:
    import gradio as gr
    import uvicorn

FIRST_PORT, PORTS = 7860, 100
_KEPT_ALIVE = 75


def make_app(
    service: Service,
    blocks: gr.Blocks,
    address: Address,
    port: int,
    passwords: Passwords | None = None,
    *,
    speaks_mcp: bool = False,
) -> FastAPI:
    """Return everything that is served as one ASGI application; ``speaks_mcp``: tools for MCP clients too."""
    from passerelle.ui.page.assets import FOLDER, head
    from passerelle.ui.page.layout import mount

    limits = service.limits
    identity = Identity(passwords, is_secure=address.is_secure) if passwords is not None else None
    door = Middleware(
        Security,
        address=address,
        identity=identity,
        largest=limits.file_bytes,
        per_minute=limits.per_minute,
    )
    app = FastAPI(
        title="Passerelle",
        description="French to English, and summaries with their evidence. Everything stays on the server.",
        version=metadata.version("passerelle"),
        openapi_url="/v1/openapi.json",
        docs_url=None,
        redoc_url=None,
        middleware=[door],
        exception_handlers=page.HANDLERS,
    )
    app.include_router(rest.router(service))
    app.include_router(page.router(service))
    if identity is not None:
        app.include_router(sign_in.router(identity))
    contract.describe(app, signs_in=identity is not None)
    if speaks_mcp:
        from passerelle.ui.server.routes import mcp

        mcp.mount(app, service, app.version)
    app.mount("/page/assets", StaticFiles(directory=FOLDER))
    mount(app, blocks, address=(address.host, port), head=head(), file_bytes=limits.file_bytes)
    return app


class Server:
    """The application on a port; ``local_url`` is where, ``close`` ends it."""

    def __init__(self, app: FastAPI, service: Service, listening: socket.socket, address: Address) -> None:
        import uvicorn

        self.app = app
        self.service = service
        self.host, self.port = address.host, int(listening.getsockname()[1])
        self.local_url = address.url(self.port)
        self._socket = listening
        # No access log: addresses of requests say who reads what.
        # Idle connections outlast those of proxies and clients, or one is closed just as it is used again.
        config = uvicorn.Config(
            app,
            http=connections.protocol(connections.patience()),
            ws="none",
            backlog=connections.BACKLOG,
            proxy_headers=bool(address.proxy),
            forwarded_allow_ips=address.proxy or None,
            server_header=False,
            ssl_certfile=address.certificate,
            ssl_keyfile=address.key,
            log_level="error",
            access_log=False,
            timeout_graceful_shutdown=2,
            timeout_keep_alive=_KEPT_ALIVE,
        )
        if address.certificate is not None:
            _load_certificate(config)
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._run, name="passerelle-server", daemon=True)

    def start(self) -> Server:
        """Begin to serve; returns once the page is up."""
        self._thread.start()
        while not self._server.started:
            if not self._thread.is_alive():
                raise OutputError("the page could not be served; the lines above say why")
            time.sleep(0.02)
        return self

    def wait(self) -> None:
        """Serve until interrupted."""
        try:
            while self._thread.is_alive():
                self._thread.join(0.5)
        except KeyboardInterrupt:
            sys.stderr.write("\n")
        finally:
            self.close()

    def close(self) -> None:
        """Stop serving; work under way is stopped too."""
        self._server.should_exit = True
        self._thread.join(10)
        self.service.close()
        self._socket.close()

    def _run(self) -> None:
        with asyncio.Runner(loop_factory=connections.Loop) as runner:
            runner.run(self._server.serve(sockets=[self._socket]))


def _load_certificate(config: uvicorn.Config) -> None:
    """Read the files now, where what is wrong with them can still be said in a line.  Raises InputError."""
    try:
        config.load()
    except (ssl.SSLError, OSError) as error:
        raise InputError(f"the certificate and its key cannot be used ({error}): give PEM files that match") from None


def listen(host: str, port: int | None) -> socket.socket:
    """Return a socket bound to ``port``, or to the first free one from 7860 on.  Raises OSError."""
    wanted = [port] if port is not None else list(range(FIRST_PORT, FIRST_PORT + PORTS))
    for number in wanted:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        try:
            listening = socket.socket(family, socket.SOCK_STREAM)
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listening.bind((host, number))
            return listening  # not open yet: who knocks before the page is up should hear so, not wait
        except OSError:
            listening.close()
            if number == wanted[-1]:
                raise
    raise AssertionError


def keep_quiet() -> None:
    """Tell Gradio to ask nobody and count nothing; it reads these when it is imported."""
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    # Monitoring is off, so the table that Gradio would draw up for it after every event is never drawn up.
    os.environ["GRADIO_ANALYTICS_CACHE_FREQUENCY"] = str(sys.maxsize)
