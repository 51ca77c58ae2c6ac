"""The studio in a real browser: made rules, keys, narrow and wide windows, and pages that mean harm."""

import json
import re
import shutil
from contextlib import contextmanager

import pytest

from cleaner.ruletools.check import check_rules
from tests.studio.served import HARBOUR, TOKEN, is_clean, serving

expect = pytest.importorskip(
    "playwright.sync_api", reason="playwright is not installed: pip install -e '.[dev]'"
).expect
expect.set_options(timeout=60_000)  # a check may wait for other work of the machine
pytestmark = pytest.mark.slow
SITE = "harbourpost.example"
HARM = """<!doctype html><html><head><title>Harm</title>
<meta http-equiv="refresh" content="0;url=https://evil.example/refresh"><base href="https://evil.example/" target="_top">
<link rel="stylesheet" href="https://evil.example/a.css"><script src="https://evil.example/a.js"></script>
<style>@import "https://evil.example/b.css"; body { background: url(https://evil.example/c.png); position: fixed }
#bait { position: fixed; inset: 0; z-index: 99999; width: 300vw } </style></head><body onload="parent.harmed = true">
<script>parent.harmed = true; top.location = "https://evil.example/top"</script>
<h1 onclick="parent.harmed = true">A \u202ereversed\u202c <b>headline</b> of harm</h1>
<p>The ferry crosses the sound every morning, and in summer it takes the bicycles of the visitors too, so people come.</p>
<p><a href="javascript:parent.harmed = true" id="bait">The office will print the new tables on yellow paper, as the blue ones
of last year could not be read in the lamp light of the pier, which was a pity for all who waited.</a></p>
<img src="https://evil.example/d.png" onerror="parent.harmed = true"><iframe src="https://evil.example/e"></iframe>
<form action="https://evil.example/f"><button autofocus onfocus="parent.harmed = true">Send it</button></form>
<p>&lt;img src=x onerror=alert(1)&gt; is shown as it is written, since text of a page is never markup of the studio, said an
engineer who had looked at the matter for a long time and from all sides before she went home.</p></body></html>"""


@contextmanager
def opened(browser, client, **options):
    """The studio in a tab; nothing may be heard from it, and it may ask its own server only."""
    heard, asked = [], []
    context = browser.new_context(**{"viewport": {"width": 1440, "height": 900}, **options})
    context.set_default_timeout(60_000)
    page = context.new_page()
    page.on("console", lambda message: heard.append(message.text))
    page.on("pageerror", lambda error: heard.append(str(error)))
    page.on("dialog", lambda dialog: (heard.append(dialog.message), dialog.dismiss()))
    page.on("request", lambda request: asked.append(request.url))
    own = f"http://127.0.0.1:{client.settings.port}/"
    page.goto(f"{own}#token={TOKEN}")
    yield page
    context.close()
    assert [text for text in heard if "422" not in text] == []  # of refused entries the browser reports the status
    assert [url for url in asked if not url.startswith((own, f"blob:{own}"))] == []
    assert not [url for url in asked if TOKEN in url.partition("#")[0]]


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    pages = tmp_path_factory.mktemp("pages")
    shutil.copytree(HARBOUR, pages / "harbour")
    (pages / "harm.html").write_text(HARM)
    with serving([pages]) as looking:
        looking.wait_until(is_clean)
        yield looking


@pytest.fixture
def saving(tmp_path):
    with serving([HARBOUR], rules=tmp_path / "rules") as studio:
        studio.wait_until(is_clean)
        yield studio


def open_page(page, title):
    page.get_by_role("button", name=title).click()
    expect(page.locator(".head h2")).to_have_text(title)


def mark(page, text, letter):
    page.get_by_role("option", name=text).click()
    page.keyboard.press("l")
    page.keyboard.press(letter)


def test_two_marks_become_a_rule_that_passes_the_check(browser, saving):
    with opened(browser, saving) as page:
        open_page(page, "A library that floats")
        mark(page, "Onward:", "r")
        mark(page, "The Harbour Post writes", "l")
        cards = page.locator(".card")
        expect(cards.first).to_contain_text("Onward:")
        expect(cards.first).to_contain_text("6 pages")
        newsletter = page.locator(".card", has_text="newsletter").first
        expect(newsletter).to_be_visible()
        page.keyboard.press("1")
        page.keyboard.press("Enter")
        expect(cards.first).to_have_attribute("data-drafted", "")
        expect(newsletter).to_have_attribute("data-open", "")
        expect(newsletter.locator(".hits li")).to_have_count(6)
        newsletter.get_by_role("button", name="Add to the draft").click()
        expect(page.locator(".changes li")).to_have_count(2)
        page.keyboard.press("s")
        review = page.get_by_role("dialog")
        expect(review.locator(".verdict")).to_contain_text("all")
        expect(review.locator(".pages-changed > li")).to_have_count(6)
        assert not saving.settings.rules.exists()
        review.get_by_role("button", name="Save").click()
        expect(page.get_by_text(f"{SITE}.toml").first).to_be_visible()
        expect(page.locator(".block.drop", has_text="Onward:")).to_be_visible()
        expect(page.locator(".changes li")).to_have_count(0)
        results = list(check_rules(saving.settings.rules))
        assert results
        assert all(result.passes for result in results)
        page.get_by_role("button", name="Undo").last.click()
        expect(page.get_by_text("Restored")).to_be_visible()
        expect(page.locator(".block.keep", has_text="Onward:")).to_be_visible()
        assert not (saving.settings.rules / f"{SITE}.toml").exists()


