"""The reader's own terms on the page: written, counted, obeyed, kept in the browser alone, and shown literally."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from passerelle.translate import Translator
from passerelle.translate.glossary import Entry, Glossary
from tests.ui.browsing import LINE, PANE, content, finished, save, shoot, start, translate, violations

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

FRENCH = "Le maire a ouvert le marché."
KEPT = "localStorage.getItem('passerelle-glossary')"
COUNT = "document.querySelector('#glossary .count').textContent"


def write(tab: Page, *terms: tuple[str, str]) -> None:
    """Write ``terms`` with the keyboard alone, from wherever the page is."""
    tab.keyboard.press("g")
    for number, (french, english) in enumerate(terms):
        if number:
            tab.keyboard.press("Enter")
        tab.keyboard.type(french)
        tab.keyboard.press("Tab")
        tab.keyboard.type(english)


def test_terms_are_written_counted_and_obeyed_by_keyboard(
    visit: Callable[..., Page], url: str, translator: Translator, tmp_path: Path
) -> None:
    tab = start(visit, url)
    translate(tab, FRENCH)
    finished(tab)
    assert content(tab, 2) == translator(FRENCH).text
    tab.focus("#new")
    write(tab, ("maire", "burgomaster"), ("marché", ""))
    tab.wait_for_function(f"{COUNT} === 'In this text: 0 found, 1 missed. 1 term lacks its English and is not used.'")
    for _ in range(2):
        tab.keyboard.press("Tab")
    tab.keyboard.press("Space")
    tab.wait_for_function(f"/^In this text: [01] found, [12] missed.$/.test({COUNT})")
    assert tab.is_disabled("#glossary .row:nth-child(2) .target")
    shoot(tab, "glossary-editor")
    assert violations(tab) == []
    tab.keyboard.press("Control+Enter")
    tab.wait_for_function(f"{LINE}.includes('2 of 2 terms found')")
    assert not tab.is_visible("#glossary")
    strict = translator.with_glossary(Glossary([Entry("maire", "burgomaster"), Entry("marché", "marché", keep=True)]))
    assert content(tab, 2) == strict(FRENCH).text and "burgomaster" in content(tab, 2)
    assert tab.inner_text("#terms") == "Glossary (2)"
    tab.keyboard.press("g")
    assert tab.inner_text("#glossary .uses >> nth=0") == "1 found"
    with tab.expect_download() as download:
        tab.click("#glossary [data-act=export]")
    download.value.save_as(tmp_path / "terms.csv")
    assert Glossary.read(tmp_path / "terms.csv").fingerprint == strict.glossary.fingerprint  # type: ignore[union-attr]
    tab.click("#glossary .clear")
    assert tab.evaluate(KEPT) is None and tab.inner_text("#glossary .clear") == "Bring them back"
    tab.click("#glossary .clear")
    assert len(json.loads(tab.evaluate(KEPT))) == 2
    tab.click("#glossary .drop >> nth=0")
    tab.keyboard.press("Escape")
    tab.wait_for_function(f"{LINE}.startsWith('The glossary has changed')")


def test_terms_stay_in_the_browser_and_go_along_with_files(
    visit: Callable[..., Page], url: str, tmp_path: Path
) -> None:
    tab = start(visit, url, locale="fr-FR")
    tab.focus("#translate")
    write(tab, ("maire", "burgomaster"))
    tab.keyboard.press("Escape")
    tab.reload()
    tab.wait_for_selector(".passerelle-ready")
    assert tab.inner_text("#terms") == "Glossaire (1)"
    for number in (1, 2):
        (tmp_path / f"{number}.html").write_text(f"<p>{FRENCH}</p>", encoding="utf-8")
    tab.set_input_files("#pick", [tmp_path / "1.html", tmp_path / "2.html"])
    tab.wait_for_function("document.querySelectorAll('#files .ready').length === 2")
    with tab.expect_download() as download:
        tab.click("#files .ready > button >> nth=0")
    download.value.save_as(tmp_path / "english.html")
    assert "burgomaster" in (tmp_path / "english.html").read_text(encoding="utf-8")
    tab.click("#share")
    other = start(visit, url)
    assert other.inner_text("#terms") == "Glossary", "another browser knows nothing of them"


def point_at(tab: Page, word: str) -> None:
    """Point at the French ``word`` with the keys and open the glossary on it."""
    for presses in range(1, 8):
        tab.focus(f"{PANE.format(1)} .piece")
        for _ in range(presses):
            tab.keyboard.press("Shift+ArrowRight")
        tab.keyboard.press("g")
        if tab.input_value("#glossary .source") == word:
            return
        tab.keyboard.press("Escape")
    raise AssertionError(f"no word of the sentence becomes {word} in the glossary")


def test_a_word_pointed_at_becomes_a_term_and_one_sentence_is_tried_again(visit: Callable[..., Page], url: str) -> None:
    tab = start(visit, url)
    translate(tab, FRENCH)
    finished(tab)
    point_at(tab, "marché")
    tab.keyboard.press("Escape")
    assert tab.evaluate(KEPT) is None, "what was only offered is not kept"
    point_at(tab, "marché")
    tab.keyboard.type("burgomaster")
    tab.keyboard.press("Escape")
    tab.focus(f"{PANE.format(2)} .piece")
    tab.keyboard.press("r")
    tab.wait_for_function(f"document.querySelector('{PANE.format(2)}').textContent.includes('burgomaster')")
    tab.wait_for_function(f"{LINE} === 'Translated otherwise.'")
    assert tab.get_attribute(f"{PANE.format(2)} .piece", "data-words"), "its words are linked anew"


def test_hostile_terms_and_files_are_literal_or_refused(visit: Callable[..., Page], url: str, tmp_path: Path) -> None:
    hostile = ["maire", '<img src=x onerror=alert(1)> ${alert(2)} {{x}} `"a",b; \u202eלא']
    path = tmp_path / "terms.csv"
    path.write_bytes(f'source;target\n{hostile[0]};"{hostile[1].replace(chr(34), chr(34) * 2)}"\n'.encode())
    tab = start(visit, url)
    tab.focus("#translate")
    tab.keyboard.press("g")
    tab.set_input_files("#glossary .pick", path)
    tab.wait_for_function(f"{COUNT} === '1 term taken in.'")
    assert [tab.input_value(f"#glossary .{name}") for name in ("source", "target")] == hostile
    (tmp_path / "bad.csv").write_text("maire,mayor\nmarché,market,loud\n", encoding="utf-8")
    tab.set_input_files("#glossary .pick", tmp_path / "bad.csv")
    tab.wait_for_selector("#glossary .count.alert")
    assert "line 2: unknown option “loud”" in tab.inner_text("#glossary .count")
    assert tab.locator("#glossary .row").count() == 1, "nothing is lost"
    tab.keyboard.press("Escape")
    translate(tab, FRENCH)
    finished(tab)
    notes = json.loads(tab.get_attribute(f"{PANE.format(2)} .piece", "data-notes") or "[]")
    assert hostile[1] in content(tab, 2) + "".join(note["text"] for note in notes)
    assert hostile[1].split()[-1] in str(tab.get_attribute(f"{PANE.format(2)} .note", "aria-label"))
    assert tab.locator("#panes :is(img, script)").count() == 0
    saved = visit(save(tab, "html", tmp_path).as_uri())
    assert saved.locator("main img").count() == 0


def test_the_editor_on_a_phone_in_french_and_dark(visit: Callable[..., Page], url: str) -> None:
    phone = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
    tab = start(visit, url, color_scheme="dark", locale="fr-FR", **phone)
    tab.tap("#terms")
    tab.keyboard.type("préfet")
    shoot(tab, "glossary-phone")
    assert tab.inner_text("#glossary-title") == "Glossaire"
    width = tab.eval_on_selector("#glossary", "element => [element.scrollWidth, element.clientWidth]")
    assert width[0] <= width[1] <= 390
    assert violations(tab) == []
    tab.tap("#glossary [data-act=close]")
    assert tab.inner_text("#terms") == "Glossaire", "a term without its English is kept, and not used"
    assert json.loads(tab.evaluate(KEPT))[0]["source"] == "préfet"
