import gzip
import json
from datetime import date

import pytest

from bench.corpora import Shape, read


@pytest.fixture
def corpora(tmp_path):
    def write(name, rows):
        file = tmp_path / f"{name}.jsonl.gz"
        file.parent.mkdir(exist_ok=True)
        with gzip.open(file, "wt", encoding="utf-8") as lines:
            lines.writelines(json.dumps(row) + "\n" for row in rows)

    write("html/one", [{"id": str(number), "source": "one", "html": "<p>x", "gold": "x"} for number in range(30)])
    marks = {"gold_author": ["Ida Quill", "Tom Marsh"], "gold_date": "2005-5-7 10:00", "gold_title": "T"}
    snippets = {"with": ["in it"], "without": ["not in it"], "comments": ["First!", "Second!"]}
    write(
        "html/two", [{"id": "a", "source": "two", "html": "<p>y", "url": "https://two.example/", **marks, **snippets}]
    )
    dumps = [
        {"id": "a", "source": source, "text": "line", "gold": "g", "gold_required": "r"} for source in ("one", "two")
    ]
    write("dumps/main", dumps)
    return tmp_path


def test_a_page_holds_what_its_source_marks(corpora):
    (page,) = read(corpora, Shape.HTML, ["two"])
    assert (page.id, page.url, page.content, page.golds) == ("a", "https://two.example/", "<p>y", ())
    assert (page.wanted, page.unwanted) == (("in it",), ("not in it",))
    assert (page.title, page.authors, page.day) == ("T", ("Ida Quill", "Tom Marsh"), date(2005, 5, 7))
    assert page.boilerplate == {"comments": "First!\nSecond!"}


def test_a_dump_is_read_with_both_its_golds(corpora):
    (page,) = read(corpora, Shape.MAIN, ["two"])
    assert (page.content, page.golds, page.shape) == ("line", ("g", "r"), Shape.MAIN)


def test_without_names_all_sources_are_read(corpora):
    assert [page.source for page in read(corpora, Shape.HTML)] == ["one"] * 30 + ["two"]


def test_a_sample_is_the_same_each_time_and_part_of_any_larger_one(corpora):
    few, more = ([page.id for page in read(corpora, Shape.HTML, ["one"], size)] for size in (5, 10))
    assert len(set(more)) == 10
    assert more[:5] == few
    assert few != ["0", "1", "2", "3", "4"]


def test_a_sample_is_drawn_from_each_source(corpora):
    assert [page.source for page in read(corpora, Shape.HTML, (), 2)] == ["one", "one", "two"]


def test_the_front_of_a_gold_that_holds_it_is_taken_off(corpora):
    row = {"id": "a", "source": "dragnet", "html": "<h1>The tide turns</h1>", "gold": "The tide turns\nIt turned."}
    with gzip.open(corpora / "html" / "dragnet.jsonl.gz", "wt", encoding="utf-8") as lines:
        lines.write(json.dumps(row))
    assert [page.golds for page in read(corpora, Shape.HTML, ["dragnet"])] == [("It turned.",)]


@pytest.mark.parametrize(("shape", "sources", "named"), [(Shape.HTML, ["three"], "three"), (Shape.FULL, [], "full")])
def test_a_missing_corpus_is_named(corpora, shape, sources, named):
    with pytest.raises(FileNotFoundError, match=rf"no corpus at .*{named}\.jsonl\.gz"):
        list(read(corpora, shape, sources))
