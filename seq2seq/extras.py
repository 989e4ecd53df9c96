"""Libraries that only some installations have, and one line that says which to add."""

from __future__ import annotations

from importlib.util import find_spec

from passerelle.seq2seq.errors import MissingExtra

EXTRAS = {
    "torch": ("torch", "transformers", "safetensors", "huggingface_hub"),
    "web": ("gradio", "fastapi", "starlette", "pydantic", "uvicorn", "argon2"),
    "mcp": ("mcp",),
    "ray": ("ray",),
}
"""What each extra of ``pip install 'passerelle[EXTRA]'`` brings, by the names that Python imports."""


def require(extra: str, what: str) -> None:
    """Raise MissingExtra where a library of ``extra`` is missing, which ``what`` cannot do without.  Imports nothing.

    ``what`` begins the line that the user reads: ``"passerelle web"``.
    """
    if any(find_spec(name) is None for name in EXTRAS[extra]):
        raise MissingExtra(f"{what} needs pip install 'passerelle[{extra}]'")
