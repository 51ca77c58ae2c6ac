from pathlib import Path

import msgspec
import pytest

import cleaner
from cleaner.analysis.run_reader import ArticleRow
from cleaner.fields import FIELDS, Use, names
from cleaner.flags import Flag
from cleaner.render.output_formats import OutputFormat, encode_article

DOCS = Path(__file__).parents[2] / "docs"
PAGE = """<html><head><link rel="canonical" href="https://mill.example/a"><title>Mill reopens</title>
<meta property="og:image" content="https://mill.example/a.jpg"></head><body><article><h1>Mill reopens</h1>
<p>The old mill by the river opens again in spring, after years of repairs by volunteers of the village.</p>
<figure><img src="a.jpg"><figcaption>The wheel of the mill in winter.</figcaption></figure>
<p>Visitors may see how flour is ground, and the baker next door bakes bread of it each Saturday.</p>
</article></body></html>"""


def test_row_has_the_fields_in_their_order():
    assert list(cleaner.clean(PAGE).to_dict()) == [field.name for field in FIELDS]


def test_row_has_image_canonical_and_captions():
    row = cleaner.clean(PAGE).to_dict()
    assert row["image"] == "https://mill.example/a.jpg"
    assert row["canonical"] == "https://mill.example/a"
    assert row["captions"] == ["The wheel of the mill in winter."]
    assert {"image", "canonical", "captions"} <= set(names(Use.EXPLAIN))


def test_row_holds_plain_values():
    row = cleaner.clean("<p>Tea.").to_dict()
    assert row["flags"]
    assert {type(value) for value in [row["kind"], *row["flags"]]} == {str}


def test_front_matter_has_only_fields_meant_for_it():
    head = encode_article(cleaner.clean(PAGE), OutputFormat.MD).decode().split("---")[1]
    assert {line.partition(":")[0] for line in head.strip().splitlines()} <= set(names(Use.MARKDOWN))


@pytest.mark.parametrize("use", [Use.DIFF, Use.FIGURES, Use.REPORT])
def test_rows_read_back_have_the_fields_that_are_used(use):
    assert set(names(use)) <= set(ArticleRow.__struct_fields__)


def test_rows_read_back_have_no_other_fields():
    assert {field.name for field in msgspec.structs.fields(ArticleRow)} <= {field.name for field in FIELDS}


def test_docs_list_the_fields_and_flags():
    text = (DOCS / "library.md").read_text(encoding="utf-8")
    for field in FIELDS:
        assert f"| `{field.name}` | {field.type} | {field.meaning} |\n" in text
    for flag in Flag:
        assert f"| `{flag}` | {flag.meaning} |\n" in text


def test_docs_list_the_columns_of_parquet():
    text = (DOCS / "batch.md").read_text(encoding="utf-8")
    table = text.partition("| columns | type |")[2].partition("\n\n")[0]
    listed = [name for line in table.splitlines()[2:] for name in line.split("`")[1].split()]
    assert sorted(listed) == sorted(field.name for field in FIELDS)
