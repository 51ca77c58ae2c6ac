from bench.corpora import Sample, Shape
from bench.speed import DUMP_SIZE, WARM_UP, cut_dump, format_times, time_systems


def dump(content):
    return Sample(id="a", source="one", shape=Shape.FULL, content=content)


def test_each_system_reads_each_page_and_they_take_turns_at_going_first():
    calls = []
    systems = {name: lambda _page, name=name: calls.append(name) for name in ("ours", "theirs")}
    times = time_systems([dump("x")] * 3, systems)
    warm_up = 2 * min(WARM_UP, 3)
    assert calls[warm_up:] == ["ours", "theirs", "theirs", "ours", "ours", "theirs"]
    assert {name: len(values) for name, values in times.items()} == {"ours": 3, "theirs": 3}


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
    times = {"ours": [1.0, 2.0, 30.0], "trafilatura": [2.0, 2.0, 20.0]}
    rows = [[cell.strip() for cell in row.split("|")[1:-1]] for row in format_times(times).splitlines()[2:]]
    assert rows == [
        ["ours", "3", "2.00", "11.00", "1.00", "1.38"],
        ["trafilatura", "3", "2.00", "8.00", "1.00", "1.00"],
    ]
    assert format_times({"ours": [], "trafilatura": []}) == "No page.\n"
