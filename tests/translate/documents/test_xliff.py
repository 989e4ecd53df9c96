"""XLIFF as Angular and translation programs write it: codes, line breaks and states."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from passerelle.translate import Translator
from passerelle.translate.documents import read_document, verify
from tests.translate.documents.translations import texts, write

HEAD = '<xliff version="1.2"><file original="a" source-language="fr" datatype="plaintext"><body>'
TAIL = "</body></file></xliff>"
WORDS = st.lists(st.sampled_from("le chat noir dort dans la maison".split()), min_size=1, max_size=4).map(" ".join)


def unit(source: str, target: str = "") -> bytes:
    return f'{HEAD}<trans-unit id="1"><source>{source}</source>{target}</trans-unit>{TAIL}'.encode()


@settings(deadline=None)
@given(st.lists(WORDS, min_size=2, max_size=4))
def test_a_code_between_blanks_keeps_them_and_its_place(parts: list[str]) -> None:
    source = "".join(f'{part} <x id="I{number}"/> ' for number, part in enumerate(parts)) + "fin."
    content = unit(source)
    document = read_document(content, "a.xlf")
    after = write(document, str.upper)
    expected = re.sub(r"[a-z]+(?![^<]*>)", lambda found: found.group().upper(), source)
    assert f"<target>{expected}</target>" in after.decode()
    verify(content, after, "a.xlf")


def test_angular_codes(translator: Translator) -> None:
    content = unit('Bonjour <x id="INTERPOLATION"/>, vous avez <x id="INTERPOLATION_1"/> messages.').replace(
        TAIL.encode(),
        '<trans-unit id="2"><source>Le prix est <x id="P"/> euros.</source></trans-unit>'
        '<trans-unit id="3"><source>Cher client,<x id="LB" ctype="lb"/>merci de votre commande.'
        '<x id="LB2" ctype="lb"/>À bientôt</source></trans-unit>'
        '<trans-unit id="4"><source>Le <x id="START_BOLD_TEXT" ctype="x-b"/>chat<x id="CLOSE_BOLD_TEXT" ctype="x-b"/> '
        f"dort.</source></trans-unit>{TAIL}".encode(),
    )
    document = read_document(content, "a.xlf")
    after = document.write(translator(texts(document))).decode()
    one, two, three, four = re.findall(r"<target>(.*?)</target>", after)
    assert re.search(r'\s<x id="INTERPOLATION_1"/>\s', one)
    assert re.search(r'EUR <x id="P"/>|\s<x id="P"/>\s+euros', two)
    assert re.fullmatch(r'[^<]+<x id="LB" ctype="lb"/>[^<]+<x id="LB2" ctype="lb"/>[^<]+', three)
    assert re.search(r'<x id="START_BOLD_TEXT" ctype="x-b"/>cat[^<]*<x id="CLOSE_BOLD_TEXT" ctype="x-b"/>', four)


@pytest.mark.parametrize("state", ["new", "needs-translation"])
def test_a_unit_that_was_filled_is_to_be_reviewed(state: str) -> None:
    content = unit("Le chat dort.", f'<target state="{state}"></target>')
    after = write(read_document(content, "a.xlf"), str.upper)
    assert b'<target state="needs-review-translation">LE CHAT DORT.</target>' in after
    assert not read_document(after, "a.xlf").units
    verify(content, after, "a.xlf")


def test_a_segment_of_xliff_2_is_translated() -> None:
    content = (
        b'<xliff version="2.0" srcLang="fr" trgLang="en"><file id="f"><unit id="u">'
        b'<segment id="s" state="initial">\n<source>Le <ph id="1"/> dort.</source></segment></unit></file></xliff>'
    )
    after = write(read_document(content, "a.xlf"), str.upper)
    assert b'<segment id="s" state="translated">\n<source>Le <ph id="1"/> dort.</source><target>LE <ph' in after
    assert not read_document(after, "a.xlf").units
    verify(content, after, "a.xlf")
