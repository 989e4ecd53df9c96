"""The translations of the units of one document as one translation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from passerelle.translate.language import looks_french
from passerelle.translate.sentence_pair import Sentence
from passerelle.translate.translation import Paragraph, Translation

_GAP = "\n\n"


def join(translations: Sequence[Translation], signature: str) -> Translation:
    """Return ``translations`` as one, a blank line between two; numbers of sentences and all spans follow.

    Whether it looks French is judged for the whole: a cell of a table is too short to tell.
    """
    if len(translations) == 1:
        return translations[0]
    paragraphs: list[Paragraph] = []
    here = there = count = 0
    for translation in translations:
        for paragraph in translation.paragraphs:
            sentences = tuple(_moved(sentence, count, here, there) for sentence in paragraph.sentences)
            paragraphs.append(Paragraph(paragraph.start + here, paragraph.end + here, sentences))
        count += sum(len(paragraph.sentences) for paragraph in translation.paragraphs)
        here += len(translation.source) + len(_GAP)
        there += len(translation.text) + len(_GAP)
    source = _GAP.join(translation.source for translation in translations)
    text = _GAP.join(translation.text for translation in translations)
    return Translation(source, text, tuple(paragraphs), signature, notices(translations))


def notices(translations: Sequence[Translation]) -> tuple[str, ...]:
    """Return the remarks about all of ``translations``, each once."""
    found = dict.fromkeys(notice for translation in translations for notice in translation.notices)
    if len(translations) > 1 and looks_french("\n".join(translation.source for translation in translations)):
        return ()
    return tuple(found)


def _moved(sentence: Sentence, count: int, here: int, there: int) -> Sentence:
    return replace(
        sentence,
        index=sentence.index + count,
        start=sentence.start + here,
        end=sentence.end + here,
        target_start=sentence.target_start + there,
        target_end=sentence.target_end + there,
    )
