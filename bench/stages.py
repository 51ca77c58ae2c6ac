"""Where the time of one page goes: stopwatches laid around the stages of the pipeline from outside, for the bench only."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from statistics import fmean
from typing import Any, TypeAlias
from unittest.mock import patch

from bench import report
from cleaner import pipeline
from cleaner.classifier import (
    boosted_trees,
    convolution,
    dump_features,
    html_features,
    labelling,
    trafilatura_evidence,
    window,
)
from cleaner.front_matter import dump_metadata, html_metadata, page_head, paywall
from cleaner.judges import common_rules, front_matter, site_rules
from cleaner.language import detect
from cleaner.page import blocks_dump as text_segment
from cleaner.page import blocks_html as html_segment
from cleaner.page import decode, dom
from cleaner.rulebook import Rulebook

Lap: TypeAlias = Mapping[str, float]
"""Milliseconds of one page by stage; ``rest`` is what no stage holds."""

REST, LANGUAGE = "rest", "language"
STAGES: Mapping[str, Sequence[tuple[Any, str]]] = {
    "decode and parse": ((decode, "page"), (dom, "parse")),
    "segment": ((html_segment, "segment"), (text_segment, "segment")),
    "metadata": ((page_head, "head"), (html_metadata, "read"), (paywall, "is_truncated"), (dump_metadata, "read")),
    "find the site's rules": ((Rulebook, "lookup"),),
    "features": ((html_features, "measure"), (dump_features, "measure"), (window, "widen")),
    "trees": ((boosted_trees.BoostedTrees, "probabilities"),),
    "network": ((convolution.ConvolutionNetwork, "probabilities"),),
    "trafilatura": ((trafilatura_evidence, "evidence"),),
    "naming": ((labelling, "name"),),
    LANGUAGE: ((detect, "detect"),),
}
"""Functions by the stage they are, each as the object that holds it and its name there."""
JUDGES = {
    site_rules.judge_by_site_rules: "site rules",
    common_rules.judge_by_common_rules: "common rules",
    front_matter.judge_front_matter: "about",
}
"""Judges that are a stage of their own; the tagger is timed by its parts."""


class Stopwatch:
    """Time by stage, of one page after the other. A stage inside another counts for itself alone."""

    def __init__(self) -> None:
        self._spent: defaultdict[str, float] = defaultdict(float)
        self._inside: list[float] = []
        """For each stage under way, the time of the stages inside it."""

    def around(self, stage: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """``function``, with the time of its calls put down to ``stage``."""

        def timed(*args: Any, **kwargs: Any) -> Any:
            self._inside.append(0.0)
            start = time.perf_counter()
            try:
                return function(*args, **kwargs)
            finally:
                whole = (time.perf_counter() - start) * 1000
                self._spent[stage] += whole - self._inside.pop()
                if self._inside:
                    self._inside[-1] += whole

        return timed

    def lap(self, work: Callable[[], Any]) -> Lap:
        """The time of one call of ``work`` by stage."""
        self._spent.clear()
        self.around(REST, work)()
        return dict(self._spent)


@contextmanager
def watched() -> Iterator[Stopwatch]:
    """A stopwatch that runs in all stages of :mod:`cleaner.pipeline` until the end of the block."""
    watch = Stopwatch()
    with ExitStack() as stack:
        for stage, functions in STAGES.items():
            for holder, name in functions:
                stack.enter_context(patch.object(holder, name, watch.around(stage, getattr(holder, name))))
        judges = (watch.around(JUDGES[judge], judge) if judge in JUDGES else judge for judge in pipeline.JUDGES)
        stack.enter_context(patch.object(pipeline, "JUDGES", tuple(judges)))
        yield watch


def table(laps: Sequence[Lap]) -> str:
    """One row a stage: on how many pages it ran, its mean there, its mean over all pages, and its share of all time."""
    if not laps:
        return "No page.\n"
    total = sum(sum(lap.values()) for lap in laps)
    rows = []
    for stage in _order(laps):
        times = [lap[stage] for lap in laps if stage in lap]
        share = f"{100 * sum(times) / total:.1f} %"
        rows.append([stage, str(len(times)), f"{fmean(times):.2f}", f"{sum(times) / len(laps):.2f}", share])
    rows.append(["all", str(len(laps)), *[f"{total / len(laps):.2f}"] * 2, "100 %"])
    return report.table(["stage", "pages", "ms where it ran", "ms over all pages", "share"], rows)


def _order(laps: Iterable[Lap]) -> list[str]:
    """The stages that ran, as the tables above have them, the rest last."""
    ran = {stage for lap in laps for stage in lap}
    first = list(STAGES)
    first[first.index("features") : first.index("features")] = JUDGES.values()
    return [stage for stage in (*first, REST) if stage in ran]
