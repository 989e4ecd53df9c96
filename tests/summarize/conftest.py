from __future__ import annotations

import pytest

from passerelle.summarize import Summarizer


@pytest.fixture(scope="session")
def summarizer() -> Summarizer:
    """The bundled summariser."""
    return Summarizer()


@pytest.fixture(scope="session")
def english_article() -> str:
    """A short report of 12 sentences, made up for the tests."""
    return """\
A storm that crossed the coast of Portugal on Tuesday night killed at least three people and left 40,000 homes
without power, officials said. The wind reached 140 kilometres an hour near Porto, where it tore the roof from a
school. Nobody was inside the building at the time. "We were lucky," said Maria Santos, the head of the school.
Two of the dead were fishermen whose boat sank off Nazare. The third, a woman of 61, was hit by a falling tree
as she walked home in Lisbon. Rescue workers searched through the night for a fourth person, who was still
missing on Wednesday morning. The government has sent 300 soldiers to clear the roads. Trains between Lisbon and
Porto will not run before Friday, the railway company said. Prime Minister Joana Lopes visited the coast on
Wednesday and promised help to everyone who had lost a home. Farmers fear that a tenth of the olive harvest is
gone. Forecasters expect the weather to improve by the weekend.
"""
