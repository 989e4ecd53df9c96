"""The page and the saved reports in a real browser: what a visitor sees, does and is spared."""

from __future__ import annotations

import json
import re
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from passerelle.panes import Column, Piece, page, render
from tests.ui.browsing import (
    LINE,
    PANE,
    content,
    finished,
    lit,
    save,
    set_text,
    shoot,
    start,
    translate,
    violations,
    words,
)

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from passerelle.translate import Translator
    from passerelle.ui.server.app import Server
    from tests.ui.conftest import Remembering

pytestmark = pytest.mark.browser

HOSTILE = (
    "Un essai : ${alert(1)} et ${value}. <img src=x onerror=alert(2)> est là. {{x}} {{{x}}} ici. "
    "`guillemets` \\u0041. </textarea></style></script><script>alert(3)</script> fin. "
    "\u202eà l’envers\u202c. שלום &amp; &lt;b&gt;."
)
COLUMNS = (
    Column("Original", "Un. Deux.\nTrois.", (Piece(0, 3, "s0"), Piece(4, 9, "s1"), Piece(10, 16, "s2")), "fr"),
    Column(
        "Translation",
        "One. Two.\nThree.",
        (Piece(0, 4, "s0"), Piece(5, 9, "s1", notes=("a number changed",)), Piece(10, 16, "s2", notes=("odd",))),
        "en",
    ),
    Column("Summary", "Three, two.", (Piece(0, 11, "summary0", links=("s2", "s1")),), "en"),
)


def test_an_article_fills_three_panes_that_light_up_together(
    visit: Callable[..., Page], url: str, article: str, translator: Translator
) -> None:
    tab = start(visit, url)
    assert violations(tab) == []
    shoot(tab, "empty")
    translate(tab, article)
    tab.wait_for_selector(f"{PANE.format(2)} .piece")
    assert content(tab, 1) == article
    finished(tab)
    assert content(tab, 2) == translator(article).text
    assert content(tab, 3)
    assert tab.get_attribute("#status .spoken", "aria-live") == "polite"
    assert violations(tab) == []

    requests: list[str] = []
    tab.on("request", lambda request: requests.append(request.url))
    tab.hover(f"{PANE.format(1)} .piece >> nth=0")
    sentence = translator(article).sentences[0]
    assert lit(tab)[:2] == [sentence.source, sentence.text]
    tab.hover(f"{PANE.format(3)} .piece >> nth=0")
    assert len(lit(tab)) == 1
    evidence = tab.eval_on_selector_all(".evidence", "found => found.map(e => e.closest('.pane').ariaLabel)")
    assert {"Original", "Translation"} == set(evidence)
    shoot(tab, "light")

    tab.focus(f"{PANE.format(1)} .piece >> nth=0")
    tab.keyboard.press("Shift+ArrowRight")
    tab.keyboard.press("Shift+ArrowRight")
    second = sorted({(link.start, link.end) for link in sentence.links})[1]
    partners = {sentence.text[k.target_start : k.target_end] for k in sentence.links if (k.start, k.end) == second}
    assert words(tab)[0] == sentence.source[slice(*second)]
    assert set(words(tab)) == {sentence.source[slice(*second)]} | partners
    box = tab.eval_on_selector(
        f"{PANE.format(1)} .piece", "e => { const r = e.getClientRects()[0]; return [r.left + 8, r.top + 12]; }"
    )
    tab.mouse.move(*box)
    tab.wait_for_timeout(100)
    assert words(tab)[0] == sentence.source.split()[0]
    shoot(tab, "words")
    asked = [url for url in requests if not url.endswith("/page/define")]
    assert asked == [], "linking asks the server for nothing; the dictionary does"


def test_the_first_sentence_comes_within_a_second(
    visit: Callable[..., Page], url: str, article: str, translator: Translator
) -> None:
    first = translator(article).sentences[0].text[:10]
    tab = start(visit, url)
    translate(tab, "Il pleut.")
    finished(tab)
    translate(tab, article)
    began = time.monotonic()
    tab.wait_for_function(f"document.querySelector('{PANE.format(2)}').textContent.startsWith({json.dumps(first)})")
    assert time.monotonic() - began < 3, "one second on a machine that does nothing else"


