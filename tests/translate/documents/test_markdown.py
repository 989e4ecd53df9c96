"""Markdown: sentences are translated whole, and emphasis, links, code, notes and tables stay what they are."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from passerelle.translate.documents import read_document, verify
from tests.translate.documents.translations import pairs, texts, translated, write

FILES = Path(__file__).parent / "files"


def english(source: str, text: str, *words: tuple[str, str]) -> str:
    """The only passage of ``source`` as ``text``; ``words`` became each other."""
    document = read_document(source.encode(), "a.md")
    (unit,) = document.units
    written = document.write([translated(unit, lambda _: text, pairs(*words))])
    verify(source.encode(), written, "a.md")
    return written.decode()


@pytest.mark.parametrize(
    ("french", "text", "words", "expected"),
    [
        (
            "La voiture **rouge** roule.",
            "The red car drives.",
            [("voiture", "car"), ("rouge", "red"), ("roule", "drives")],
            "The **red** car drives.",
        ),
        (
            'Voir [le **pont** neuf](https://a.fr?x=1&y=2 "un titre") ici[^1].',
            "Here see the new bridge.",
            [("Voir", "see"), ("le", "the"), ("pont", "bridge"), ("neuf", "new"), ("ici", "Here")],
            'Here[^1] see [the new **bridge**](https://a.fr?x=1&y=2 "un titre").',
        ),
        (
            "Un mot~~barré~~ et `code`",
            "A struck word and `code`",
            [("barré", "struck")],
            "A ~~struck~~ word and `code`",
        ),
        (
            "Tapez <kbd>A</kbd> &amp; <em>ici</em>",
            "Type `A` & here",
            [("ici", "here")],
            "Type <kbd>A</kbd> & <em>here</em>",
        ),
        (
            "Lire <https://a.fr> et $x_1 + y$.",
            "Read <https://a.fr> and ⟦23⟧.",
            [],
            "Read <https://a.fr> and $x_1 + y$.",
        ),
        # What the English holds is text, whatever it looks like.
        ("Un titre", "# 1 * 2 * 3", [], "\\# 1 \\* 2 \\* 3"),
        ("Un titre", "1. <b> and *one*", [], "1\\. \\<b> and \\*one\\*"),
        ("Un *mot*.", "A_b.", [("mot", "b")], "*A_b*."),
        ("Une ***très*** grande", "A very big one", [("très", "very"), ("grande", "big")], "A ***very*** big one"),
    ],
)
def test_marks_follow_their_words(french: str, text: str, words: list[tuple[str, str]], expected: str) -> None:
    assert english(f"{french}\n", text, *words) == f"{expected}\n"


def test_a_link_known_by_its_words_is_still_found() -> None:
    source = "Voir [l'annexe], [Le Site][] et [ici][Le Site].\n\n[l'annexe]: a.html\n[le site]: b.html 'Titre'\n"
    document = read_document(source.encode(), "a.md")
    words = pairs(("annexe", "annex"), ("Site", "site"), ("ici", "here"))
    written = document.write(
        [translated(u, lambda _: "See the annex, the site and here.", words) for u in document.units]
    )
    verify(source.encode(), written, "a.md")
    assert written.decode() == source.replace(
        "Voir [l'annexe], [Le Site][] et [ici]", "See the [annex][l'annexe], the [site][Le Site] and [here]"
    )


def test_lines_are_broken_where_they_were_and_keep_what_begins_them() -> None:
    source = (
        "> Une longue citation qui est\n> écrite sur deux lignes.\n> Une phrase.\n\n"
        "- Un point  \n  puis un autre\n\nFin de\\\nligne\n"
    )
    assert texts(read_document(source.encode(), "a.md")) == [
        "Une longue citation qui est écrite sur deux lignes.\nUne phrase.",
        "Un point puis un autre",
        "Fin de ligne",
    ]
    assert write(read_document(source.encode(), "a.md"), str.upper).decode() == source.upper()
    words = "Une longue citation qui est écrite sur deux lignes."
    written = write(read_document(source.encode(), "a.md"), lambda text: "one - two " * 6 if text == words else text)
    first = written.decode().split("\n> Une phrase")[0].split("\n")
    assert all(len(line) <= 31 and line.startswith("> ") and not line.startswith("> - ") for line in first)
    assert " ".join(line[2:].strip() for line in first) == ("one - two " * 6).strip()


def test_notes_definitions_fences_tasks_and_raw_html_are_read() -> None:
    source = (FILES / "notes.md").read_bytes()
    document = read_document(source, "notes.md")
    assert texts(document) == [
        "Le pont Neuf",
        "Une phrase avec une note.\nUne remarque importante",
        "La note a deux paragraphes.",
        "Voici le second.",
        "seul",
        "une tâche à faire",
        "une tâche faite",
        "Terme",
        "Sa définition est claire.",
        "Attention au chien.",
        "Plus de détails, tout de suite",
        "Le contenu est là.",
        "Une photo du pont",
        "Le nom | du pont",
    ]
    written = write(document, lambda text: text if "`" in text else text.upper())
    verify(source, written, "notes.md")
    kept = written.decode()
    for part in (
        "{#neuf .titre}",
        "[^1]: LA NOTE",
        "    VOICI",
        "[^2]: SEUL",
        "- [ ] UNE",
        "- [x] UNE",
        "\n: SA",
        "::: tip",
    ):
        assert part in kept
    for part in (
        "<summary>PLUS DE <b>DÉTAILS</b>",
        "![UNE PHOTO DU PONT](pont.png 'Le pont')",
        "LE NOM \\| DU PONT",
        "$$\nx^2\n$$",
    ):
        assert part in kept
    assert "été = 1" in kept
    assert "<!-- une remarque -->" in kept


TEXT = st.text(alphabet=st.sampled_from("ab é*_`[]()!<>&;#-+=~:|$^{}\\1.\n\t >"), max_size=60)


@settings(deadline=None, max_examples=300, derandomize=True)
@given(TEXT)
@example("[a]: b\n[a]")
@example("[^a]:b")
@example("a\\{:}")
@example("a:\n\\#")
@example("> a:\n> \\#")
@example("| a |\n|-|\n| \\| a |")
@example("\\* a")
@example("é`^a^`")
@example("é~~1~1~")
@example("[é\\]:1")
def test_any_markdown_comes_back_and_any_translation_of_it_keeps_its_form(source: str) -> None:
    content = source.encode()
    document = read_document(content, "a.md")
    assert write(document) == content
    verify(content, write(document, str.upper), "a.md")


@pytest.mark.parametrize(
    "source",
    ["[" * 20_000, "*a " * 10_000, "`" * 20_000, "$a " * 10_000, "[^a] " * 5_000, "{#" * 10_000, "<b>mot</b> " * 3_000],
)
def test_hostile_markdown_takes_linear_time(source: str) -> None:
    start = time.process_time()
    write(read_document(source.encode(), "a.md"), str.upper)
    assert time.process_time() - start < 8
