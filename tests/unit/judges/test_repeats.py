"""Stretches that recur on a site are dropped as what they are; what stands alone, or opens the story, is not."""

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner import Cleaner
from cleaner import repeats as tally
from cleaner.classifier.label_model import LABELS
from cleaner.judges import repeats
from cleaner.labels import Group, Label
from cleaner.model import Block, Kind, Verdict
from cleaner.page import decode
from cleaner.repeats import Recurring, Tally

LETTER = [
    "Our newsletter from the quay",
    "Every Friday we write to thousands of readers about ships, tides and the people who live from them.",
    "The newsletter comes to your inbox on Friday morning, and you can answer it.",
]
STORY = [
    f"{who} told the council on Monday that the old pier would not stand another winter, and asked for money."
    for who in ("The harbour master", "A fisherman", "The engineer", "A teacher", "The mayor's deputy")
]


PAGE = decode.read_page("Old pier")


def label_all(blocks):
    """A model's answer that every block is a newsletter's, if it is not the article's text."""
    shares = np.full((len(blocks), len(LABELS)), 0.01, dtype=np.float32)
    shares[:, LABELS.index("newsletter")] = 0.4
    shares[:, LABELS.index("body")] = 0.5
    return shares


def judged(texts, recurs=LETTER, stories=7, verdicts=None):
    blocks = tuple(
        Block(index=index, text=text, items=text.count("\n") + 1, verdict=(verdicts or {}).get(text))
        for index, text in enumerate(texts)
    )
    lines = [tally.hash_line(text) for text in recurs]
    known = {tally.hash_pair(first, second): stories for first, second in pairwise(lines)}
    verdicts = repeats.judge_repeats(PAGE, blocks, Recurring(9, known), label_all(blocks))
    return {blocks[index].text: verdict for index, verdict in verdicts.items()}


def test_a_run_of_links_recurs_if_all_its_lines_do():
    run, other = "\n".join(LETTER), "\n".join([*LETTER, "A line of today"])
    assert judged([*STORY[:2], run, *STORY[2:]]).keys() == {run}
    assert judged([*STORY[:2], other, *STORY[2:]]) == {}
    assert judged([*STORY[:2], run, "A line of every day"], recurs=[*LETTER, "A line of every day"]).keys() == {
        run,
        "A line of every day",
    }


def test_what_recurs_is_dropped_as_what_it_is():
    verdicts = judged([*STORY[:2], *LETTER, *STORY[2:]])
    assert verdicts.keys() == set(LETTER)
    assert {verdict.label.group for verdict in verdicts.values()} == {Group.REMOVED}
    assert verdicts[LETTER[0]].label is Label.NEWSLETTER
    assert {(verdict.judge, verdict.why.partition(":")[0]) for verdict in verdicts.values()} == {
        ("repeats", "on 7 of 9 pages of this site")
    }


def test_a_page_by_itself_knows_no_repeats():
    blocks = tuple(Block(index=index, text=text) for index, text in enumerate(LETTER))
    assert repeats.judge_repeats(PAGE, blocks, None, label_all(blocks)) == {}


@pytest.mark.parametrize(
    "texts",
    [
        [*STORY[:2], LETTER[1], *STORY[2:]],
        [STORY[0], LETTER[0], STORY[1], LETTER[1], STORY[2], LETTER[2]],
        [*STORY[:2], *LETTER[::-1]],
    ],
    ids=["alone", "each alone", "upside down"],
)
def test_lines_in_other_company_stay(texts):
    assert not judged(texts)


def test_a_skeleton_of_short_lines_stays():
    heads = ["What we know", "The latest in short", "Ingredients"]
    assert not judged([STORY[0], *heads, STORY[1]], recurs=heads)


def test_lines_of_nothing_but_marks_make_no_company():
    assert judged([*STORY, LETTER[0], "|", LETTER[1], "***", LETTER[2]]).keys() == set(LETTER)


def test_the_story_that_other_pages_advertise_stays_whole():
    teaser = ["Old pier will not stand another winter", *STORY[:1]]
    title = {teaser[0]: Verdict(Label.TITLE, "front_matter", "the headline")}
    assert not judged([*teaser, *STORY[1:]], recurs=teaser, verdicts=title)
    assert judged([*STORY[1:], *teaser], recurs=teaser).keys() == set(teaser)


