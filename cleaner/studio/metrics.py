"""Counts and times of requests, in the text format of Prometheus."""

from __future__ import annotations

from collections import Counter
from threading import Lock

_BUCKETS = (0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0)
"""Upper bounds of the histogram, in seconds; a usual page takes about 0.05."""


class Metrics:
    """What ``/metrics`` shows."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._outcomes: Counter[str] = Counter()
        self._buckets: Counter[float] = Counter()
        self._seconds = 0.0

    def add(self, outcome: str, seconds: float) -> None:
        """Count one page with its ``outcome``: ``cleaned``, or the name of an error."""
        with self._lock:
            self._outcomes[outcome] += 1
            self._seconds += seconds
            self._buckets.update([bound for bound in _BUCKETS if seconds <= bound])

    def write(self, *, jobs: int, waiting: int, pages: int) -> str:
        """Return the metrics as text."""
        with self._lock:
            total = sum(self._outcomes.values())
            outcomes = [
                f'cleaner_pages_total{{outcome="{name}"}} {count}' for name, count in sorted(self._outcomes.items())
            ]
            buckets = [f'cleaner_page_seconds_bucket{{le="{bound:g}"}} {self._buckets[bound]}' for bound in _BUCKETS]
            lines = [
                "# HELP cleaner_pages_total Pages that requests asked to clean, by outcome.",
                "# TYPE cleaner_pages_total counter",
                *outcomes,
                "# HELP cleaner_page_seconds Time of a request for one page, waiting included.",
                "# TYPE cleaner_page_seconds histogram",
                *buckets,
                f'cleaner_page_seconds_bucket{{le="+Inf"}} {total}',
                f"cleaner_page_seconds_sum {self._seconds:.6f}",
                f"cleaner_page_seconds_count {total}",
                *_gauge("cleaner_processes", "Processes that clean pages.", jobs),
                *_gauge("cleaner_requests_in_progress", "Requests that wait for a page or are being cleaned.", waiting),
                *_gauge("cleaner_workspace_pages", "Pages that the studio shows.", pages),
            ]
        return "\n".join(lines) + "\n"


def _gauge(name: str, meaning: str, value: int) -> list[str]:
    return [f"# HELP {name} {meaning}", f"# TYPE {name} gauge", f"{name} {value}"]
