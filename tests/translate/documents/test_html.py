"""HTML: what is a passage, what is left alone, and in which encoding it is written."""

from __future__ import annotations

import pytest

from passerelle.seq2seq.errors import OutputError
from passerelle.translate.documents import read_document, verify
from tests.translate.documents.translations import texts, translated, write

PAGE = """\
<!DOCTYPE html>
<html lang="fr"><head><title>Le titre &amp; tout</title>
<style>p { content: "été" }</style><script>var a = "<p>été</p>";</script></head>
<body data-x='<p>non'>
<nav><a href="/x">Accueil</a> | <a href="/y">Nous  joindre</a></nav>
<p title="une infobulle">Un   mot
  et&nbsp;un &eacute;cart<a href="#n1">[1]</a>.</p>
texte nu<ul><li>un<li>deux <img alt="une image" src=a.png> fin</ul>
<p translate="no">Ne pas toucher</p><p>Lire <span class="notranslate">Le Monde</span> ici</p>
<p>12 rue du Bac<br/>75007 Paris</p><p>Une ligne<br>et sa suite</p><p>Voir <img src="a.png">.</p>
<pre>du code</pre><textarea>rien</textarea><!-- une remarque --><button>Envoyer</button><button>Effacer</button>
<table><tr><td>Le nom</td><td>12,5</td></tr></table><svg><text>dessin</text></svg>
</body></html>
"""


def test_what_is_a_passage() -> None:
    assert texts(read_document(PAGE.encode(), "a.html")) == [
        "Le titre & tout",
        "Accueil",
        "Nous joindre",
        "Un mot et\xa0un écart.",
        "texte nu",
        "un",
        "deux fin",
        "Lire `Le Monde` ici",
        "12 rue du Bac\n75007 Paris",
        "Une ligne et sa suite",
        "Voir .",
        "Envoyer",
        "Effacer",
        "Le nom",
    ]


def test_only_the_words_change() -> None:
    written = write(read_document(PAGE.encode(), "a.html"), lambda text: text if "`" in text else text.upper()).decode()
    expected = PAGE
    for old, new in [
        ('<html lang="fr">', '<html lang="en">'),
        ("Le titre &amp; tout", "LE TITRE &amp; TOUT"),
        ("Accueil", "ACCUEIL"),
        ("Nous  joindre", "NOUS JOINDRE"),
        ("Un   mot\n  et&nbsp;un &eacute;cart", "UN MOT ET\xa0UN ÉCART"),
        ("texte nu", "TEXTE NU"),
        ("<li>un<li>deux", "<li>UN<li>DEUX"),
        ("> fin<", "> FIN<"),
        ("12 rue du Bac", "12 RUE DU BAC"),
        ("75007 Paris", "75007 PARIS"),
        ("Une ligne<br>et sa suite", "UNE LIGNE<br>ET SA SUITE"),
        ("<p>Voir <img", "<p>VOIR <img"),
        ("Envoyer", "ENVOYER"),
        ("Effacer", "EFFACER"),
        ("Le nom", "LE NOM"),
    ]:
        assert old in expected
        expected = expected.replace(old, new)
    assert written == expected


@pytest.mark.parametrize(
    ("head", "encoding"),
    [
        ('<meta charset="iso-8859-1">', "cp1252"),
        ('<meta http-equiv="Content-Type" content="text/html; charset=windows-1252">', "cp1252"),
        ('<?xml version="1.0" encoding="ISO-8859-15"?>', "iso8859-15"),
        ("<meta charset=utf-8>", "utf-8"),
        ("", "utf-16"),
        ("", "utf-8-sig"),
    ],
)
def test_a_page_is_written_in_its_own_encoding(head: str, encoding: str) -> None:
    before = f"{head}<p>Une école près d’ici</p>".replace("’", "'").encode(encoding)
    document = read_document(before, "a.html")
    assert texts(document) == ["Une école près d'ici"]
    assert document.notices == ()
    assert write(document) == before
    after = write(document, lambda _: "A school’s → café").decode(encoding)
    kept = encoding.startswith("utf")
    assert ("A school’s → café" if kept else "&#8594; café") in after


def test_an_undeclared_old_encoding_is_read_with_a_notice() -> None:
    document = read_document("<p>Une école</p>".encode("cp1252"), "a.html")
    assert texts(document) == ["Une école"]
    assert "Windows-1252" in document.notices[0]


def test_what_the_english_holds_is_no_markup() -> None:
    document = read_document(b"<p>a &lt; b</p>", "a.html")
    assert texts(document) == ["a < b"]
    assert write(document, lambda _: "<script>1 & 2") == b"<p>&lt;script&gt;1 &amp; 2</p>"


def test_the_form_does_not_hang_on_the_words_of_a_raised_number() -> None:
    before = b'<p>Le 1<sup>er</sup> et le <a href="#n"><sup>2</sup></a></p>'
    document = read_document(before, "a.html")
    for english in ("The 1st and the", "First", "The 1 and", "The er"):
        after = document.write([translated(unit, lambda _, english=english: english) for unit in document.units])
        verify(before, after, "a.html")
    verify(before, before.replace(b"er", b""), "a.html")
    with pytest.raises(OutputError, match="not built like"):
        verify(before, before.replace(b"<sup>2</sup>", b"2"), "a.html")


def test_a_tag_without_words_keeps_the_blanks_beside_it() -> None:
    before = b'<p><i class="icon"></i> Fermer</p><p>Voir <i class="x"></i> ici</p>'
    written = write(read_document(before, "a.html"), str.upper)
    assert written == b'<p><i class="icon"></i> FERMER</p><p>VOIR <i class="x"></i> ICI</p>'
