import itertools
import time

import pytest

import cleaner
from bench import stages
from cleaner import pipeline
from cleaner.model import Kind
from cleaner.rulebook import Rulebook

STORY = "The council voted on Monday to open the old bridge again, after two years of work on its piers."
PAGES = {Kind.HTML: f"<html><body><p>{STORY}</p></body></html>", Kind.TEXT: STORY}


@pytest.mark.parametrize("kind", Kind)
def test_each_stage_of_a_page_is_timed_in_order(kind):
    lap = stages.time_stages(PAGES[kind], None, Rulebook.load())
    names = dict.fromkeys(stage.name for stage in pipeline.STAGES if kind in stage.kinds)
    assert list(lap) == [stages.DECODE, *names]


def test_a_stage_counts_for_itself_alone(monkeypatch):
    """The clock moves by hand: decoding takes 1 ms, each stage 2 ms more than the one before it."""
    now = [0.0]
    costs = itertools.count(1, 2)

    def work(*_, **__):
        now[0] += next(costs) / 1000

    def run_stages(_):
        for stage in pipeline.STAGES[:2]:
            work()
            yield stage

    monkeypatch.setattr(time, "perf_counter", lambda: now[0])
    monkeypatch.setattr(stages.decode, "read_page", work)
    monkeypatch.setattr(stages.pipeline, "run_stages", run_stages)
    lap = stages.time_stages(STORY, None, None)
    assert lap == pytest.approx({"decode": 1, pipeline.STAGES[0].name: 3, pipeline.STAGES[1].name: 5})


def test_a_page_without_text_is_an_error():
    with pytest.raises(cleaner.PageError):
        stages.time_stages("<html><script>var a;</script></html>", None, Rulebook.load())


def test_a_row_is_the_mean_of_all_pages_and_the_share_of_all_time():
    laps = [{"decode": 1.0, "parse": 6.0}, {"decode": 1.0}]
    rows = [[cell.strip() for cell in row.split("|")[1:-1]] for row in stages.format_table(laps).splitlines()[2:]]
    assert rows[:2] == [["decode", "1.00", "25.0 %"], ["parse", "3.00", "75.0 %"]]
    assert [name for name, *_ in rows[2:-1]] == list(dict.fromkeys(stage.name for stage in pipeline.STAGES[1:]))
    assert {tuple(figures) for _, *figures in rows[2:-1]} == {("0.00", "0.0 %")}
    assert rows[-1] == ["all", "4.00", "100 %"]
    assert stages.format_table([]) == "No page.\n"
