"""One translator on the bundled checkpoint for all tests of this folder."""

from __future__ import annotations

import pytest

from tests.conftest import BUNDLED
from translate import Translator


@pytest.fixture(scope="session")
def translator() -> Translator:
    return Translator(BUNDLED)
