"""Word, PowerPoint, OpenDocument and e-books: where the words are, and what keeps its place."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from passerelle.translate.documents import read_document, verify
from tests.translate.documents.translations import pairs, texts, translated, write

FILES = Path(__file__).parent / "files"
LETTER = [
    "La lettre du maire",
    "La voiture rouge est devant la grande maison depuis hier.",
    "Elle appartient au médecin.",
    "Une remarque importante, voir le site de la ville.",
    "Il faut vérifier cette date.",
    "Le nom",
    "La date",
    "Pont Neuf",
    "Voici la suite.",
    "Un texte dans un cadre.",
    "Premier point",
    "Second\tpoint et sa suite",
    "Rapport du comité",
    "Page 1 du document",
]


def part(content: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(name).decode()


def with_body(body: str) -> bytes:
    """lettre.docx with another body."""
    target = io.BytesIO()
    with zipfile.ZipFile(FILES / "lettre.docx") as archive, zipfile.ZipFile(target, "w") as written:
        for info in archive.infolist():
            content = archive.read(info)
            if info.filename == "word/document.xml":
                text = content.decode()
                content = (text[: text.index("<w:body>")] + f"<w:body>{body}</w:body></w:document>").encode()
            written.writestr(info, content)
    return target.getvalue()


def rewritten(body: str, english: str, *words: tuple[str, str]) -> str:
    """The body of a document with one passage in it, in English; ``words`` became each other."""
    before = with_body(body)
    document = read_document(before, "a.docx")
    links = pairs(*words)
    after = document.write(
        [
            translated(unit, *((lambda _: english, links) if number == 0 else ()))
            for number, unit in enumerate(document.units)
        ]
    )
    verify(before, after, "a.docx")
    text = part(after, "word/document.xml")
    return text[text.index("<w:body>") + 8 : text.index("</w:body>")]


@pytest.mark.parametrize("name", ["lettre.docx", "lettre.odt"])
def test_headers_notes_comments_cells_and_boxes_are_read(name: str) -> None:
    found = {text.strip() for text in texts(read_document((FILES / name).read_bytes(), name))}
    assert found == set(LETTER)


def test_slides_and_their_notes_are_read() -> None:
    found = texts(read_document((FILES / "ponts.pptx").read_bytes(), "ponts.pptx"))
    assert {"Le Pont Neuf", "Il est très vieux", "Il faut parler lentement ici.", "Année"} <= set(found)


def test_code_and_formulas_are_kept_whole() -> None:
    for name in ("rapport.docx", "rapport.odt", "rapport.epub", "rapport.html"):
        found = texts(read_document((FILES / name).read_bytes(), name))
        assert any("Tapez `git status` pour" in text for text in found), name
        assert not any("print" in text for text in found), name
        assert any("formule ⟦" in text for text in found), name


def test_runs_of_one_look_are_joined_and_others_follow_their_words() -> None:
    body = (
        '<w:p><w:pPr><w:jc w:val="left"/></w:pPr><w:r><w:t xml:space="preserve">La voi</w:t></w:r><w:proofErr/>'
        '<w:r><w:rPr><w:lang w:val="fr-FR"/></w:rPr><w:t xml:space="preserve">ture </w:t></w:r>'
        "<w:r><w:rPr><w:b/></w:rPr><w:t>rou</w:t></w:r><w:r><w:rPr><w:b/><w:noProof/></w:rPr><w:t>ge</w:t></w:r>"
        '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>2</w:t></w:r>'
        "<w:r><w:t>.</w:t></w:r></w:p>"
    )
    words = [("voiture", "car"), ("rouge", "red"), ("La", "The")]
    assert rewritten(body, "The red car.", *words) == (
        '<w:p><w:pPr><w:jc w:val="left"/></w:pPr><w:r><w:t xml:space="preserve">The </w:t></w:r>'
        '<w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">red</w:t></w:r>'
        '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>2</w:t></w:r>'
        '<w:r><w:t xml:space="preserve"> car.</w:t></w:r></w:p>'
    )


def test_fields_links_bookmarks_and_controls_stay_around_their_words() -> None:
    field = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>REF a</w:instrText></w:r>'
    field += '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    body = (
        f'<w:p><w:r><w:t xml:space="preserve">Voir </w:t></w:r>{field}<w:r><w:t>la page</w:t></w:r>{end}'
        '<w:bookmarkStart w:id="1" w:name="b"/><w:hyperlink r:id="rId2"><w:r><w:t xml:space="preserve"> du site</w:t>'
        '</w:r></w:hyperlink><w:bookmarkEnd w:id="1"/><w:sdt><w:sdtPr><w:id w:val="3"/></w:sdtPr><w:sdtContent>'
        '<w:r><w:t xml:space="preserve"> ici</w:t></w:r></w:sdtContent></w:sdt>'
        "<w:del><w:r><w:delText>vieux</w:delText></w:r></w:del></w:p>"
    )
    words = [("Voir", "see"), ("la", "the"), ("page", "page"), ("site", "site"), ("du", "site"), ("ici", "Here")]
    found = rewritten(body, "Here see the site page", *words)
    assert (
        f'{field}<w:r><w:t xml:space="preserve">the' in found or f'{field}<w:r><w:t xml:space="preserve">page' in found
    )
    assert '<w:sdtContent><w:r><w:t xml:space="preserve">Here' in found
    assert '<w:hyperlink r:id="rId2"><w:r><w:t xml:space="preserve">' in found
    assert "<w:delText>vieux</w:delText>" in found
    for mark in (end, '<w:bookmarkStart w:id="1" w:name="b"/>', '<w:bookmarkEnd w:id="1"/>'):
        assert found.count(mark) == 1


def test_a_text_box_in_a_paragraph_that_moves_is_translated_too() -> None:
    before = (FILES / "lettre.docx").read_bytes()
    after = write(read_document(before, "lettre.docx"), str.upper)
    body = part(after, "word/document.xml")
    assert body.count("UN TEXTE DANS UN CADRE.") == 2
    assert body.index("VOICI LA SUITE.") < body.index("UN TEXTE DANS UN CADRE.")


def test_the_archive_is_written_as_it_was_packed() -> None:
    before = (FILES / "rapport.odt").read_bytes()
    after = write(read_document(before, "a.odt"), str.upper)
    with zipfile.ZipFile(io.BytesIO(before)) as old, zipfile.ZipFile(io.BytesIO(after)) as new:
        assert [(i.filename, i.compress_type, i.date_time) for i in old.infolist()] == [
            (i.filename, i.compress_type, i.date_time) for i in new.infolist()
        ]
    assert after[30:38] == b"mimetype"
    assert write(read_document(before, "a.odt"), str.upper) == after


def test_a_link_has_a_colour_of_its_own_and_keeps_it_for_all_its_words() -> None:
    blue, bold = '<w:rPr><w:color w:val="0000FF"/></w:rPr>', '<w:rPr><w:b/><w:color w:val="0000FF"/></w:rPr>'

    def run(text: str, form: str = "") -> str:
        return f'<w:r>{form}<w:t xml:space="preserve">{text}</w:t></w:r>'

    link = '<w:hyperlink r:id="rId2">{}</w:hyperlink>'
    inside = run("le site ", blue) + run("officiel", bold) + run(" de la ville", blue)
    body = f"<w:p>{run('Un long début de phrase selon ')}{link.format(inside)}{run('.')}</w:p>"
    words = [("selon", "per"), ("le", "the"), ("site", "site"), ("officiel", "official"), ("ville", "town")]
    english = "A long beginning of a sentence, per the official site of the town."
    expected = run("the ", blue) + run("official", bold) + run(" site of the town", blue)
    assert link.format(expected) in rewritten(body, english, *words)


def test_subscripts_are_part_of_their_word_and_a_broken_line_begins_without_a_blank() -> None:
    low = '<w:rPr><w:vertAlign w:val="subscript"/></w:rPr>'
    kept = '<w:t xml:space="preserve">'
    water = f"{kept}H</w:t></w:r><w:r>{low}{kept}2</w:t></w:r><w:r>"
    body = (
        f"<w:p><w:r><w:t>De l’eau,</w:t></w:r><w:r><w:br/></w:r><w:r>{kept}soit H</w:t></w:r>"
        f"<w:r>{low}<w:t>2</w:t></w:r><w:r><w:t>O</w:t></w:r></w:p>"
    )
    document = read_document(with_body(body), "a.docx")
    assert document.units[0].text == "De l’eau, soit H2O"
    found = rewritten(body, "Water, that is H2O", ("eau", "Water"), ("soit", "is"), ("H2O", "is"))
    assert water.replace(">H<", ">that is H<") in found
    assert '<w:t xml:space="preserve">Water,</w:t></w:r><w:r><w:br/></w:r><w:r><w:t xml:space="preserve">that' in found


def test_the_words_of_a_chart_are_translated_and_its_numbers_are_not() -> None:
    before = (FILES / "graphique.pptx").read_bytes()
    document = read_document(before, "graphique.pptx")
    assert {"Ventes par mois", "Ventes de billets", "Janvier", "Texte dans un groupe"} <= set(texts(document))
    chart = part(write(document, str.upper), "ppt/charts/chart1.xml")
    assert "<c:v>VENTES DE BILLETS</c:v>" in chart
    assert "<c:v>JANVIER</c:v>" in chart
    assert part(before, "ppt/charts/chart1.xml").count("<c:v>") == chart.count("<c:v>")


def test_columns_hyphens_and_stretched_lines_of_a_pdf_make_whole_paragraphs() -> None:
    found = texts(read_document((FILES / "colonnes.pdf").read_bytes(), "colonnes.pdf"))
    whole = "Un deuxième paragraphe explique les conditions de financement. La région participera à hauteur de quarante"
    assert sum(text.startswith(whole) and text.endswith("une contribution supplémentaire.") for text in found) == 7
    assert sum("ont examiné soigneusement les infrastructures municipales pendant" in text for text in found) == 7
    assert found[-2:] == ["- Premier élément", "- Second élément"]
