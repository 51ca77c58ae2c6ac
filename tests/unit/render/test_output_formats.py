import json
from datetime import datetime, timedelta, timezone

import pytest
from msgspec.structs import replace

from cleaner.labels import Label
from cleaner.model import Article, Block, Kind, Role, Verdict
from cleaner.render.output_formats import OutputFormat, encode_article

INDIA = timezone(timedelta(hours=5, minutes=30))


def article(*blocks, **metadata):
    return Article(
        id="news/a.html",
        source="news/a.html",
        kind=Kind.TEXT,
        blocks=tuple(
            Block(index=index, text=text, role=role, verdict=Verdict(label, "test", "because"))
            for index, (role, text, label) in enumerate(blocks)
        ),
        **metadata,
    )


def keep(text, role=Role.PARAGRAPH):
    return role, text, role.label


def body(*blocks):
    return encode_article(article(*blocks), OutputFormat.MD).decode().split("---\n\n", 1)[1]


def test_jsonl_is_the_row_on_one_line():
    given = article(keep("First\nline"), title="Tïtle")
    line = encode_article(given, OutputFormat.JSONL)
    assert line.count(b"\n") == 1
    assert json.loads(line) == given.to_dict()


def test_txt_is_the_bare_text():
    dropped = (Role.PARAGRAPH, "Share", Label.SHARE)
    assert encode_article(article(keep("One."), dropped, keep("Two.")), OutputFormat.TXT) == b"One.\n\nTwo.\n"


def test_markdown_has_front_matter_of_what_is_known():
    given = article(
        keep("Body."), title='A "quoted": title', authors=("Ann", "Bo"), published=datetime(2023, 9, 5, tzinfo=INDIA)
    )
    assert encode_article(given, OutputFormat.MD).decode() == (
        "---\n"
        'id: "news/a.html"\n'
        'title: "A \\"quoted\\": title"\n'
        'authors: ["Ann","Bo"]\n'
        'published: "2023-09-05T00:00:00+05:30"\n'
        "---\n\n"
        '# A "quoted": title\n\n'
        "Body.\n"
    )


@pytest.mark.parametrize(
    ("blocks", "expected"),
    [
        ([keep("One"), keep("Two")], "One\n\nTwo\n"),
        ([keep("a", Role.LIST_ITEM), keep("b\nc", Role.LIST_ITEM), keep("d")], "- a\n- b\n  c\n\nd\n"),
        ([keep("Head\nline", Role.HEADING)], "## Head line\n"),
        ([keep("a\nb", Role.QUOTE)], "> a\n> b\n"),
        ([keep("x = 1\n", Role.CODE)], "```\nx = 1\n\n```\n"),
        ([keep("a ``` b", Role.CODE)], "````\na ``` b\n````\n"),
        ([keep("# not a heading")], "\\# not a heading\n"),
        ([keep("text\n---")], "text\n\\---\n"),
        ([keep("1. not a list")], "1\\. not a list\n"),
        ([keep("1.5 litres")], "1.5 litres\n"),
    ],
)
def test_markdown_body(blocks, expected):
    assert body(*blocks) == expected


@pytest.mark.parametrize(
    ("marker", "expected"), [("3.", "3. a\n   b\n"), ("iv.", "- iv. a\n  b\n"), ("-1.", "- \\-1. a\n  b\n")]
)
def test_item_keeps_its_number(marker, expected):
    (item,) = article(keep("a\nb", Role.LIST_ITEM)).blocks
    given = replace(article(), blocks=(replace(item, marker=marker),))
    assert encode_article(given, OutputFormat.MD).decode().split("---\n\n", 1)[1] == expected
    assert encode_article(given, OutputFormat.TXT).decode() == f"{marker} a\nb\n"


def test_dropped_item_does_not_split_a_list():
    blocks = [keep("a", Role.LIST_ITEM), (Role.LIST_ITEM, "Share", Label.SHARE), keep("b", Role.LIST_ITEM)]
    assert body(*blocks) == "- a\n- b\n"
