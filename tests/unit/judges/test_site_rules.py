"""A site's own rules say what its blocks are, in dumps and in HTML."""

from pathlib import Path

import pytest

import cleaner
from cleaner.judges import site_rules
from cleaner.model import Block, Role
from cleaner.page import blocks_dump, dom
from cleaner.page.blocks_html import segment_html
from cleaner.page.boxes import PageMarkup
from cleaner.rulebook import Rulebook

SEEDS = Path(__file__).parents[3] / "seeds"


def rules_of(tmp_path, entries, **networks):
    (tmp_path / "networks").mkdir()
    (tmp_path / "a.com.toml").write_text('hosts = ["a.com"]\n' + entries, encoding="utf-8")
    for name, text in networks.items():
        (tmp_path / "networks" / f"{name}.toml").write_text(text, encoding="utf-8")
    return Rulebook.load([tmp_path], builtin=False).lookup("http://a.com", None)


def lines(*texts):
    return tuple(Block(index=index, text=text) for index, text in enumerate(texts))


def judge(blocks, rules, markup):
    return site_rules.judge_by_site_rules(blocks, rules, site_rules.match_site_rules(blocks, markup, rules))


def drop(matcher, label="related"):
    return f'[[drop]]\nlabel = "{label}"\nwhy = "test"\n{matcher}\n'


@pytest.mark.parametrize(
    ("matcher", "texts", "hit"),
    [
        ('line = "Also read"', ["ALSO READ:", "Also read this", "also  read »"], [0, 2]),
        ('line = ["One", "Two"]', ["two", "three", "one"], [0, 2]),
        ('line = "a"\nthrough = 1', ["x", "a", "y", "z", "a"], [1, 2, 4]),
        ('line = "a"\nthrough = 0', ["a", "y"], [0]),
        ('starts = "Photo  by "', ["Photo by me", "photo by me", "A Photo by me"], [0]),
        ('starts = "a b"', ["a\n b c"], [0]),
        ('ends = "button"', ["share button", "share button.", "Button"], [0]),
        ('contains = "b c"', ["a b\nc d", "a B c d"], [0]),
        ('regex = "\\\\d+ min"', ["5 min", "5 min read", "in 5 min"], [0]),
        ('regex = ".*end"', ["first\nend", "endless"], [0]),
        ('from = "A"\nto = "B"', ["A one", "x", "B two", "y"], [0, 1, 2]),
        ('from = "a"\nto = "end"', ["x", "A!", "y", "z"], [1, 2, 3]),
        ('from = "A"\nto = "B"', ["A", "x", "y"], []),
        ('from = "A"\nto = "B"', ["A", "B", "x", "A", "y", "B", "A", "z"], [0, 1, 3, 4, 5]),
        ('from = "A"\nto = "A"', ["A", "x", "A", "y"], [0, 1, 2]),
        ('from = "Z"\nto = "end"', ["x", "y"], []),
        ('selector = "p"', ["x"], []),
    ],
)
def test_matchers_on_a_dump(tmp_path, matcher, texts, hit):
    verdicts = judge(lines(*texts), rules_of(tmp_path, drop(matcher)), None)
    assert sorted(verdicts) == hit


def test_verdict_names_label_judge_rule_and_reason(tmp_path):
    rules = rules_of(tmp_path, drop('line = "x"') + '[[drop]]\nlabel = "caption"\nwhy = "photo"\nline = "y"')
    verdict = judge(lines("y"), rules, None)[0]
    assert (verdict.label, verdict.judge, verdict.rule, verdict.why) == (
        "caption",
        "site_rules",
        "a.com:drop[1]",
        "photo",
    )
    assert not verdict.keep


def test_first_entry_has_a_block_that_two_entries_name(tmp_path):
    rules = rules_of(tmp_path, drop('line = "x"', "share") + drop('starts = "x"', "legal"))
    assert {i: v.label for i, v in judge(lines("x", "x y"), rules, None).items()} == {
        0: "share",
        1: "legal",
    }


def test_keep_wins_over_the_drops_of_its_file_and_bears_the_blocks_own_label(tmp_path):
    rules = rules_of(tmp_path, drop('from = "a"\nto = "end"') + '[[keep]]\nstarts = "Correction:"\nwhy = "record"')
    blocks = (Block(index=0, text="a"), Block(index=1, text="Correction: b", role=Role.QUOTE), Block(index=2, text="c"))
    verdicts = judge(blocks, rules, None)
    assert {index: verdict.label for index, verdict in verdicts.items()} == {0: "related", 1: "quote", 2: "related"}
    assert (verdicts[1].keep, verdicts[1].rule) == (True, "a.com:keep[0]")


