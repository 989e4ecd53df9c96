"""What a first-time visitor sees: whole words, evidence in view, one language, true statements."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from passerelle.panes import Column, Piece, page, render
from tests.ui.browsing import LINE, PANE, finished, lit, save, start, translate
from tests.ui.conftest import free_port, serve

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from passerelle.summarize import Summarizer
    from passerelle.translate import Translator
    from tests.ui.conftest import Remembering

pytestmark = pytest.mark.browser

LEVELS = ("note", "doubt", "error")
NARROW = """() => [...document.querySelectorAll('.passerelle .piece')].filter(piece => {
    const node = piece.lastChild;
    return [...node.data.matchAll(/\\S+/g)].some(({ 0: word, index }) => {
        const range = new Range();
        range.setStart(node, index);
        range.setEnd(node, index + word.length);
        return new Set([...range.getClientRects()].map(box => Math.round(box.top))).size > 1;
    });
}).map(piece => piece.textContent)"""


def flagged(level: str) -> tuple[Column, ...]:
    text = "It rains. The weather is nice today."
    return (Column("Translation", text, (Piece(0, 9, "s0"), Piece(10, 36, "s1", notes=("why",), level=level))),)


@pytest.mark.parametrize("level", LEVELS)
def test_no_flag_breaks_a_sentence_into_letters(
    visit: Callable[..., Page], url: str, memory: Remembering, tmp_path: Path, level: str
) -> None:
    from passerelle.translate.flags import Flag, Kind, Message, Reason
    from passerelle.translate.translation_memory import Candidate

    saved, notebook = tmp_path / "saved.html", tmp_path / "notebook.html"
    saved.write_text(page(flagged(level), "Saved"), encoding="utf-8")
    notebook.write_text(f"<!DOCTYPE html><meta charset=utf-8>{render(flagged(level))}", encoding="utf-8")
    for path in (saved, notebook):
        assert visit(path.as_uri()).evaluate(NARROW) == []
    flags = (Flag(Kind.LOW_CONFIDENCE, Message.of(Reason.OTHER, "why"), level),)
    memory.planted["Il fait beau aujourd’hui."] = Candidate("The weather is nice today.", flags=flags)
    tab = start(visit, url)
    translate(tab, "Il pleut. Il fait beau aujourd’hui.")
    finished(tab)
    memory.planted.clear()
    assert tab.locator(f"{PANE.format(2)} [data-level={level}]").count() == 1
    assert tab.evaluate(NARROW) == []
    assert visit(save(tab, "html", tmp_path).as_uri()).locator(f"[data-level={level}]").count() == 1


def test_evidence_out_of_view_comes_into_view(visit: Callable[..., Page], tmp_path: Path) -> None:
    lines = [f"Sentence number {number} of a long text." for number in range(300)]
    starts = [sum(len(line) + 1 for line in lines[:number]) for number in range(300)]
    pieces = tuple(Piece(at, at + len(line), f"s{n}") for n, (at, line) in enumerate(zip(starts, lines, strict=True)))
    summary = Column("Summary", "The end.", (Piece(0, 8, "summary0", links=("s280",)),))
    path = tmp_path / "long.html"
    path.write_text(page([Column("Translation", "\n".join(lines), pieces), summary], "Long"), encoding="utf-8")
    tab = visit(path.as_uri())
    tab.hover("[data-key=summary0]")
    tab.wait_for_function("""() => {
        const piece = document.querySelector('.evidence'), pane = piece.closest('.text').getBoundingClientRect();
        const { top, bottom } = piece.getBoundingClientRect();
        return pane.top <= top && bottom <= pane.bottom;
    }""")
    assert lit(tab, "evidence") == [lines[280]]
    assert tab.evaluate("scrollY") == 0, "the page itself stays where it is"


def test_the_line_follows_the_language(visit: Callable[..., Page], url: str) -> None:
    tab = start(visit, url)
    translate(tab, "Le chat dort.")
    finished(tab)
    tab.click("#language")
    assert tab.inner_text("#line .line").startswith("Terminé")
    tab.click("#share")
    tab.wait_for_function(f"{LINE}.startsWith('Copié')")
    tab.click("#language")
    assert tab.inner_text("#line .line").startswith("Copied")
    tab.click("#new")
    tab.fill("#french textarea", " ")
    tab.click("#translate")
    tab.wait_for_function(f"{LINE}.startsWith('There is no text yet')")
    tab.click("#language")
    assert tab.inner_text("#line .line").startswith("Il n’y a pas encore de texte")
    tab.click("#language")
    assert tab.inner_text("#line .line").startswith("There is no text yet")


def test_the_list_of_files_follows_the_language(visit: Callable[..., Page], url: str, tmp_path: Path) -> None:
    tab = start(visit, url)
    (tmp_path / "un.html").write_text("<p>Le chat dort.</p>", encoding="utf-8")
    (tmp_path / "photo.png").write_bytes(b"\x89PNG")
    tab.set_input_files("#pick", [tmp_path / "un.html", tmp_path / "photo.png"])
    tab.wait_for_selector("#files .ready")
    tab.wait_for_selector("#files .failed")
    tab.click("#language")
    shown = tab.inner_text("#files")
    assert "prêt" in shown and "Enregistrer" in shown and "ce format n’est pas" in shown and "Vider" in shown


@pytest.mark.parametrize("width", [390, 1280, 1920, 2560])
def test_the_page_is_in_the_middle(visit: Callable[..., Page], url: str, width: int) -> None:
    tab = start(visit, url, viewport={"width": width, "height": 900})
    left, right = tab.evaluate("(({ left, right }) => [left, right])(controls.getBoundingClientRect())")
    assert abs(left - (tab.evaluate("document.documentElement.clientWidth") - right)) <= 1


def test_a_saved_file_has_a_name_of_its_own(visit: Callable[..., Page], url: str, tmp_path: Path) -> None:
    path = tmp_path / "lettre.txt"
    path.write_text("Le chat dort.", encoding="utf-8")
    tab = start(visit, url)
    tab.set_input_files("#pick", path)
    finished(tab)
    assert [save(tab, form, tmp_path).name for form in ("txt", "docx")] == ["lettre.en.txt", "lettre.en.docx"]
    named = "name => window.passerelleFiles.named(name)"
    assert [tab.evaluate(named, name) for name in ("a.b.docx", "lettre.fr.odt", "sans")] == [
        "a.b.en.docx",
        "lettre.en.odt",
        "sans.en",
    ]


def test_a_page_for_others_does_not_say_that_all_stays_here(
    visit: Callable[..., Page], url: str, translator: Translator, summarizer: Summarizer
) -> None:
    here = "Everything stays on this machine"
    assert here in start(visit, url).inner_text("#masthead")
    server = serve(translator, summarizer, free_port(), host="0.0.0.0")
    try:
        tab = start(visit, server.local_url.rstrip("/"))
        assert here not in tab.inner_text("body") and "server" in tab.inner_text("#masthead")
    finally:
        server.close()


def test_no_speed_comes_from_repeated_sentences(visit: Callable[..., Page], url: str) -> None:
    tab = start(visit, url)
    translate(tab, "La pluie tombe doucement. " * 200)
    finished(tab)
    line = tab.inner_text("#line .line")
    assert not re.search(r"words/s|/s\b", line)
    assert "800 words" in line and "796 of them in repeated sentences" in line
