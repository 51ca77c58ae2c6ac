"""Links that are all there is in an element are one block, unless a rule matches a part of them; in the text they are not."""

import re
from pathlib import Path

import pytest

import cleaner
from cleaner.labels import Label
from cleaner.model import Verdict, fill_verdicts
from cleaner.page import dom
from cleaner.page.blocks_html import segment_html
from cleaner.page.boxes import PageMarkup
from cleaner.page.link_runs import join_links, split_into_items, split_kept_links

FILE = Path(__file__).parents[2] / "cases" / "segment" / "link_runs.txt"
CASES = [
    (name, *rest.partition("\n...\n")[::2])
    for name, _, rest in (chunk.partition("\n") for chunk in FILE.read_text(encoding="utf-8").split("\n=== ")[1:])
]
ITEMS = ["News", "Sport", "Weather", "Travel"]
PROSE = "<p>{} told the council on Monday that the old pier would not stand another winter, and asked for money.</p>"
PAGE = """<html><head><title>Old pier in danger</title></head><body>
<nav class="menu"><ul>{}</ul></nav><h1>Old pier in danger</h1>{}</body></html>""".format(
    "".join(f'<li class="at-{item.lower()}"><a href="/{item}">{item}</a></li>' for item in ITEMS),
    "".join(map(PROSE.format, ("The harbour master", "A fisherman", "The engineer", "A teacher", "The mayor"))),
)


def write_links(markup):
    return re.sub(
        r"\[([^]]+)\]", lambda found: " ".join(f'<a href="/{word}">{word}</a>' for word in found[1].split()), markup
    )


def read(markup):
    tree = dom.parse_html(f"<html><body>{write_links(markup)}</body></html>")
    found = segment_html(tree.root)
    return found.blocks, PageMarkup(tree, found.boxes, found.pictures)


@pytest.mark.parametrize(("markup", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_runs(markup, expected):
    blocks, joined, _, _ = join_links(*read(markup), {})
    assert (
        "\n".join(f"{block.role.value}: {block.text.replace(chr(10), ' / ')}" for block in blocks) == expected.strip()
    )
    assert [block.index for block in blocks] == list(range(len(blocks)))
    assert len(joined.boxes) == len(blocks)


@pytest.mark.parametrize("case", CASES, ids=[case[0] for case in CASES])
def test_nothing_is_lost(case):
    blocks, markup = read(case[1])
    joined = join_links(blocks, markup, {})[0]
    assert [block.text for block in split_into_items(joined)] == [block.text for block in blocks]
    assert [block.index for block in split_into_items(joined)] == [block.index for block in blocks]


def test_a_kept_run_is_as_it_was():
    menu = "<ul><li>[A]</li><li>[B]</li><li><img src='/c.png'>[C]</li><li>[D]</li></ul>"
    blocks, markup = read(f"<nav>{menu}</nav><p>The pier reopened.</p><footer>{menu}</footer>")
    joined, joined_markup, _, unjoined = join_links(blocks, markup, {})
    assert [picture.after for picture in joined_markup.pictures] == [0, 2]
    kept, gone = Verdict(Label.LIST_ITEM, "judge", "because"), Verdict(Label.NAVIGATION, "judge", "because")
    judged = fill_verdicts(joined, {0: gone, 1: gone, 2: kept})
    split, split_markup = split_kept_links(judged, joined_markup, unjoined)
    assert [block.text for block in split] == ["A\nB\nC\nD", "The pier reopened.", "A", "B", "C", "D"]
    assert [block.verdict for block in split] == [gone, gone, *[kept] * 4]
    assert split_markup.boxes[2:] == markup.boxes[5:]
    assert [picture.after for picture in split_markup.pictures] == [0, 3]
    assert split_kept_links(fill_verdicts(joined, dict.fromkeys(range(3), gone)), joined_markup, unjoined) == (
        fill_verdicts(joined, dict.fromkeys(range(3), gone)),
        joined_markup,
    )


def clean(folder, rule):
    (folder / "pier.example.toml").write_text(f'hosts = ["pier.example"]\n{rule}', encoding="utf-8")
    return cleaner.Cleaner([folder], builtin_rules=False).clean(PAGE, url="https://pier.example/1")


def test_a_menu_has_one_verdict_and_one_row():
    article = cleaner.clean(PAGE)
    (menu,) = [block for block in article.removed if "News" in block.text]
    assert (menu.text, menu.items, menu.link_share) == ("\n".join(ITEMS), 4, 1.0)
    assert menu.path.endswith("nav.menu")


@pytest.mark.parametrize("matcher", ['line = "Sport"', 'selector = ".at-sport"', 'starts = "Spo"', 'xpath = "//li[2]"'])
def test_an_entry_matches_one_link(tmp_path, matcher):
    article = clean(tmp_path, f'[[drop]]\nlabel = "promo"\nwhy = "for the test"\n{matcher}\n')
    found = {block.text: block.verdict for block in article.blocks}
    assert set(ITEMS) < set(found)
    assert [text for text, verdict in found.items() if verdict.judge == "site_rules"] == ["Sport"]


@pytest.mark.parametrize("matcher", ['selector = ".menu"', 'selector = ".menu li"', f"line = {ITEMS}"])
def test_an_entry_matches_all_links(tmp_path, matcher):
    article = clean(tmp_path, f'[[drop]]\nlabel = "promo"\nwhy = "for the test"\n{matcher}\n')
    (menu,) = [block for block in article.blocks if "News" in block.text]
    assert (menu.text, menu.verdict.label, menu.verdict.judge) == ("\n".join(ITEMS), Label.PROMO, "site_rules")


def test_an_entry_counts_links(tmp_path):
    article = clean(tmp_path, '[[drop]]\nlabel = "promo"\nwhy = "for the test"\nline = "News"\nthrough = 2\n')
    assert [block.text for block in article.blocks if block.verdict.judge == "site_rules"] == ITEMS[:3]


def test_an_entry_keeps_a_menu(tmp_path):
    article = clean(tmp_path, '[[keep]]\nwhy = "for the test"\nselector = ".menu"\n')
    assert article.text.startswith("\n".join(ITEMS))
    assert article.markdown.startswith("- [News](https://pier.example/News)\n- [Sport](https://pier.example/Sport)\n")


def test_a_body_holds_a_menu_by_its_items(tmp_path):
    article = clean(tmp_path, '[body]\nselectors = [".menu li, h1, p"]\ntrust = "always"\nwhy = "for the test"\n')
    assert article.text.startswith("\n".join(ITEMS))
