"""What a batch changes is counted by shingles, by site."""

from bench import repeats
from bench.corpora import Sample, Shape

FOOTER = [
    "The harbour press is read by ferrymen, bakers and pilots on both sides of the sound, and by their children too.",
    "It has told them of storms, fairs and elections for more than a hundred years, and means to go on with that.",
]


def sample(number, site="pier.example"):
    story = [f"On the {number}th day, sentence {line} told of ships that had not come back yet." for line in range(6)]
    return Sample(
        id=f"{site} {number}",
        source="composed",
        shape=Shape.MAIN,
        content="\n\n".join([*story, *FOOTER]),
        url=f"https://www.{site}/{number}",
        golds=("\n".join(story),),
    )


SAMPLES = [sample(number) for number in range(5)]


def test_only_sites_with_several_marked_pages_are_asked():
    unmarked = Sample(id="x", source="composed", shape=Shape.MAIN, content="x", url="https://few.example/")
    few = [sample(number, "few.example") for number in range(3)]
    assert list(repeats.select_pages([*SAMPLES, *few, unmarked])) == SAMPLES


def test_the_halves_are_the_whole():
    samples = [sample(number, f"{site}.example") for site in "abcdefgh" for number in range(4)]
    first, second = (list(repeats.select_pages(samples, half)) for half in repeats.HALVES)
    assert first
    assert second
    assert sorted(first + second, key=lambda page: page.id) == samples


def test_what_goes_is_boilerplate():
    outcomes, times = repeats.measure(SAMPLES)
    row = dict(zip(repeats.HEADINGS[1:], repeats.make_row(outcomes, times), strict=True))
    assert row["sites"] == "1"
    assert row["pages"] == "5"
    assert row["of it gone"] == "100.0%"
    assert row["body lost"] == "0.000%"
    assert row["sites up / same / down"] == "1 / 0 / 0"
    assert float(row["F1"]) < float(row["with repeats"]) == 1


def test_what_is_lost_is_named():
    lost = [Sample(**{**fields(page), "golds": (page.content,)}) for page in SAMPLES]
    outcomes, _ = repeats.measure(lost)
    missed = sum((outcome.missed for outcome in outcomes), start=type(outcomes[0].missed)())
    assert {text.removeprefix("pier.example: ") for text in missed} == set(FOOTER)


def fields(page):
    return {name: getattr(page, name) for name in ("id", "source", "shape", "content", "url")}


def test_a_missing_corpus_is_said(tmp_path, capsys):
    assert repeats.main(["--corpora", str(tmp_path), "--shape", "main"]) == 2
    assert str(tmp_path) in capsys.readouterr().err


def test_a_table_is_printed(monkeypatch, capsys):
    monkeypatch.setattr(repeats, "read", lambda *_: iter(SAMPLES))
    assert repeats.main(["--corpora", "x", "--shape", "main"]) == 0
    assert "| main " in capsys.readouterr().out
