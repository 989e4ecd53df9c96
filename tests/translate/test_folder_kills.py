"""kill -9 at a handful of random moments; ``benchmarks/kills.py`` does it two hundred times."""

from __future__ import annotations

from pathlib import Path

from benchmarks.kills import attack
from fixtures.mixed import make


def test_nothing_is_lost_half_written_or_done_twice(tmp_path: Path) -> None:
    source = tmp_path / "in"
    make(source, 14, 6, seed=3)
    tally = attack(source, tmp_path, 5, seed=3)
    assert tally.kills == 5
    assert tally.jobs >= 1
    assert tally.repeats == 0
