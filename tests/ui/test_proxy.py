"""Over TLS, by itself and behind nginx as docs/server.md sets it up: the page, the interface, and who is believed."""

from __future__ import annotations

import re
import shutil
import ssl
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from passerelle.seq2seq.errors import InputError
from passerelle.ui.server.http.address import Address
from passerelle.ui.server.http.passwords import Passwords, add_user
from tests.ui.conftest import free_port, serve

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from passerelle.ui.server.app import Server

GUIDE = Path(__file__).parents[2] / "docs" / "server.md"
RIGHT = ("odile", "correct horse")


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A certificate for localhost that signs itself, and its key."""
    if not shutil.which("openssl"):
        pytest.skip("openssl is not installed: apt-get install openssl")
    folder = tmp_path_factory.mktemp("tls")
    made, key = folder / "cert.pem", folder / "key.pem"
    what = ["-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"]
    name = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"]
    subprocess.run(["openssl", "req", *what, *name, "-keyout", key, "-out", made], check=True, capture_output=True)
    return made, key


@pytest.fixture(scope="module")
def users(tmp_path_factory: pytest.TempPathFactory) -> Passwords:
    path = tmp_path_factory.mktemp("users") / "users"
    add_user(path, *RIGHT)
    return Passwords.read(path)


def configured(folder: Path, inner: int, outer: int, certificate: tuple[Path, Path]) -> Path:
    """The guide's own nginx block as a whole configuration, with this test's ports and files."""
    [block] = re.findall(r"```nginx\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)
    for old, new in (
        ("listen 443 ssl", f"listen 127.0.0.1:{outer} ssl"),
        ("traduction.example.org", "localhost"),
        ("127.0.0.1:7860", f"127.0.0.1:{inner}"),
        ("/etc/ssl/traduction.pem", str(certificate[0])),
        ("/etc/ssl/traduction.key", str(certificate[1])),
    ):
        assert old in block, old
        block = block.replace(old, new)
    paths = "\n".join(
        f"{kind}_temp_path {folder / kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    path = folder / "nginx.conf"
    path.write_text(
        f"daemon off; worker_processes 1; pid {folder / 'pid'}; error_log {folder / 'errors'};\n"
        f"events {{ worker_connections 256; }}\nhttp {{ access_log off;\n{paths}\n{block} }}\n"
    )
    return path


@pytest.fixture(scope="module")
def proxied(
    translator: Any,
    summarizer: Any,
    users: Passwords,
    certificate: tuple[Path, Path],
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[tuple[Server, str]]:
    """A server behind nginx, and the address that people type."""
    program = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    if not program:
        pytest.skip("nginx is not installed: apt-get install nginx-light")
    folder, inner, outer = tmp_path_factory.mktemp("nginx"), free_port(), free_port()
    url = f"https://localhost:{outer}"
    server = serve(translator, summarizer, inner, passwords=users, address=Address(public_url=url, proxy="127.0.0.1"))
    configuration = configured(folder, inner, outer, certificate)
    running = subprocess.Popen([program, "-e", folder / "errors", "-c", configuration])
    try:
        for _ in range(200):
            if (folder / "pid").exists():
                break
            assert running.poll() is None, (folder / "errors").read_text()
            time.sleep(0.05)
        yield server, url
    finally:
        running.terminate()
        running.wait(10)
        server.close()


def client(url: str, certificate: tuple[Path, Path], **settings: Any) -> httpx.Client:
    trusted = ssl.create_default_context(cafile=str(certificate[0]))
    return httpx.Client(base_url=url, verify=trusted, timeout=60, trust_env=False, **settings)


def test_behind_nginx_people_sign_in_and_scripts_ask(
    proxied: tuple[Server, str], certificate: tuple[Path, Path]
) -> None:
    _, url = proxied
    with client(url, certificate, headers={"origin": url}) as web:
        fields = dict(zip(("name", "password"), RIGHT, strict=True))
        assert web.post("/sign-in", data={**fields, "password": "wrong"}).status_code == 401
        come = web.post("/sign-in", data=fields)
        assert come.status_code == 303 and come.headers["set-cookie"].endswith("; Secure")
        assert "gradio_config" in web.get("/").text
        events = web.post("/page/translate", json={"text": "Il pleut."}).text
        assert '"translated"' in events
        assert web.post("/page/translate", json={}, headers={"origin": "https://evil.example"}).status_code == 403
        assert web.post("/sign-out").headers["location"] == "sign-in"
    with client(url, certificate, auth=RIGHT) as web:
        assert web.post("/v1/translate", json={"text": "Il pleut."}).json()["text"]
        assert web.post("/v1/documents", files={"files": ("a.txt", b"Il pleut.")}).content


@pytest.mark.browser
def test_the_page_works_in_a_browser_behind_nginx(proxied: tuple[Server, str], visit: Callable[..., Page]) -> None:
    page = visit(proxied[1], ignore_https_errors=True)
    page.get_by_label("Name").fill(RIGHT[0])
    page.get_by_label("Password").fill(RIGHT[1])
    page.get_by_role("button", name="Sign in").click()
    page.locator("#french textarea").fill("Il pleut depuis trois jours.")
    page.locator("#translate").click()
    page.locator("#panes .piece").nth(1).wait_for()
    page.get_by_role("button", name="Sign out").click()
    page.get_by_label("Password").wait_for()


def test_over_tls_of_its_own(
    translator: Any, summarizer: Any, users: Passwords, certificate: tuple[Path, Path]
) -> None:
    server = serve(translator, summarizer, free_port(), passwords=users, address=Address("127.0.0.1", *certificate))
    try:
        assert server.local_url.startswith("https://")
        with client(f"https://localhost:{server.port}", certificate) as web:
            answer = web.post("/v1/translate", json={"text": "Il pleut."}, auth=RIGHT)
            assert answer.json()["text"] and "strict-transport-security" in answer.headers
    finally:
        server.close()


def test_who_asks_is_believed_from_the_proxy_alone(translator: Any, summarizer: Any, users: Passwords) -> None:
    """Ten wrong passwords under ten forwarded addresses are ten of one address."""
    server = serve(translator, summarizer, free_port(), passwords=users)
    try:
        with httpx.Client(base_url=server.local_url, timeout=60, trust_env=False) as web:
            codes = [
                web.get("/", auth=("odile", "guess"), headers={"x-forwarded-for": f"192.0.2.{number}"}).status_code
                for number in range(30)
            ]
        assert 429 in codes
    finally:
        server.close()


def test_a_certificate_that_is_none_is_one_line(translator: Any, summarizer: Any, tmp_path: Path) -> None:
    wrong = tmp_path / "cert.pem"
    wrong.write_text("no certificate")
    with pytest.raises(InputError, match="PEM files that match"):
        serve(translator, summarizer, free_port(), address=Address("127.0.0.1", wrong, wrong))
