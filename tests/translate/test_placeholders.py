"""What programs fill in comes out as it went in, whatever family it is of."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import polib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from passerelle.translate import Translator
from passerelle.translate.documents import read_document
from passerelle.translate.documents.core.accelerators import with_accelerators, without_accelerators
from passerelle.translate.masking import mask_spans
from passerelle.translate.placeholders import icu_texts, keeps_placeholders, placeholders
from tests.translate.documents.translations import texts, write

NAME = st.from_regex(r"[a-z]{3,8}(_[a-z]{2,5})?", fullmatch=True).filter(
    lambda name: f":{name}" in placeholders(f":{name}")
)
PRINTF = st.builds(
    "%{}{}{}{}".format,
    st.sampled_from(["", "1$", "2$"]),
    st.sampled_from(["", "0", "-", "+"]),
    st.sampled_from(["", "2", "10", ".2", "5.1", "*"]),
    st.sampled_from(["s", "d", "i", "u", "ld", "lu", "lld", "zu", "f", "e", "g", "x", "@"]),
)
FAMILY = st.one_of(
    PRINTF,
    st.builds("%({}){}".format, NAME, st.sampled_from(["s", "d", ".2f", "05d"])),
    *(
        st.builds(form.format, NAME)
        for form in (
            ":{}", "${}", "%{}%", "%{{{}}}", "#{{{}}}", "{{{}}}", "${{{}}}", "{{{{ {} }}}}", "{{% {} %}}", "<%= {} %>",
            "[% {} %]", "{{!! ${} !!}}", "%<{}>d", "{{ {} }}", "{{{}, date, short}}", "{{{}:.2f}}",
        )
    ),
    st.sampled_from(["%1", "%2", "{}", "{0}", "%%", "{0:>10}"]),
)  # fmt: skip
WORD = st.sampled_from("Il reste le fichier ouvert demain soir pour cette page".split())


@settings(deadline=None, max_examples=400)
@given(st.lists(st.tuples(WORD, FAMILY), min_size=1, max_size=5))
def test_a_placeholder_of_any_family_is_protected_whole(pairs: list[tuple[str, str]]) -> None:
    text = " ".join(f"{word} {placeholder}" for word, placeholder in pairs)
    found = [text[start:end] for start, end in mask_spans(text)]
    assert found == [placeholder for _, placeholder in pairs]


@pytest.mark.parametrize(
    "text",
    [
        "30 % de 50 % d'entre eux, 10%, 5 %, 100 % soit 3 % en tout",
        "100 $US ou 5 $ et $5",
        "Note :le texte, Question :comment faire ?",
        "30%de réduction",
        "À 10:30, voir Jean 3:16",
        "Prix {hors taxes}",
    ],
)
def test_prose_is_no_placeholder(text: str) -> None:
    assert not placeholders(text)


@pytest.mark.parametrize(
    ("french", "english", "kept"),
    [
        ("Il reste %ld octets.", "%ld bytes are left.", True),
        ("Il reste %ld octets.", "%ldbytes are left.", False),
        ("Il reste %ld octets.", "%d bytes are left.", False),
        ("Bonjour {nom}.", "Hello {name}.", False),
        ("Bonjour {nom}.", "Hello {nom} {nom2}.", False),
        ("%d et %d", "%d", False),
        ("Trente pour cent", "30 % of them", True),
    ],
)
def test_what_went_in_must_come_out_in_number_and_form(french: str, english: str, kept: bool) -> None:
    assert keeps_placeholders(french, english) is kept


@st.composite
def messages(draw: st.DrawFn) -> tuple[str, list[str]]:
    """An ICU message and its texts."""
    before, after = draw(WORD), draw(WORD)
    kind = draw(st.sampled_from(["plural", "select", "selectordinal"]))
    branches = draw(st.lists(WORD, min_size=1, max_size=3))
    keys = ["one", "few", "many"] if kind != "select" else ["male", "female", "none"]
    options = " ".join(f"{key} {{{word} du {{nom}} }}" for key, word in zip(keys, branches, strict=False))
    last = draw(WORD)
    message = f"{before} {{n, {kind}, {options} other {{{last}}}}} {after}."
    return message, [before, *(f"{word} du {{nom}}" for word in branches), last, f"{after}."]


@settings(deadline=None)
@given(messages())
def test_of_an_icu_message_the_texts_change_and_the_skeleton_does_not(made: tuple[str, list[str]]) -> None:
    message, expected = made
    spans = icu_texts(message)
    assert spans is not None
    assert [message[start:end].strip() for start, end in spans] == expected
    content = b'{"a": "' + message.encode() + b'"}'
    after = write(read_document(content, "a.json"), lambda text: re.sub(r"\b(?!nom\b)[a-zA-Z]+\b", "X", text)).decode()
    skeleton = re.sub(
        r"\b(?:" + "|".join("Il reste le fichier ouvert demain soir pour cette page du".split()) + r")\b",
        "X",
        content.decode(),
    )
    assert after == skeleton


@settings(deadline=None)
@given(st.sampled_from("_&"), st.lists(WORD, min_size=1, max_size=4), st.data())
def test_an_accelerator_is_there_once(mark: str, words: list[str], data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(words) - 1))
    text = " ".join(mark + word if index == at else word for index, word in enumerate(words))
    plain, marks = without_accelerators(text)
    assert plain == " ".join(words)
    assert with_accelerators(plain, marks).count(mark) == 1
    assert with_accelerators("%s files", marks).count(mark) == 1


@pytest.mark.parametrize("text", ["Chez H&M", "A &amp; B", "le nom_fichier", "a & b", "__nom__"])
def test_what_is_no_accelerator_stays(text: str) -> None:
    assert without_accelerators(text) == (text, ())


PO = """msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"

#, python-format
msgid "Votre solde est de %(montant).2f euros."
msgstr ""

#, c-format
msgid "Il reste %ld octets et %lu fichiers."
msgstr ""

msgid "_Enregistrer &sous"
msgstr ""
"""


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_a_translated_catalogue_passes_msgfmt(line_end: str, translator: Translator, tmp_path: Path) -> None:
    document = read_document(PO.replace("\n", line_end).encode(), "a.po")
    after = document.write(translator(texts(document)))
    assert after.count(b"\r\n") == (after.count(b"\n") if line_end == "\r\n" else 0)
    one, two, three = polib.pofile(after.decode())
    assert placeholders(one.msgstr) == placeholders(one.msgid)
    assert placeholders(two.msgstr) == placeholders(two.msgid)
    assert (three.msgstr.count("_"), three.msgstr.count("&")) == (1, 1)
    msgfmt = shutil.which("msgfmt")
    if msgfmt and line_end == "\n":
        (tmp_path / "a.po").write_bytes(after)
        subprocess.run([msgfmt, "-c", "-o", str(tmp_path / "a.mo"), str(tmp_path / "a.po")], check=True)


def test_template_tags_in_html_are_the_same_bytes(translator: Translator) -> None:
    html = "<p>Le chat {% if x > 1 && y %}noir{% endif %} dort, {{ a < b }} et <%= nom %>, ce soir.</p>"
    document = read_document(html.encode(), "a.html")
    after = document.write(translator(texts(document))).decode()
    for tag in re.findall(r"\{%.*?%\}|\{\{.*?\}\}|<%.*?%>", html):
        assert after.count(tag) == html.count(tag), tag


def test_placeholders_do_not_hide_that_it_is_french(translator: Translator) -> None:
    french = "Bonjour :name, %name% et $name, la porte est ouverte."
    english = translator(french).text
    assert placeholders(english) == placeholders(french)
    assert "the door is open" in english
