"""Documents that LibreOffice, pandoc, Office libraries, site builders, gettext and others wrote: see corpus/make.py."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from passerelle.translate import Translation, Translator
from passerelle.translate.documents import SUFFIXES, Document, DocumentOptions, output_name, read_document, verify
from tests.translate.documents.translations import texts, translated, write

CORPUS = Path(__file__).parent / "corpus"
NAMES = sorted(path.name for path in CORPUS.iterdir() if path.suffix in SUFFIXES)
# Their texts are put in places of their own, or they are written as another kind.
NOT_THE_SAME = {".po", ".xlf", ".pdf", ".rtf"}
# What may not be read back word for word: a mark can begin a list, or lines be joined.
REREAD = set(SUFFIXES) - {".pdf", ".rtf", ".md", ".srt", ".vtt", ".po", ".xlf"}
FRENCH = re.compile(r"\b(?:le|la|les|des|est|sont|dans|pour|avant|être|Nous|Il)\b")


def parts(content: bytes) -> object:
    if not zipfile.is_zipfile(io.BytesIO(content)):
        return content
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def opened(name: str) -> tuple[bytes, Document]:
    content = (CORPUS / name).read_bytes()
    return content, read_document(content, name)


def test_there_are_enough_of_every_kind() -> None:
    assert len(NAMES) >= 60
    assert {Path(name).suffix for name in NAMES} == set(SUFFIXES) - {".json", ".xliff"}


@pytest.mark.parametrize("name", NAMES)
def test_a_round_trip_changes_nothing(name: str) -> None:
    before, document = opened(name)
    assert document.units
    after = write(document)
    verify(before, after, name)
    if Path(name).suffix not in NOT_THE_SAME:
        assert parts(after) == parts(before)


@pytest.mark.parametrize("name", NAMES)
def test_changed_words_are_all_read_again(name: str) -> None:
    before, document = opened(name)
    english = [translated(unit, lambda sentence: re.sub(r"(\w+) (\w+)", r"\2 \1", sentence)) for unit in document.units]
    after = document.write(english)
    verify(before, after, name, english)
    if Path(name).suffix in REREAD:
        found = sorted(" ".join(text.split()) for text in texts(read_document(after, output_name(name))))
        assert found == sorted(" ".join(each.text.split()) for each in english)


@pytest.fixture(scope="module")
def known(translator: Translator) -> Mapping[tuple[str, object], Translation]:
    """Every passage of the corpus in English; most are in many files, and are translated once."""
    units = {(unit.text, unit.regions): unit for name in NAMES for unit in opened(name)[1].units}
    found = {}
    for key, unit in units.items():
        running = translator.start(unit.text, unit.regions)
        list(running)
        found[key] = running.translation
    return found


@pytest.mark.parametrize("name", NAMES)
def test_a_translation_is_in_the_file(name: str, known: Mapping[tuple[str, object], Translation]) -> None:
    before, document = opened(name)
    english = [known[unit.text, unit.regions] for unit in document.units]
    after = document.write(english)
    verify(before, after, name, english)
    if Path(name).suffix in REREAD:
        french = {unit.text for unit in document.units if FRENCH.search(unit.text)}
        left = french.intersection(texts(read_document(after, output_name(name), DocumentOptions())))
        flagged = {flag.kind for each in english for sentence in each.sentences for flag in sentence.flags}
        assert not left or flagged
