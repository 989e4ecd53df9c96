"""The page where people sign in, and where they sign out."""

from __future__ import annotations

from html import escape
from urllib.parse import parse_qs

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from passerelle.ui.server.http.identity import Identity, NotSignedIn

_STYLE = """
:root { color-scheme: light dark; }
body { display: grid; min-height: 92vh; place-content: center; margin: 0; font: 1rem/1.5 system-ui, sans-serif; }
form { display: grid; gap: 1rem; width: min(19rem, 86vw); }
h1 { margin: 0; font: 600 1.6rem/1.3 Georgia, "Liberation Serif", serif; }
label { display: grid; gap: .3rem; }
input, button { font: inherit; padding: .55rem .7rem; border: 1px solid #888; border-radius: 6px; }
button { border: 0; color: #fff; background: #1f4e79; cursor: pointer; }
:focus-visible { outline: 2px solid #4a90d9; outline-offset: 2px; }
p { margin: 0; } [role=alert] { color: #c0392b; font-weight: 600; }
"""
_WORDS = {
    "en": ("Name", "Password", "Sign in", "The name or the password is wrong.", "Sign in to use this page."),
    "fr": (
        "Nom",
        "Mot de passe",
        "Se connecter",
        "Le nom ou le mot de passe est faux.",
        "Identifiez-vous pour entrer.",
    ),
}


def router(identity: Identity) -> APIRouter:
    """Return the routes."""
    routes = APIRouter(include_in_schema=False)

    @routes.get("/sign-in")
    async def show(request: Request) -> Response:
        return HTMLResponse(_page(request), headers={"cache-control": "no-store"})

    @routes.post("/sign-in")
    async def sign_in(request: Request) -> Response:
        name, password = _fields(await request.body())
        try:
            await identity.check(name, password, request.scope["passerelle.address"])
        except NotSignedIn as error:
            headers = {"cache-control": "no-store"}
            return HTMLResponse(_page(request, name, is_wrong=True), error.status, headers)
        return RedirectResponse("./", 303, {"set-cookie": identity.begin(name), "cache-control": "no-store"})

    @routes.post("/sign-out")
    async def sign_out(request: Request) -> Response:
        return RedirectResponse("sign-in", 303, {"set-cookie": identity.end(request.headers)})

    return routes


def _fields(body: bytes) -> tuple[str, str]:
    """Return name and password of a form; empty ones where it is no such form."""
    try:
        fields = parse_qs(body.decode("utf-8", "replace"), max_num_fields=10)
    except ValueError:
        fields = {}
    return fields.get("name", [""])[0], fields.get("password", [""])[0]


def _page(request: Request, name: str = "", *, is_wrong: bool = False) -> str:
    language = "fr" if request.headers.get("accept-language", "").lower().startswith("fr") else "en"
    its_name, its_password, button, wrong, lead = _WORDS[language]
    said = f'<p role="alert">{wrong}</p>' if is_wrong else f"<p>{lead}</p>"
    return (
        f'<!DOCTYPE html><html lang="{language}"><head><meta charset="utf-8"><title>Passerelle: {button}</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="data:,">'
        f"<style>{_STYLE}</style></head><body><main><form method='post' action='sign-in'><h1>Passerelle</h1>{said}"
        f"<label>{its_name}<input name='name' value='{escape(name)}' autocomplete='username' required></label>"
        f"<label>{its_password}<input name='password' type='password' autocomplete='current-password' required></label>"
        f"<button>{button}</button></form></main></body></html>"
    )
