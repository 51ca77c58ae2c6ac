from types import SimpleNamespace

import pytest

import cleaner
from bench import bodies
from bench.corpora import Sample, Shape
from bench.unruled import make_unruled
from cleaner.labels import Label
from cleaner.model import Block, Verdict
from cleaner.page import dom


def page(number, url):
    return Sample(id=str(number), source="one", shape=Shape.HTML, content="<p>x", url=url)


def test_the_hosts_with_most_pages_come_first_and_pages_without_address_are_left_out():
    urls = [None, "https://b.test/1", "https://www.c.test/1", "https://c.test/2", "https://a.test/1"]
    found = bodies.group_frequent_hosts([page(at, url) for at, url in enumerate(urls)], 2)
    assert {host: [sample.id for sample in samples] for host, samples in found.items()} == {
        "c.test": ["2", "3"],
        "a.test": ["4"],
    }


@pytest.mark.parametrize(
    ("texts", "path"),
    [
        ([("body/main/p", 50), ("body/main/div/p", 50)], "body/main"),
        ([("body/main/p", 95), ("body/aside/p", 5)], "body/main"),
        ([("body/main/p", 80), ("body/aside/p", 20)], "body"),
        ([("body", 10)], None),
        ([], None),
    ],
)
def test_the_innermost_element_around_nearly_all_that_is_kept(texts, path):
    assert bodies.find_common_path(texts) == path


@pytest.mark.parametrize(
    ("path", "markup"),
    [
        ("html/body/div#main", '<div id="main">'),
        ("html/body/div#main/section/div", '<div id="main"><section><div>'),
        ("html/body/div#9.w-1", '<div id="9" class="w-1">'),
        ("html/body/div.md:w", '<div class="md:w">'),
        ("html/body/article", "<article>"),
    ],
)
def test_a_selector_finds_the_element_at_its_path(path, markup):
    story = dom.parse_html(f"<body><p>Menu</p>{markup}<p id=story>Story</p>")
    [found] = story.select([bodies.make_selector(path)])
    assert found == story.select(["#story"])[0].getparent()


def test_the_page_as_a_whole_is_no_body():
    assert bodies.make_selector("html/body") is None


def test_rules_are_written_that_keep_what_the_page_keeps(tmp_path, monkeypatch):
    def kept(path):
        return Block(index=0, text="Story", path=path, verdict=Verdict(Label.PARAGRAPH, "classifier", "given"))

    paths = {"1": "html/body/div.post/p", "2": "html/body/p", "3": "html/body/div.story/p"}
    made = SimpleNamespace(clean=lambda _, url: SimpleNamespace(blocks=[kept(paths[url[-1]])]))
    monkeypatch.setattr(bodies, "make_unruled", lambda: made)
    samples = [page(number, f"https://a.test/{number}") for number in paths]
    assert bodies.write_rules({"a.test": samples}, tmp_path) == [samples[0], samples[2]]
    ruled = cleaner.Cleaner(rules=[tmp_path], builtin_rules=False)
    words = "The council voted on Monday to open the old bridge again."
    article = ruled.clean(f"<body><div class=post><p>{words}</div><p>Elsewhere", "https://a.test/4")
    assert article.text == words


def test_the_system_measured_knows_no_site():
    page = "<body><article><p>The council voted on Monday to open the old bridge again.</article>"
    known = cleaner.Cleaner()._book
    assert known.lookup("https://thehindu.com/a", None).name
    assert not make_unruled()._book.lookup("https://thehindu.com/a", None).name
    assert make_unruled()._book.common == known.common
    assert make_unruled().clean(page).text
