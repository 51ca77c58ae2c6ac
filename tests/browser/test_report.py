import re
from pathlib import Path

import pytest

import cleaner
from cleaner.analysis import report

expect = pytest.importorskip(
    "playwright.sync_api", reason="playwright is not installed: pip install -e '.[dev]'"
).expect

pytestmark = pytest.mark.slow
HOSTILE = (Path(__file__).parent / "pages" / "hostile.html").read_text(encoding="utf-8")
ADDRESS = "https://tea.example/hills"


@pytest.fixture(scope="module")
def written(cleaned):
    return report.write_report(cleaned)


def rows(page, table):
    return [text.strip() for text in page.locator(f"#{table} tbody tr:visible").all_inner_texts()]


def column(page, table, number):
    return page.locator(f"#{table} tbody tr:visible > :nth-child({number})").all_inner_texts()


def test_tables_sort_by_their_headings(show, written):
    page = show(written)
    heading = page.locator("#documents th", has_text="Kept")
    heading.locator("button").click()
    assert heading.get_attribute("aria-sort") == "descending"
    shares = [int(text.rstrip("%")) for text in column(page, "documents", 3)]
    assert shares == sorted(shares, reverse=True)
    heading.locator("button").press("Enter")
    assert heading.get_attribute("aria-sort") == "ascending"
    assert column(page, "documents", 3) == [f"{share}%" for share in sorted(shares)]
    page.locator("#sites th button", has_text="Site").click()
    assert column(page, "sites", 1) == sorted(column(page, "sites", 1))


def test_tables_filter_as_one_types(show, written):
    page = show(written)
    assert len(rows(page, "documents")) == 7
    page.get_by_label("Filter documents").fill("INDIABLOOMS")
    assert len(rows(page, "documents")) == 2
    assert page.locator("#look ~ .tools output").inner_text() == "2 of 7"
    page.get_by_label("Filter documents").fill("")
    assert len(rows(page, "documents")) == 7


def test_a_document_opens_and_a_dropped_line_is_found_with_its_reason(show, written):
    page = show(written)
    page.get_by_role("link", name="Vladimir Putin Promises").click()
    view = page.locator(".page:target")
    expect(view.locator("h2")).to_be_focused()
    expect(page.locator(".overview")).to_be_hidden()
    assert "Vladimir Putin Promises" in page.title()
    line = view.locator(".out li", has_text="Also read: Sensex")
    expect(line).to_be_hidden()
    page.keyboard.press("/")
    page.keyboard.type("sensex elevates")
    page.keyboard.press("Enter")
    expect(view.locator("output")).to_have_text("1 of 1")
    expect(line).to_be_visible()
    assert line.locator(".tag").inner_text() == "related"
    reason = line.locator(".why").inner_text()
    assert reason.startswith("common_rules · everywhere:drop[")
    assert "inline pointer to another story" in reason
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    expect(page.locator(".overview")).to_be_visible()
    expect(page.get_by_role("link", name="Vladimir Putin Promises")).to_be_focused()


def test_one_walks_from_document_to_document(show, written):
    page = show(written)
    links = page.locator("#documents tbody a").all_inner_texts()
    page.locator("#documents tbody a").first.click()
    page.get_by_role("button", name="Next").click()
    assert page.locator(".page:target h2").inner_text() == links[1]
    page.get_by_role("button", name="Previous").click()
    assert page.locator(".page:target h2").inner_text() == links[0]
    page.go_back()
    page.go_back()
    page.go_back()
    expect(page.locator(".overview")).to_be_visible()