def test_stop_keeps_what_is_done_and_the_page_goes_on(visit: Callable[..., Page], url: str, site: Server) -> None:
    tab = start(visit, url)
    translate(tab, " ".join(f"Le client numéro {n} achète {n * 7} pommes rouges au marché." for n in range(900)))
    tab.wait_for_function(f"document.querySelectorAll('{PANE.format(2)} .piece').length > 3")
    shoot(tab, "working")
    tab.click("#stop")
    assert tab.inner_text("#line .line").startswith("Stopped: "), "the page answers before the model does"
    tab.wait_for_timeout(1_000)
    done, count = site.service.metrics["sentences"], tab.locator(f"{PANE.format(2)} .piece").count()
    tab.wait_for_timeout(500)
    assert site.service.metrics["sentences"] == done and not site.service.line.served.total()
    assert tab.locator(f"{PANE.format(2)} .piece").count() == count
    assert 0 < count < 900
    assert tab.get_attribute(f"{PANE.format(3)}", "data-waiting") == "The summary comes when the text is done."
    tab.click("#enough")
    tab.wait_for_function(f"document.querySelector('{PANE.format(3)}').textContent.length > 20")
    assert not tab.is_visible("#enough") and tab.locator(f"{PANE.format(2)} .piece").count() == count
    assert violations(tab) == []
    translate(tab, "Le chat dort.")
    finished(tab)
    assert content(tab, 1) == "Le chat dort."


def test_what_was_stopped_goes_on_to_the_same_end(visit: Callable[..., Page], url: str, translator: Translator) -> None:
    tab = start(visit, url)
    text = "\n\n".join(f"Le client {n} achète {n * 7} pommes. Il en rend {n}." for n in range(250))
    translate(tab, text)
    tab.wait_for_function(f"document.querySelectorAll('{PANE.format(2)} .piece').length > 3")
    tab.click("#stop")
    half = content(tab, 2)
    assert tab.evaluate("document.activeElement.id") == "onwards"
    tab.click("#onwards")
    tab.wait_for_function("document.querySelector('#panes .pane:nth-child(3) .text').textContent")
    whole = translator(text)
    assert content(tab, 1) == text and content(tab, 2) == whole.text and whole.text.startswith(half)
    keys = "found => found.map(piece => piece.dataset.key)"
    assert tab.eval_on_selector_all(f"{PANE.format(2)} .piece", keys) == [f"s{n}" for n in range(500)]
    assert "500" in str(tab.inner_text("#line .line")) or tab.inner_text("#line .line").startswith("Done")
    assert not tab.is_visible("#onwards") and violations(tab) == []


def test_doubts_are_walked_through_and_mended(
    visit: Callable[..., Page], url: str, memory: Remembering, tmp_path: Path
) -> None:
    tab = start(visit, url)
    from passerelle.translate.flags import Flag, Kind, Message, Reason
    from passerelle.translate.translation_memory import Candidate

    doubts = {"Le train part à 8 heures.": "8 of the French became 9", "Le chien dort.": "the end may be missing"}
    for french, reason in doubts.items():
        flag = Flag(Kind.NUMBER, Message.of(Reason.OTHER, reason))
        memory.planted[french] = Candidate("Somewhat wrong.", flags=(flag,))
    translate(tab, f"Il pleut. {' Le chat court. '.join(doubts)}")
    finished(tab)
    tab.wait_for_selector("#checks")
    memory.planted.clear()
    assert int(tab.inner_text("#checks").split()[0]) == tab.locator("#panes .doubtful").count() >= 2
    tab.keyboard.press("n")
    piece = tab.locator(f"{PANE.format(2)} .piece:focus")
    assert piece.count() == 1 and tab.locator(".card li").count() >= 1
    shoot(tab, "doubt")
    assert violations(tab) == []
    tab.keyboard.press("a")
    tab.wait_for_selector(".card .others")
    tab.wait_for_function("!document.querySelector('.card .others').textContent.includes('moment')")
    shoot(tab, "alternatives")
    tab.keyboard.press("Escape")
    tab.click("#next")
    key = tab.evaluate("document.activeElement.dataset.key")
    french = tab.inner_text(f"{PANE.format(1)} [data-key={key}]")
    tab.keyboard.press("e")
    tab.keyboard.press("Control+a")
    tab.keyboard.type("My own words <b>1</b>.")
    shoot(tab, "edit")
    tab.keyboard.press("Enter")
    tab.wait_for_function(f"{LINE}.startsWith('Kept, and remembered')")
    assert memory.corrected.pop(french) == "My own words <b>1</b>."
    assert "My own words <b>1</b>." in content(tab, 2)
    assert "My own words <b>1</b>." in save(tab, "txt", tmp_path).read_text(encoding="utf-8")


