import gzip
import json
import time

from bench import speed
from bench.corpora import Sample, Shape
from bench.speed import DUMP_SIZE, ROUNDS, WARM_UP, Times, cut_dump, format_times, read_dumps, time_systems


def dump(content):
    return Sample(id="a", source="one", shape=Shape.FULL, content=content)


def test_each_system_reads_each_page_several_times_and_they_take_turns_at_going_first():
    calls = []
    systems = {name: lambda _page, name=name: calls.append(name) for name in ("ours", "theirs")}
    times = time_systems([dump("x")] * 3, systems)
    warm_up = 2 * min(WARM_UP, 3)
    assert calls[warm_up : warm_up + 6] == ["ours", "theirs", "theirs", "ours", "ours", "theirs"]
    assert calls[warm_up + 2 * ROUNDS :][:2] == ["theirs", "ours"]
    assert len(calls) == warm_up + 2 * ROUNDS * 3
    assert {name: len(values) for name, values in times.items()} == {"ours": 3, "theirs": 3}


def test_the_median_of_several_readings_counts_and_the_first_apart(monkeypatch):
    """The clock moves by hand: the first reading takes 9 s, the others one."""
    now, costs = [0.0], iter([9.0, *[1.0] * 99])

    def work(_page):
        now[0] += next(costs)

    monkeypatch.setattr(time, "process_time", lambda: now[0])
    monkeypatch.setattr(speed, "WARM_UP", 0)
    assert time_systems([dump("x")], {"ours": work}) == {"ours": [Times(1000.0, 9000.0)]}


def test_pages_of_the_warm_up_have_no_first_reading():
    times = time_systems([dump("x")] * (WARM_UP + 1), {"ours": lambda _page: None})["ours"]
    assert [took.first is None for took in times] == [True] * WARM_UP + [False]


def test_dumps_are_read_by_their_flattener(tmp_path):
    rows = [
        {"id": str(number), "source": "one", "url": None, "flattener": name, "text": "y" * size}
        for number, (name, size) in enumerate([("wet", DUMP_SIZE), ("wet", 9), ("lynx", DUMP_SIZE), ("wet", DUMP_SIZE)])
    ]
    file = tmp_path / "dumps.jsonl.gz"
    file.write_bytes(gzip.compress("\n".join(map(json.dumps, rows)).encode()))
    groups = read_dumps(file, sample=1)
    assert {name: [sample.id for sample in group] for name, group in groups.items()} == {"wet": ["0"], "lynx": ["2"]}


def test_a_page_that_a_system_refuses_is_timed_and_named(capsys):
    def refuse(_page):
        raise ValueError

    assert len(time_systems([dump("x")], {"ours": refuse})["ours"]) == 1
    assert "one a: ValueError" in capsys.readouterr().err


def test_a_dump_is_cut_at_the_end_of_a_line():
    line = "y" * 99 + "\n"
    short = cut_dump(dump("start " + line * 200))
    assert short is not None
    assert short.content.endswith("\n" + line.strip())
    assert DUMP_SIZE - 100 <= len(short.content) <= DUMP_SIZE


def test_a_dump_that_is_too_short_is_not_timed():
    assert cut_dump(dump("short\nlines")) is None


def test_each_system_is_held_against_the_peer_page_by_page():
    ours = [Times(1.0, None), Times(2.0, 3.0), Times(30.0, 31.0)]
    theirs = [Times(2.0, None), Times(2.0, 2.0), Times(20.0, 18.0)]
    rows = [
        [cell.strip() for cell in row.split("|")[1:-1]]
        for row in format_times({"ours": ours, "trafilatura": theirs}).splitlines()[2:]
    ]
    assert rows == [
        ["ours", "3", "2.00", "11.00", "1.00", "1.38", "1.70"],
        ["trafilatura", "3", "2.00", "8.00", "1.00", "1.00", "1.00"],
    ]
    assert format_times({"ours": ours[:1], "trafilatura": theirs[:1]}).splitlines()[2].endswith(" – |")
    assert format_times({"ours": [], "trafilatura": []}) == "No page.\n"
