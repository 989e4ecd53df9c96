"""Files with people's texts in them are for their owner alone from the first byte."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from passerelle.translate.folder.database import Database, JobError
from passerelle.translate.private_file import make_private


@pytest.fixture(autouse=True)
def usual_mask() -> Iterator[None]:
    before = os.umask(0o022)
    yield
    os.umask(before)


def test_a_jobs_database_and_its_log_are_private(tmp_path: Path) -> None:
    database = Database(tmp_path / "job.db", "model")
    modes = {file.name: file.stat().st_mode & 0o777 for file in tmp_path.iterdir()}
    database.close()
    assert set(modes) == {"job.db", "job.db-wal", "job.db-shm"} and set(modes.values()) == {0o600}


def test_reading_a_job_makes_no_file(tmp_path: Path) -> None:
    Database(tmp_path / "job.db", "model", reading=True).close()
    assert not list(tmp_path.iterdir())


def test_a_job_that_cannot_be_written_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(JobError, match="choose another folder"):
        Database(tmp_path / "nowhere" / "job.db", "model")


@pytest.mark.parametrize(("before", "after"), [(0o644, 0o640), (0o666, 0o660), (0o600, 0o600)])
def test_the_world_loses_its_rights_and_a_group_keeps_them(tmp_path: Path, before: int, after: int) -> None:
    path = tmp_path / "old.db"
    path.write_text("kept")
    path.chmod(before)
    make_private(path)
    assert path.stat().st_mode & 0o777 == after and path.read_text() == "kept"
