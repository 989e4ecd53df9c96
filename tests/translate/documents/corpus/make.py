"""Makes the corpus: small French documents as the programs that people use write them.

    python tests/translate/documents/corpus/make.py

Needs LibreOffice, pandoc, gettext and npm and, from PyPI, python-docx, python-pptx, openpyxl, XlsxWriter, docutils,
Sphinx, MkDocs, Babel, translate-toolkit, pysubs2 and webvtt-py, whose commands are looked for beside the Python that
runs this.  The tests need none of them, for the files are kept.  A program that is missing is named, and its files are
left alone.
"""

from __future__ import annotations

import email.policy
import io
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from pathlib import Path

HERE = Path(__file__).parent
REPORT = """\
---
title: Rapport sur le pont
author: Zoé Lefèvre
lang: fr-FR
---

# L’état du pont

Le pont a été construit en **1924** par [la ville](https://exemple.fr/ville). Il mesure *120 mètres*[^1].

- Le tablier est en bon état ;
- les piles doivent être **réparées** avant l’été.

> La sécurité des passants passe avant tout.

| Travaux       | Prix     |
|:--------------|---------:|
| Peinture      | 12 500 € |
| Éclairage     |  3 200 € |

## Les mesures

1. Fermer le pont pendant deux jours.
2. Lancer `mesure --pont` chaque matin.

```
mesure --pont
```

[^1]: Mesuré par nos soins le 3 mai.
"""
RULES = """\
---
title: Règlement du jardin
lang: fr
---

# Règlement

Article 1
:   Le jardin ouvre à 8 h et ferme à 20 h.

Article 2
:   Les chiens sont interdits, *même tenus en laisse*.

## Contact

Écrivez à <jardin@exemple.fr> ou appelez le 01 40 40 40 40.\\
La mairie répond sous trois jours.

![Plan du jardin](plan.png "Le plan")

* * *

L’eau est à `H~2~O` près la même : 5 m^2^ suffisent.
"""
RST = """\
Guide de l’outil
================

L’outil lit **un fichier** et écrit *son résultat*. Voyez `le site <https://exemple.fr>`_.

.. note:: Gardez toujours une copie de vos fichiers.

Installation
------------

#. Téléchargez le programme.
#. Lancez ``outil --aide``.

.. code-block:: python

   print("bonjour")

======  ==============
Option  Sens
======  ==============
-v      Parler davantage
-q      Se taire
======  ==============
"""
PROGRAM = """\
from gettext import gettext as _, ngettext
print(_("Le fichier est ouvert."))
print(_("Bonjour %(name)s, il est %(hour)d heures.") % {"name": "Zoé", "hour": 9})
print(ngettext("%d fichier a été copié", "%d fichiers ont été copiés", 3) % 3)
print(_("Première ligne\\nDeuxième ligne"))
print(_("Voulez-vous vraiment supprimer ce dossier et tous les documents qu’il contient ? Cela ne peut être défait."))
"""
TABLE = "produit;description;prix\nA-12;Une grande table en bois;120,50\nB-7;Une petite chaise pour le jardin;35,00\n"
WORDS = ("Le chat dort dans la maison.", "Il fait froid ce matin, et la neige tombe.", "Nous partirons demain.")
FILTERS = {
    ".txt": "txt:Text (encoded):UTF8",
    ".html": "html:XHTML Writer File:UTF8",
    ".htm": "htm:HTML (StarWriter)",
    ".csv": "csv:Text - txt - csv (StarCalc):59,34,76,1",
}


def run(*command: str, folder: Path, given: str | None = None) -> str:
    """Run a program in ``folder``; those of this Python come first."""
    beside = Path(sys.executable).with_name(command[0])
    found = str(beside) if beside.exists() else shutil.which(command[0])
    if found is None:
        raise FileNotFoundError(command[0])
    result = subprocess.run([found, *command[1:]], cwd=folder, input=given, capture_output=True, text=True, check=False)
    if result.returncode:
        raise RuntimeError(f"{' '.join(command)}: {result.stderr.strip()[-300:]}")
    return result.stdout


@contextmanager
def workshop() -> Iterator[Path]:
    """A folder that is gone afterwards."""
    with tempfile.TemporaryDirectory() as name:
        yield Path(name)