def test_an_edit_is_saved_or_dropped_by_its_buttons(visit: Callable[..., Page], url: str) -> None:
    tab = start(visit, url)
    translate(tab, "Il pleut. Le chat court.")
    finished(tab)
    before = content(tab, 2)
    for label, kept in (("Cancel", False), ("Save", True)):
        tab.dblclick(f"{PANE.format(2)} .piece >> nth=0")
        tab.keyboard.press("Control+a")
        tab.keyboard.type("It rains a lot.")
        shoot(tab, f"editing-{label}")
        assert violations(tab) == []
        tab.click(f".card button:text-is('{label}')")
        tab.wait_for_selector("#panes [contenteditable]", state="detached")
        assert ("It rains a lot." in content(tab, 2)) is kept
        assert kept or content(tab, 2) == before


def test_the_page_says_what_is_at_work_and_what_pointing_does(visit: Callable[..., Page], url: str) -> None:
    tab = start(visit, url)
    assert tab.inner_text("#small summary") == "A small model is at work: read its English as a gist."
    tab.click("#small summary")
    assert "passerelle download" in tab.inner_text("#small")
    assert not tab.is_visible("#hint")
    translate(tab, "Il pleut.")
    finished(tab)
    assert "French word" in tab.inner_text("#hint")
    tab.click("#language")
    assert "petit modèle" in tab.inner_text("#small summary") and "passerelle download" in tab.inner_text("#small")
    shoot(tab, "french-small-model")
    assert violations(tab) == []


def test_the_summary_changes_without_a_new_translation(visit: Callable[..., Page], url: str, article: str) -> None:
    tab = start(visit, url)
    translate(tab, article)
    finished(tab)
    before, english = content(tab, 3), content(tab, 2)
    tab.check("#length input[value=long]", force=True)
    tab.wait_for_function(f"document.querySelector('{PANE.format(3)}').textContent.length > {len(before)}")
    tab.wait_for_function("!document.body.classList.contains('passerelle-busy')")
    tab.check("#length input[value=sentences]", force=True)
    tab.fill("#number input", "3")
    tab.check("#style input[value=bullets]", force=True)
    tab.wait_for_function(f"document.querySelector('{PANE.format(3)}').textContent.split('\\n- ').length === 3")
    assert content(tab, 2) == english
    shoot(tab, "bullets")


def test_copy_and_downloads(visit: Callable[..., Page], url: str, translator: Translator, tmp_path: Path) -> None:
    text = "Le marché ouvre à huit heures.\n\nLes enfants jouent dans la rue. 🥖 Le chat dort."
    tab = start(visit, url, permissions=["clipboard-read", "clipboard-write"])
    assert not tab.is_visible("[data-form=txt]"), "there is nothing to save yet"
    translate(tab, text)
    finished(tab)
    english = translator(text).text
    tab.click("#panes .pane:nth-child(2) .copy")
    tab.wait_for_selector("text=Copied")
    assert tab.evaluate("navigator.clipboard.readText()") == english
    assert save(tab, "txt", tmp_path).read_bytes() == english.encode()
    saved = visit(save(tab, "html", tmp_path).as_uri())
    assert saved.eval_on_selector_all(".text", "found => found.map(e => e.textContent)")[:2] == [text, english]
    saved.hover(".piece >> nth=0")
    assert len(lit(saved)) >= 2
    assert save(tab, "docx", tmp_path).read_bytes().startswith(b"PK")
    assert "Le chat dort." in save(tab, "tmx", tmp_path).read_text(encoding="utf-8")
    tab.click("#share")
    tab.wait_for_function(f"{LINE}.startsWith('Copied')")
    link = tab.evaluate("navigator.clipboard.readText()")
    assert "length=medium" in link and "chat" not in link
    other = start(visit, link.replace("length=medium", "length=4").replace("language=en", "language=fr"))
    assert other.is_checked("#length input[value=sentences]") and other.input_value("#number input") == "4"
    assert other.inner_text("#translate").strip() == "Traduire"


