import json
import re
from base64 import b64encode
from hashlib import sha256
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import cleaner
from cleaner.analysis import report
from cleaner.analysis.report import html_report
from cleaner.errors import OutputError

HOSTILE = [
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "</p></article></details></main><style>*{display:none}</style>",
    "<!-- --><a href='javascript:alert(1)'>here</a>",
    "&lt;script&gt; &amp; &#x202e;",
    "{{ 7 * 7 }}{% raw %}",
    "\x1b[31mred\x07 \x00 nul",
    "\u202egnp.exe\u2066 \u200b\u200e",
    "\ud800",
    "\ue000\ufeff",
    "=HYPERLINK(1)",
]
UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff]")


class Seen(HTMLParser):
    """Parse a file as a browser would: its elements, their attributes, its text."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.attributes, self.words = [], [], []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attributes):
        self.tags.append(tag)
        self.attributes += attributes

    def handle_data(self, data):
        self.words.append(data)

    @property
    def text(self):
        return " ".join(" ".join(self.words).split())


def assert_harmless(html):
    assert not UNSEEN.search(html)
    seen = Seen(html)
    assert seen.tags.count("script") == seen.tags.count("style") == 1
    assert not {"img", "iframe", "object", "link", "form", "base"} & set(seen.tags)
    for name, value in seen.attributes:
        assert not name.startswith("on")
        assert name != "src"
        if name == "href":
            assert value.startswith(("#", "https://", "http://"))
    return seen


def hostile_run(run, rows, evil):
    article, dropped = rows
    words = evil.encode("utf-8", "replace").decode()
    document = article(1, id=words, path=words, title=words, text=f"{words}\n\n{words}", site=words, url=words)
    document |= {"authors": [words], "tags": [words], "section": words, "language": words, "flags": [words]}
    document |= {"description": words, "published": "2026-03-01"}
    removed = [dropped(document, 0, words, judge=words, rule=words, why=words)]
    return run("new", [document], removed, [{"path": words, "error": words, "message": words}])


@pytest.mark.parametrize("evil", HOSTILE)
def test_what_pages_carry_is_shown_as_text_in_a_report(run, rows, evil):
    folder = hostile_run(run, rows, evil)
    path = report.write_report(folder, folder)
    seen = assert_harmless(path.read_text(encoding="utf-8"))
    if evil.isprintable():
        assert seen.text.count(" ".join(evil.split())) > 12
    elif "\x1b" in evil:
        assert "\\x1b[31mred\\x07 \\x00 nul" in seen.text
    elif "\u202e" in evil:
        assert "\\u202egnp.exe\\u2066 \\u200b\\u200e" in seen.text


def test_code_keeps_its_lines_and_tabs():
    page = "<article><p>Tea is picked by hand in spring, before the first rains come.</p><pre>if tea:\n\tpick()</pre></article>"
    assert ">if tea:\n\tpick()</pre>" in report.explain_page(cleaner.clean(page))


@settings(deadline=None, max_examples=50)
@given(st.lists(st.sampled_from(HOSTILE) | st.text(max_size=30), min_size=1, max_size=8).map(" ".join))
def test_what_a_page_carries_is_shown_as_text_when_it_is_explained(evil):
    padding = "and so on, in a paragraph that is long enough to be taken for the text of an article."
    page = f"{evil}\n\n{evil} {padding}\n\nShare\n\n{padding} {evil}"
    try:
        article = cleaner.clean(page, f"https://tea.example/{evil}")
    except cleaner.PageError:
        return
    assert_harmless(report.explain_page(article))


def test_the_policy_lets_nothing_run_but_the_script_of_the_file():
    html = report.explain_page(cleaner.clean("Tea\n\nTea is picked by hand in spring, before the first rains come."))
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', html)[1]
    script = re.search(r"<script>(.*)</script>", html, re.DOTALL)[1]
    assert f"script-src 'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'" in policy
    assert policy.startswith("default-src 'none'; ")


def test_the_same_run_gives_the_same_bytes(run, rows):
    article, dropped = rows
    folder = run("new", [article(1), article(2)], [dropped(article(1), 0, "Share")])
    first = report.write_report(folder).read_bytes()
    assert report.write_report(folder).read_bytes() == first


def test_a_large_run_stays_small(run, rows, monkeypatch):
    article, dropped = rows
    monkeypatch.setattr(html_report, "MAX_SITES", 10)
    monkeypatch.setattr(html_report, "MAX_FAILURES", 10)
    monkeypatch.setattr(html_report, "MAX_LISTED", 150)
    monkeypatch.setattr(html_report, "MAX_BYTES", 50_000)
    long = "Tea is picked by hand in spring, before the first rains come. " * 100
    articles = [article(number, text=long, site=f"{number:03}.example") for number in range(200)]
    removed = [dropped(document, 0, "Share") for document in articles]
    failures = [{"path": f"bad-{number}", "error": "PageError", "message": f"empty {number}"} for number in range(30)]
    failures += [{"path": f"same-{number}", "error": "PageError", "message": "no text"} for number in range(90)]
    html = report.write_report(run("new", articles, removed, failures)).read_text(encoding="utf-8")
    words = Seen(html).text
    assert len(html) < 250_000
    assert 1 < html.count('<article class="page"') < 8
    assert "Listed are 150 of 200 documents" in words
    assert html.count("<tr data-f=") == 150
    assert "that did not fit into the file" in words
    assert "190 more sites" in words
    assert "21 more reasons are in failures.jsonl" in words
    assert "no text PageError 90 same-0 and 89 more" in words
    assert "70 more are in failures.jsonl" in words


def test_a_page_that_is_too_large_leaves_its_room_to_others(run, rows, monkeypatch):
    article, _ = rows
    monkeypatch.setattr(html_report, "MAX_BYTES_EACH", 20_000)
    articles = [article(1, text="Tea. " * 10_000, score=0.1), *(article(number) for number in range(2, 5))]
    html = report.write_report(run("new", articles)).read_text(encoding="utf-8")
    assert html.count('<article class="page"') == 3


def test_changes_against_an_older_run_are_shown(run, rows):
    article, dropped = rows
    old = [article(1), article(2), article(3)]
    new = [article(2, text="Another text."), article(3), article(4, site="coffee.example")]
    old_folder = run("old", old, [dropped(old[0], 0, "Share"), dropped(old[1], 0, "Share")])
    html = report.write_report(run("new", new, [dropped(new[0], 0, "Menu", label="navigation")]), old_folder).read_text(
        "utf-8"
    )
    words = Seen(html).text
    assert "Changed against old" in words
    assert "1 of 2 texts differ, by +13 −23 characters. Documents that are new: 1, gone: 1." in words
    assert "share 2 0 −2" in words
    assert "navigation 0 1 +1" in words
    assert "coffee.example" in words


def test_a_report_that_cannot_be_written_raises(run, rows):
    folder = run("new", [rows[0](1)])
    (folder / "report.html").mkdir()
    with pytest.raises(OutputError, match=r"report\.html"):
        report.write_report(folder)


def test_an_empty_run_has_a_report(run):
    assert_harmless(report.write_report(run("new", [])).read_text(encoding="utf-8"))


def test_everything_is_new_against_an_empty_run(run, rows):
    html = report.write_report(run("new", [rows[0](1)]), run("old", [])).read_text(encoding="utf-8")
    assert "0 of 0 texts differ. Documents that are new: 1, gone: 0." in Seen(html).text


def test_a_document_that_does_not_fit_is_listed_without_a_page(run, rows, monkeypatch):
    article, _ = rows
    monkeypatch.setattr(html_report, "MAX_BYTES_EACH", 20_000)
    html = report.write_report(run("new", [article(1, text="Tea. " * 10_000), article(2)])).read_text(encoding="utf-8")
    assert "Hill 1" in Seen(html).text
    assert 'href="#page-1"' not in html
    assert 'href="#page-2"' in html


def test_what_is_wrong_comes_before_what_is_not(run, rows):
    article, dropped = rows
    document = article(1, flags=["suspect_rule"], suspect_rules=["tea.example:body[0]"])
    failures = [{"path": "bad", "error": "PageError", "message": "empty"}]
    new = run("new", [document], [dropped(document, 0, "Share")], failures)
    html = report.write_report(new, run("old", [article(1, text="Another text.")])).read_text(encoding="utf-8")
    titles = re.findall(r'<h2 id="([a-z-]+)" tabindex', html)
    assert titles == ["changes", "failed", "suspect", "documents-title", "sites-title", "run"]


def test_sites_warn_of_rules_and_shares(run, rows):
    article, dropped = rows
    documents = [article(number, suspect_rules=["tea.example:body[0]"] * (number == 1)) for number in range(2)]
    short = article(2, site="milk.example", text="Milk.")
    removed = [dropped(short, 0, "Milk is warm. " * 99, rule="milk.example:drop[3]", judge="site_rules")]
    html = report.write_report(run("new", [*documents, short], removed)).read_text(encoding="utf-8")
    words = Seen(html).text
    assert "tea.example rule tea.example:body[0] not followed 1 of 2 List" in words
    assert "milk.example rule milk.example:drop[3] , kept 0%" in words
    assert re.search(r'<td class="warned"><span class="warning">rule <code>milk.example:drop\[3\]', html)


def test_flags_sites_and_bars_filter_documents(run, rows):
    article, dropped = rows
    marked = article(
        1, flags=["truncated"], site="milk.example", kept_share=0.97, published="2026-03-01", language="de"
    )
    html = report.write_report(
        run(
            "new",
            [marked, article(2)],
            [dropped(marked, 0, "Share"), dropped(article(2), 0, "Menu", label="navigation")],
        )
    ).read_text(encoding="utf-8")
    facets = dict(
        sorted(
            (chip, number)
            for number, chip in re.findall(r'class="facet[^"]*" data-facet="(\d+)" data-chip="([^"]*)"', html)
        )
    )
    passes = {title: filters.split() for filters, title in re.findall(r'<tr data-f="([\d ]*)">.*?>(Hill \d)<', html)}
    wanted = {"flag: truncated", "site: milk.example", "kept: 95–100 %", "published: 2026-03-01"}
    wanted |= {"left out: share", "language: de"}
    assert {
        chip for chip, number in facets.items() if number in passes["Hill 1"] and number not in passes["Hill 2"]
    } >= wanted
    assert facets["left out: navigation"] in passes["Hill 2"]


def test_a_changed_page_says_by_how_much_and_shows_what_is_gone(run, rows):
    article, dropped = rows
    old = article(1, text="Tea is grown.\n\nIt rains.\n\nThe sun is out.")
    new = article(1, text="Tea is grown.\n\nWind.")
    folder = run("new", [new], [dropped(new, 1, "It rains.")])
    html = report.write_report(folder, run("old", [old])).read_text(encoding="utf-8")
    page = html[html.index('<article class="page"') :]
    words = Seen(page).text
    assert "change +5 −24 characters" in words
    assert "Next change" in words
    assert "Changes only" in words
    assert "1 kept before , not on the page now The sun is out." in words
    assert "1 left out share 1 kept before It rains." in words


def test_headings_that_were_kept_are_headings(run, rows):
    document = rows[0](1, text="Tea is grown.\n\nHarvest\n\nLeaves are picked.", headings=["Harvest"])
    html = report.write_report(run("new", [document])).read_text(encoding="utf-8")
    assert '<h3 class="text">Harvest</h3>' in html
    assert '<p class="text">Tea is grown.</p>' in html


def test_skipped_files_are_counted(run, rows):
    folder = run("new", [rows[0](1)])
    skipped = [
        {"path": "a.png", "kind": "picture"},
        {"path": "b.png", "kind": "picture"},
        {"path": "c", "kind": "empty"},
    ]
    (folder / "skipped.jsonl").write_text("".join(json.dumps(row) + "\n" for row in skipped), encoding="utf-8")
    words = Seen(report.write_report(folder).read_text(encoding="utf-8")).text
    assert "3 files were skipped, as they are no pages: picture 2, empty 1." in words
