"""What says that a file is French says English afterwards: marks of language and titles."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from passerelle.translate.documents import read_document, verify
from passerelle.translate.documents.formats.html.document import in_english
from tests.translate.documents.translations import texts, write

FILES = Path(__file__).parent / "files"


def changed(content: bytes, name: str) -> bytes:
    after = write(read_document(content, name), str.upper)
    verify(content, after, name)
    return after


def everything(content: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return "".join(archive.read(each).decode("utf-8", "replace") for each in archive.namelist())


@given(
    st.sampled_from(["fr", "fr-FR", "fr_CH", "FR-ca", "de", "en", "fry", "frr-x"]),
    st.sampled_from(["html", "body", "p", "span"]),
    st.sampled_from(["lang", "xml:lang"]),
    st.sampled_from(['"', "'", ""]),
)
def test_only_french_becomes_english_in_html(language: str, tag: str, key: str, quote: str) -> None:
    before = (
        f"<!-- lang=fr --><{tag} id=a {key}={quote}{language}{quote} class=b>Un chat<script>'<p lang=\"fr\">'</script>"
    )
    known = {"fr": "en", "fr-FR": "en-GB", "fr_CH": "en_GB", "FR-ca": "en-GB"}
    wanted = known.get(language, language)
    assert in_english(before) == before.replace(f"id=a {key}={quote}{language}", f"id=a {key}={quote}{wanted}")


def test_a_page_says_that_it_is_english_and_has_an_english_title() -> None:
    before = (
        b'<html lang="fr-FR"><head><meta http-equiv="Content-Language" content="fr"><title>Le chat</title></head>'
        b'<body><p>Le chat dort, <span lang="de">die Katze</span>, <b lang="fr" translate="no">chat</b>.</p></body>'
    )
    after = changed(before, "a.html")
    assert b'<html lang="en-GB">' in after
    assert b'content="en"' in after
    assert b"<title>LE CHAT</title>" in after
    assert b'<span lang="de">' in after
    assert b'<b lang="fr" translate="no">' in after


@pytest.mark.parametrize(
    "name", ["lettre.docx", "ponts.pptx", "lettre.odt", "lettre.fodt", "lettre.epub", "rapport.epub"]
)
def test_no_mark_of_french_is_left(name: str) -> None:
    before = (FILES / name).read_bytes()
    after = changed(before, name)
    text = everything(after) if zipfile.is_zipfile(io.BytesIO(after)) else after.decode()
    assert not re.search(r'(?:xml:|\s|w:)lang="fr|<w:lang [^>]*val="fr|fo:language="fr|<dc:language>fr', text)


def test_titles_of_books_and_letters_become_english() -> None:
    target = io.BytesIO()
    letter = docx.Document()
    letter.core_properties.title, letter.core_properties.author = "Le chat noir", "Jean Le Brun"
    letter.add_paragraph("Le chien dort.")
    letter.save(target)
    after = docx.Document(io.BytesIO(changed(target.getvalue(), "a.docx"))).core_properties
    assert (after.title, after.author) == ("LE CHAT NOIR", "Jean Le Brun")
    book = (FILES / "rapport.epub").read_bytes()
    (title,) = re.findall(r"<dc:title[^>]*>(.*?)</dc:title>", everything(book))
    assert f">{title.upper()}</dc:title>" in everything(changed(book, "rapport.epub"))


def test_a_french_catalogue_says_that_it_is_english() -> None:
    heading = (
        'msgid ""\nmsgstr ""\n"Language: fr_FR\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
        '"Plural-Forms: nplurals=2; plural=(n > 1);\\n"\n\n'
    )
    after = changed(f'{heading}msgid "Cat"\nmsgstr "Chat noir"\n'.encode(), "a.po").decode()
    assert '"Language: en\\n"' in after
    assert '"Plural-Forms: nplurals=2; plural=(n != 1);\\n"' in after
    assert 'msgstr "CHAT NOIR"' in after


@pytest.mark.parametrize(
    ("head", "wanted"),
    [
        (
            '<xliff version="1.2"><file source-language="fr" original="a">',
            ' source-language="fr" target-language="en" ',
        ),
        ('<xliff version="2.0" srcLang="fr"><file id="a">', ' srcLang="fr" trgLang="en">'),
        ('<xliff version="2.0" srcLang="fr" trgLang="en-GB"><file id="a">', ' srcLang="fr" trgLang="en-GB">'),
    ],
)
def test_a_filled_xliff_names_the_language_of_its_translations(head: str, wanted: str) -> None:
    unit = "<unit id='1'><segment><source>Le chat</source></segment></unit>"
    before = f"{head}{unit}</file></xliff>".encode()
    assert wanted in changed(before, "a.xlf").decode()


def test_a_flat_letter_reads_as_the_zipped_one() -> None:
    flat = read_document((FILES / "lettre.fodt").read_bytes(), "lettre.fodt")
    zipped = read_document((FILES / "lettre.odt").read_bytes(), "lettre.odt")
    assert set(texts(flat)) == set(texts(zipped))
