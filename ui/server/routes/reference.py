"""The interface's own page: each route of the OpenAPI description with a call that can be copied."""

from __future__ import annotations

import json
from html import escape
from typing import Any

_STYLE = """
:root { color-scheme: light dark; }
body { max-width: 46rem; margin: 3rem auto; padding: 0 1.2rem; font: 1rem/1.6 system-ui, sans-serif; }
h1 { font: 600 1.5rem/1.3 Georgia, "Liberation Serif", serif; }
h2 { margin-top: 2.4rem; font: 600 1rem/1.5 ui-monospace, monospace; }
pre { padding: .9rem 1.1rem; overflow-x: auto; border: 1px solid #8884; border-radius: 8px; font-size: .85rem; }
"""


def reference(description: dict[str, Any]) -> str:
    """Return an OpenAPI description as a page to read."""
    parts = []
    for path, methods in description["paths"].items():
        for method, route in methods.items():
            parts.append(
                f"<h2>{escape(method.upper())} {escape(path)}</h2><p>{escape(route.get('description', ''))}</p>"
                f"<pre tabindex='0'>{escape(_call(method, path, route, description))}</pre>"
            )
    return (
        '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Passerelle: interface</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="data:,">'
        f"<style>{_STYLE}</style></head><body><main><h1>Passerelle: interface</h1>"
        '<p>The same as a description for programs: <a href="v1/openapi.json">openapi.json</a>.</p>'
        f"{''.join(parts)}</main></body></html>"
    )


def _call(method: str, path: str, route: dict[str, Any], description: dict[str, Any]) -> str:
    """Return a curl command for ``route``."""
    command = f"curl http://127.0.0.1:7860{path}"
    content = route.get("requestBody", {}).get("content", {})
    if "multipart/form-data" in content:
        return f"{command} -F files=@lettre.docx -o letter.docx"
    if "application/json" not in content:
        return command if method == "get" else f"{command} -X {method.upper()}"
    name = content["application/json"]["schema"]["$ref"].rpartition("/")[2]
    fields = description["components"]["schemas"][name]["properties"]
    example = {
        field: (about.get("examples") or [about.get("default", "Il pleut.")])[0] for field, about in fields.items()
    }
    return f"{command} -H 'Content-Type: application/json' \\\n  -d '{json.dumps(example, ensure_ascii=False)}'"
