"""One translator on the bundled checkpoint for all tests of this folder."""

from __future__ import annotations

import pytest

from passerelle.translate import Translator
from tests.conftest import BUNDLED


@pytest.fixture(scope="session")
def translator() -> Translator:
    return Translator(BUNDLED)
