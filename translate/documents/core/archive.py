"""Zipped formats: read with limits, so that a small file cannot fill the memory, and written as they were."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass

from passerelle.seq2seq.errors import InputError
from passerelle.translate.documents.document import check_size

# A novel unpacks to a few megabytes; what makes files large are images, which hardly shrink.
LARGEST = 512 * 2**20
LARGEST_PART = 64 * 2**20
MOST_PARTS = 20_000
_SMALL, _HIGHEST_RATIO = 4 * 2**20, 200


@dataclass(frozen=True)
class Archive:
    """An opened zip file, whose parts are read when they are asked for."""

    content: bytes
    name: str
    parts: tuple[str, ...]

    def read(self, part: str) -> bytes:
        """Return what is in ``part``.  Raises InputError where it is missing, damaged or too large."""
        with zipfile.ZipFile(io.BytesIO(self.content)) as archive:
            return _read(archive, part, self.name, LARGEST_PART)

    def checksums(self) -> dict[str, int]:
        """The CRC-32 of every part, as the archive gives it."""
        with zipfile.ZipFile(io.BytesIO(self.content)) as archive:
            return {info.filename: info.CRC for info in archive.infolist()}

    def write(self, changed: Mapping[str, bytes]) -> bytes:
        """Return the archive with other content for some of its parts; order, dates and all else stay."""
        target = io.BytesIO()
        with (
            zipfile.ZipFile(io.BytesIO(self.content)) as archive,
            zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as written,
        ):
            written.comment = archive.comment
            for info in archive.infolist():
                content = changed.get(info.filename)
                if content is None:
                    content = _read(archive, info.filename, self.name, LARGEST)
                # Without what belongs to the old packing (sizes, a descriptor after the data).
                fresh = copy(info)
                fresh.flag_bits &= 0x800
                fresh.extra = b""
                written.writestr(fresh, content, compress_type=info.compress_type)
        return target.getvalue()


def open_archive(content: bytes, name: str, needed: str) -> Archive:
    """Open a zip file that must hold the part ``needed``.

    Raises InputError where it is no such file, encrypted, or unpacks to more than a document can be.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            infos = archive.infolist()
    except (zipfile.BadZipFile, zlib.error, ValueError, NotImplementedError, OSError) as error:
        raise InputError(f"{name} is damaged or of another kind: {error}") from error
    _check(infos, name)
    parts = tuple(info.filename for info in infos)
    if needed not in parts:
        raise InputError(f"{name} is damaged or of another kind: there is no {needed} in it")
    return Archive(content, name, parts)


def _check(infos: list[zipfile.ZipInfo], name: str) -> None:
    bomb = f"{name} unpacks to far more than a document holds (a zip bomb?); it is not read"
    if len(infos) > MOST_PARTS or len({info.filename for info in infos}) != len(infos):
        raise InputError(bomb)
    total = 0
    for info in infos:
        if info.flag_bits & 0x1:
            raise InputError(f"{name} is encrypted; save it without a password first")
        total += info.file_size
        if info.file_size > _SMALL and info.file_size > _HIGHEST_RATIO * max(info.compress_size, 1):
            raise InputError(bomb)
    if total > LARGEST:
        raise InputError(bomb)


def _read(archive: zipfile.ZipFile, part: str, name: str, limit: int) -> bytes:
    try:
        info = archive.getinfo(part)
        check_size(info.file_size, limit, f"{part} in {name}")
        # The size that is declared can be a lie: no more is unpacked, and then the checksum is wrong.
        with archive.open(info) as file:
            return file.read(info.file_size + 1)
    except KeyError as error:
        raise InputError(f"{name} is damaged: there is no {part} in it") from error
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError, RuntimeError, OSError) as error:
        raise InputError(f"{name} is damaged: {part} cannot be read ({error})") from error