def pandoc() -> None:
    """Every kind that pandoc writes and the tool reads."""
    forms = {
        "docx": "docx", "odt": "odt", "epub2": "epub", "epub3": "epub", "html5": "html", "html4": "html",
        "pptx": "pptx", "rtf": "rtf", "gfm": "md", "commonmark_x": "md", "markdown_phpextra": "md",
        "markdown_mmd": "md", "markdown": "md", "markdown_strict": "md",
    }  # fmt: skip
    for source, text in (("pont", REPORT), ("jardin", RULES)):
        for form, ending in forms.items():
            if source == "jardin" and form in {"html4", "epub2", "pptx", "markdown_strict"}:
                continue
            target = HERE / f"pandoc-{source}-{form}.{ending}"
            run("pandoc", "-s", "-t", form, "-o", str(target), folder=HERE, given=text)


def libreoffice() -> None:
    """Writer, Calc and Impress: what pandoc and Python libraries made, opened and saved as another kind."""
    with workshop() as folder:
        for name in ("pandoc-pont-docx.docx", "pandoc-jardin-odt.odt", "python-lettre.docx"):
            shutil.copy(HERE / name, folder / f"{name.split('-')[1].split('.')[0]}{Path(name).suffix}")
        (folder / "stock.csv").write_text(TABLE, encoding="utf-8-sig")
        shutil.copy(HERE / "openpyxl-stock.xlsx", folder / "classeur.xlsx")
        shutil.copy(HERE / "python-diapositives.pptx", folder / "diapositives.pptx")
        texts = ["pont.docx", "jardin.odt", "lettre.docx"]
        jobs = {
            ".docx": texts, ".odt": ["pont.docx", "lettre.docx"], ".fodt": texts, ".rtf": texts, ".html": texts,
            ".htm": texts[:2], ".epub": texts[:2], ".pdf": ["lettre.docx"], ".txt": ["lettre.docx"],
            ".xlsx": ["stock.csv", "classeur.xlsx"], ".csv": ["classeur.xlsx"], ".pptx": ["diapositives.pptx"],
        }  # fmt: skip
        for ending, names in jobs.items():
            target = FILTERS.get(ending, ending[1:])
            infilter = ["--infilter=CSV:59,34,76,1"] if ending == ".xlsx" else []
            run("soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", *infilter, "--convert-to",
                target, "--outdir", "out", *names, folder=folder)  # fmt: skip
            for path in sorted((folder / "out").iterdir()):
                path.replace(HERE / f"libreoffice-{path.name}")


def python_docx() -> None:
    """A letter by python-docx, and the same with its parts named as other writers of Office files name them."""
    import docx

    letter = docx.Document()
    letter.core_properties.title = "Une lettre à la mairie"
    letter.sections[0].header.paragraphs[0].text = "Association des riverains"
    letter.add_heading("Madame, Monsieur,", 1)
    paragraph = letter.add_paragraph("Le pont est ")
    paragraph.add_run("fermé").bold = True
    paragraph.add_run(" depuis le 3 mai, et les enfants ne peuvent plus aller à l’école.")
    for words in WORDS:
        letter.add_paragraph(words, style="List Bullet")
    table = letter.add_table(rows=2, cols=2)
    for cell, words in zip(table._cells, ("Date", "Événement", "3 mai", "Le pont ferme"), strict=True):
        cell.text = words
    stream = io.BytesIO()
    letter.save(stream)
    content = stream.getvalue()
    (HERE / "python-lettre.docx").write_bytes(content)
    renamed = {
        "word-online": lambda text: text.replace("word/document.xml", "word/document2.xml"),
        "docx4j": lambda text: text.replace("word/document.xml", "word/corps.xml").replace(
            'ContentType="application/xml"', f'ContentType="{_TYPE}"'
        ),
        "generic": lambda text: text.replace(_TYPE, "application/xml"),
    }
    for name, change in renamed.items():
        (HERE / f"{name}-lettre.docx").write_bytes(_repacked(content, change))


_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


