"""The same documents through Passerelle and through peers, with one model: what each loses.

    pip install argos-translate-files beautifulsoup4
    python -m benchmarks.documents [--checkpoint translate/compact-fr-en]

Every driver is given the same function from French text to English, so only the handling of documents differs.
``argos`` is argos-translate-files, LibreTranslate's (its HTML part is translatehtml's).  ``loop`` is the usual short
script: python-docx, every paragraph's text set anew; Beautiful Soup, every piece of text translated by itself.  A
peer that is not installed is left out.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from importlib import import_module, metadata
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from benchmarks.losses import Score, losses

ROOT = Path(__file__).parents[1]
FILES = ROOT / "tests" / "translate" / "documents" / "files"
NAMES = ("lettre.docx", "mairie.docx", "rapport.docx", "page.html", "rapport.html")

Translate = Callable[[str], str]
Driver = Callable[[Path, Path, Translate], None]


def passerelle(source: Path, target: Path, translate: Translate) -> None:
    """Write ``source`` in English to ``target``, as the command does."""
    from passerelle.translate.documents import read_document
    from passerelle.translate.folder.stream import Piece, translated

    document = read_document(source.read_bytes(), source.name)
    translator = getattr(translate, "translator", None)
    if translator is None:
        from passerelle.translate.sentence_pair import Sentence
        from passerelle.translate.translation import Paragraph, Translation

        def whole(text: str) -> Translation:
            sentence = Sentence(0, text, text, 0, len(text), 0, len(text))
            return Translation(text, text, (Paragraph(0, len(text), (sentence,)),), "")

        english = [whole(unit.text) for unit in document.units]
    else:
        ((_, english),) = translated(translator, iter([Piece(None, document.units)]))
    target.write_bytes(document.write(english))


def argos(source: Path, target: Path, translate: Translate) -> None:
    """Write ``source`` in English to ``target`` with argos-translate-files."""
    language = SimpleNamespace(code="en")
    engine = SimpleNamespace(translate=translate, to_lang=language, from_lang=SimpleNamespace(code="fr"))
    module = import_module("argostranslatefiles.argostranslatefiles")
    written = module.translate_file(engine, str(source))
    shutil.move(written, target)


def loop(source: Path, target: Path, translate: Translate) -> None:
    """Write ``source`` in English to ``target`` as short scripts do."""
    if source.suffix == ".docx":
        from docx import Document

        document = Document(str(source))
        paragraphs = [*document.paragraphs]
        paragraphs += [p for t in document.tables for row in t.rows for cell in row.cells for p in cell.paragraphs]
        for paragraph in paragraphs:
            if paragraph.text.strip():
                paragraph.text = translate(paragraph.text)
        document.save(str(target))
        return
    soup: Any = import_module("bs4").BeautifulSoup(source.read_text(encoding="utf-8"), "html.parser")
    for piece in list(soup.find_all(string=True)):
        if type(piece).__name__ == "NavigableString" and piece.strip() and piece.parent.name not in ("script", "style"):
            piece.replace_with(translate(str(piece)))
    target.write_text(str(soup), encoding="utf-8")


DRIVERS: Mapping[str, tuple[Driver, str]] = {
    "Passerelle": (passerelle, ""),
    "argos": (argos, "argos-translate-files"),
    "loop": (loop, "beautifulsoup4"),
}


def _copy(text: str) -> str:
    """The engine that gives its input back."""
    return text


class _Engine:
    """French text in, English out; the same text is asked for once."""

    def __init__(self, checkpoint: Path, beam: int) -> None:
        from passerelle.translate import Translator

        self.translator = Translator(checkpoint, beam=beam)
        self._known: dict[str, str] = {}

    def __call__(self, text: str) -> str:
        if text not in self._known:
            self._known[text] = self.translator(text).text
        return self._known[text]


def compare(work: Path, engine: Translate) -> Iterator[tuple[str, str, Mapping[str, Score] | str]]:
    """Yield, for each document and driver, what was kept, or why there is nothing."""
    for name in NAMES:
        for title, (driver, package) in DRIVERS.items():
            try:
                if package:
                    metadata.version(package)
            except metadata.PackageNotFoundError:
                yield name, title, f"{package} is not installed"
                continue
            folder = work / title
            folder.mkdir(exist_ok=True)
            source, english, copy = folder / name, folder / f"english {name}", folder / f"copy {name}"
            shutil.copy(FILES / name, source)
            driver(source, english, engine)
            driver(source, copy, _copy)
            yield name, title, losses(source, english, copy, engine)


def main() -> None:
    """Compare, and print one table for each document."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--checkpoint", type=Path, default=ROOT / "translate" / "compact-fr-en")
    parser.add_argument("--beam", type=int, default=4)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        tables: dict[str, dict[str, Mapping[str, Score]]] = {}
        for name, title, found in compare(Path(folder), _Engine(options.checkpoint, options.beam)):
            if isinstance(found, str):
                print(f"{title}: {found}")
            else:
                tables.setdefault(name, {})[title] = found
    for name, columns in tables.items():
        print(f"\n| {name} | {' | '.join(columns)} |")
        print(f"| --- |{' ---: |' * len(columns)}")
        for measure in next(iter(columns.values())):
            print(f"| {measure} | {' | '.join(str(column[measure]) for column in columns.values())} |")


if __name__ == "__main__":
    main()