def test_site_wins_over_its_network_even_where_the_network_keeps(tmp_path):
    network = '[[keep]]\nline = "x"\nwhy = "y"\n[[keep]]\nline = "z"\nwhy = "y"\n' + drop('line = "z"')
    rules = rules_of(tmp_path, 'extends = ["networks/n"]\n' + drop('line = "x"', "legal"), n=network)
    verdicts = judge(lines("x", "z"), rules, None)
    assert [verdicts[0].label, verdicts[1].rule] == ["legal", "networks/n:keep[1]"]


HTML = """<body><h1>Headline</h1><div class="box"><p>One<br><br>Two</p><ul><li>Three</li></ul></div>
<p class="box">Four</p><article></article><main><p>Five</p></main></body>"""


def page(rules):
    tree = dom.parse_html(HTML)
    blocks, boxes, _ = segment_html(tree.root)
    assert [block.text for block in blocks] == ["Headline", "One", "Two", "Three", "Four", "Five"]
    return blocks, rules, PageMarkup(tree, boxes)


def test_selector_hits_the_element_and_all_inside_it(tmp_path):
    blocks, rules, markup = page(rules_of(tmp_path, drop('selector = ".box"') + drop('line = "Five"', "legal")))
    labels = {index: verdict.label for index, verdict in judge(blocks, rules, markup).items()}
    assert labels == {1: "related", 2: "related", 3: "related", 4: "related", 5: "legal"}


def test_through_reaches_below_what_a_selector_hits(tmp_path):
    blocks, rules, markup = page(rules_of(tmp_path, drop('selector = "li"\nthrough = 1')))
    assert sorted(judge(blocks, rules, markup)) == [3, 4]


@pytest.mark.parametrize(
    ("selectors", "inside"),
    [
        ('["main"]', {5}),
        ('["aside", "article", ".box", "main"]', {1, 2, 3, 4}),
        ('["aside"]', None),
    ],
)
def test_body_is_the_first_selector_that_holds_a_block(tmp_path, selectors, inside):
    blocks, rules, markup = page(rules_of(tmp_path, f"[body]\nselectors = {selectors}"))
    assert site_rules.find_body_blocks(blocks, rules, markup) == inside
    assert site_rules.find_body_blocks(blocks, rules, None) is None


@pytest.mark.parametrize("entry", ['line = "Home"', 'line = "1. Home"', 'starts = "Home"', 'regex = "Home|Away"'])
def test_item_of_a_list_matches_with_its_number_and_without(tmp_path, entry):
    (tmp_path / "a.example.toml").write_text(
        f'hosts = ["a.example"]\n[[drop]]\nlabel = "navigation"\n{entry}\nwhy = "menu"\n', encoding="utf-8"
    )
    rules = Rulebook.load([tmp_path], builtin=False).lookup("https://a.example/", None)
    for text in ("1. Home\nThe river rose.", "  1. Home\nThe river rose."):
        assert list(judge(blocks_dump.segment_dump(text), rules, None)) == [0]


def test_page_of_an_unknown_site_is_left_to_other_judges():
    assert judge(lines("a"), Rulebook.load([], builtin=False).lookup(None, None), None) == {}


# What each seed's own rules have to say, block by block; a dash where they are silent.
EXPECTED = {
    "000": "-*6 ticker -*11 donation*4",
    "001": "navigation*9 paywall*2 -*8 related*2 -*7 tags*2 - paywall*7 - comments*2",
    "002": "-*6 ticker -*15 donation*4",
    "003": "-*9 related*19",
}


@pytest.mark.parametrize("seed", EXPECTED)
def test_seeds_get_their_labels_from_their_sites_rules(seed):
    text = next(SEEDS.glob(f"{seed}_*")).read_text(encoding="utf-8")
    blocks = blocks_dump.segment_dump(text)
    verdicts = judge(blocks, Rulebook.load().lookup(None, text), None)
    said = [verdicts[index].label.value if index in verdicts else "-" for index in range(len(blocks))]
    expected = [word.split("*") for word in EXPECTED[seed].split()]
    assert said == [label for label, *count in expected for _ in range(int(count[0]) if count else 1)]


ROWS = [
    f"The river rose by another hand on the {number}th day of the rain, the council said, and the road to the mill stayed closed."
    for number in range(20)
]


@pytest.mark.parametrize(
    ("regex", "flagged"),
    [("The river rose by .*", True), ("The river rose by another hand on the 1th day .*", False)],
)
def test_trusted_rule_that_drops_the_whole_body_is_flagged(tmp_path, regex, flagged):
    rule = f"[[drop]]\nlabel = 'promo'\nregex = '{regex}'\nwhy = 'test'\ntrust = 'always'\n"
    (tmp_path / "a.com.toml").write_text(f"hosts = ['a.com']\n{rule}", encoding="utf-8")
    article = cleaner.Cleaner([tmp_path]).clean("\n\n".join(ROWS), "https://a.com/x")
    assert ("low_confidence" in article.flags) is flagged
