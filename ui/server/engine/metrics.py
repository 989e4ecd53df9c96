"""Counters that say how the server fares, and nothing about what anyone translates."""

from __future__ import annotations

import sys
import threading
import traceback
from collections import Counter


class Metrics:
    """Counts requests and work; may be used by several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._counts: Counter[str] = Counter()
        self._seconds = 0.0

    def count(self, name: str, number: int = 1) -> None:
        """Add ``number`` to the counter ``name``, such as ``"sentences"``."""
        with self._lock:
            self._counts[name] += number

    def worked(self, seconds: float, *, stopped: bool) -> None:
        """Count a piece of work that took ``seconds``."""
        with self._lock:
            self._seconds += seconds
            self._counts["stopped" if stopped else "finished"] += 1

    def unforeseen(self, error: Exception) -> None:
        """Count a failure and say where it happened, without its message, which might quote a text."""
        self.count("failures")
        places = traceback.extract_tb(error.__traceback__)[-6:]
        where = " < ".join(f"{place.filename.rpartition('/')[2]}:{place.lineno}" for place in reversed(places))
        sys.stderr.write(f"passerelle: {type(error).__name__} at {where}\n")

    def __getitem__(self, name: str) -> int:
        with self._lock:
            return self._counts[name]

    def text(self, *, served: int, waiting: int) -> str:
        """Return everything in the text format of Prometheus."""
        with self._lock:
            counts, seconds = dict(self._counts), self._seconds
        lines = [
            f"# TYPE passerelle_{name}_total counter\npasserelle_{name}_total {number}"
            for name, number in sorted(counts.items())
        ]
        lines += [
            f"# TYPE passerelle_work_seconds_total counter\npasserelle_work_seconds_total {seconds:.3f}",
            f"# TYPE passerelle_served gauge\npasserelle_served {served}",
            f"# TYPE passerelle_waiting gauge\npasserelle_waiting {waiting}",
        ]
        if resident := _resident_bytes():
            lines.append(f"# TYPE process_resident_memory_bytes gauge\nprocess_resident_memory_bytes {resident}")
        return "\n".join(lines) + "\n"


def _resident_bytes() -> int:
    """Memory in use, 0 where the system does not say."""
    try:
        with open("/proc/self/statm", encoding="ascii") as file:  # noqa: PTH123
            return int(file.read().split()[1]) * 4096
    except OSError:
        return 0
