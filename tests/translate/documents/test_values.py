"""Tables, JSON, catalogues, XLIFF and subtitles: the right values, and nothing else, change."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import polib
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from passerelle.seq2seq.errors import InputError
from passerelle.translate.documents import DocumentOptions, read_document, verify
from tests.translate.documents.translations import pairs, texts, translated, write

FILES = Path(__file__).parent / "files"
CELL = st.text(alphabet=st.sampled_from('ab é",;\n\r\t'), max_size=8)
VALUE = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=6),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=8,
)


def test_the_columns_with_prose_are_found_and_others_chosen_by_name_or_number() -> None:
    content = (FILES / "produits.csv").read_bytes()
    document = read_document(content, "produits.csv")
    assert texts(document) == ["Elle est solide; elle vient de Lyon.", "Petite chaise en bois"]
    assert "description" in document.notices[0]
    chosen = read_document(content, "produits.csv", DocumentOptions(columns=("titre", "3")))
    assert len(chosen.units) == 5
    assert chosen.notices == ()
    with pytest.raises(InputError, match="prix"):
        read_document(content, "produits.csv", DocumentOptions(columns=("nom",)))


def test_a_cell_gets_quotes_where_it_needs_them() -> None:
    content = (FILES / "produits.csv").read_bytes()
    document = read_document(content, "produits.csv", DocumentOptions(columns=("titre",)))
    after = write(document, {'Une "grande" table': 'a "big" one', "Chaise": "seat; chair", "Lampe": "lamp"}.__getitem__)
    rows = list(csv.reader(io.StringIO(after.decode(), newline=""), delimiter=";"))
    assert [row[1] for row in rows] == ["titre", 'a "big" one', "seat; chair", "lamp"]
    assert after.startswith(b"id;titre;description;prix\r\n1;")
    verify(content, after, "produits.csv")


@settings(deadline=None)
@given(st.lists(st.lists(CELL, min_size=2, max_size=3), min_size=2, max_size=4), st.sampled_from(",;\t"))
def test_any_table_comes_back_and_its_cells_are_those_of_python(rows: list[list[str]], separator: str) -> None:
    target = io.StringIO(newline="")
    csv.writer(target, delimiter=separator, quoting=csv.QUOTE_ALL).writerows(rows)
    content = target.getvalue().encode()
    document = read_document(content, "a.csv", DocumentOptions(columns=("1", "2")))
    assert write(document) == content
    assert texts(document) == [
        cell for row in rows[1:] for cell in row[: len(rows[0])][:2] if any(map(str.isalpha, cell))
    ]


def test_json_keeps_everything_but_the_chosen_strings() -> None:
    content = (FILES / "app.json").read_bytes()
    document = read_document(content, "app.json")
    assert texts(document) == ["Ouvrir", "Quitter l’application", "Cliquez sur le bouton.\nPuis attendez."]
    after = write(document, lambda text: text.replace("Quitter l’application", "Quit “app”"))
    assert after == content.replace(b"Quitter l\\u2019application", b"Quit \\u201capp\\u201d")
    for keys, count in [(("menu.id",), 1), (("open",), 1), (("menu",), 3), (("*",), 6), (("aide", "quit"), 3)]:
        assert len(read_document(content, "app.json", DocumentOptions(keys=keys)).units) == count, keys
    with pytest.raises(InputError, match="nom"):
        read_document(content, "app.json", DocumentOptions(keys=("nom",)))


@settings(deadline=None)
@given(VALUE, st.booleans())
def test_any_json_comes_back_and_keeps_its_shape(value: object, ascii_only: bool) -> None:
    content = json.dumps(value, ensure_ascii=ascii_only, indent=1).encode("utf-8", "surrogatepass")
    document = read_document(content, "a.json", DocumentOptions(keys=("*",)))
    assert write(document) == content
    verify(content, write(document, lambda text: text + '"\\'), "a.json")


def test_deep_json_is_one_clear_line() -> None:
    with pytest.raises(InputError, match="nested too deeply"):
        read_document(b"[" * 200_000 + b"]" * 200_000, "a.json")


def test_a_catalogue_with_french_sources_gets_its_english() -> None:
    content = (FILES / "app.po").read_bytes()
    document = read_document(content, "app.po")
    assert texts(document) == [
        "Le fichier est ouvert.",
        "%d fichier",
        "%d fichiers",
        "Une longue phrase.\nEt une autre.",
    ]
    after = write(document, str.upper)
    entries = {entry.msgid: entry for entry in polib.pofile(after.decode())}
    assert entries["Le fichier est ouvert."].msgstr == "LE FICHIER EST OUVERT."
    assert entries["%d fichier"].msgstr_plural == {0: "%D FICHIER", 1: "%D FICHIERS"}
    assert entries["Une longue phrase.\nEt une autre."].msgstr == "UNE LONGUE PHRASE.\nET UNE AUTRE."
    assert entries["Bonjour"].msgstr == "Hello"
    assert [line for line in after.splitlines() if b"msgstr" not in line and line[:1] != b'"'] == [
        line for line in content.splitlines() if b"msgstr" not in line and line[:1] != b'"'
    ]


def test_a_french_catalogue_is_made_english_in_place() -> None:
    document = read_document((FILES / "fr.po").read_bytes(), "fr.po")
    assert texts(document) == ["Bonjour à tous"]
    assert 'msgid "Bonjour"\nmsgstr "BONJOUR À TOUS"' in write(document, str.upper).decode()


def test_xliff_gets_a_target_for_each_source_without_one() -> None:
    content = (FILES / "app.xliff").read_bytes()
    document = read_document(content, "app.xliff")
    english = {"Le chat noir dort & rêve.": "The black cat is sleeping & dreaming."}
    links = pairs(("chat", "cat"), ("noir", "black"), ("dort", "sleeping"), ("rêve", "dreaming"), ("Le", "The"))
    after = document.write(
        [translated(unit, lambda text: english.get(text, text.upper()), links) for unit in document.units]
    )
    text = after.decode()
    assert '<target>The <g id="1">black cat</g> is sleeping &amp; dreaming<x id="2"/>.</target></trans-unit>' in text
    assert "<source>Bonjour</source><target>BONJOUR</target>" in text
    assert "<target>Already done</target>" in text
    assert "<source>Ne pas toucher</source></trans-unit>" in text
    assert '<target state="needs-review-translation">À TRADUIRE</target>' in text
    verify(content, after, "app.xliff")
    assert not read_document(after, "app.xliff").units


def test_subtitles_keep_numbers_times_and_lines_and_share_a_sentence() -> None:
    content = (FILES / "film.srt").read_bytes()
    document = read_document(content, "film.srt")
    assert texts(document) == [
        "Le maire de la ville n'a pas voulu répondre à nos questions, mais il a promis de revenir demain.",
        "- Vous venez ?\n- Non, merci.",
    ]
    english = {
        texts(document)[0]: "The mayor did not want to answer our questions, but he promised to come back tomorrow.",
        "Vous venez ?": "Are you coming?",
        "Non, merci.": "No, thanks.",
    }
    links = pairs(("questions", "questions"), ("nos", "our"), ("mais", "but"), ("merci", "thanks"), ("il", "he"))
    after = document.write([translated(unit, english.__getitem__, links) for unit in document.units])
    expected = content.decode()
    for old, new in [
        (
            "Le maire de la ville n'a pas voulu\nrépondre à <i>nos questions</i>,",
            "The mayor did not want to\nanswer <i>our questions</i>,",
        ),
        ("mais il a promis\nde revenir demain.", "but he promised to\ncome back tomorrow."),
        ("- Vous venez ?\n- Non, <b>merci</b>.", "- Are you coming?\n- No, <b>thanks</b>."),
    ]:
        expected = expected.replace(old, new)
    assert after.decode() == expected


CUE = st.lists(st.sampled_from(["le", "chat", "<i>dort</i>", "ici.", "- Oui", "{\\an8}", "Et", "&", "<"]), min_size=1)


@settings(deadline=None)
@given(st.lists(st.lists(CUE, min_size=1, max_size=3), min_size=1, max_size=5), st.sampled_from(["\n", "\r\n"]))
@example([[["le"], ["- Oui"], ["le"]], [["le"]]], "\n")
def test_any_subtitles_come_back_and_keep_their_times(cues: list[list[list[str]]], line_end: str) -> None:
    blocks = [
        "\n".join([f"{number}", f"00:00:{number:02},000 --> 00:00:{number:02},900", *(" ".join(line) for line in cue)])
        for number, cue in enumerate(cues)
    ]
    content = ("\n\n".join(blocks) + "\n").replace("\n", line_end).encode()
    for name in ("a.srt", "a.vtt"):
        document = read_document(content, name)
        assert write(document) == content
        for translate in (str.upper, lambda _: "yes", lambda text: f"{text} {text}"):
            verify(content, write(document, translate), name)


def test_lines_that_sing_or_sound_stay_lines_and_none_begins_with_a_mark() -> None:
    content = "1\n00:00:01,000 --> 00:00:02,000\n♪ Une chanson douce ♪\n[bruit de pas]\n\n"
    content += "2\n00:00:03,000 --> 00:00:04,000\nAttention\nà lui\n"
    document = read_document(content.encode(), "a.srt")
    written = write(document, lambda text: "Look out ! Him" if text == "Attention à lui" else text.upper())
    assert "♪ UNE CHANSON DOUCE ♪\n[BRUIT DE PAS]\n" in written.decode()
    assert written.decode().endswith("Look\nout ! Him\n")


def test_xliff_that_is_cut_into_sentences_is_cut_in_english_too() -> None:
    cut = '<mrk mtype="seg" mid="1">{}</mrk> <mrk mtype="seg" mid="2">{}</mrk>'
    unit = "<source>Bonjour. Ça va ?</source><seg-source>{}</seg-source>{}"
    body = (
        '<xliff version="1.2"><file source-language="fr"><body><trans-unit id="1">{}</trans-unit></body></file></xliff>'
    )
    french = cut.format("Bonjour.", "Ça va ?")
    for target in ("", f"<target>{cut.format('', '')}</target>", "<target/>"):
        content = body.format(unit.format(french, target)).encode()
        after = write(read_document(content, "a.xlf"), {"Bonjour.": "Hello.", "Ça va ?": "How are you?"}.__getitem__)
        english = f"<target>{cut.format('Hello.', 'How are you?')}</target>"
        named = body.replace('"fr"', '"fr" target-language="en"')
        assert after.decode() == named.format(unit.format(french, english))
        verify(content, after, "a.xlf")


def test_fuzzy_messages_are_left_and_counted() -> None:
    content = b'#, fuzzy\nmsgid "Un mot"\nmsgstr "A world"\n'
    document = read_document(content, "a.po")
    assert document.notices == ("a.po: 1 messages marked fuzzy keep the English that they have; check it",)
    assert write(document, str.upper) == content
