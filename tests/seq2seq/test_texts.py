"""What is no text is named, with its place and what to do."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from passerelle.seq2seq.errors import InputError, NotTextError
from passerelle.seq2seq.texts import check_text, check_texts


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (None, "text must be a str, not None: leave the missing ones out"),
        (float("nan"), "not nan: leave the missing"),
        (b"Il pleut.", "not a bytes: decode it first"),
        ({"a": "b"}, "not a dict: give its values"),
        (Path("lettre.txt"), "read it first"),
        (3, "not 3: make it a str first"),
        (object(), "not a object: make it a str first"),
    ],
)
def test_what_is_no_text_is_refused_with_what_to_do(given: object, said: str) -> None:
    with pytest.raises(NotTextError, match="text must be a str") as caught:
        check_text(given)
    assert said in str(caught.value) and isinstance(caught.value, TypeError | InputError)
    if not isinstance(given, dict | bytes):
        with pytest.raises(NotTextError, match=r"texts\[2\]"):
            list(check_texts(["a", "b", given]))
    assert pickle.loads(pickle.dumps(caught.value)).args == caught.value.args


@pytest.mark.parametrize("given", [None, b"bytes", {"a": "b"}, 7])
def test_what_is_no_collection_is_refused(given: object) -> None:
    with pytest.raises(NotTextError, match=r"^texts must be"):
        list(check_texts(given))


@given(st.lists(st.text()), st.one_of(st.none(), st.binary(), st.floats(), st.dictionaries(st.text(), st.text())))
def test_the_place_is_the_items(texts: list[str], wrong: object) -> None:
    assert list(check_texts(iter(texts))) == texts
    with pytest.raises(NotTextError) as caught:
        list(check_texts([*texts, wrong, "rest"]))
    assert str(caught.value).startswith(f"texts[{len(texts)}] must be a str")
