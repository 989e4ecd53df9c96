"""Files translated: each comes back in its own format, with word of how far it is on the way there."""

from __future__ import annotations

import base64
import io
import threading
import time
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from passerelle.seq2seq.errors import InputError
from passerelle.translate.documents import SUFFIXES, OpenDocument
from passerelle.translate.many import Many
from passerelle.translate.translated_document import TranslatedDocument
from passerelle.ui.server.engine.service import Event, Service
from passerelle.ui.server.http.schemas import ColumnSchema
from passerelle.ui.server.work.request_translator import RequestTranslator

_SECONDS_BETWEEN_UPDATES = 0.2


@dataclass(frozen=True)
class Upload:
    """A file as it was sent: its name, without folders, and its bytes."""

    name: str
    content: bytes


def translate_file(
    service: Service, interpreter: RequestTranslator, upload: Upload, stop: threading.Event, *, shows: bool = False
) -> Iterator[Event]:
    """Yield how far ``upload`` is, in characters, then the file in English, in base64.

    ``shows``: also both sides of it, as columns that the page sends back to be exported.
    Raises InputError for a file that cannot be read, OutputError for one that cannot be written.
    """
    if PurePath(upload.name).suffix.lower() not in SUFFIXES:
        raise InputError(f"{upload.name}: not one of the formats that can be translated: {', '.join(SUFFIXES)}")
    if len(upload.content) > service.limits.file_bytes:
        raise InputError(f"{upload.name}: larger than the {service.limits.file_bytes / 1e6:.0f} MB that are taken")
    document = OpenDocument(upload.content, upload.name)
    total = sum(len(unit.text) for unit in document.units)
    many = Many([(None, (interpreter.start(unit.text, unit.regions) for unit in document.units))])
    yield {"type": "progress", "done": 0, "total": total}
    shown, done, sentences, check = time.monotonic(), 0, 0, 0
    for sentence in service.engine.follow(many, stop):
        done += sentence.end - sentence.start
        sentences += 1
        check += bool(sentence.doubts)
        if time.monotonic() - shown >= _SECONDS_BETWEEN_UPDATES:
            yield {"type": "progress", "done": done, "total": total, "check": check}
            shown = time.monotonic()
    if stop.is_set():
        return
    service.metrics.count("sentences", sentences)
    ((_, parts),) = many.whole()
    translated = TranslatedDocument(document, parts, interpreter.translator.signature)
    yield {
        "type": "result",
        "name": translated.name,
        "content": base64.b64encode(translated.content).decode(),
        "columns": [ColumnSchema.of(each).model_dump() for each in translated.whole.columns()] if shows else [],
        "sentences": sentences,
        "check": check,
        "notices": list(translated.notices[:8]),
    }


def zipped(files: Sequence[Upload]) -> bytes:
    """Return ``files`` as one zip archive; of two with the same name the second is numbered."""
    buffer, taken = io.BytesIO(), set[str]()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in files:
            path, number = PurePath(file.name), 1
            name = path.name
            while name in taken:
                number += 1
                name = f"{path.stem} {number}{path.suffix}"
            taken.add(name)
            archive.writestr(name, file.content)
    return buffer.getvalue()
