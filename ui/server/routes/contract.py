"""What the OpenAPI description promises beside the routes: how one signs in, and the form of every refusal."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI
from pydantic import BaseModel, Field


class Refusal(BaseModel):
    """Why a request was not served."""

    error: str = Field(description="One line that says what to do.")


def _refusals(**reasons: str) -> dict[int | str, dict[str, Any]]:
    # Of a route whose answer is no JSON, FastAPI would say the same of its refusals.
    content = {"application/json": {"schema": {"$ref": "#/components/schemas/Refusal"}}}
    return {int(status[1:]): {"description": reason, "content": content} for status, reason in reasons.items()}


ANYWHERE = _refusals(
    _401="Nobody is signed in.",
    _403="The request comes from another site's page.",
    _408="The request took too long to come.",
    _413="The request is larger than the server takes.",
    _421="The server does not go by this name.",
    _429="Too much within a minute.",
)
WORK = ANYWHERE | _refusals(
    _400="The request or what is in it cannot be used.",
    _422="The request lacks something, or has something that cannot be used.",
    _500="This failed and should not have.",
    _503="Too many wait already.",
)

_SCHEMES = {
    "token": {"type": "http", "scheme": "bearer", "description": "Made with: passerelle web token NAME"},
    "password": {"type": "http", "scheme": "basic"},
}


def describe(app: FastAPI, *, signs_in: bool) -> None:
    """Have the description of ``app`` say what a refusal is, and how one signs in where users do."""
    described = app.openapi

    def openapi() -> dict[str, Any]:
        found = described()
        components = found.setdefault("components", {})
        components.setdefault("schemas", {})["Refusal"] = Refusal.model_json_schema()
        if signs_in:
            components["securitySchemes"] = _SCHEMES
            found["security"] = [{name: []} for name in _SCHEMES]
            found["paths"]["/health"]["get"]["security"] = []
        return found

    app.openapi = openapi  # type: ignore[method-assign]