def test_labels_are_switched_off_and_on(show, written):
    page = show(written)
    page.get_by_role("link", name="Vladimir Putin Promises").click()
    view = page.locator(".page:target")
    view.get_by_role("button", name="Unfold all").click()
    related = view.locator("li.l-related")
    count = related.count()
    expect(related.first).to_be_visible()
    switch = view.locator(".switch", has_text="related")
    assert switch.inner_text() == f"related {count}"
    switch.click()
    assert switch.get_attribute("aria-pressed") == "false"
    assert not any(line.is_visible() for line in related.all())
    expect(view.locator("li.l-byline")).to_be_visible()
    switch.click()
    expect(related.first).to_be_visible()


def test_what_pages_carry_stays_text(show, written):
    page = show(written)
    page.get_by_role("link", name='alert("title")').click()
    view = page.locator(".page:target")
    assert view.locator("h2").inner_text() == 'A <script>alert("title")</script> headline'
    view.get_by_role("button", name="Unfold all").click()
    text = view.inner_text()
    for shown in ("<img src=x onerror=alert(1)>", "</p></article></details></main><style>", "{{ 7 * 7 }}", "\\ue000"):
        assert shown in text
    assert page.locator("script").count() == 1
    assert page.locator(".blocks a, .blocks img, .blocks svg, .blocks style").count() == 0
    assert page.locator('a[href^="javascript"]').count() == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_nothing_is_wider_than_the_window(show, written, scheme, width):
    page = show(written, color_scheme=scheme, viewport={"width": width, "height": 800})
    wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(wide) == 0
    page.locator("#documents tbody a").first.click()
    page.locator(".page:target .unfold").click()
    assert page.evaluate(wide) == 0
    style = "(({color, backgroundColor}) => [color, backgroundColor])(getComputedStyle(document.documentElement))"
    light = [sum(map(int, re.findall(r"\d+", colour))) for colour in page.evaluate(style)]
    assert (light[0] > light[1]) == (scheme == "dark")


def test_pages_can_be_read_without_script(show, written):
    page = show(written, java_script_enabled=False)
    page.locator("#documents tbody a").first.click()
    expect(page.locator(".page:target")).to_be_visible()
    expect(page.locator(".page:target input")).to_be_hidden()
    expect(page.locator(".overview")).to_be_hidden()


@pytest.fixture
def explained(tmp_path):
    path = tmp_path / "page.html"
    path.write_text(report.explain_page(cleaner.clean(HOSTILE, ADDRESS)), encoding="utf-8")
    return path


def test_a_copied_entry_is_a_rule_that_does_it(show, explained, tmp_path):
    page = show(explained)
    page.get_by_role("button", name="Unfold all").click()
    blocks = cleaner.clean(HOSTILE, ADDRESS).blocks
    lines = page.locator(".kept, .out li").all()
    for line, block in zip(lines, blocks, strict=True):
        line.hover()
        line.locator(".copy").click()
        line.get_by_role("button", name="copied").wait_for()
        entry = page.evaluate("navigator.clipboard.readText()")
        (tmp_path / "tea.example.toml").write_text(f'hosts = ["tea.example"]\n\n{entry}', encoding="utf-8")
        again = cleaner.Cleaner(rules=[tmp_path]).clean(HOSTILE, ADDRESS).blocks[block.index]
        assert again.text == block.text
        assert again.kept is not block.kept, entry


def test_the_reasons_for_what_was_kept_can_be_shown(show, explained):
    page = show(explained)
    reason = page.locator(".kept .why").first
    expect(reason).to_be_hidden()
    page.get_by_role("button", name="Why kept").click()
    assert reason.inner_text().startswith("classifier · ")


def test_every_hit_is_marked(show, explained):
    page = show(explained)
    page.get_by_label("Find on this page").fill("alert")
    hits = int(page.locator("output").inner_text())
    assert hits >= 3
    assert page.evaluate("CSS.highlights.get('found').size") == hits
    page.get_by_label("Find on this page").press("Enter")
    assert page.locator("output").inner_text() == f"1 of {hits}"
    page.get_by_label("Find on this page").press("Shift+Enter")
    assert page.locator("output").inner_text() == f"{hits} of {hits}"
