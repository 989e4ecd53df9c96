"""One way through a whole document, which ends with reading back what was written."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from passerelle import InputError, OutputError, translate_document
from passerelle.translate import Translation, Translator
from passerelle.translate.documents import OpenDocument, read_document
from passerelle.translate.translated_document import TranslatedDocument, translate_open
from tests.translate.documents.translations import texts

FILES = Path(__file__).parent / "files"


@pytest.mark.parametrize("name", ["lettre.docx", "lettre.pdf", "film.srt"])
def test_a_document_comes_out_in_english_and_is_saved_under_its_name(
    name: str, translator: Translator, tmp_path: Path
) -> None:
    translated = translate_document(FILES / name, translator)
    target = tmp_path / Path(translated.name).name
    translated.save(target)
    assert target.suffix == {".pdf": ".md"}.get(Path(name).suffix, Path(name).suffix)
    read = " ".join(texts(read_document(target.read_bytes(), target.name)))
    assert translated.whole.sentences
    assert all(word in read for sentence in translated.whole.sentences for word in sentence.text.split()[:1])


class StaysFrench:
    """A document whose writer reports success and writes the French."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        self.units, self.notices = read_document(content, "a.html").units, ()

    def write(self, english: Sequence[Translation]) -> bytes:
        return self.content


def test_what_came_out_in_french_is_an_error_however_it_is_asked_for(translator: Translator, tmp_path: Path) -> None:
    content = b"<p>Le chat dort sur la table.</p>"
    document = OpenDocument(content, "a.html")
    document._document = StaysFrench(content)
    translated = translate_open(document, translator)
    assert "cat" in translated.whole.text
    for use in (lambda: translated.content, lambda: translated.save(tmp_path / "b.html")):
        with pytest.raises(OutputError, match="lacks the English of 1 of 1 passages"):
            use()
    assert not list(tmp_path.iterdir())


def test_a_text_in_one_piece_is_heard_sentence_by_sentence(translator: Translator) -> None:
    document = OpenDocument(b"Le chat dort. Il pleut.\n", "a.txt")
    so_far: list[str] = []
    translated = translate_open(document, translator, lambda sentence, running: so_far.append(running.text))
    assert len(so_far) == 2 and translated.content.decode().startswith(so_far[0])
    assert translated.content.decode() == translated.whole.text


def test_a_document_without_text_stays_as_it_is(translator: Translator) -> None:
    document = OpenDocument(b"{}\n", "a.json")
    translated = translate_open(document, translator)
    assert isinstance(translated, TranslatedDocument) and translated.content == b"{}\n"
    assert translated.whole.text == "" and translated.whole.signature == translator.signature


def test_a_file_that_is_not_read_is_refused_before_a_model_is_loaded(tmp_path: Path) -> None:
    path = tmp_path / "a.xyz"
    path.write_bytes(b"Bonjour.")
    with pytest.raises(InputError, match="files of this kind are not read"):
        translate_document(path)
