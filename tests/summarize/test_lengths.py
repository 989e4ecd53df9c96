"""A length as people write it."""

from __future__ import annotations

import pytest

from passerelle.summarize.lengths import room


@pytest.mark.parametrize(("written", "same"), [("20%", 0.2), (" 12.5 % ", 0.125)])
def test_a_share_is_a_length_in_python_too(written: str, same: float) -> None:
    assert room(written, 400) == room(same, 400)


@pytest.mark.parametrize("written", ["0%", "100%", "-20%", "%", "a%", "20", "1e1%", "²%"])
def test_what_is_no_share_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match="share"):
        room(written, 400)
