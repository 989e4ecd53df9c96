"""Linked columns as HTML: a fragment for a web page or a notebook, or a whole document that stands alone.

Every text passes through ``html.escape``, so whatever a user pastes is read, never run.  Nothing is loaded from
elsewhere: the style sheet and the scripts in ``panes/assets`` travel inside the result.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Sequence
from functools import cache
from html import escape
from importlib.resources import files

from passerelle.panes.columns import Column
from passerelle.panes.flow import body, literal

_HINT = (
    "Point at a sentence, tab to it or tap it to see its partners. "
    "The arrow keys move between sentences and columns; N goes to the next one to check."
)
_SCRIPTS = ("panes.js", "dictionary.js")


def render(columns: Sequence[Column], *, assets: bool = True) -> str:
    """Return ``columns`` side by side as an HTML fragment.

    ``assets=False`` leaves out the style sheet and the script, for a page that holds them already (see
    ``assets``).  Raises ValueError where the pieces of a column overlap, are out of order or leave the text.
    """
    shown = "".join(_column(column) for column in columns)
    fragment = f'<div class="passerelle"><div class="columns">{shown}</div></div>'
    return _assets() + fragment if assets else fragment


def page(columns: Sequence[Column], title: str, notices: Sequence[str] = ()) -> str:
    """Return a whole HTML document that shows ``columns``, readable from a file with no network at all.

    ``notices`` are remarks about the whole text, one line each, shown under the title.
    """
    credits = dict.fromkeys(column.credit for column in columns if column.credit)
    hint = "<br>".join((_HINT, *map(literal, credits)))
    remarks = "".join(f"<li>{literal(notice)}</li>" for notice in notices)
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{escape(_policy())}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<link rel="icon" href="data:,">\n'
        f'<title>{literal(title)}</title>\n</head>\n<body class="passerelle-page">\n'
        f'<header>\n<h1 dir="auto">{literal(title)}</h1>\n'
        + (f'<ul class="notices">{remarks}</ul>\n' if remarks else "")
        + f"</header>\n<main>\n{render(columns)}\n</main>\n<footer>{hint}</footer>\n</body>\n</html>\n"
    )


def assets() -> str:
    """Return the style sheet and the script as HTML elements, for the head of a page that shows fragments."""
    return _assets()


def checkable(column: Column) -> int:
    """Return how many pieces of ``column`` a reader should check."""
    return sum(piece.is_doubtful for piece in column.pieces)


@cache
def _assets() -> str:
    scripts = "".join(f"<script>{_asset(name)}</script>" for name in _SCRIPTS)
    return f"<style>{_asset('panes.css')}</style>{scripts}"


@cache
def _asset(name: str) -> str:
    return files("passerelle.panes").joinpath("assets", name).read_text(encoding="utf-8")


@cache
def _policy() -> str:
    """A content security policy under which our own script runs and nothing else does."""
    digests = (base64.b64encode(hashlib.sha256(_asset(name).encode()).digest()).decode() for name in _SCRIPTS)
    allowed = " ".join(f"'sha256-{digest}'" for digest in digests)
    return f"default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src {allowed}"


def _column(column: Column) -> str:
    language = f' lang="{literal(column.language)}"' if column.language else ""
    doubtful = checkable(column)
    count = f'<button type="button" class="count">{doubtful} to check</button>' if doubtful else ""
    blocks = "".join(f'<div class="block">{block}</div>' for block in body(column))
    heading = literal(column.heading)
    reachable = any(piece.notes or piece.end > piece.start for piece in column.pieces)
    focusable = "" if reachable else f' tabindex="0" role="group" aria-label="{heading}"'
    return (
        f'<section class="pane" aria-label="{heading}"><header><h2>{heading}</h2>{count}'
        f'<button type="button" class="copy" aria-live="polite">Copy</button></header>'
        f'<div class="text"{language}{focusable}>{blocks}</div>{_definitions(column)}</section>'
    )


def _definitions(column: Column) -> str:
    if not column.definitions:
        return ""
    # Within a script no reference is read, and "</script" would end it.
    data = json.dumps(column.definitions, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    return f'<script type="application/json" class="definitions">{data}</script>'