def test_the_frame_and_the_list_point_at_each_other(browser, client):
    with opened(browser, client) as page:
        open_page(page, "Ferry timetable changes in spring")
        frame = page.frame_locator(".sheet iframe")
        line = frame.locator("[data-b]", has_text="On Saturdays nothing changes").last
        expect(line).to_have_attribute("data-fate", "keep")
        expect(frame.locator("[data-b]", has_text="Printed on the quay").last).to_have_attribute("data-fate", "drop")
        box = line.bounding_box()
        page.mouse.move(box["x"] + 30, box["y"] + 8)
        row = page.get_by_role("option", name="On Saturdays")
        expect(row).to_have_class(re.compile("hover"))
        page.mouse.click(box["x"] + 30, box["y"] + 8)
        expect(row).to_have_attribute("aria-selected", "true")
        page.get_by_role("option", name="Islanders had asked").click()
        expect(frame.locator("[data-chosen]")).to_contain_text("Islanders had asked")


def test_dragging_chooses_a_range_and_one_mark_is_undone(browser, client):
    with opened(browser, client) as page:
        open_page(page, "Kelp bread wins over the bakers")
        first = page.get_by_role("option", name="Three bakeries").bounding_box()
        last = page.get_by_role("option", name="Onward:").bounding_box()
        page.mouse.move(first["x"] + 150, first["y"] + 10)
        page.mouse.down()
        page.mouse.move(last["x"] + 150, last["y"] + 10, steps=6)
        page.mouse.up()
        expect(page.locator("[aria-selected=true]")).to_have_count(3)
        page.keyboard.press("b")
        expect(page.locator(".block[data-mark]")).to_have_count(3)
        page.keyboard.press("Control+z")
        expect(page.locator(".block[data-mark]")).to_have_count(0)


def test_it_is_used_by_keys_alone(browser, client):
    with opened(browser, client) as page:
        expect(page.locator(".block").first).to_be_visible()
        title = page.locator(".head h2").inner_text()
        page.keyboard.press("n")
        expect(page.locator(".head h2")).not_to_have_text(title)
        page.keyboard.press("p")
        expect(page.locator(".head h2")).to_have_text(title)
        page.keyboard.press("/")
        expect(page.get_by_label("Search pages")).to_be_focused()
        page.keyboard.type("gull")
        page.keyboard.press("Enter")
        expect(page.locator(".head h2")).to_contain_text("seagull")
        page.keyboard.press("Escape")
        for _ in range(4):
            page.keyboard.press("j")
        page.keyboard.press("Shift+ArrowDown")
        expect(page.locator("[aria-selected=true]")).to_have_count(2)
        page.keyboard.press("?")
        expect(page.get_by_role("dialog", name="Keys")).to_be_visible()
        page.keyboard.press("Escape")
        page.keyboard.press("v")
        expect(page.get_by_role("button", name="Page", exact=True)).to_have_attribute("aria-pressed", "true")


def test_an_entry_is_edited_with_its_hits(browser, client):
    with opened(browser, client) as page:
        open_page(page, "A library that floats")
        mark(page, "Seen something", "p")
        page.locator(".card").first.get_by_role("button", name="Edit…").click()
        page.locator(".editor [name=matcher]").select_option("regex")
        value = page.locator(".editor input").first
        value.fill("(")
        expect(page.locator(".editor .note")).to_contain_text("cannot be used")
        value.fill("Seen something .*")
        expect(page.locator(".editor .note")).to_contain_text("6 changes")
        page.locator(".editor").get_by_role("button", name="Add to the draft").click()
        expect(page.locator(".changes code")).to_have_text("Seen something .*")


