import time

import pytest

from bench import stages
from cleaner import pipeline
from cleaner.language import detect as language

STORY = "The council voted on Monday to open the old bridge again, after two years of work on its piers."


@pytest.fixture
def clock(monkeypatch):
    """A clock that is moved by hand, in milliseconds."""
    now = [0.0]
    monkeypatch.setattr(time, "perf_counter", lambda: now[0] / 1000)

    def work(milliseconds, *inner):
        now[0] += milliseconds
        for function in inner:
            function()

    return work


def test_a_stage_inside_another_counts_for_itself_alone(clock):
    watch = stages.Stopwatch()
    inner = watch.around("inner", lambda: clock(3))
    outer = watch.around("outer", lambda: clock(5, inner, inner))
    assert watch.lap(lambda: clock(1, outer)) == pytest.approx({"rest": 1, "outer": 5, "inner": 6})


def test_each_page_has_a_lap_of_its_own_and_a_stage_that_fails_is_timed(clock):
    watch = stages.Stopwatch()
    failing = watch.around("failing", lambda: clock(2, lambda: 1 // 0))
    with pytest.raises(ZeroDivisionError):
        failing()
    assert watch.lap(lambda: clock(4)) == pytest.approx({"rest": 4})

    def survive():
        with pytest.raises(ZeroDivisionError):
            failing()
        clock(1)

    assert watch.lap(survive) == pytest.approx({"rest": 1, "failing": 2})


def test_watches_are_taken_off_again_and_change_no_result(monkeypatch):
    monkeypatch.setattr(pipeline, "JUDGES", pipeline.JUDGES[:3])  # without the model, whose weights are large
    judges, detect, plain = pipeline.JUDGES, language.detect_language, pipeline.Cleaner().clean(STORY)
    found = []
    with stages.watched() as watch:
        lap = watch.lap(lambda: found.append(pipeline.Cleaner().clean(STORY)))
    assert found == [plain]
    assert {"decode and parse", "segment", "metadata", "common rules", "about", stages.REST} <= lap.keys()
    assert (pipeline.JUDGES, language.detect_language) == (judges, detect)


def test_a_row_says_on_how_many_pages_a_stage_ran_and_what_it_took_there():
    laps = [{"rest": 1.0, "trafilatura": 6.0}, {"rest": 1.0}]
    rows = [[cell.strip() for cell in row.split("|")[1:-1]] for row in stages.table(laps).splitlines()[2:]]
    assert rows == [
        ["trafilatura", "1", "6.00", "3.00", "75.0 %"],
        ["rest", "2", "1.00", "1.00", "25.0 %"],
        ["all", "2", "4.00", "4.00", "100 %"],
    ]
    assert stages.table([]) == "No page.\n"
