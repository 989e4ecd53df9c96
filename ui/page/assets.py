"""The page's own script, style and words, and the head that brings them."""

from __future__ import annotations

from importlib import metadata
from pathlib import Path

from passerelle.panes.html import assets

FOLDER = Path(__file__).parents[1] / "assets"
SCRIPTS = (
    "words.js",
    "reasons.js",
    "settings.js",
    "panes.js",
    "define.js",
    "files.js",
    "keeping.js",
    "sentences.js",
    "corrections.js",
    "glossary.js",
    "page.js",
)


def head() -> str:
    """Return the HTML of the head; the page asks for nothing from elsewhere."""
    version = metadata.version("passerelle")
    scripts = "".join(f'<script defer src="page/assets/{name}?{version}"></script>' for name in SCRIPTS)
    return (
        f'{assets()}<link rel="stylesheet" href="page/assets/page.css?{version}">'
        f'<link rel="icon" href="page/assets/icon.svg">{scripts}'
    )


def examples() -> list[str]:
    """Return example texts: the seeds of a checkout, and those that are packaged."""
    here = Path(__file__)
    found = [*sorted(here.parents[2].glob("seeds/*.txt")), *sorted(FOLDER.glob("examples/*.txt"))]
    return [path.read_text(encoding="utf-8") for path in found]
