"""Linked columns as HTML: a fragment for a web page or a notebook, or a whole document that stands alone.

Every text passes through ``html.escape``, so whatever a user pastes is read, never run.  Nothing is loaded from
elsewhere: the one style sheet and the one script in ``panes/assets`` travel inside the result.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Sequence
from functools import cache
from html import escape
from importlib.resources import files

from panes.columns import Column, Piece

_UNSHOWABLE = re.compile("[\0\r\ud800-\udfff]")
_HINT = (
    "Point at a sentence, tab to it or tap it to see its partners. "
    "The arrow keys move between sentences and columns; N goes to the next one to check."
)


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
    remarks = "".join(f"<li>{_literal(notice)}</li>" for notice in notices)
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{escape(_policy())}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<link rel="icon" href="data:,">\n'
        f'<title>{_literal(title)}</title>\n</head>\n<body class="passerelle-page">\n'
        f'<header>\n<h1 dir="auto">{_literal(title)}</h1>\n'
        + (f'<ul class="notices">{remarks}</ul>\n' if remarks else "")
        + f"</header>\n<main>\n{render(columns)}\n</main>\n<footer>{_HINT}</footer>\n</body>\n</html>\n"
    )


def assets() -> str:
    """Return the style sheet and the script as HTML elements, for the head of a page that shows fragments."""
    return _assets()


@cache
def _assets() -> str:
    return f"<style>{_asset('panes.css')}</style><script>{_asset('panes.js')}</script>"


@cache
def _asset(name: str) -> str:
    return files("panes").joinpath("assets", name).read_text(encoding="utf-8")


@cache
def _policy() -> str:
    """A content security policy under which our own script runs and nothing else does."""
    digest = base64.b64encode(hashlib.sha256(_asset("panes.js").encode()).digest()).decode()
    return f"default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src 'sha256-{digest}'"


def _literal(text: str) -> str:
    """Return ``text`` as HTML that shows it character for character.

    HTML has no way to hold NUL and lone surrogates, so they show as U+2400 and U+FFFD; a carriage return
    survives only as a reference.
    """
    marks = {"\0": "\u2400", "\r": "&#13;"}
    return _UNSHOWABLE.sub(lambda match: marks.get(match[0], "\ufffd"), escape(text))


def _column(column: Column) -> str:
    language = f' lang="{_literal(column.language)}"' if column.language else ""
    doubtful = sum(bool(piece.notes) for piece in column.pieces)
    count = f'<button type="button" class="count">{doubtful} to check</button>' if doubtful else ""
    heading = _literal(column.heading)
    reachable = any(piece.notes or piece.end > piece.start for piece in column.pieces)
    focusable = "" if reachable else f' tabindex="0" role="group" aria-label="{heading}"'
    return (
        f'<section class="pane" aria-label="{heading}"><header><h2>{heading}</h2>{count}'
        f'<button type="button" class="copy" aria-live="polite">Copy</button></header>'
        f'<div class="text"{language}{focusable}>{_body(column)}</div></section>'
    )


def _body(column: Column) -> str:
    parts, position = [], 0
    for piece in column.pieces:
        if not position <= piece.start <= piece.end <= len(column.text):
            raise ValueError(
                f"piece {piece.start}-{piece.end} of {column.heading!r} overlaps its neighbour or leaves the text"
            )
        parts += [_literal(column.text[position : piece.start]), _piece(column.text[piece.start : piece.end], piece)]
        position = piece.end
    return "".join([*parts, _literal(column.text[position:])])


def _piece(text: str, piece: Piece) -> str:
    links = f' data-links="{_literal(json.dumps(piece.links))}"' if piece.links else ""
    focusable = ' tabindex="0"' if text or piece.notes else ""
    reason = _literal("To check: " + "; ".join(piece.notes))
    mark = f'<span class="note" role="img" aria-label="{reason}"></span>' if piece.notes else ""
    kind = "piece doubtful" if piece.notes else "piece"
    return f'<span class="{kind}" data-key="{_literal(piece.key)}"{links}{focusable}>{mark}{_literal(text)}</span>'
