"""What dropped blocks are, named by words, places, headings and shape: each case is a page with its labels."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.classifier import labelling
from cleaner.labels import Group, Label
from cleaner.model import Block, Metadata, Role, Verdict
from cleaner.page import dom
from cleaner.page.blocks_html import segment_html
from cleaner.page.dom import PageMarkup

CASES = Path(__file__).parents[2] / "cases" / "labelling"
ROLES = {"li": Role.LIST_ITEM, "button": Role.CONTROL, "h1": Role.HEADING, "h3": Role.HEADING, "h4": Role.HEADING}


def cases(file):
    chunks = (CASES / file).read_text(encoding="utf-8").split("\n=== ")[1:]
    return [pytest.param(rest.strip().splitlines(), id=title) for title, rest in (c.split("\n", 1) for c in chunks)]


def block(index, label, text, path=""):
    said = re.fullmatch(r"\((\w+)\)", label)
    return Block(
        index=index,
        text=text.strip("⟨⟩"),
        path=path,
        role=ROLES.get(re.split(r"[#./]", path.rpartition("/")[2])[0], Role.PARAGRAPH),
        link_share=float(text.startswith("⟨")),
        verdict=Verdict(Label(said[1]), "rules", "as given") if said else None,
    )


def check(rows, said=None):
    """Name the dropped blocks of ``rows`` (label, text, path) and compare."""
    blocks = tuple(block(index, *row) for index, row in enumerate(rows))
    wanted = {at: label for at, (label, *_) in enumerate(rows) if label != "kept" and not label.startswith("(")}
    found = labelling.name_blocks(blocks, wanted.keys(), None, said or Metadata())
    assert [(found[at].label.value, blocks[at].text) for at in wanted] == [
        (wanted[at], blocks[at].text) for at in wanted
    ]


@pytest.mark.parametrize("rows", cases("dumps.txt"))
def test_lines_of_a_dump(rows):
    check([row.split(maxsplit=1) for row in rows], Metadata(authors=("Ann Lee",)))


@pytest.mark.parametrize("rows", cases("html.txt"))
def test_blocks_of_an_html_page(rows):
    split = (row.split(maxsplit=2) for row in rows)
    check([(label, text, path) for label, path, text in split])


PAGE = """<body><main><p>{0}</p><p>{0}</p></main><div role="navigation"><p>Quays of the northern shore</p></div>
<div aria-label="Comments"><p>Quays are fine</p></div></body>""".format("The bridge was opened again on Monday. " * 3)


def test_roles_and_labels_of_elements_speak_where_their_names_do_not():
    tree = dom.parse_html(PAGE)
    blocks, boxes = segment_html(tree.root)
    named = labelling.name_blocks(blocks, [2, 3], PageMarkup(tree, boxes), Metadata())
    assert [named[2].label, named[3].label] == [Label.NAVIGATION, Label.COMMENTS]
    assert named[3].why == "the name of an element around it"


def test_nothing_dropped_nothing_named():
    assert labelling.name_blocks((Block(index=0, text="Share"),), (), None, Metadata()) == {}


def test_a_page_of_which_nothing_is_kept_is_named_all_the_same():
    blocks = (Block(index=0, text="Cookie notice"), Block(index=1, text="|"), Block(index=2, text="© 2024 Post"))
    named = labelling.name_blocks(blocks, (0, 1, 2), None, Metadata())
    assert [named[index].label for index in range(3)] == [Label.CONSENT, Label.CONSENT, Label.LEGAL]


TEXTS = st.one_of(
    st.sampled_from(["Share", "|", "Related", "Comments", "By Ann Lee", "1:2", "#", "@", "a\nb\nc\nd", " ", "said:"]),
    st.text(max_size=60),
)
LABELS = st.one_of(st.none(), st.sampled_from(Label))


@given(
    st.lists(st.tuples(TEXTS, LABELS, st.booleans(), st.sampled_from(["", "body/nav/p", "body/div.ad"])), max_size=12)
)
def test_every_dropped_block_gets_a_label_and_never_one_of_the_body(rows):
    blocks = tuple(
        Block(index=at, text=text, path=path, verdict=Verdict(label, "rules", "given") if label else None)
        for at, (text, label, _, path) in enumerate(rows)
    )
    dropped = [at for at, (_, label, drop, _) in enumerate(rows) if drop and label is None]
    found = labelling.name_blocks(blocks, dropped, None, Metadata())
    assert sorted(found) == dropped
    about = {label for label in Label if label.group is not Group.BODY} | {Label.DESCRIPTION}
    assert {named.label for named in found.values()} <= about
    assert found == labelling.name_blocks(blocks, frozenset(dropped), None, Metadata())
