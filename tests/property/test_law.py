"""What holds for every page, whatever is on it."""

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from msgspec import json

import cleaner
from cleaner.article import Article
from cleaner.labels import Group, Label
from cleaner.language.characters import strip_whitespace
from cleaner.model import Block, Kind, Verdict, fill_verdicts
from cleaner.page import blocks_dump as text_segment
from cleaner.page import blocks_html as html_segment
from cleaner.page import decode, dom
from cleaner.page.link_runs import split_into_items

from . import strategies

SEEDS = sorted((Path(__file__).parents[2] / "seeds").glob("*.txt"))
WHOLE_PAGES = sorted((Path(__file__).parents[1] / "gate" / "pages").iterdir())


def cleaned(page: str) -> Article | None:
    try:
        return cleaner.clean(page)
    except cleaner.PageError:
        return None


def segmented(content: str) -> list[str]:
    page = decode.read_page(content)
    if page.kind is Kind.TEXT:
        return [block.text for block in text_segment.segment_dump(page.content)]
    tree = dom.parse_html(page.content)
    return [block.text for block in html_segment.segment_html(tree.root).blocks] if tree else []


def check_law(page: str) -> None:
    article = cleaned(page)
    if article is None:
        return
    assert [block.text for block in split_into_items(article.blocks)] == segmented(page), "text, order or count changed"
    assert all(block.items == 1 for block in article.blocks if block.kept), "a run of links in the text is not split"
    assert [block.index for block in article.blocks] == list(range(len(article.blocks)))
    assert all(block.verdict is not None for block in article.blocks), "a block without a verdict"
    kept = [block for block in article.blocks if block.kept]
    assert sorted(block.index for block in (*kept, *article.removed)) == list(range(len(article.blocks)))
    assert strip_whitespace(article.text) == strip_whitespace("".join(block.marked_text for block in kept))


@settings(deadline=None, max_examples=150)
@given(strategies.pages)
def test_kept_and_removed_are_the_page(page: str) -> None:
    check_law(page)


@pytest.mark.parametrize("file", SEEDS + WHOLE_PAGES, ids=lambda file: file.name)
def test_kept_and_removed_are_a_whole_page(file: Path) -> None:
    check_law(decode.read_page(file.read_bytes(), source=file.name).content)


@settings(deadline=None, max_examples=150)
@given(strategies.dated | st.binary(max_size=200))
@example(b"Tea\n\nFri May 3 9:05:07 GMT 2024")
@example(b"Tea\n\nMay 3 25:61 2024")
def test_any_bytes_give_an_article_or_a_page_error(data: bytes) -> None:
    with suppress(cleaner.PageError):
        assert isinstance(cleaner.clean(data), Article)


@settings(deadline=None, max_examples=50)
@given(strategies.pages)
def test_same_bytes_on_a_second_run(page: str) -> None:
    first, second = cleaned(page), cleaned(page)
    assert json.encode(first) == json.encode(second)


@given(
    st.lists(st.none() | st.sampled_from(list(Label))),
    st.dictionaries(st.integers(0, 20), st.sampled_from(list(Label))),
)
def test_a_judge_fills_empty_verdicts_only(given_before: list[Label | None], said: dict[int, Label]) -> None:
    before = tuple(
        Block(index=index, text=str(index), verdict=Verdict(label, "first", "because") if label else None)
        for index, label in enumerate(given_before)
    )
    after = fill_verdicts(before, {index: Verdict(label, "second", "because") for index, label in said.items()})
    assert [block.text for block in after] == [block.text for block in before]
    for old, new in zip(before, after, strict=True):
        expected = said.get(old.index) if old.verdict is None else old.verdict.label
        assert (new.verdict and new.verdict.label) == expected


@given(st.sampled_from(list(Label)))
def test_a_verdict_keeps_exactly_the_body(label: Label) -> None:
    assert Verdict(label, "judge", "because").keep is (label.group is Group.BODY)


STORY = [
    f"{who} told the council on Monday that the old pier, in danger of falling, would not survive another winter."
    for who in ("The harbour master", "A fisherman", "The engineer", "A teacher", "The mayor")
]
LINES = [
    "Old pier in danger of falling",
    "By Ann Lee",
    *STORY,
    "Feed the gulls here",
    "Privacy Policy",
    "All rights reserved.",
]
SHAPES = {
    "html": "<html><head><title>{0}</title></head><body><h1>{0}</h1>{1}</body></html>".format(
        LINES[0], "".join(f"<p>{line}</p>" for line in LINES[1:])
    ),
    "dump": "\n\n".join(LINES),
}


@pytest.mark.parametrize("page", SHAPES.values(), ids=SHAPES)
def test_every_judge_decides_on_every_shape(page: str, tmp_path: Path) -> None:
    rule = """
        hosts = ["pier.example"]
        [[drop]]
        label = "promo"
        line = "Feed the gulls here"
        why = "for the test"
        [[keep]]
        line = "Privacy Policy"
        why = "against the common rules"
    """
    (tmp_path / "pier.example.toml").write_text(rule, encoding="utf-8")
    article = cleaner.Cleaner([tmp_path]).clean(page, url="https://pier.example/1")
    judges = {block.text: block.verdict.judge for block in article.blocks if block.verdict}
    assert judges == {
        LINES[0]: "front_matter",
        LINES[1]: "front_matter",
        **dict.fromkeys(STORY, "classifier"),
        LINES[-3]: "site_rules",
        LINES[-2]: "site_rules",
        LINES[-1]: "common_rules",
    }