def _repacked(content: bytes, change: Callable[[str], str]) -> bytes:
    """A package with other names and types of parts; relations are written without their folder."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as archive, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as written:
        for part in archive.namelist():
            raw = archive.read(part)
            if part == "[Content_Types].xml" or part == "_rels/.rels":
                raw = change(raw.decode()).encode()
            name = change(part) if part == "word/document.xml" else part
            if part == "word/_rels/document.xml.rels":
                name = change("word/document.xml").replace("word/", "word/_rels/") + ".rels"
            written.writestr(name, raw)
    return target.getvalue()


def python_pptx() -> None:
    """Slides with notes and a table."""
    import pptx
    from pptx.util import Inches

    slides = pptx.Presentation()
    slide = slides.slides.add_slide(slides.slide_layouts[1])
    slide.shapes.title.text = "Le pont de la ville"
    slide.placeholders[1].text = "\n".join(WORDS)
    slide.notes_slide.notes_text_frame.text = "Remercier le public."
    table = slide.shapes.add_table(1, 2, Inches(1), Inches(5), Inches(6), Inches(1)).table
    table.cell(0, 0).text, table.cell(0, 1).text = "Travaux", "Les piles du pont"
    slides.save(str(HERE / "python-diapositives.pptx"))


def spreadsheets() -> None:
    """Workbooks with shared strings, with strings in cells, with rich strings and with a table."""
    import openpyxl
    import xlsxwriter

    book = openpyxl.Workbook()
    sheet = book.active
    for row in TABLE.splitlines():
        sheet.append(row.split(";"))
    sheet["D2"] = "=LEN(B2)"
    book.save(HERE / "openpyxl-stock.xlsx")
    for name, options in (
        ("xlsxwriter-partage", {}),
        ("xlsxwriter-en-ligne", {"in_memory": True, "constant_memory": True}),
    ):
        written = xlsxwriter.Workbook(str(HERE / f"{name}.xlsx"), options)
        page = written.add_worksheet("Feuille")
        bold = written.add_format({"bold": True})
        page.write_string("A1", WORDS[0])
        page.write_rich_string("A2", "La ", bold, "petite maison", " est fermée")
        page.write_number("B2", 12.5)
        if not options:
            heads = [{"header": "produit"}, {"header": "description"}]
            rows = [row.split(";")[:2] for row in TABLE.splitlines()[1:]]
            page.add_table("D1:E3", {"columns": heads, "data": rows})
        page.write_comment("A1", "Une remarque sur le chat")
        written.close()


def sites() -> None:
    """Pages by Sphinx, MkDocs and docutils; catalogues by Sphinx."""
    with workshop() as folder:
        (folder / "index.rst").write_text(RST, encoding="utf-8")
        (folder / "conf.py").write_text('project = "Guide"\nlanguage = "fr"\nhtml_theme = "basic"\n', encoding="utf-8")
        run(
            "rst2html5", "--stylesheet=", "--language=fr", "index.rst", str(HERE / "docutils-guide.html"), folder=folder
        )
        run("rst2odt", "--language=fr", "index.rst", str(HERE / "docutils-guide.odt"), folder=folder)
        for builder in ("html", "gettext"):
            run("sphinx-build", "-q", "-b", builder, ".", builder, folder=folder)
        shutil.copy(folder / "html/index.html", HERE / "sphinx-guide.html")
        shutil.copy(folder / "gettext/index.pot", HERE / "sphinx-guide.po")
        (folder / "docs").mkdir()
        body = run("pandoc", "-t", "gfm", folder=folder, given=REPORT)
        (folder / "docs/index.md").write_text(body, encoding="utf-8")
        for theme in ("mkdocs", "readthedocs"):
            settings = f"site_name: Le pont\ntheme:\n  name: {theme}\n  locale: fr\nplugins: []\n"
            (folder / "mkdocs.yml").write_text(settings, encoding="utf-8")
            run("mkdocs", "build", "-q", "-d", theme, folder=folder)
            shutil.copy(folder / theme / "index.html", HERE / f"mkdocs-{theme}.html")


def catalogues() -> None:
    """Messages by gettext and Babel, and what the translate toolkit makes of them."""
    with workshop() as folder:
        (folder / "a.py").write_text(PROGRAM, encoding="utf-8")
        run("xgettext", "--from-code=UTF-8", "-o", "a.pot", "a.py", folder=folder)
        # An English catalogue would be filled with its keys.
        run("msginit", "--no-translator", "-l", "nl", "-i", "a.pot", "-o", "nl.po", folder=folder)
        empty = (folder / "nl.po").read_text(encoding="utf-8").replace("Language: nl", "Language: en")
        (folder / "gettext-msginit.po").write_text(empty, encoding="utf-8")
        run("msgcat", "--no-wrap", "-o", "gettext-no-wrap.po", "gettext-msginit.po", folder=folder)
        run(
            "msgcat",
            "-w",
            "40",
            "--add-location=file",
            "-o",
            "gettext-narrow.po",
            "gettext-msginit.po",
            folder=folder,
        )
        run("pybabel", "-q", "extract", "-o", "b.pot", "a.py", folder=folder)
        run("pybabel", "-q", "init", "-l", "en", "-i", "b.pot", "-o", "babel-en.po", folder=folder)
        (folder / "gettext-msginit.po").replace(folder / "toolkit.po")
        run("po2xliff", "-i", "toolkit.po", "-o", "toolkit-messages.xlf", folder=folder)
        run("po2csv", "-i", "toolkit.po", "-o", "toolkit-messages.csv", folder=folder)
        run(
            "txt2po", "-i", "texte.txt", "-o", "toolkit-texte.po", folder=_with(folder, "texte.txt", "\n\n".join(WORDS))
        )
        page = f"<html><body><p>{WORDS[0]}</p><p>{WORDS[1]} <b>{WORDS[2]}</b></p></body></html>"
        run("html2po", "-i", "page.html", "-o", "toolkit-page.po", folder=_with(folder, "page.html", page))
        shutil.copy(HERE / "pandoc-pont-odt.odt", folder / "pont.odt")
        run("odf2xliff", "pont.odt", "toolkit-pont.xlf", folder=folder)
        (folder / "toolkit.po").replace(folder / "gettext-msginit.po")
        for path in (*folder.glob("*-*.po"), *folder.glob("toolkit-*")):
            shutil.copy(path, HERE / path.name)


def _with(folder: Path, name: str, text: str) -> Path:
    (folder / name).write_text(text, encoding="utf-8")
    return folder


_XLIFF = """
const { jsToXliff12, js2xliff } = require("xliff"), { writeFileSync } = require("fs");
const code = (id, equiv) => ({ Standalone: { id, "equiv-text": equiv, equiv } });
const texts = [["Le chat dort."], ["Bonjour ", code("INTERPOLATION", "{{nom}}"), ", il fait froid."],
               ["Vous avez ", code("INTERPOLATION_1", "{{n}}"), " messages dans la boîte."]];
