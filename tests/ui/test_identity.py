"""Who may come in, and that nobody keeps anybody out: the door before a small application of its own."""

from __future__ import annotations

import asyncio
import base64
import re
import time
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import httpx
import pytest
from argon2 import PasswordHasher
from fastapi import FastAPI, Request

from passerelle.seq2seq.errors import InputError
from passerelle.ui.server.http import passwords, rates
from passerelle.ui.server.http.address import Address
from passerelle.ui.server.http.identity import Identity, network_of
from passerelle.ui.server.http.passwords import Passwords, add_user
from passerelle.ui.server.http.security import Security, user_of, visitor_of
from passerelle.ui.server.http.tokens import Tokens
from passerelle.ui.server.routes import sign_in

RIGHT = ("odile", "correct horse")
OLD = (
    "rené:c2FsdA==:"
    + base64.b64encode(
        __import__("hashlib").scrypt(b"battery staple", salt=b"salt", n=2**14, r=8, p=1, dklen=32)
    ).decode()
)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hashes that cost little, and a minute that never passes: the machine may be slow."""
    monkeypatch.setattr(passwords, "_ARGON2", PasswordHasher(time_cost=1, memory_cost=64, parallelism=1))
    monkeypatch.setattr(rates, "time", SimpleNamespace(monotonic=lambda: 1000.0))


@pytest.fixture
def users(tmp_path: Path) -> Path:
    path = tmp_path / "users"
    add_user(path, *RIGHT)
    with path.open("a", encoding="utf-8") as file:
        file.write(f"{OLD}\n")
    return path


def application(users: Path | None, address: Address = Address(), **settings: Any) -> FastAPI:  # noqa: B008
    app = FastAPI()
    identity = Identity(Passwords.read(users), is_secure=address.is_secure) if users else None
    if identity:
        app.include_router(sign_in.router(identity))

    @app.api_route("/", methods=["GET", "POST"])
    async def who(request: Request) -> dict[str, Any]:
        return {"visitor": visitor_of(request.scope), "user": user_of(request.scope)}

    app.add_middleware(Security, address=address, identity=identity, **settings)
    return app


def client(app: FastAPI, address: str = "192.0.2.1", **settings: Any) -> httpx.AsyncClient:
    transport = httpx.ASGITransport(app, client=(address, 1))
    return httpx.AsyncClient(transport=transport, **{"base_url": "http://localhost", **settings})


def run(work: Coroutine[Any, Any, Any]) -> Any:
    with ThreadPoolExecutor(1) as pool:  # Playwright may keep a loop running in this thread
        return pool.submit(asyncio.run, work).result()


def in_a_loop(test: Callable[..., Coroutine[Any, Any, None]]) -> Callable[..., None]:
    def in_a_thread(users: Path) -> None:
        run(test(users))

    return in_a_thread


@in_a_loop
async def test_wrong_passwords_keep_neither_a_colleague_nor_their_owner_out(users: Path) -> None:
    app = application(users)
    async with client(app) as web, client(app, "198.51.100.7") as elsewhere:
        codes = [(await web.get("/", auth=("odile", f"guess {n}"))).status_code for n in range(11)]
        assert codes == [401] * 10 + [429]
        assert (await web.get("/", auth=("rené", "battery staple"))).status_code == 200
        assert (await elsewhere.get("/", auth=RIGHT)).status_code == 200
        assert (await web.get("/", auth=RIGHT)).status_code == 200


@in_a_loop
async def test_many_guesses_at_once_are_looked_at_one_by_one(users: Path) -> None:
    app = application(users)
    async with client(app) as web:
        began = time.monotonic()
        tries = [web.get("/", auth=("odile", f"guess {n}")) for n in range(13)]
        codes = [answer.status_code for answer in await asyncio.gather(*tries)]
        assert sorted(codes) == [401] * 10 + [429] * 3 and time.monotonic() - began >= 3


@in_a_loop
async def test_hashing_does_not_hold_the_others_up(users: Path) -> None:
    app = application(users)
    gaps = [0.0]

    async def watch() -> None:
        while True:
            before = time.monotonic()
            await asyncio.sleep(0)
            gaps.append(time.monotonic() - before)

    hashing = Passwords.check

    def check(self: Passwords, name: str, password: str) -> bool:
        time.sleep(0.3)
        return hashing(self, name, password)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Passwords, "check", check)
        watcher = asyncio.create_task(watch())
        async with client(app) as web:
            assert (await web.get("/", auth=RIGHT)).status_code == 200
        watcher.cancel()
    assert len(gaps) > 20  # it went round while the hash was being made


@in_a_loop
async def test_one_users_limit_is_not_anothers(users: Path) -> None:
    app = application(users, per_minute=2)
    async with client(app) as web:
        codes = [(await web.post("/", auth=RIGHT)).status_code for _ in range(3)]
        assert codes == [200, 200, 429]
        assert (await web.post("/", auth=("rené", "battery staple"))).status_code == 200


@in_a_loop
async def test_a_browser_signs_in_and_out(users: Path) -> None:
    app = application(users)
    page = {"accept": "text/html", "accept-language": "fr-FR"}
    async with client(app) as web:
        sent = await web.get("/", headers=page)
        assert (sent.status_code, sent.headers["location"]) == (303, "sign-in")
        assert "Mot de passe" in (await web.get("/sign-in", headers=page)).text
        wrong = await web.post("/sign-in", data={"name": "<odile>", "password": "no"}, headers=page)
        assert wrong.status_code == 401 and "&lt;odile&gt;" in wrong.text and "est faux" in wrong.text
        origin = {"origin": "http://localhost"}
        come = await web.post("/sign-in", data=dict(zip(("name", "password"), RIGHT, strict=True)), headers=origin)
        assert (come.status_code, come.headers["location"]) == (303, "./")
        assert re.search(
            "^passerelle=.{40,}; Path=/; Max-Age=43200; HttpOnly; SameSite=Lax$", come.headers["set-cookie"]
        )
        assert (await web.get("/")).json() == {"visitor": "odile (user)", "user": "odile"}
        kept = {"cookie": f"passerelle={web.cookies['passerelle']}"}
        assert (await web.post("/sign-out")).status_code == 303
        assert (await web.get("/", headers=kept)).status_code == 401


@in_a_loop
async def test_a_new_password_or_a_user_taken_out_ends_the_session(users: Path) -> None:
    app = application(users)
    async with client(app) as web:
        await web.post("/sign-in", data={"name": "rené", "password": "battery staple"})
        assert (await web.get("/")).status_code == 200
        add_user(users, "rené", "another staple")
        assert (await web.get("/")).status_code == 401
        assert (await web.get("/", auth=("rené", "another staple"))).status_code == 200


@in_a_loop
async def test_a_cookie_under_tls_is_secure_and_bound_to_the_host(users: Path) -> None:
    address = Address(public_url="https://traduction.example.org")
    async with client(application(users, address), headers={"host": "traduction.example.org"}) as web:
        come = await web.post("/sign-in", data={"name": RIGHT[0], "password": RIGHT[1]})
        assert come.headers["set-cookie"].startswith("__Host-passerelle=") and come.headers["set-cookie"].endswith(
            "; Secure"
        )
        assert "max-age" in come.headers["strict-transport-security"]


@in_a_loop
async def test_tokens_are_shown_once_and_can_be_revoked(users: Path) -> None:
    tokens, app = Tokens(users), application(users)
    token = tokens.make("odile")
    [kept] = tokens.listed()
    file = users.with_name("users.tokens")
    assert token.rpartition("_")[2] not in file.read_text() and file.stat().st_mode & 0o77 == 0
    async with client(app) as web:
        signed = {"authorization": f"Bearer {token}"}
        assert (await web.get("/", headers=signed)).json()["user"] == "odile"
        for wrong in (token[:-1], token + "x", "passerelle__", "", "odile"):
            assert (await web.get("/", headers={"authorization": f"Bearer {wrong}"})).status_code == 401
        tokens.revoke(kept.id)
        assert (await web.get("/", headers=signed)).status_code == 401
    with pytest.raises(InputError, match="there is no token"):
        tokens.revoke(kept.id)


@in_a_loop
async def test_a_stranger_may_send_little(users: Path) -> None:
    async with client(application(users)) as web:
        assert (await web.post("/sign-in", content=b"x" * 20_000)).status_code == 413
        for noise in (b"&".join([b"a=b"] * 50), b"\xff\xfe%zz", b"name=%00&password=%ff", b""):
            assert (await web.post("/sign-in", content=noise)).status_code == 401


@pytest.mark.parametrize(
    ("host", "origin", "status"),
    [
        ("traduction.example.org", "https://traduction.example.org", 200),
        ("localhost", "https://traduction.example.org", 200),  # a proxy that does not pass the name on
        ("localhost", "https://evil.example", 403),
        ("evil.example", None, 421),
        ("localhost", "null", 403),
    ],
)
def test_a_public_name_is_one_of_ours(host: str, origin: str | None, status: int) -> None:
    address = Address(public_url="https://traduction.example.org/", proxy="127.0.0.1")

    async def ask() -> int:
        headers = {"host": host, **({"origin": origin} if origin else {})}
        async with client(application(None, address), headers=headers) as web:
            return (await web.post("/")).status_code

    assert run(ask()) == status


@pytest.mark.parametrize(
    "settings",
    [
        {"public_url": "traduction.example.org"},
        {"public_url": "https://example.org/passerelle"},
        {"proxy": "nginx"},
        {"certificate": Path("/nowhere.pem"), "key": Path("/nowhere.pem")},
        {"certificate": Path("/nowhere.pem")},
    ],
)
def test_an_address_that_cannot_be_is_refused(settings: dict[str, Any]) -> None:
    with pytest.raises(InputError):
        Address(**settings).check()


def test_of_ipv6_a_household_counts_as_one() -> None:
    assert network_of("2001:db8::1") == network_of("2001:db8::ffff") != network_of("2001:db8:0:1::1")
    assert network_of("192.0.2.1") != network_of("192.0.2.2") and network_of("unknown") == "unknown"