def test_an_entry_of_the_file_is_edited_and_another_removed(browser, saving):
    saving.settings.rules.mkdir()
    (saving.settings.rules / f"{SITE}.toml").write_text(
        f'hosts = ["{SITE}"]\nunproven = true\n\n# the pointer\n[[drop]]\nlabel = "related"\nstarts = "Onward:"\nwhy = "x"\n\n'
        '[[drop]]\nlabel = "promo"\nline = "Not on any page"\nwhy = "y"\n'
    )
    with opened(browser, saving) as page:
        page.locator(".file summary").click()
        rules = page.locator(".rule")
        expect(rules.first).to_contain_text("6 blocks on 6 pages")
        expect(rules.nth(1)).to_contain_text("decides nothing")
        rules.nth(1).locator(".entry").click()
        rules.nth(1).get_by_role("button", name="Remove").click()
        expect(page.locator(".changes .removed")).to_have_count(1)
        page.locator(".block.drop", has_text="Onward:").click()
        page.locator("#block").get_by_role("button", name=f"{SITE}:drop[0]").click()
        rules.first.get_by_role("button", name="Edit…").click()
        page.locator(".editor input[name=value]").fill("Onward")
        page.locator(".editor").get_by_role("button", name="Add to the draft").click()
        expect(page.locator(".changes li")).to_have_count(2)
        page.keyboard.press("s")
        review = page.get_by_role("dialog")
        expect(review.locator(".diff ins", has_text='starts = "Onward"')).to_be_visible()
        review.get_by_role("button", name="Save").click()
        expect(page.locator(".rule")).to_have_count(1)
    text = (saving.settings.rules / f"{SITE}.toml").read_text()
    assert "# the pointer\n[[drop]]" in text
    assert "Not on any page" not in text


def test_a_case_and_the_trust_of_an_entry_are_edited(browser, saving):
    rules = saving.settings.rules
    (rules / "cases").mkdir(parents=True)
    shutil.copy(HARBOUR / "library.html", rules / "cases")
    (rules / f"{SITE}.toml").write_text(
        f'hosts = ["{SITE}"]\n\n[[drop]]\nlabel = "related"\nstarts = "Onward:"\nwhy = "x"\n\n'
        '[[case]]\ninput = "cases/library.html"\nmust_drop = [{ text = "Onward:", label = "promo" }]\n'
    )
    with opened(browser, saving) as page:
        page.locator(".file summary").click()
        case = page.locator(".rule", has_text="cases/library.html")
        case.locator(".entry").click()
        expect(case.locator("dd").first).to_have_text("[promo] Onward:")
        case.get_by_role("button", name="Edit…").click()
        page.locator(".editor [name=must_drop]").fill("[related] Onward:")
        page.locator(".editor [name=title]").fill("A library that floats")
        page.locator(".editor").get_by_role("button", name="Add to the draft").click()
        drop = page.locator(".rule", has_text="Onward:").first
        drop.locator(".entry").click()
        drop.get_by_role("button", name="Edit…").click()
        page.locator(".editor [name=trust]").select_option("always")
        page.locator(".editor").get_by_role("button", name="Add to the draft").click()
        expect(page.locator(".changes")).to_contain_text("always followed")
        page.keyboard.press("s")
        review = page.get_by_role("dialog")
        expect(review.locator(".diff ins", has_text='trust = "always"')).to_be_visible()
        review.get_by_label("Older cases expect what comes out now").check()
        review.get_by_role("button", name="Save").click()
        expect(page.locator(".changes")).to_have_count(0)
    text = (rules / f"{SITE}.toml").read_text()
    assert 'must_drop = [{ text = "Onward:", label = "related" }]\n' in text
    assert 'title = "A library that floats"\n' in text
    assert all(result.passes for result in check_rules(rules))


def test_what_is_typed_in_the_editor_outlasts_news_of_pages_and_marks(browser, client):
    with opened(browser, client) as page:
        open_page(page, "A library that floats")
        page.get_by_role("button", name="Write an entry by hand").click()
        page.locator(".editor [name=value]").fill("Onward:")
        open_page(page, "Kelp bread wins over the bakers")
        mark(page, "Three bakeries", "b")
        expect(page.locator(".block[data-mark]")).to_have_count(1)
        expect(page.locator(".editor [name=value]")).to_have_value("Onward:")
        page.locator(".editor").get_by_role("button", name="Add to the draft").click()
        expect(page.locator(".changes li")).to_have_count(1)
        expect(page.locator(".editor")).to_have_count(0)


def test_a_field_is_pointed_at(browser, client):
    with opened(browser, client) as page:
        open_page(page, "A library that floats")
        page.get_by_role("button", name="Article", exact=True).first.click()
        page.get_by_role("button", name="Point at the section").click()
        expect(page.locator("#pointing")).to_contain_text("section")
        expect(page.locator(".fold")).to_have_count(0)  # what is looked for may be in a run of dropped blocks
        page.get_by_role("option", name="Seen something").click()
        expect(page.locator("#pointing")).to_be_hidden()
        card = page.locator(".card").first
        expect(card).to_contain_text("metadata · section")
        expect(card).to_contain_text("read on 6 pages")