def test_what_others_have_spoken_of_counts_as_company_only():
    kept = {LETTER[1]: Verdict(Label.PARAGRAPH, "site_rules", "part of the record")}
    assert judged([*STORY, *LETTER], verdicts=kept).keys() == {LETTER[0], LETTER[2]}


@given(st.lists(st.sampled_from([*LETTER, *STORY, "|", ""]), max_size=12))
def test_nothing_is_named_the_articles(texts):
    assert all(not verdict.keep for verdict in judged(texts).values())


def html(number, body):
    paragraphs = "".join(f"<p>{text}</p>" for text in body)
    letter = "".join(f"<p>{text}</p>" for text in LETTER)
    return (
        f"<html><head><title>Pier {number}</title></head><body><h1>Pier {number}</h1>{paragraphs}{letter}</body></html>"
    )


def dump(number, body):
    return "\n\n".join([f"Old pier number {number} in danger", *body, *LETTER])


def batch(shape, url, folder):
    texts = [[f"On pier number {number}, {text}" for text in STORY] for number in range(6)]
    return [
        decode.read_page(shape(number, body), name=str(number), folder=folder, url=url and url.format(number))
        for number, body in enumerate(texts)
    ]


def counted(pages, path):
    with Tally(path) as counting:
        for page in pages:
            site, lines = Cleaner().hash_lines(page)
            counting.add(site, page.id, lines)
        return counting.freeze()


@pytest.mark.parametrize("shape", [html, dump])
@pytest.mark.parametrize(
    ("url", "folder", "site"),
    [("https://www.pier.example/{}", "piers", "pier.example"), (None, "piers", "piers")],
    ids=["url", "folder"],
)
def test_a_batch_is_cleaned_with_what_recurs_in_it(tmp_path: Path, shape, url, folder, site):
    pages = batch(shape, url, folder)
    repeats = counted(pages, tmp_path / "tally")
    assert repeats.look_up(site)
    for article in Cleaner(repeats=repeats).clean_many(pages):
        removed = {block.text: block.verdict for block in article.removed}
        assert {removed[text].judge for text in LETTER} == {"repeats"}
        assert all(removed[text].why.startswith("on 6 of 6 pages of this site") for text in LETTER)
        assert article.text.count("On pier number") == len(STORY)


def test_any_number_of_processes_gives_the_same(tmp_path: Path):
    pages = batch(dump, None, "piers")
    cleaner = Cleaner(repeats=counted(pages, tmp_path / "tally"))
    assert list(cleaner.clean_many(pages, jobs=2)) == list(cleaner.clean_many(pages))


def advertised(shape, number):
    """A page that tells its own story, and below it how each story of the site begins."""
    opening = (
        "{0} told the council on Monday that old pier number {1} was in danger of falling into the harbour, and that it "
        "would not survive another winter of storms; {0} asked for money."
    )
    who = ("The master", "A fisherman", "The engineer", "A teacher", "The mayor", "A sailor")
    stories = [
        (f"Old pier number {at} is in danger of falling into the harbour", opening.format(name, at))
        for at, name in enumerate(who)
    ]
    title, first = stories[number]
    own = [f"For pier {number}, {text} They said so {times} times." for times in (2, 3, 4) for text in STORY]
    teasers = [text for at, story in enumerate(stories) if at != number for text in story]
    if shape is Kind.TEXT:
        return first, "\n\n".join([title, first, *own, *teasers])
    paragraphs = "".join(f"<p>{text}</p>" for text in [first, *own, *teasers])
    return first, f"<html><head><title>{title}</title></head><body><h1>{title}</h1>{paragraphs}</body></html>"


@pytest.mark.parametrize("shape", Kind)
def test_a_story_is_not_dropped_where_other_pages_advertise_it(tmp_path: Path, shape):
    openings, contents = zip(*(advertised(shape, number) for number in range(6)), strict=True)
    pages = [decode.read_page(text, name=str(at), folder="piers") for at, text in enumerate(contents)]
    repeats = counted(pages, tmp_path / "tally")
    for opening, article in zip(openings, Cleaner(repeats=repeats).clean_many(pages), strict=True):
        assert any(block.verdict.judge == "repeats" for block in article.removed)
        assert opening in article.text
