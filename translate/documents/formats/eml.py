"""E-mail: the words of a saved message, plain and as HTML; its headers and attachments stay as they are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from email import policy
from email.errors import MessageError
from email.message import EmailMessage
from email.parser import BytesParser
from hashlib import sha256
from itertools import islice
from typing import Any

from passerelle.seq2seq.errors import InputError
from passerelle.translate.documents.document import Document, DocumentOptions, Unit, check_size
from passerelle.translate.documents.formats import text
from passerelle.translate.documents.formats.html import document as html
from passerelle.translate.translation import Translation

LARGEST = 64 * 2**20
# Nothing is folded anew that was not changed.
_POLICY = policy.default.clone(refold_source="none", max_line_length=None)
_KINDS = {"text/plain": text, "text/html": html}
_SEALED = frozenset({"multipart/signed", "multipart/encrypted", "application/pkcs7-mime", "application/x-pkcs7-mime"})


@dataclass(frozen=True)
class EmailDocument:
    """A message that was read; ``bodies``: the number of each part with words, in the order of the message."""

    content: bytes
    bodies: tuple[tuple[int, Document], ...]
    notices: tuple[str, ...] = ()

    @property
    def units(self) -> tuple[Unit, ...]:
        """Those of every body."""
        return tuple(unit for _, body in self.bodies for unit in body.units)

    def write(self, english: Sequence[Translation]) -> bytes:
        """Return the message in English."""
        if all(each.text == each.source for each in english):
            return self.content
        message = _parsed(self.content)
        parts = list(message.walk())
        rest = iter(english)
        for number, body in self.bodies:
            written = body.write(list(islice(rest, len(body.units))))
            _fill(parts[number], written.decode("utf-8", "replace"))
        line_end = "\r\n" if b"\r\n" in self.content else "\n"
        return message.as_bytes(policy=_POLICY.clone(linesep=line_end))


def parse(content: bytes, name: str, options: DocumentOptions) -> EmailDocument:
    """Read a message.  Raises InputError where it is none, or encrypted."""
    check_size(len(content), LARGEST, name)
    message = _parsed(content)
    if not message.keys():
        raise InputError(f"{name} is no e-mail: it does not begin with headers such as From: and Subject:")
    sealed = {part.get_content_type() for part in message.walk()} & _SEALED
    if sealed - {"multipart/signed"}:
        raise InputError(f"{name} is encrypted; open it in your mail program and save its text")
    bodies = tuple(_bodies(message, name, options))
    notices = tuple(dict.fromkeys(notice for _, body in bodies for notice in body.notices if "not UTF-8" not in notice))
    broken = (f"{name} is signed; in English its signature is no longer valid",) if sealed else ()
    return EmailDocument(content, bodies, (*notices, *broken))


def outline(content: bytes, name: str) -> Any:
    """Return its headers, how its bodies are built, and the digests of all else."""
    found: list[Any] = []
    for number, part in enumerate(_parsed(content).walk()):
        headers = [(key, value) for key, value in part.raw_items() if not key.lower().startswith("content-")]
        kind = part.get_content_type()
        if _is_body(part):
            shape = _KINDS[kind].outline(_text(part).encode(), f"{name}.{kind[5:]}")
        else:
            shape = None if part.is_multipart() else sha256(str(part.get_payload()).encode("utf-8", "replace")).digest()
        found.append((number, kind, part.get_filename(), headers, shape))
    return found


def _parsed(content: bytes) -> EmailMessage:
    return BytesParser(EmailMessage, policy=_POLICY).parsebytes(content)


def _bodies(message: EmailMessage, name: str, options: DocumentOptions) -> Iterator[tuple[int, Document]]:
    for number, part in enumerate(message.walk()):
        if _is_body(part):
            yield number, _KINDS[part.get_content_type()].parse(_text(part).encode(), name, options)


def _is_body(part: EmailMessage) -> bool:
    return part.get_content_type() in _KINDS and not part.is_attachment() and bool(_text(part).strip())


def _text(part: EmailMessage) -> str:
    """The words of a part, whatever charset it claims."""
    try:
        found = part.get_content()
    except (LookupError, UnicodeError, MessageError, ValueError):
        payload = part.get_payload(decode=True)
        found = payload.decode("utf-8", "replace") if isinstance(payload, bytes) else ""
    return str(found).replace("\r\n", "\n")


def _fill(part: EmailMessage, words: str) -> None:
    """Give a part other words, in UTF-8; what else its headers say of it stays."""
    plain = words.isascii() and max(map(len, words.splitlines()), default=0) < 900
    del part["Content-Transfer-Encoding"]
    charset = "us-ascii" if plain and part.get_content_charset() in (None, "us-ascii") else "utf-8"
    if "Content-Type" in part or charset == "utf-8":
        part.set_param("charset", charset)
    helper = EmailMessage(policy=policy.default)
    helper.set_content(words, charset=charset, cte="7bit" if plain else "quoted-printable")
    part["Content-Transfer-Encoding"] = str(helper["Content-Transfer-Encoding"])
    part.set_payload(helper.get_payload())
