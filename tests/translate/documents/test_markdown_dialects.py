"""What other programs than CommonMark put into Markdown is left as it is; the words in it are translated."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from passerelle.translate.documents import read_document, verify
from tests.translate.documents.translations import texts, write

CASES = [
    ("> [!NOTE]\n> Les chiens sont interdits.\n", ["Les chiens sont interdits."]),
    ("> [!WARNING] Titre\n> Les chiens\n> sont là.\n", ["Titre", "Les chiens sont là."]),
    ('+++\ntitle = "Le jardin"\n+++\n\nLe texte.\n', ["Le texte."]),
    ('{\n "title": "Le jardin"\n}\n\nLe texte.\n', ["Le texte."]),
    ('!!! note "Le titre"\n    Le texte.\n\n    Encore.\n\nSuite.\n', ["Le titre", "Le texte.", "Encore.", "Suite."]),
    ("??? tip\n    Un conseil.\n", ["Un conseil."]),
    ('=== "Onglet"\n\n    Le texte.\n', ["Onglet", "Le texte."]),
    (":::tip Le titre\nLe texte.\n:::\n", ["Le titre", "Le texte."]),
    ("::: {.note}\nLe texte.\n:::\n", ["Le texte."]),
    ("[TOC]\n\n[[_TOC_]]\n\n${toc}\n\nLe texte.\n", ["Le texte."]),
    ("Voir [[page|le mot]] ici.\n", ["Voir le mot ici."]),
    ("*[HTML]: Langage de balisage\n", ["Langage de balisage"]),
    ("Le chat^[Une note.] dort.\n", ["Le chat dort.", "Une note."]),
    ("Le ==mot== et ++un autre++.\n", ["Le mot et un autre."]),
    ("Le texte.\n{: .note }\n", ["Le texte."]),
    ('{{< figure src="a.png" >}}\n\n{{% notice info %}}\nLe texte.\n{{% /notice %}}\n', ["Le texte."]),
    ("import X from './x'\n\nLe texte.\n\nexport const a = 1\n", ["Le texte."]),
    ('--8<-- "fichier.md"\n\n%% remarque %%\n\nLe texte.\n', ["Le texte."]),
    ("| Le mot\n| Un autre\n", ["Le mot", "Un autre"]),
]
WORDS = st.lists(st.sampled_from("le chat noir dort dans la maison ce soir".split()), min_size=1, max_size=12).map(
    " ".join
)
KEPT = st.sampled_from(
    [
        "[[Le jardin]]", "![[image.png]]", "[@dupont2020, p. 3]", "[voir -@x]", "{ref}`la page`", "{{< ref a >}}",
        "`code`", "{{ nom }}", "{% if x %}", r"\(x_1\)", "[^1]",
    ]
)  # fmt: skip


def upper(text: str) -> str:
    """Capitals but for what stands in for code."""
    return "".join(each if each[:1] in "`⟦[" else each.upper() for each in re.split(r"(`[^`]*`|⟦\d+⟧|\[\^1\])", text))


@pytest.mark.parametrize(("markdown", "prose"), CASES)
def test_the_words_are_found_and_the_rest_stays(markdown: str, prose: list[str]) -> None:
    document = read_document(markdown.encode(), "a.md")
    assert sorted(texts(document)) == sorted(prose)
    assert write(document) == markdown.encode()
    after = write(document, str.upper)
    verify(markdown.encode(), after, "a.md")
    for mark in re.findall(
        r"\[!\w+\]|\+\+\+|:::\S*|\?\?\?|!!!|===|\{[:{%][^}]*\}|\[\[\w+\||\[TOC\]|--8<--.*|import .*", markdown
    ):
        assert after.decode().count(mark) == markdown.count(mark), mark


@settings(deadline=None, max_examples=200)
@given(st.lists(st.tuples(WORDS, KEPT), min_size=1, max_size=3), st.sampled_from(["", "> ", "- ", "# "]))
def test_what_stands_in_a_line_comes_out_byte_for_byte(parts: list[tuple[str, str]], lead: str) -> None:
    markdown = lead + " ".join(f"{words} {kept}" for words, kept in parts) + " fin.\n\n[^1]: Une note.\n"
    document = read_document(markdown.encode(), "a.md")
    assert write(document) == markdown.encode()
    after = write(document, upper).decode()
    for _, kept in parts:
        assert after.count(kept) == markdown.count(kept)
    verify(markdown.encode(), after.encode(), "a.md")


@settings(deadline=None, max_examples=200)
@given(
    st.sampled_from(["> [!NOTE]\n> {}\n", "!!! note\n    {}\n", ":::tip\n{}\n:::\n", "+++\na = 1\n+++\n\n{}\n"]), WORDS
)
def test_only_the_words_of_a_box_change(form: str, words: str) -> None:
    document = read_document(form.format(words).encode(), "a.md")
    assert write(document, str.upper).decode() == form.format(words.upper())