const entries = Object.fromEntries(texts.map((source, number) => [`cle${number}`, { source, target: "" }]));
const js = { resources: { application: entries }, sourceLanguage: "fr", targetLanguage: "en" };
jsToXliff12(js).then(text => writeFileSync("npm-xliff-1.2.xlf", text));
js2xliff(js).then(text => writeFileSync("npm-xliff-2.0.xlf", text));
"""


def npm() -> None:
    """Messages of a project in JavaScript, by the package xliff."""
    with workshop() as folder:
        run("npm", "install", "--no-audit", "--no-fund", "xliff", folder=folder)
        run("node", "-e", _XLIFF, folder=folder)
        for path in folder.glob("npm-*"):
            shutil.copy(path, HERE / path.name)


def subtitles() -> None:
    """The same subtitles as pysubs2 and webvtt-py write them, and as they come out of Advanced SubStation."""
    import pysubs2
    import webvtt

    film = pysubs2.SSAFile()
    lines = (*WORDS, r"{\i1}La porte{\i0} s’ouvre\Net le vent entre.", "— Qui est là ?\\N— Personne, dit-il.")
    for number, words in enumerate(lines):
        film.append(pysubs2.SSAEvent(start=number * 2000, end=number * 2000 + 1500, text=words))
    film.save(str(HERE / "pysubs2-film.srt"))
    film.save(str(HERE / "pysubs2-film.vtt"))
    film.save(str(HERE / "pysubs2-tags.srt"), keep_ssa_tags=True)
    webvtt.from_srt(str(HERE / "pysubs2-film.srt")).save(str(HERE / "webvtt-film.vtt"))
    webvtt.read(str(HERE / "pysubs2-film.vtt")).save_as_srt(str(HERE / "webvtt-film.srt"))


def mail() -> None:
    """Messages by Python's own library: a plain one, and one with a page and attachments."""
    plain, rich = EmailMessage(), EmailMessage()
    for each in (plain, rich):
        each["From"], each["To"] = "Zoé Lefèvre <zoe@exemple.fr>", "mairie@exemple.fr"
        each["Subject"] = "Le pont de la ville est fermé depuis le 3 mai"
        each["Date"] = "Mon, 04 May 2026 09:00:00 +0200"
        each.set_content("Bonjour,\n\n" + "\n".join(WORDS) + "\n\n> Le pont est fermé.\n\nZoé\n")
    rich.add_alternative(f"<html lang='fr'><body><p>{WORDS[0]} <b>{WORDS[1]}</b></p></body></html>", subtype="html")
    rich.add_attachment(TABLE, filename="stock.csv", subtype="csv")
    (HERE / "python-simple.eml").write_bytes(plain.as_bytes())
    (HERE / "python-riche.eml").write_bytes(rich.as_bytes(policy=email.policy.SMTP))


def main() -> int:
    """Make all files; return 1 where some could not be made."""
    failed = 0
    for make in (pandoc, python_docx, python_pptx, spreadsheets, sites, catalogues, npm, subtitles, mail, libreoffice):
        try:
            make()
        except (ImportError, OSError, RuntimeError) as error:
            sys.stderr.write(f"{make.__name__}: {error}\n")
            failed = 1
    return failed


if __name__ == "__main__":
    sys.exit(main())
