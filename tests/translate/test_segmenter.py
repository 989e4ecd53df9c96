"""The segmenter is exact, and knows how French is written."""

from __future__ import annotations

import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from passerelle.translate.composer import Composer
from passerelle.translate.segmenter import Segment, pieces, segment

FRENCH = st.lists(
    st.sampled_from(
        [
            "Bonjour", "M.", "Mme", "Dr.", "etc.", "p. ex.", "n° 12", "1 234,56 €", "« Oui »", "…", "?!", "\u00a0",
            "\u202f", "- ", "• ", "1. ", "a) ", "TITRE", "\n", "\r\n", "\r", "\n\n", "\t", "   ", "  \n", "> ",
            "\ufeff", "J.-C.", "Il pleut.", "Le chat dort. ", "la maison de", "qui", "une ligne qui continue encore",
            "😀", "مرحبا", "\ud800", "\x00", "http://a.fr/x?y=1", "`code`", "\u2028", "\x0b", "\x85", "# ",
            "...", "(", ")",
        ]
    ),
    max_size=60,
).map(" ".join)  # fmt: skip


def sentences(text: str) -> list[str]:
    return [found.flat for block in segment(text) for found in block.segments]


@given(st.one_of(st.text(), FRENCH))
@example("\ufeffBonjour.\r\n\r\n  Salut  \r\n")
@settings(max_examples=400, deadline=None)
def test_joining_the_pieces_gives_the_text_back(text: str) -> None:
    parts = list(pieces(text, segment(text)))
    assert "".join(part.text if isinstance(part, Segment) else part for part in parts) == text
    for part in parts:
        if isinstance(part, Segment):
            assert text[part.start : part.end] == part.text
            assert part.text == part.text.strip() != ""
            assert "\n" not in part.flat and "\r" not in part.flat


@given(FRENCH)
@settings(max_examples=200, deadline=None)
def test_gaps_hold_no_letters_but_list_marks(text: str) -> None:
    for part in pieces(text, segment(text)):
        if isinstance(part, str):
            letters = [character for character in part if character.isalpha()]
            assert len(letters) <= part.count(")")


@given(FRENCH)
@settings(max_examples=300, deadline=None)
def test_composing_the_sentences_unchanged_gives_the_text_back(text: str) -> None:
    composer, position = Composer(), 0
    for block in segment(text):
        composer.gap(text[position : block.start])
        position = block.start
        for found in block.segments:
            composer.gap(text[position : found.start], block.wrap)
            start, end = composer.sentence(found.flat if block.wrap else found.text, block.wrap)
            if not block.wrap:
                assert composer.text[start:end] == found.text
            position = found.end
    composed = composer.text + text[position:]
    if not any(block.wrap for block in segment(text)):
        assert composed == text
    assert composed.split() == text.split() or any(block.wrap for block in segment(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("M. Dupont est là. Il attend.", ["M. Dupont est là.", "Il attend."]),
        ("Mme Durand et le Dr. Petit sont venus.", ["Mme Durand et le Dr. Petit sont venus."]),
        ("Des pommes, des poires, etc. Il en reste.", ["Des pommes, des poires, etc.", "Il en reste."]),
        ("Des pommes, etc. et des poires.", ["Des pommes, etc. et des poires."]),
        ("Certains, p. ex. Paul, sont partis. Moi aussi.", ["Certains, p. ex. Paul, sont partis.", "Moi aussi."]),
        ("Voir le n° 12 et l’art. 5 du code.", ["Voir le n° 12 et l’art. 5 du code."]),
        ("Il vaut 1 234,56 € environ. Cher !", ["Il vaut 1 234,56 € environ.", "Cher !"]),
        ("La version 3.14 est sortie. Enfin.", ["La version 3.14 est sortie.", "Enfin."]),
        ("« Vraiment ? » demanda-t-il. « Oui. » Elle rit.", ["« Vraiment ? » demanda-t-il.", "« Oui. »", "Elle rit."]),
        ("Il hésita… Puis il partit.", ["Il hésita…", "Puis il partit."]),
        ("Quoi ?! Non\u00a0! Si\u202f? Bon.", ["Quoi ?!", "Non\u00a0!", "Si\u202f?", "Bon."]),
        ("En 450 av. J.-C. à Rome. Puis 12 apr. J.-C. Ensuite rien.", None),
        ("J. K. Rowling écrit. A. Camus aussi.", ["J. K. Rowling écrit.", "A. Camus aussi."]),
        ("Aux U.S.A. Trump parle.", ["Aux U.S.A. Trump parle."]),
        ("Il vit aux U.S.A. Il y travaille.", ["Il vit aux U.S.A.", "Il y travaille."]),
        ("Il a franchi le col. Puis il est redescendu.", ["Il a franchi le col.", "Puis il est redescendu."]),
        ("(Il pleut.) Nous restons.", ["(Il pleut.)", "Nous restons."]),
        ("1. Le contrat est nul.", ["Le contrat est nul."]),
    ],
)
def test_french_sentences(text: str, expected: list[str] | None) -> None:
    found = sentences(text)
    if expected is None:
        expected = ["En 450 av. J.-C. à Rome.", "Puis 12 apr. J.-C.", "Ensuite rien."]
    assert found == expected


