import gzip
import json
from xml.etree import ElementTree as ET

import pytest

from bench import quality, report
from bench.chart import Curves, Panel, draw_bars, draw_curves


def test_the_columns_of_a_table_line_up():
    lines = ["| name   |  n |", "| ------ | -: |", "| a      | 10 |", "| longer |  1 |"]
    assert report.format_table(["name", "n"], [["a", "10"], ["longer", "1"]]).splitlines() == lines


def test_a_section_is_replaced_and_the_rest_stays(tmp_path):
    file = tmp_path / "doc.md"
    file.write_text("Head\n<!-- a -->\nold\n<!-- /a -->\nTail\n")
    report.replace_section(file, "a", "new\n")
    assert file.read_text() == "Head\n<!-- a -->\nnew\n<!-- /a -->\nTail\n"


def test_a_section_that_is_not_there_is_added(tmp_path):
    file = tmp_path / "doc.md"
    file.write_text("Head\n")
    report.replace_section(file, "a", "new\n")
    assert file.read_text() == "Head\n<!-- a -->\nnew\n<!-- /a -->\n"


def test_bars_are_as_long_as_their_values_and_the_shortest_is_on_top():
    picture = ET.fromstring(draw_bars([Panel("T & co", {"peer": 0.2, "cleaner": 0.05})]))  # noqa: S314
    names = [text.text for text in picture.findall(".//{*}text")]
    assert names == ["T & co", "cleaner", "0.050", "peer", "0.200"]
    ours, theirs = [bar for bar in picture.findall(".//{*}rect") if bar.get("x")]
    assert float(theirs.get("width")) == pytest.approx(4 * float(ours.get("width")))
    assert ours.get("fill") != theirs.get("fill")


def test_curves_are_straight_lines_where_values_grow_by_the_same_factor():
    curves = Curves("T & co", "bytes", "s", {"page": [(10, 0.1), (100, 1.0), (1000, 10.0)]})
    picture = ET.fromstring(draw_curves([curves]))  # noqa: S314
    (line,) = picture.findall(".//{*}polyline")
    points = [tuple(map(float, point.split(","))) for point in line.get("points").split()]
    assert points[1] == (
        pytest.approx((points[0][0] + points[2][0]) / 2),
        pytest.approx((points[0][1] + points[2][1]) / 2),
    )
    names = [text.text for text in picture.findall(".//{*}text")]
    assert {"T & co", "bytes", "page", "0.1 s", "10 s", "1 k"} <= set(names)


@pytest.fixture
def corpora(tmp_path):
    row = {"id": "a", "source": "one", "text": "Menu\nThe tide came in at noon.", "gold": "The tide came in at noon."}
    (tmp_path / "dumps").mkdir()
    with gzip.open(tmp_path / "dumps" / "main.jsonl.gz", "wt", encoding="utf-8") as lines:
        lines.write(json.dumps(row))
    return tmp_path


def test_one_run_prints_and_writes_tables_and_chart(corpora, capsys):
    document = corpora / "doc.md"
    options = [
        "--corpora",
        str(corpora),
        "--shape",
        "main",
        "--peers",
        "untouched",
        "c4-lines",
        "--write",
        str(document),
    ]
    assert quality.main(options) == 0
    printed, written = capsys.readouterr().out, document.read_text()
    assert "| c4-lines  | 1.000 |" in printed
    assert "--shape main --peers untouched c4-lines\n" in written
    assert str(corpora) not in written
    assert "](doc-main.svg)" in written
    assert "c4-lines" in (corpora / "doc-main.svg").read_text()


@pytest.mark.parametrize(
    ("options", "message"),
    [(["--shape", "full"], "full.jsonl.gz"), (["--shape", "main", "--peers", "x"], "no peer named x")],
)
def test_what_cannot_be_had_is_said(corpora, capsys, options, message):
    assert quality.main(["--corpora", str(corpora), *options]) == 2
    assert message in capsys.readouterr().err