def test_the_evidence_of_the_classifier_is_shown_when_asked_for(browser, client):
    with opened(browser, client) as page:
        open_page(page, "A library that floats")
        page.get_by_role("option", name="Seen something").click()
        page.get_by_text("What the classifier saw").click()
        expect(page.locator(".evidence dl")).to_contain_text("by words")


def test_a_page_that_means_harm_stays_in_its_frame(browser, client):
    with opened(browser, client) as page:
        page.locator(".page", has_text="headline").click()
        frame = page.frame_locator(".sheet iframe")
        line = frame.locator("[data-b]", has_text="The ferry crosses").last
        expect(line).to_be_visible()
        box = page.locator(".sheet").bounding_box()
        for x, y in ((60, 60), (60, 110), (200, 160), (80, 300)):
            page.mouse.click(box["x"] + x, box["y"] + y)
        expect(page.get_by_role("option", name="<img src=x")).to_be_visible()
        page.get_by_role("button", name="Article", exact=True).click()
        assert page.evaluate("window.harmed") is None
        assert page.url.startswith(f"http://127.0.0.1:{client.settings.port}/")
        assert page.locator("main img, .blocks a, .article a").count() == 0
        sandbox = page.locator(".sheet iframe").get_attribute("sandbox")
        assert sandbox == "allow-same-origin"


def test_a_tab_without_the_token_shows_nothing(browser, client):
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"http://127.0.0.1:{client.settings.port}/")
    expect(page.get_by_role("alert")).to_contain_text("no token")
    assert page.locator(".block").count() == 0
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 800, 1280, 2560])
def test_nothing_is_wider_than_the_window(browser, client, scheme, width):
    size = {"width": width, "height": 844}
    with opened(browser, client, color_scheme=scheme, viewport=size) as page:
        wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        page.get_by_role("button", name="A library that floats").click()
        tabs = page.locator("[data-tab]:is(button)")
        for at in range(tabs.count() if width < 990 else 1):
            if width < 990:
                tabs.nth(at).click()
            assert page.evaluate(wide) == 0
            over = "[...document.querySelectorAll('button, input, select, h2')].filter(e => e.offsetWidth && e.getBoundingClientRect().right > innerWidth + 1).length"
            assert page.evaluate(over) == 0
        colours = page.evaluate(
            "(({color, backgroundColor}) => [color, backgroundColor])(getComputedStyle(document.documentElement))"
        )
        ink, paper = (sum(map(int, re.findall(r"\d+", colour))) for colour in colours)
        assert (ink > paper) == (scheme == "dark")


def test_marks_on_a_telephone(browser, client):
    with opened(browser, client, viewport={"width": 390, "height": 844}, has_touch=True) as page:
        page.get_by_role("button", name="A library that floats").tap()
        page.locator("[data-tab=blocks]:is(button)").tap()
        page.get_by_role("option", name="Seen something").tap()
        page.locator(".quick").get_by_role("button", name="Is something else").tap()
        page.get_by_role("dialog").get_by_role("button", name="promo").tap()
        expect(page.get_by_role("option", name="Seen something")).to_have_attribute("data-mark", "")
        page.locator("[data-tab=rule]:is(button)").tap()
        expect(page.locator(".card").first).to_be_visible()


def test_everything_that_is_shown_has_a_name(browser, client):
    with opened(browser, client) as page:
        open_page(page, "A library that floats")
        mark(page, "Seen something", "p")
        expect(page.locator(".card").first).to_be_visible()
        unnamed = page.evaluate("""[...document.querySelectorAll('button, input, select, meter, iframe, [role=listbox]')].filter(e =>
          !(e.textContent.trim() || e.getAttribute('aria-label') || e.title || e.labels?.length || e.closest('label') || e.closest('dd'))).map(e => e.outerHTML)""")
        assert unnamed == []
        listed = page.locator("#list")
        assert page.locator(f"#{listed.get_attribute('aria-activedescendant')}").count() == 1


def test_a_marked_page_is_exported(browser, client, tmp_path):
    with opened(browser, client) as page:
        open_page(page, "A library that floats")
        mark(page, "Seen something", "p")
        with page.expect_download() as download:
            page.get_by_role("button", name="Export this page").click()
        download.value.save_as(tmp_path / "page.jsonl")
    row = json.loads((tmp_path / "page.jsonl").read_text())
    assert ["promo", "Seen something on the water? The desk is open until nine and glad of a call."] in row["blocks"]