def test_files_are_translated_in_a_list(
    visit: Callable[..., Page], url: str, translator: Translator, tmp_path: Path
) -> None:
    names = ["un.txt", "deux.md", "trois.html"]
    for name in names:
        (tmp_path / name).write_text("<p>Le chat dort.</p>" if "html" in name else "Le chat dort.", encoding="utf-8")
    (tmp_path / "photo.png").write_bytes(b"\x89PNG")
    tab = start(visit, url)
    tab.set_input_files("#pick", [tmp_path / name for name in [*names, "photo.png"]])
    tab.wait_for_function("document.querySelectorAll('#files .ready').length === 3")
    tab.wait_for_selector("#files .failed")
    assert "photo.png" in tab.inner_text("#files .failed .state")
    shoot(tab, "files")
    assert violations(tab) == []
    with tab.expect_download() as download:
        tab.click("#files .all")
    download.value.save_as(tmp_path / "english.zip")
    with zipfile.ZipFile(tmp_path / "english.zip") as archive:
        assert sorted(archive.namelist()) == ["deux.en.md", "trois.en.html", "un.en.txt"]
        assert f"<p>{translator('Le chat dort.')}</p>" in archive.read("trois.en.html").decode()
    with tab.expect_download() as download:
        tab.click("#files .ready .beside button >> nth=0")
    assert download.value.suggested_filename == "un.fr-en.html"
    both = Path(download.value.path()).read_text(encoding="utf-8")
    assert "Le chat dort." in both and (tmp_path / "english.zip").exists() and 'lang="en"' in both


def test_one_text_file_is_read_in_the_panes(visit: Callable[..., Page], url: str, tmp_path: Path) -> None:
    path = tmp_path / "lettre.txt"
    path.write_bytes("Le café est prêt.\r\nLa porte est ouverte.\r\n".encode("cp1252"))
    tab = start(visit, url)
    tab.set_input_files("#pick", path)
    finished(tab)
    assert content(tab, 1) == "Le café est prêt.\r\nLa porte est ouverte.\r\n"
    assert save(tab, "txt", tmp_path).name == "lettre.en.txt"


def test_hostile_text_is_shown_and_saved_literally(visit: Callable[..., Page], url: str, tmp_path: Path) -> None:
    tab = start(visit, url)
    translate(tab, HOSTILE)
    finished(tab)
    assert content(tab, 1) == HOSTILE
    assert tab.locator("#panes :is(img, script, style, b)").count() == 0
    saved = visit(save(tab, "html", tmp_path).as_uri())
    assert saved.eval_on_selector(".text", "element => element.textContent") == HOSTILE
    assert saved.locator("main :is(img, b)").count() == 0


def test_a_line_of_300_kilobytes_and_a_text_of_five_megabytes(visit: Callable[..., Page], url: str) -> None:
    tab = start(visit, url)
    line = "1<2>&3 " * 43_000  # without a letter, so that no model is asked
    translate(tab, line)
    tab.wait_for_function(f"document.querySelector('{PANE.format(1)}').textContent.length >= 301000")
    assert content(tab, 1) == line
    finished(tab)
    tab.click("#new")
    huge = ("mot " * 15 + "mot\n") * 81_920
    set_text(tab, huge)
    tab.click("#translate")
    tab.wait_for_function(f"{LINE}.includes('5,242,880')")
    assert "5,242,880 characters" in tab.inner_text("#line .line")
    assert len(tab.input_value("#french textarea")) == len(huge), "the text is not lost"
    assert content(tab, 1) == line, "nor is what was shown"


def test_a_long_text_leaves_the_page_quick(visit: Callable[..., Page], url: str) -> None:
    tab = start(visit, url)
    lines = [f"{n * 7919} : {n * 104729} / {n * 1299709} – {n}" for n in range(6_000)]
    set_text(tab, "\n".join(lines))
    tab.click("#translate")
    tab.wait_for_function(f"document.querySelector('{PANE.format(2)}').textContent.length > 200000")
    finished(tab)
    slowest = tab.evaluate("""async () => {
        let slowest = 0, last = performance.now();
        const pane = document.querySelector('#panes .text');
        for (let turn = 0; turn < 20; turn++) {
            pane.scrollTop += 900;
            await new Promise(requestAnimationFrame);
            slowest = Math.max(slowest, performance.now() - last);
            last = performance.now();
        }
        return slowest;
    }""")
    assert slowest < 500, "milliseconds for a frame, on a machine that may be busy"
    shoot(tab, "long")