def test_bullets_headings_and_columns_stay_apart() -> None:
    text = "RAPPORT ANNUEL\n\n  - Premier point\n  - Deuxième point. Avec suite.\n    1) Sous-point\nNom :\tDupont\n"
    assert sentences(text) == [
        "RAPPORT ANNUEL",
        "Premier point",
        "Deuxième point.",
        "Avec suite.",
        "Sous-point",
        "Nom :",
        "Dupont",
    ]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("| Nom | Prix |", ["Nom", "Prix"]),
        ("Nom | Prix | Date", ["Nom", "Prix", "Date"]),
        ("Tapez `ls | wc | tail` ici.", ["Tapez `ls | wc | tail` ici."]),
        ("Tapez `a   b` ici.", ["Tapez `a   b` ici."]),
        ("Oui | non", ["Oui | non"]),
    ],
)
def test_the_cells_of_a_table_stay_apart_and_code_together(line: str, expected: list[str]) -> None:
    assert sentences(line) == expected


WRAPPED = """\
Ceci est un paragraphe qui a été coupé à la main par un éditeur de texte, comme
on le faisait autrefois. Il contient plusieurs phrases et se termine ici, sur
la troisième ligne.

Un autre.
"""


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("margin", ["", "    ", "> "])
def test_a_hard_wrapped_paragraph_is_one_paragraph(newline: str, margin: str) -> None:
    text = newline.join(margin + line if line else line for line in WRAPPED.split("\n"))
    first, *_ = segment(text)
    assert [found.flat for found in first.segments] == [
        "Ceci est un paragraphe qui a été coupé à la main par un éditeur de texte, comme on le faisait autrefois.",
        "Il contient plusieurs phrases et se termine ici, sur la troisième ligne.",
    ]
    assert first.wrap is not None
    assert first.wrap.line_break == newline + margin


def test_a_wrapped_list_item_is_one_paragraph() -> None:
    text = (
        "- Le premier point de cette liste est assez long pour avoir été coupé par un\n"
        "  éditeur de texte, ce qui arrive souvent.\n- Le second est court.\n"
    )
    assert len(list(segment(text))) == 2


@pytest.mark.parametrize(
    "text",
    [
        "Ministère de l’Intérieur et des Outre-mer\nDirection générale des étrangers\nBureau 12\n",
        "Quand le ciel bas et lourd pèse comme un couvercle\nSur l’esprit gémissant en proie aux longs ennuis\n",
        "Une ligne courte.\nUne autre ligne, qui est nettement plus longue que la première.\nFin.\n",
    ],
)
def test_lines_that_were_not_wrapped_stay_lines(text: str) -> None:
    assert all(block.wrap is None for block in segment(text))
    assert len(sentences(text)) == text.count("\n")


def test_regions_limit_what_is_a_segment() -> None:
    text = "garder\nTraduire ceci.\ngarder"
    assert [found.text for block in segment(text, [(7, 21)]) for found in block.segments] == ["Traduire ceci."]


@pytest.mark.parametrize(
    "text", ["." * 100_000, "a" * 100_000, "! " * 50_000, " " * 100_000 + "a", "« " * 50_000, "- " * 50_000]
)
def test_hostile_lines_take_linear_time(text: str) -> None:
    started = time.process_time()
    assert "".join(p.text if isinstance(p, Segment) else p for p in pieces(text, segment(text))) == text
    assert time.process_time() - started < 2
