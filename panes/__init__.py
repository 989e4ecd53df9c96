"""Columns of text whose pieces are linked, rendered as escaped HTML.

The web page, the notebook and the saved reports share this one renderer.  It knows nothing of translation
or summaries: a column is a text, and its pieces are spans of that text with a key; pieces of the same key
are partners, and ``links`` names the keys that support a piece.
"""

from passerelle.panes.columns import Column, Note, Piece, Word
from passerelle.panes.html import page, render

__all__ = ["Column", "Note", "Piece", "Word", "page", "render"]

if __name__ == "panes":  # found in a checkout by its old name
    from passerelle.checkout import redirect

    redirect(__name__)