def test_two_visitors_at_once_each_see_their_own(visit: Callable[..., Page], url: str) -> None:
    tabs = [start(visit, url), start(visit, url)]
    texts = [f"Le bateau numéro {number} quitte le port ce matin." for number in (11, 12)]
    for tab, text in zip(tabs, texts, strict=True):
        translate(tab, text)
    for tab, text in zip(tabs, texts, strict=True):
        finished(tab)
        assert content(tab, 1) == text
        assert content(tab, 2)


def test_phone_dark_and_french(visit: Callable[..., Page], url: str) -> None:
    phone = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
    tab = start(visit, url, color_scheme="dark", locale="fr-FR", **phone)
    assert tab.evaluate("document.documentElement.lang") == "fr"
    shoot(tab, "phone-empty")
    assert "déposez" not in tab.get_attribute("#french textarea", "placeholder").lower()
    tab.fill("#french textarea", "Le chat dort. Le chien court. Le train 1234567 krmpf 98765 zzyx 4711 part.")
    tab.tap("#translate")  # a phone has no pointer that stays where it was
    tab.wait_for_function(f"{LINE}.startsWith('Terminé')")
    tops = tab.eval_on_selector_all("#panes .pane", "found => found.map(e => e.getBoundingClientRect().top)")
    assert tops == sorted(set(tops)), "the panes are stacked"
    assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth"), "nothing to scroll sideways"
    background = tab.eval_on_selector("#panes .pane", "element => getComputedStyle(element).backgroundColor")
    assert max(map(int, re.findall(r"\d+", background)[:3])) < 64
    assert violations(tab) == []
    tab.tap(f"{PANE.format(1)} .piece >> nth=1")
    assert lit(tab)[0] == "Le chien court." and len(lit(tab)) >= 2
    shoot(tab, "phone-dark")
    tab.tap("#scheme")
    assert violations(tab) == []
    tab.tap("#language")
    assert tab.inner_text("#panes h2 >> nth=1") == "Translation"


def test_dark_and_print(visit: Callable[..., Page], url: str, article: str) -> None:
    tab = start(visit, url, color_scheme="dark")
    translate(tab, article)
    finished(tab)
    tab.keyboard.press("n")
    shoot(tab, "dark")
    tab.keyboard.press("Escape")
    tab.keyboard.press("?")
    assert tab.is_visible("#keys dt >> nth=0")
    assert violations(tab) == []
    tab.keyboard.press("Escape")
    tab.emulate_media(media="print")
    assert not tab.is_visible("#controls") and tab.is_visible(PANE.format(2))
    shown, whole = tab.eval_on_selector(PANE.format(2), "text => [text.clientHeight, text.scrollHeight]")
    assert shown == whole
    shoot(tab, "print")


def test_the_page_of_the_interface(visit: Callable[..., Page], url: str) -> None:
    tab = visit(f"{url}/v1")
    assert "/v1/documents" in tab.inner_text("body")
    assert violations(tab) == []


@pytest.fixture
def report(tmp_path: Path) -> str:
    path = tmp_path / "report.html"
    path.write_text(page(COLUMNS, "Trois phrases", ["One remark."]), encoding="utf-8")
    return path.as_uri()


def test_a_report_links_by_pointer(visit: Callable[..., Page], report: str) -> None:
    tab = visit(report)
    tab.hover(".pane:nth-child(2) [data-key=s0]")
    assert (lit(tab), lit(tab, "evidence")) == (["Un.", "One."], [])
    tab.hover("[data-key=summary0]")
    assert (lit(tab), lit(tab, "evidence")) == (["Three, two."], ["Deux.", "Trois.", "Two.", "Three."])
    tab.hover(".pane:nth-child(1) [data-key=s2]")
    assert (lit(tab), lit(tab, "evidence")) == (["Trois.", "Three."], ["Three, two."])
    tab.hover("h1")
    assert lit(tab) == []
    tab.hover(".note >> nth=0")
    assert tab.inner_text(".card") == "a number changed"
    assert violations(tab) == []
    shoot(tab, "report")


