"""The side-by-side files that a folder job can write beside each translation."""

from __future__ import annotations

from collections.abc import Mapping

from passerelle.translate.bilingual import FORMS, Form
from passerelle.translate.folder.names import shown
from passerelle.translate.folder.results import Extra
from passerelle.translate.translation import Translation


def _extra(ending: str, form: Form, signature: str) -> Extra:
    def make(translation: Translation, name: str) -> bytes:
        return form.write(shown(name), translation.columns(), translation.notices)

    return Extra(ending, make, signature)


FORMATS: Mapping[str, Extra] = {
    "html": _extra(".bilingual.html", FORMS["html"], "1"),
    "docx": _extra(".bilingual.docx", FORMS["docx"], "2"),
    "tmx": _extra(".tmx", FORMS["tmx"], "2"),
}
"""By the name of their format."""
