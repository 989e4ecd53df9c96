"""Saved e-mail: its words become English; headers, attachments and the way it is built stay."""

from __future__ import annotations

import email
from email import policy
from email.message import EmailMessage

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from passerelle.seq2seq.errors import InputError
from passerelle.translate.documents import read_document, verify
from tests.translate.documents.translations import texts, write

WORDS = st.lists(st.sampled_from("le chat noir été dort œuvre €".split()), min_size=1, max_size=6).map(" ".join)
ENCODINGS = st.sampled_from(["utf-8", "iso-8859-15", "windows-1252"])


def message(words: str, charset: str, *, page: bool, file: bool) -> EmailMessage:
    made = EmailMessage()
    made["From"], made["To"] = "Zoé <zoe@exemple.fr>", "a@exemple.fr"
    made["Subject"] = "Réunion de l’été " * 8
    made["X-Long"] = "mot " * 60
    made.set_content(words + "\n", charset=charset)
    if page:
        made.add_alternative(f'<html lang="fr"><p>{words} <b>fin</b></p></html>\n', subtype="html", charset=charset)
    if file:
        made.add_attachment(b"\x00\xffLe chat", maintype="application", subtype="pdf", filename="é.pdf")
        made.add_attachment("Le chat joint.", filename="note.txt")
    return made


@settings(deadline=None, max_examples=60)
@given(WORDS, ENCODINGS, st.booleans(), st.booleans(), st.sampled_from(["\n", "\r\n"]))
def test_only_the_bodies_change(words: str, charset: str, page: bool, file: bool, line_end: str) -> None:
    before = message(words, charset, page=page, file=file).as_bytes(policy=policy.default.clone(linesep=line_end))
    document = read_document(before, "a.eml")
    assert write(document) == before
    after = write(document, str.upper)
    verify(before, after, "a.eml")
    ours, theirs = (email.message_from_bytes(each, policy=policy.default) for each in (before, after))
    assert [part.get_content_type() for part in ours.walk()] == [part.get_content_type() for part in theirs.walk()]
    for key in ("From", "To", "Subject", "X-Long"):
        assert ours[key] == theirs[key]
    body, english = ours.get_body(("plain",)), theirs.get_body(("plain",))
    assert body is not None
    assert english is not None
    assert english.get_content() == body.get_content().upper()
    assert [part.get_content() for part in theirs.iter_attachments()] == [
        part.get_content() for part in ours.iter_attachments()
    ]
    if line_end == "\r\n":
        assert after.count(b"\n") == after.count(b"\r\n")


def test_a_message_without_headers_for_its_text_is_read_too() -> None:
    before = b"From: a@exemple.fr\nSubject: Bonjour\n\nLe chat dort.\n"
    document = read_document(before, "a.eml")
    assert texts(document) == ["Le chat dort.\n"]
    assert write(document, str.upper).endswith(b"\n\nLE CHAT DORT.\n")


def test_what_is_sealed_or_no_message_is_refused() -> None:
    for content in (b"Content-Type: multipart/encrypted; boundary=a\n\n--a--\n", b"Le chat dort.\n"):
        with pytest.raises(InputError, match=r"a\.eml"):
            read_document(content, "a.eml")