def test_a_report_links_by_keyboard(visit: Callable[..., Page], report: str) -> None:
    tab = visit(report)

    def focused() -> str:
        return str(tab.evaluate("document.activeElement.textContent"))

    tab.focus(".pane:nth-child(1) [data-key=s0]")
    moves = "ArrowDown Deux. ArrowRight Two. ArrowRight Three,two. ArrowLeft Two. ArrowUp One. n Two. n Three. N Two."
    for move in moves.split():
        if move.endswith("."):
            assert focused().replace(" ", "") == move
        else:
            tab.keyboard.press(move)
    assert lit(tab) == ["Deux.", "Two."]
    tab.keyboard.press("Tab")
    assert focused() == "Three."
    tab.keyboard.press("Escape")
    tab.wait_for_selector(".lit", state="detached")
    tab.click("text=2 to check")
    assert focused() in {"Two.", "Three."}


def test_a_report_prints_whole_and_works_without_script(
    visit: Callable[..., Page], tmp_path: Path, browser: Browser
) -> None:
    long = "\n".join(f"Ligne {number}." for number in range(300))
    path = tmp_path / "long.html"
    path.write_text(page([Column("Original", long, language="fr")], "Long"), encoding="utf-8")
    tab = visit(path.as_uri(), java_script_enabled=False)
    assert str(tab.text_content(".text")).splitlines()[-1] == "Ligne 299."
    assert not tab.is_visible(".copy"), "a button that could do nothing is not shown"
    tab = visit(path.as_uri())
    size = "text => [text.clientHeight, text.scrollHeight]"
    shown, whole = tab.eval_on_selector(".text", size)
    assert shown < whole
    tab.emulate_media(media="print")
    shown, whole = tab.eval_on_selector(".text", size)
    assert shown == whole
    assert len(tab.pdf()) > 1000


def test_panes_scroll_together(visit: Callable[..., Page], tmp_path: Path) -> None:
    def column(heading: str, sentence: str) -> Column:
        lines = [f"{sentence} {number}." for number in range(200)]
        starts = [sum(len(line) + 1 for line in lines[:number]) for number in range(200)]
        pieces = (
            Piece(start, start + len(line), f"s{n}") for n, (start, line) in enumerate(zip(starts, lines, strict=True))
        )
        return Column(heading, "\n".join(lines), tuple(pieces))

    path = tmp_path / "two.html"
    wide = column("Original", "Une phrase un peu plus longue que sa traduction, et même beaucoup, numéro")
    path.write_text(page([wide, column("Translation", "Sentence")], "Two"), encoding="utf-8")
    tab = visit(path.as_uri())
    tab.hover(".pane:nth-child(1) .text")
    tab.mouse.wheel(0, 2500)
    tab.wait_for_timeout(500)
    top = """number => {
        const pane = document.querySelectorAll('.text')[number], top = pane.getBoundingClientRect().top;
        return [...pane.querySelectorAll('.piece')].find(e => e.getBoundingClientRect().bottom > top).dataset.key;
    }"""
    left, right = (int(tab.evaluate(top, number)[1:]) for number in (0, 1))
    assert left > 20 and abs(left - right) <= 1
    wanted = tab.locator(".pane:nth-child(2) [data-key=s150]")
    wanted.scroll_into_view_if_needed()
    tab.wait_for_timeout(500)
    wanted.click()
    # The partner of what was clicked comes into view, or this times out.
    tab.wait_for_function(
        """key => {
        const { top } = document.querySelector(`.pane:nth-child(1) [data-key=${key}]`).getBoundingClientRect();
        return 0 < top && top < 800;
    }""",
        arg="s150",
    )


def test_several_fragments_in_one_notebook_keep_apart(visit: Callable[..., Page], tmp_path: Path) -> None:
    path = tmp_path / "notebook.html"
    path.write_text(f"<!DOCTYPE html><meta charset=utf-8>{render(COLUMNS)}<hr>{render(COLUMNS)}", encoding="utf-8")
    tab = visit(path.as_uri())
    tab.hover(".passerelle >> nth=1 >> [data-key=s0] >> nth=0")
    assert lit(tab) == ["Un.", "One."]
    assert tab.locator(".passerelle >> nth=0 >> .lit").count() == 0
