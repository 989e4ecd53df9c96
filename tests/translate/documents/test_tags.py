"""Tags inside a sentence: each is put back once, where its words went, and pairs stay nested."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from passerelle.translate.documents import read_document
from passerelle.translate.documents.core.tags import InlineTag, Item, plain, project_tags
from passerelle.translate.sentence_pair import Sentence
from passerelle.translate.translation import Paragraph, Translation
from tests.translate.documents.translations import pairs, texts, translated, write


def translate_html(source: str, english: str, *words: tuple[str, str]) -> str:
    """The only paragraph of ``source`` in ``english``; ``words`` became each other."""
    document = read_document(source.encode(), "a.html")
    (unit,) = document.units
    return document.write([translated(unit, lambda _: english, pairs(*words))]).decode()


@pytest.mark.parametrize(
    ("french", "english", "words", "expected"),
    [
        (
            "<p>La voiture <b>rouge</b> roule.</p>",
            "The red car drives.",
            [("voiture", "car"), ("rouge", "red"), ("roule", "drives")],
            "<p>The <b>red</b> car drives.</p>",
        ),
        (
            '<p>Il a vu <a href="x">le <i>grand</i> chat</a>, hier.</p>',
            "Yesterday he saw the big cat.",
            [("vu", "saw"), ("le", "the"), ("grand", "big"), ("chat", "cat"), ("hier", "Yesterday"), ("Il", "he")],
            '<p>Yesterday he saw <a href="x">the <i>big</i> cat</a>.</p>',
        ),
        (
            "<p>Une maison<sup>2</sup> blanche</p>",
            "A white house",
            [("Une", "A"), ("maison", "house"), ("blanche", "white")],
            "<p>A white house<sup>2</sup></p>",
        ),
        (
            "<p>Tapez <code>ls -l</code> <em>maintenant</em>.</p>",
            "Now type `ls -l`.",
            [("Tapez", "type"), ("maintenant", "Now")],
            "<p><em>Now</em> type <code>ls -l</code>.</p>",
        ),
        ("<p><b>L</b>e maire</p>", "The mayor", [("Le", "The"), ("maire", "mayor")], "<p><b>T</b>he mayor</p>"),
        (
            "<p>Le <b>XIX<sup>e</sup> siècle</b> finit</p>",
            "The 19th century ends",
            [("XIXe", "19th"), ("siècle", "century"), ("finit", "ends"), ("Le", "The")],
            "<p>The <b>19th<sup></sup> century</b> ends</p>",
        ),
        ("<p>Bonjour <b></b><i>tous</i></p>", "Hello all", [("tous", "all")], "<p>Hello <b></b><i>all</i></p>"),
    ],
)
def test_tags_follow_their_words(french: str, english: str, words: list[tuple[str, str]], expected: str) -> None:
    assert translate_html(french, english, *words) == expected


def test_without_links_shared_words_and_proportion_lead_the_way() -> None:
    assert translate_html("<p>Le <b>maire</b> dort.</p>", "The mayor sleeps.") == "<p>The <b>mayor</b> sleeps.</p>"
    source = "<p>Hier, selon M. <b>Dupont</b>, il pleuvait.</p>"
    expected = "<p>According to Mr <b>Dupont</b>, it was raining yesterday.</p>"
    assert translate_html(source, "According to Mr Dupont, it was raining yesterday.") == expected


def test_a_pair_over_several_sentences_stays_one() -> None:
    document = read_document(b"<p>Un. <b>Deux. Trois</b> fois. Quatre.</p>", "a.html")
    words = {"Un.": "One.", "Deux.": "Two.", "Trois fois.": "Three times.", "Quatre.": "Four."}
    links = pairs(("Trois", "Three"), ("fois", "times"))
    written = document.write([translated(unit, words.__getitem__, links) for unit in document.units])
    assert written == b"<p>One. <b>Two. Three</b> times. Four.</p>"


def test_crossing_and_lone_tags_are_kept() -> None:
    written = translate_html("<p>un <b>deux <i>trois</b> quatre</i> cinq</p>", "one two three four five")
    assert sorted(tag for tag in ("<b>", "</b>", "<i>", "</i>") if written.count(tag) == 1) == [
        "</b>",
        "</i>",
        "<b>",
        "<i>",
    ]


WORDS = st.lists(st.sampled_from(["le", "chat", "Paris", "12", ",", "l'eau", "été", "."]), min_size=1, max_size=9)


@st.composite
def marked(draw: st.DrawFn) -> list[Item]:
    """A passage with nested pairs, lone tags and pictures at any place, also inside a word."""
    items: list[Item] = []
    opened: list[str] = []
    for number in range(draw(st.integers(1, 9))):
        choice = draw(st.sampled_from(["text", "text", "open", "close", "point", "shown", "stray"]))
        if choice == "text":
            items.append(" ".join(draw(WORDS)) + draw(st.sampled_from(["", " "])))
        elif choice == "open":
            opened.append(str(number))
            items.append(InlineTag("open", number, number, str(number)))
        elif choice == "close" and opened:
            items.append(InlineTag("close", number, number, opened.pop()))
        elif choice == "shown":
            items.append(InlineTag("point", number, number, "", draw(st.sampled_from(["`x`", "⟦1⟧", "\n"]))))
        elif choice == "stray":
            items.append(InlineTag("close", number, number, "stray"))
        else:
            items.append(InlineTag("point", number, number))
    return items


def marks_of(items: list[Item]) -> list[InlineTag]:
    return [item for item in items if isinstance(item, InlineTag)]


@given(marked(), WORDS)
def test_no_tag_is_lost_and_pairs_stay_nested(items: list[Item], english: list[str]) -> None:
    text = " ".join(english)
    source = plain(items)
    sentence = Sentence(0, source, text, 0, len(source), 0, len(text))
    paragraphs = (Paragraph(0, len(source), (sentence,)),) if source else ()
    found = project_tags(items, Translation(source, text, paragraphs, "by hand"))
    assert sorted(marks_of(found), key=lambda mark: mark.start) == sorted(marks_of(items), key=lambda mark: mark.start)
    if not any(mark.shown for mark in marks_of(items)):
        assert plain(found).split() == text.split()
    paired = {mark.name for mark in marks_of(items) if mark.kind == "close"} - {"stray"}
    stack: list[str] = []
    for mark in marks_of(found):
        if mark.name in paired:
            if mark.kind == "open":
                stack.append(mark.name)
            else:
                assert stack.pop() == mark.name
    assert not stack


@given(marked())
def test_the_same_text_gives_the_same_passage(items: list[Item]) -> None:
    source = plain(items)
    sentence = Sentence(0, source, source, 0, len(source), 0, len(source))
    found = project_tags(items, Translation(source, source, (Paragraph(0, len(source), (sentence,)),), "by hand"))
    assert plain(found) == source
    assert [(m.start, plain(found[: found.index(m)])) for m in marks_of(found)] == [
        (m.start, plain(items[: items.index(m)])) for m in marks_of(items)
    ]


@settings(deadline=None, max_examples=40)
@given(st.text(alphabet=st.sampled_from("ab <>/&;!-='\"\n\tépb`"), max_size=120))
def test_any_html_comes_back_and_any_translation_of_it_is_written(source: str) -> None:
    document = read_document(source.encode(), "a.html")
    assert write(document) == source.encode()
    write(document, lambda sentence: sentence[::-1])


@pytest.mark.parametrize(
    "source",
    [
        "<b>" * 40_000 + "mot",
        "<p>" + "<b>mot</b> " * 10_000,
        "<p>mot " + "<b>" * 10_000 + "mot " * 10_000 + "</b>" * 10_000,
        "<!--" * 40_000,
        "<a " * 40_000,
        "<p>" + "mot<br>" * 10_000,
    ],
)
def test_hostile_html_takes_linear_time(source: str) -> None:
    start = time.process_time()
    document = read_document(source.encode(), "a.html")
    write(document, str.upper)
    assert time.process_time() - start < 8
    assert all(texts(document))


def test_an_address_and_a_number_are_found_by_themselves_whatever_the_model_links() -> None:
    source = '<p>Voir <a href="x">https://www.ville.fr/pont</a> depuis <b>1994</b>, à <i>Mirabeau</i>.</p>'
    english = "Since 1994, see https://www.ville.fr/pont at Mirabeau."
    words = [("https", "Since"), ("fr", "at"), ("1994", "see"), ("Mirabeau", "Since"), ("depuis", "Mirabeau")]
    expected = '<p>Since <b>1994</b>, see <a href="x">https://www.ville.fr/pont</a> at <i>Mirabeau</i>.</p>'
    assert translate_html(source, english, *words) == expected


def test_a_picture_keeps_the_blank_before_it() -> None:
    assert translate_html('<p>Voir ici <img src="x">.</p>', "See here.") == '<p>See here <img src="x">.</p>'
