"""The REST interface does what its own OpenAPI description says, whatever is sent; schemathesis makes the requests."""

from __future__ import annotations

import json
import socket
from typing import Any

import httpx
import pytest
from hypothesis import HealthCheck, Phase, given, settings

from passerelle.ui.server.app import Server

schemathesis: Any = pytest.importorskip("schemathesis")
CHECKS = ("not_a_server_error", "status_code_conformance", "content_type_conformance", "response_schema_conformance")


def test_every_answer_is_one_that_the_description_has(url: str) -> None:
    described = schemathesis.openapi.from_url(f"{url}/v1/openapi.json")
    checks = [getattr(schemathesis.checks, name) for name in CHECKS]
    tried = 0
    for found in described.get_all_operations():

        @settings(
            max_examples=12,
            deadline=None,
            phases=[Phase.explicit, Phase.generate],
            suppress_health_check=list(HealthCheck),
            database=None,
            derandomize=True,
        )
        @given(case=found.ok().as_strategy())
        def ask(case: Any) -> None:
            nonlocal tried
            tried += 1
            case.validate_response(case.call(timeout=120), checks=checks)

        ask()
    assert tried > 20


def test_every_refusal_has_the_form_that_is_described(web: httpx.Client) -> None:
    described = web.get("/v1/openapi.json").json()
    for route, methods in described["paths"].items():
        for method in methods.values():
            for status, answer in method["responses"].items():
                if status != "200":
                    assert answer["content"]["application/json"]["schema"]["$ref"].endswith("/Refusal"), (route, status)
    for answer, status in (
        (web.post("/v1/translate", content=b"{"), 422),
        (web.post("/v1/translate", json={"text": {"a": "b"}}), 422),
        (web.post("/v1/translate", json={"text": None}), 422),
        (web.post("/v1/documents", content=b"--x", headers={"content-type": "multipart/form-data; boundary=x"}), 422),
        (web.get("/v1/translate"), 405),
        (web.get("/v1/nothing"), 404),
        (web.get("/health", headers={"host": "evil.example"}), 421),
        (web.get("/health", headers={"origin": "https://evil.example"}), 403),
    ):
        assert answer.status_code == status and list(answer.json()) == ["error"], answer.text


def test_a_body_in_chunks_is_bounded_too(site: Server) -> None:
    largest = site.service.limits.file_bytes + 200_000
    head = "POST /v1/translate HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
    with socket.create_connection(("127.0.0.1", site.port), timeout=120) as raw:
        raw.sendall(head.encode())
        block, sent = bytes(1_000_000), 0
        while sent <= largest:
            raw.sendall(b"%x\r\n%s\r\n" % (len(block), block))
            sent += len(block)
        raw.sendall(b"0\r\n\r\n")
        answer = b"".join(iter(lambda: raw.recv(65536), b""))
    assert answer.startswith(b"HTTP/1.1 413 ") and "error" in json.loads(
        answer.partition(b"\r\n\r\n")[2].splitlines()[1]
    )
