"""A small HTTP server on loopback that speaks the hub's protocol, and can misbehave as networks do."""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import unquote, urlsplit

COMMIT = "0123456789abcdef0123456789abcdef01234567"


@dataclass
class HubServer:
    """What the server holds and how it misbehaves.

    ``repositories``: files by name of the repository.  ``cuts``: for a file, how many times its transfer still
    breaks off in the middle.  ``lies``: for a file, a size that is announced instead of its own.  ``lost``:
    files that are listed but not there.  ``stalls``: files of which the first half comes, and then nothing.
    ``status``: answered to everything where it is not 0.
    """

    repositories: dict[str, dict[str, bytes]]
    cuts: dict[str, int] = field(default_factory=dict)
    lies: dict[str, int] = field(default_factory=dict)
    lost: set[str] = field(default_factory=set)
    stalls: set[str] = field(default_factory=set)
    closing: threading.Event = field(default_factory=threading.Event)
    status: int = 0
    requests: list[tuple[str, str, str]] = field(default_factory=list)
    endpoint: str = ""

    def sent(self, method: str, ending: str) -> list[str]:
        """The Range headers of the requests so far whose path ends with ``ending`` (empty where there was none)."""
        return [span for verb, path, span in self.requests if verb == method and path.endswith(ending)]

    def size(self, repository: str, name: str) -> int:
        return self.lies.get(name, len(self.repositories[repository][name]))


@contextmanager
def serving(server: HubServer) -> Iterator[HubServer]:
    """Run ``server`` on a free port of 127.0.0.1 and set its ``endpoint``."""

    class Handler(_Handler):
        hub = server

    listener = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    listener.daemon_threads = True
    thread = threading.Thread(target=listener.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    server.endpoint = f"http://127.0.0.1:{listener.server_port}"
    try:
        yield server
    finally:
        server.closing.set()
        listener.shutdown()
        listener.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    hub: HubServer
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self.answer()

    def do_HEAD(self) -> None:
        self.answer()

    def answer(self) -> None:
        path = unquote(urlsplit(self.path).path)
        self.hub.requests.append((self.command, path, self.headers.get("Range", "")))
        if self.hub.status:
            self.send(self.hub.status, b"", {})
        elif path.startswith("/api/models/"):
            self.answer_listing(path.removeprefix("/api/models/"))
        elif "/resolve/" in path:
            repository, _, rest = path[1:].partition("/resolve/")
            self.answer_file(repository, rest.partition("/")[2])
        else:
            self.send(404, b"", {})

    def answer_listing(self, path: str) -> None:
        repository = "/".join(path.split("/")[:2])
        files = self.hub.repositories.get(repository)
        if files is None:
            self.send(401, b"{}", {"X-Error-Code": "RepoNotFound", "X-Error-Message": "Repository not found"})
        elif "/tree/" in path:
            self.send_json([self.entry(repository, name) for name in files])
        else:
            siblings = [{"rfilename": name, "size": self.hub.size(repository, name)} for name in files]
            self.send_json({"id": repository, "modelId": repository, "sha": COMMIT, "siblings": siblings})

    def entry(self, repository: str, name: str) -> dict[str, Any]:
        content = self.hub.repositories[repository][name]
        size = self.hub.size(repository, name)
        return {"type": "file", "path": name, "size": size, "oid": hashlib.sha1(content).hexdigest()}

    def answer_file(self, repository: str, name: str) -> None:
        content = self.hub.repositories.get(repository, {}).get(name)
        common = {"X-Repo-Commit": COMMIT}
        if content is None or name in self.hub.lost:
            self.send(404, b"", {**common, "X-Error-Code": "EntryNotFound", "X-Error-Message": "Entry not found"})
            return
        digest = hashlib.sha256(content).hexdigest()
        headers = {**common, "ETag": f'"{digest}"', "Accept-Ranges": "bytes"}
        if self.command == "HEAD":
            self.send(200, b"", {**headers, "Content-Length": str(self.hub.size(repository, name))})
            return
        start = int(self.headers.get("Range", "bytes=0-").removeprefix("bytes=").partition("-")[0])
        if start:
            headers["Content-Range"] = f"bytes {start}-{len(content) - 1}/{len(content)}"
        whole = content[start:]
        body = whole
        if self.hub.cuts.get(name, 0) > 0:
            self.hub.cuts[name] -= 1
            body = whole[: len(whole) // 2]
            self.close_connection = True
        if name in self.hub.stalls:
            self.send(200, whole[: len(whole) // 2], {**headers, "Content-Length": str(len(whole))})
            self.hub.closing.wait()
            return
        self.send(206 if start else 200, body, {**headers, "Content-Length": str(len(whole))})

    def send_json(self, value: Any) -> None:
        self.send(200, json.dumps(value).encode(), {"Content-Type": "application/json"})

    def send(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)
            self.wfile.flush()

    def log_message(self, format: str, *arguments: Any) -> None:
        """Say nothing; ``HubServer.requests`` is the log."""
