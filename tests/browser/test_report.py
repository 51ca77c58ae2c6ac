import json
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


LONG = "a-name-that-nobody-would-register-" * 6 + "/" + "folder/" * 40


@pytest.fixture(scope="module")
def compared(tmp_path_factory):
    """A report of 120 documents against an older run, with failures, suspects and very long names."""

    def article(number, **given):
        row = {"id": f"page-{number}", "text": f"Tea is grown on hill {number}.", "kept_share": 0.5, "score": 0.9}
        row |= {"title": f"Hill {number}", "site": f"{'milk' if number % 40 == 9 else 'tea'}.example", "language": "en"}
        row |= {"flags": ["truncated"] * (number % 4 == 0)} | {"kept_share": 0.97 if number % 8 < 4 else 0.3}
        return row | given

    def dropped(document, at, text, label="newsletter", **given):
        row = {"id": document["id"], "index": 0, "at": at, "label": label, "judge": "classifier", "text": text}
        return row | {"why": "scored as boilerplate"} | given

    intro = "Tea is grown here.\n\n"
    old_text = f"{intro}Harvest\n\nA line that was kept until the change.\n\nIt was on the page."
    new_text = f"{intro}A paragraph that is new, as the test says.\n\nHarvest"
    articles = [article(number) for number in range(120)]
    articles[0] |= {"title": "Changed much", "text": new_text, "headings": ["Harvest"], "site": "tea.example"}
    articles[1]["text"] += "\nIt is warm."
    for number in (9, 49):
        articles[number] |= {"suspect_rules": ["milk.example:body[0]"], "flags": ["suspect_rule"]}
    articles[2] |= {"site": "coffee.example", "text": "Short."}
    articles[3] |= {"id": LONG, "title": LONG, "url": f"https://{LONG}", "site": LONG, "tags": [LONG], "flags": [LONG]}
    removed = [
        dropped(articles[0], len(intro), "Menu", "navigation"),
        dropped(articles[0], len(intro), "A menu of all the hills", "navigation"),
        dropped(articles[0], len(new_text), "Subscribe to the letter of the tea hills, every week."),
        dropped(articles[2], 6, "Coffee is hot. " * 90, "share", rule="coffee.example:drop[2]", judge="site_rules"),
        dropped(articles[3], 0, LONG, rule=LONG),
        dropped(articles[0], len(new_text), "A line that was kept until the change."),
    ]
    removed.sort(key=lambda row: [one["id"] for one in articles].index(row["id"]))
    failures = [{"path": LONG, "error": "PageError", "message": LONG}] * 5
    older = [*articles]
    older[0] = articles[0] | {"text": old_text}
    older[1] = articles[1] | {"text": "Tea is grown on hill 1."}
    folder = tmp_path_factory.mktemp("compared")
    for name, tables in {
        "new": {"articles": articles, "removed": removed, "failures": failures},
        "old": {"articles": older, "removed": [], "failures": []},
    }.items():
        (folder / name).mkdir()
        (folder / name / "run.json").write_text("{}", encoding="utf-8")
        for table, lines in tables.items():
            text = "".join(json.dumps(line) + "\n" for line in lines)
            (folder / name / f"{table}.jsonl").write_text(text, encoding="utf-8")
    return report.write_report(folder / "new", folder / "old")


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
    page.locator("#sites .sort", has_text="Site").click()
    assert column(page, "sites", 1) == sorted(column(page, "sites", 1))


def test_tables_filter_as_one_types(show, written):
    page = show(written)
    assert len(rows(page, "documents")) == 7
    page.get_by_label("Filter documents").fill("INDIABLOOMS")
    assert len(rows(page, "documents")) == 2
    assert page.locator("#list .hits").inner_text() == "2 of 7"
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


WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
COLOURS = """() => {
  const context = Object.assign(document.createElement("canvas"), {width: 1, height: 1}).getContext("2d", {willReadFrequently: true});
  const light = (name) => {
    context.fillStyle = getComputedStyle(document.documentElement).getPropertyValue(name);
    context.fillRect(0, 0, 1, 1);
    const [r, g, b] = [...context.getImageData(0, 0, 1, 1).data].map((part) => part / 255)
      .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  return Object.fromEntries(["--paper", "--raised", "--chosen", "--ink", "--quiet", "--accent", "--good", "--bad"].map((name) => [name, light(name)]));
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 390, 768, 1280, 2560])
def test_nothing_is_wider_than_the_window(show, compared, scheme, width):
    page = show(compared, color_scheme=scheme, viewport={"width": width, "height": 800})
    assert page.evaluate(WIDE) == 0
    for fold in page.locator(".fold > summary").all():
        fold.click()
    page.locator("#warnings .alone").first.click()
    assert page.evaluate(WIDE) == 0
    page.get_by_role("button", name="Clear").click()
    for link in page.locator("#documents tbody a").evaluate_all("links => links.slice(0, 3).map(link => link.hash)"):
        page.goto(compared.as_uri() + link)
        page.locator(".page:target .unfold").click()
        assert page.evaluate(WIDE) == 0
    style = "(({color, backgroundColor}) => [color, backgroundColor])(getComputedStyle(document.documentElement))"
    light = [sum(map(int, re.findall(r"\d+", colour))) for colour in page.evaluate(style)]
    assert (light[0] > light[1]) == (scheme == "dark")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_has_enough_contrast(show, written, scheme):
    colours = show(written, color_scheme=scheme).evaluate(COLOURS)
    grounds = {"--ink": ("--paper", "--raised", "--chosen"), "--quiet": ("--paper", "--raised", "--chosen")}
    grounds |= dict.fromkeys(("--accent", "--good", "--bad"), ("--paper",))
    for name, behind in grounds.items():
        for ground in behind:
            low, high = sorted((colours[name], colours[ground]))
            assert (high + 0.05) / (low + 0.05) >= 4.5, (name, ground)


def test_flags_and_bars_filter_documents(show, compared):
    page = show(compared)
    assert page.locator("#list .hits").inner_text() == ""
    flag = page.locator("#list .facet", has_text="truncated")
    flag.click()
    assert flag.get_attribute("aria-pressed") == "true"
    assert page.locator("#list .hits").inner_text() == "30 of 120"
    bar = page.locator(".columns .facet", has_text="95–100 %")
    bar.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#documents-title")).to_be_focused()
    assert page.locator("#list .hits").inner_text() == "15 of 120"
    assert page.locator("#status").inner_text() == "15 documents listed"
    assert set(column(page, "documents", 3)) == {"97%"}
    page.get_by_role("button", name="flag: truncated").click()
    assert page.locator("#list .hits").inner_text() == "60 of 120"
    page.locator(".bars .facet", has_text="share").click()
    assert page.locator("#list .hits").inner_text() == "1 of 120"
    page.get_by_role("button", name="Clear").click()
    assert page.locator("#list .hits").inner_text() == ""
    assert page.locator(".chip").count() == 0
    assert page.locator('[aria-pressed="true"].facet').count() == 0


def test_two_values_of_one_kind_show_the_documents_of_both(show, compared):
    page = show(compared)
    for site in ("milk.example", "coffee.example"):
        page.locator("#sites").get_by_role("button", name=site, exact=True).click()
    assert set(column(page, "documents", 2)) == {"milk.example", "coffee.example"}


def test_a_suspect_lists_its_documents_and_their_rule_is_named_with_the_site(show, compared):
    page = show(compared)
    row = page.locator("#warnings tbody tr").first
    assert row.locator("td").first.inner_text() == "rule milk.example:body[0] not followed"
    row.get_by_role("button", name="List the documents of milk.example").click()
    assert page.locator("#list .hits").inner_text() == "2 of 120"
    assert [chip.inner_text() for chip in page.locator(".chip").all()] == [
        "site: milk.example",
        "not followed: milk.example:body[0]",
    ]
    warnings = page.locator("#sites tr", has_text="coffee.example").locator(".warning").all_inner_texts()
    assert warnings[0] == "rule coffee.example:drop[2], kept 0%"


def test_a_long_table_shows_more_when_asked(show, compared):
    page = show(compared)
    assert len(rows(page, "documents")) == 50
    more = page.locator("#documents + .show-more")
    assert more.inner_text() == "Show 70 more"
    more.press("Enter")
    assert len(rows(page, "documents")) == 120
    assert page.evaluate("document.activeElement.closest('tr').rowIndex") == 51
    expect(more).to_be_hidden()
    page.locator("#documents th", has_text="Site").locator("button").click()
    assert len(rows(page, "documents")) == 50


def test_a_document_further_down_is_in_focus_after_it_was_read(show, compared):
    page = show(compared)
    page.locator("#documents + .show-more").click()
    link = page.locator("#documents tbody a").last
    link.click()
    page.keyboard.press("Escape")
    expect(page.locator("#documents tbody a").last).to_be_focused()


def test_changed_documents_come_with_the_largest_change_first(show, compared):
    page = show(compared)
    page.get_by_role("button", name="changed documents").click()
    assert column(page, "documents", 5) == ["+42 −57", "+11"]
    assert page.locator("#changed-sites tbody tr").first.inner_text().split("\t")[:4] == [
        "tea.example",
        "2",
        "+53",
        "−57",
    ]


def test_one_goes_from_change_to_change_on_a_changed_page(show, compared):
    page = show(compared)
    page.get_by_role("link", name="Changed much").click()
    view = page.locator(".page:target")
    assert "+42 −57 characters" in view.locator(".facts").inner_text()
    view.get_by_role("button", name="Next change").click()
    expect(view.locator(".kept.new").first).to_be_focused()
    assert view.locator(".changes").inner_text() == "1 of 3"
    page.keyboard.press("n")
    lost = view.locator("li.lost", has_text="kept until the change")
    expect(lost).to_be_visible()
    expect(lost).to_be_focused()
    page.keyboard.press("n")
    expect(view.locator("li.lost", has_text="It was on the page.")).to_be_focused()
    page.keyboard.press("n")
    assert view.locator(".changes").inner_text() == "1 of 3"
    page.keyboard.press("p")
    assert view.locator(".changes").inner_text() == "3 of 3"


def test_changes_can_be_seen_alone(show, compared):
    page = show(compared)
    page.get_by_role("link", name="Changed much").click()
    view = page.locator(".page:target")
    only = view.get_by_role("button", name="Changes only")
    only.click()
    assert only.get_attribute("aria-pressed") == "true"
    texts = view.locator(".text:visible").all_inner_texts()
    assert texts == [
        "A paragraph that is new, as the test says.",
        "A line that was kept until the change.",
        "It was on the page.",
    ]
    only.click()
    expect(view.locator(".kept.same").first).to_be_visible()


def test_a_page_that_did_not_change_offers_no_changes(show, compared):
    page = show(compared)
    page.get_by_label("Filter documents").fill("Hill 7")
    page.locator("#documents tbody a:visible").first.click()
    assert page.locator(".page:target .next-change").count() == 0


def test_a_folded_strip_shows_its_longest_block(show, compared):
    page = show(compared)
    page.get_by_role("link", name="Changed much").click()
    strip = page.locator(".page:target .out").first
    expect(strip.locator(".longest")).to_have_text("A menu of all the hills")
    strip.locator("summary").click()
    expect(strip.locator(".longest")).to_be_hidden()


def test_kept_headings_look_like_headings(show, compared):
    page = show(compared)
    page.get_by_role("link", name="Changed much").click()
    heading = page.locator(".page:target").get_by_role("heading", name="Harvest")
    size, weight = heading.evaluate("e => [parseFloat(getComputedStyle(e).fontSize), getComputedStyle(e).fontWeight]")
    plain = page.locator(".page:target .kept p.text").first.evaluate("e => parseFloat(getComputedStyle(e).fontSize)")
    assert size > plain
    assert int(weight) >= 600


def test_rows_are_cards_on_a_narrow_screen_and_can_be_sorted(show, compared):
    page = show(compared, viewport={"width": 390, "height": 844})
    first = page.locator("#changed-sites tbody tr").first
    name, cell = first.locator("th").bounding_box(), first.locator("td").first.bounding_box()
    assert cell["y"] > name["y"]
    assert first.locator("td").first.evaluate("e => getComputedStyle(e, '::before').content") == '"changed "'
    page.locator("#documents th", has_text="Kept").locator("button").click()
    shares = [int(text.rstrip("%")) for text in column(page, "documents", 3)]
    assert shares == sorted(shares, reverse=True)


@pytest.mark.parametrize("name", ["report", "page"])
def test_everything_that_can_be_pressed_has_a_name(show, compared, name):
    page = show(compared)
    if name == "page":
        page.locator("#documents tbody a").first.click()
    for button in page.locator("button:visible").all():
        assert (button.inner_text() or button.text_content()).strip()
    for field in page.locator("input:visible").all():
        assert field.evaluate("field => field.labels[0].textContent.trim()")


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
