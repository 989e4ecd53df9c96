"""The renderer shows every text character for character and links what belongs together."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from passerelle.panes import Column, Piece, page, render
from passerelle.panes.html import assets

HOSTILE = [
    "${alert(1)} and ${value}",
    "<img src=x onerror=alert(1)>",
    "{{x}} {{{x}}} {{#each value}}",
    "`backticks` and \\u0041 \\` \\\\",
    "</div></span></textarea></style></script><script>alert(1)</script>",
    "\"quoted\" 'single' &amp; & &lt; &#13; <!-- --> ]]>",
    "\u202eright to left\u202c \u2066isolated\u2069 שלום مرحبا",
    "control \x01\x02\x1b[31m \x7f \x85 \u2028 \u2029 and\ttab",
    "\n\nleading\r\nlines\rof\n\n  every kind \n",
    "🥖 e\u0301 \ufeff \u200b\u200d \u00a0\u202f",
    "",
    "   ",
]


class Reader(HTMLParser):
    """Reads the fragment as a browser would: the text of each ``.text`` block, and each piece with its attributes."""

    def __init__(self, fragment: str) -> None:
        super().__init__(convert_charrefs=True)
        self.texts: list[str] = []
        self.headings: list[str] = []
        self.pieces: list[tuple[dict[str, str | None], str]] = []
        self.notes: list[str] = []
        self.tags: list[str] = []
        self._open: list[tuple[str, str]] = []
        self.feed(fragment)
        self.close()
        assert self._open == [], "every element is closed"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if tag in {"meta", "link"}:
            return
        attributes = dict(attrs)
        kind = (attributes.get("class") or "").split(" ")[0]
        self._open.append((tag, kind))
        if kind == "text":
            self.texts.append("")
        elif kind == "piece":
            self.pieces.append((attributes, ""))
        elif kind == "note":
            self.notes.append(attributes["aria-label"] or "")
        elif tag == "h2":
            self.headings.append("")

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        kinds = [kind for _, kind in self._open]
        if self._open and self._open[-1][0] == "h2":
            self.headings[-1] += data
        if "text" in kinds:
            self.texts[-1] += data
        if "piece" in kinds:
            attributes, text = self.pieces[-1]
            self.pieces[-1] = attributes, text + data


def shown(text: str) -> str:
    """What HTML can hold of ``text``."""
    return re.sub("[\ud800-\udfff]", "\ufffd", text).replace("\0", "\u2400")


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_is_shown_literally(text: str) -> None:
    columns = [Column(text, text, (Piece(0, len(text), key=text, links=(text,), notes=(text,)),), language=text)]
    fragment = render(columns, assets=False)
    reader = Reader(fragment)
    assert reader.texts == [text]
    assert reader.headings == [text]
    assert reader.notes == [f"To check: {text}"]
    [(attributes, piece)] = reader.pieces
    assert (attributes["data-key"], piece) == (text, text)
    assert json.loads(attributes["data-links"] or "") == [text]
    assert "script" not in reader.tags and "img" not in reader.tags


@given(st.text(st.characters() | st.characters(categories=["Cs"]) | st.sampled_from("<>&\"'\0\r\n{}$`"), max_size=60))
@settings(max_examples=300, deadline=None)
def test_every_text_survives_the_round_trip(text: str) -> None:
    middle = len(text) // 2
    pieces = (Piece(0, middle, key="a"), Piece(middle, len(text), key="b", notes=("why",)))
    fragment = render([Column("Text", text, pieces), Column("Plain", text)], assets=False)
    assert Reader(fragment).texts == [shown(text), shown(text)]
    fragment.encode("utf-8")


def test_what_html_cannot_hold_is_shown_as_a_mark() -> None:
    assert Reader(render([Column("Text", "a\0b\ud800c")], assets=False)).texts == ["a\u2400b\ufffdc"]


def test_a_line_of_300_kilobytes() -> None:
    text = "mot<&" * 60_000
    assert Reader(render([Column("Text", text, (Piece(0, len(text), key="s0"),))], assets=False)).texts == [text]


def test_pieces_carry_keys_links_and_notes() -> None:
    columns = [
        Column("Original", "Un. Deux.", (Piece(0, 3, key="s0"), Piece(4, 9, key="s1")), language="fr"),
        Column("Translation", "One. Two.", (Piece(0, 4, key="s0"), Piece(5, 9, key="s1", notes=("a", "b"))), "en"),
        Column("Summary", "Two.", (Piece(0, 4, key="summary0", links=("s1", "s0")),), "en"),
    ]
    fragment = render(columns, assets=False)
    reader = Reader(fragment)
    assert reader.headings == ["Original", "Translation", "Summary"]
    assert [(a["data-key"], text) for a, text in reader.pieces] == [
        ("s0", "Un."), ("s1", "Deux."), ("s0", "One."), ("s1", "Two."), ("summary0", "Two."),
    ]  # fmt: skip
    assert all(attributes["tabindex"] == "0" for attributes, _ in reader.pieces)
    assert reader.pieces[4][0]["data-links"] == '["s1", "s0"]'
    assert reader.notes == ["To check: a; b"]
    assert 'lang="fr"' in fragment and fragment.count('lang="en"') == 2
    assert "1 to check" in fragment


@pytest.mark.parametrize("pieces", [((0, 3), (2, 5)), ((3, 5), (0, 2)), ((0, 9),), ((4, 2),)])
def test_pieces_out_of_place_are_refused(pieces: tuple[tuple[int, int], ...]) -> None:
    with pytest.raises(ValueError, match="overlaps its neighbour or leaves the text"):
        render([Column("Text", "12345", tuple(Piece(start, end) for start, end in pieces))])


def test_fragment_brings_its_own_assets_once_and_page_has_no_outside() -> None:
    columns = [Column("Original", "Un.", (Piece(0, 3, key="s0"),))]
    fragment = render(columns)
    assert fragment == assets() + render(columns, assets=False)
    document = page(columns, "A <title> ${x}", ["first & last"])
    reader = Reader(document)
    assert (document.count("<style>"), document.count("<script>")) == (1, 2)
    assert "<title>A &lt;title&gt; ${x}</title>" in document
    assert "<li>first &amp; last</li>" in document
    assert reader.texts == ["Un."]
    assert not re.search(r"https?:|//\w|@import|url\(", document.replace("<!DOCTYPE html>", ""))


def test_definitions_travel_with_their_column_and_end_no_script() -> None:
    rows = {"a</script>b": [["a", "noun", "", "x; y"]]}
    document = page([Column("Original", "Un.", definitions=rows, credit="Dictionary: us & them.")], "t")
    [data] = re.findall(r'<script type="application/json" class="definitions">(.*?)</script>', document)
    assert json.loads(data) == rows
    assert "<br>Dictionary: us &amp; them.</footer>" in document


def test_assets_close_no_element_early_and_touch_nothing_outside_the_fragment() -> None:
    folder = Path(__file__).parents[2] / "panes" / "assets"
    style = (folder / "panes.css").read_text(encoding="utf-8")
    assert "</" not in style
    assert all("</script" not in script.read_text(encoding="utf-8") for script in folder.glob("*.js"))
    flat = re.sub(r"/\*.*?\*/", "", style, flags=re.DOTALL)
    for selector in re.findall(r"(?:^|[}{])\s*([^{}@;]+)\{", flat):
        assert ".passerelle" in selector, selector


def test_empty_columns() -> None:
    reader = Reader(render([Column("Original", ""), Column("Translation", "")], assets=False))
    assert reader.texts == ["", ""]
    assert Reader(render([], assets=False)).texts == []
