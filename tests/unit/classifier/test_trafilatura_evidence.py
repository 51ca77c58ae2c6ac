from unittest import mock

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.classifier import trafilatura_evidence
from cleaner.page import blocks_html, dom

LONG = [
    f"Sentence number {number} of the story tells what the council did next." for number in "one two three four".split()
]


def squeezed(texts):
    return ["".join(text.split()) for text in texts]


@pytest.mark.parametrize(
    ("blocks", "units", "expected"),
    [
        pytest.param(LONG, LONG, [1, 1, 1, 1], id="all of it"),
        pytest.param(LONG, LONG[1:3], [0, 1, 1, 0], id="a part"),
        pytest.param(LONG, ["".join(LONG[:2])], [1, 1, 0, 0], id="two blocks in one unit"),
        pytest.param(["Share", LONG[0], "Share", LONG[1], "Share"], [LONG[0], "Share", LONG[1]], [0, 1, 1, 1, 0], id="a short unit stands between its neighbours"),
        pytest.param([LONG[0], "Shares fell", LONG[1]], [LONG[0], "Share", LONG[1]], [1, 0, 1], id="a short unit is a whole block or nothing"),
        pytest.param([LONG[0] + " opens new tab " + LONG[1]], [LONG[0] + LONG[1]], [0.91], id="a unit that lacks words of its block"),
        pytest.param(LONG, [], [0, 0, 0, 0], id="nothing"),
        pytest.param([], LONG, [], id="no blocks"),
    ],
)  # fmt: skip
def test_align(blocks, units, expected):
    assert trafilatura_evidence.align_extract(squeezed(blocks), squeezed(units)) == pytest.approx(expected, abs=0.02)


@given(st.lists(st.text("ab c", max_size=40), max_size=8), st.lists(st.text("ab c", max_size=40), max_size=8))
def test_shares_are_shares(blocks, units):
    found = trafilatura_evidence.align_extract(squeezed(blocks), squeezed(units))
    assert len(found) == len(blocks)
    assert all(0 <= share <= 1 for share in found)


def parsed(body):
    tree = dom.parse_html(f"<html><body><article>{body}</article></body></html>")
    assert tree is not None
    return tree, blocks_html.segment_html(tree.root).blocks


def test_comments_do_not_cut_paragraphs():
    """Left in the tree, trafilatura would lose what follows each comment inside a paragraph."""
    paragraphs = [sentence.replace(" of ", " of<!-- -->") for sentence in LONG * 3]
    tree, blocks = parsed("".join(f"<p>{paragraph}</p>" for paragraph in paragraphs))
    assert set(trafilatura_evidence.extract_evidence(tree.root, blocks)) == {1.0}


def test_evidence_tells_the_article_from_the_menu():
    menu = "<nav><ul><li><a href='/'>Home</a></li><li><a href='/n'>News</a></li></ul></nav>"
    tree, blocks = parsed(menu + "".join(f"<p>{sentence}</p>" for sentence in LONG * 3))
    assert trafilatura_evidence.extract_evidence(tree.root, blocks) == (0.0, 0.0, *[1.0] * 12)


def test_a_page_that_breaks_trafilatura_has_no_evidence():
    tree, blocks = parsed("<p>Text.</p>")
    with mock.patch("trafilatura.bare_extraction", side_effect=MemoryError):
        assert trafilatura_evidence.extract_evidence(tree.root, blocks) == (0.0,)


REMARK = "I crossed the river there every morning for thirty years and never saw the wind so strong as that week."


@pytest.mark.parametrize(
    "comments",
    [
        f'<details class="comments"><p>{REMARK}</p></details>',
        f'<div class="comments"><p>{REMARK}</p></div><div class="comments"><p>{REMARK}</p></div>',
    ],
    ids=["folded", "two threads"],
)
def test_comments_are_no_evidence(comments):
    tree, blocks = parsed("".join(f"<p>{sentence}</p>" for sentence in LONG * 3) + comments)
    shares = trafilatura_evidence.extract_evidence(tree.root, blocks)
    assert shares == (*[1.0] * 12, *[0.0] * (len(blocks) - 12))


def test_an_enormous_page_is_not_read(monkeypatch):
    root = dom.parse_html(f"<table>{'<tr><td>Tea' * 20}</table>").root
    assert trafilatura_evidence.can_read(root)
    monkeypatch.setattr(trafilatura_evidence, "_MAX_ELEMENTS", 40)
    assert not trafilatura_evidence.can_read(root)


def test_units_are_searched_for_until_too_many_are_missing(monkeypatch):
    blocks = ["The ferry crosses the sound every morning.", "In summer it takes bicycles of visitors too."]
    units = [*(f"A line that is not on this page, number {number}." for number in range(5)), blocks[1]]
    assert trafilatura_evidence.align_extract(squeezed(blocks), squeezed(units)) == (0, 1)
    monkeypatch.setattr(trafilatura_evidence, "_MAX_MISSES", 3)
    assert trafilatura_evidence.align_extract(squeezed(blocks), squeezed(units)) == (0, 0)
