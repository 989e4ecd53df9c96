"""What is said of a sentence travels as a code with values, and comes back as it was."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from passerelle.translate import Translator
from passerelle.translate.flags import SEVERITIES, Flag, Kind, Message, Reason

SPANS = st.lists(st.tuples(st.integers(0, 99), st.integers(0, 99)), max_size=2).map(tuple)


@st.composite
def messages(draw: st.DrawFn) -> Message:
    reason = draw(st.sampled_from(Reason))
    return Message(reason, tuple(draw(st.text(max_size=8)) for _ in range(reason.value.count("{}"))))


FLAGS = st.builds(Flag, st.sampled_from(Kind), messages(), st.sampled_from(SEVERITIES), SPANS, SPANS)


@given(FLAGS)
def test_a_flag_comes_back_from_json_as_it_was(flag: Flag) -> None:
    told = json.loads(json.dumps(flag.to_dict()))
    assert Flag.from_dict(told) == flag
    assert told["message"] == str(flag.message)
    assert all(value in told["message"] for value in told["values"])


@given(messages())
def test_values_are_put_in_as_they_are(message: Message) -> None:
    sizes = sum(map(len, message.values)) - 2 * len(message.values)
    assert len(str(message)) == len(message.reason.value) + sizes


@pytest.mark.parametrize("reason", Reason)
def test_a_message_has_all_its_values_and_no_more(reason: Reason) -> None:
    with pytest.raises(ValueError, match="does not take"):
        Message(reason, ("x",) * (reason.value.count("{}") + 1))


def test_a_flag_that_was_kept_before_there_were_codes_has_its_english() -> None:
    before = {"kind": "number", "message": "3 became 4", "severity": "error", "spans": [[0, 1]], "target_spans": []}
    flag = Flag.from_dict(before)
    assert str(flag.message) == "3 became 4" and flag.kind is Kind.NUMBER and flag.is_doubt


def test_a_translation_tells_code_and_text(translator: Translator) -> None:
    told = json.loads(json.dumps(translator("Das ist ein sehr langer deutscher Satz über den alten Hafen.").to_dict()))
    (flag,) = told["paragraphs"][0]["sentences"][0]["flags"]
    assert (flag["kind"], flag["code"], flag["values"]) == ("carried over", "other_language", ["de"])
    assert flag["message"] == "not French (it looks like “de”): copied over as it is"
