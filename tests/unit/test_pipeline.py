import os
import signal
from pathlib import Path
from unittest import mock

import pytest
from lxml.etree import tostring
from msgspec.structs import asdict

import cleaner
from cleaner import pipeline, stages
from cleaner.batch import worker
from cleaner.classifier import block_scores, trafilatura_evidence
from cleaner.flags import Flag
from cleaner.front_matter.findings import BELIEVED, Byline, Finding
from cleaner.labels import Label
from cleaner.model import Kind, Lean, Page
from cleaner.page import decode, dom
from cleaner.render.output_formats import OutputFormat
from cleaner.rulebook import Rulebook

STORY = "".join(
    f"<p>{sentence}</p>"
    for sentence in (
        "The council voted on Monday to rebuild the old bridge across the river, which was closed after the flood.",
        "The works will begin in spring and cost two million euros, the mayor told reporters after the meeting.",
        "Until then, a ferry takes people from one bank to the other, every day from six in the morning to ten at night.",
        "“We have waited for this for three years,” said a baker whose shop stands on the far side of the river.",
    )
)
PAGE = f"""<html><head><title>Old bridge to be rebuilt - The Example</title></head><body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/sport">Sport</a></li></ul></nav>
<article><h1>Old bridge to be rebuilt</h1>{STORY}</article>
<footer><p>© 2024 The Example. All rights reserved.</p></footer></body></html>"""

GATE = Path(__file__).parents[1] / "gate" / "pages"


def test_an_article_is_cleaned():
    article = cleaner.clean(PAGE)
    assert article.title == "Old bridge to be rebuilt"
    assert article.text.startswith("The council voted")
    assert article.text.count("\n\n") == 3
    assert Flag.NOT_AN_ARTICLE not in article.flags
    assert {block.verdict.label for block in article.removed} == {"navigation", "title", "legal"}


def test_a_site_rule_with_a_body_decides(tmp_path: Path):
    (tmp_path / "example.com.toml").write_text(
        'hosts = ["example.com"]\n[body]\nselectors = ["article"]\n'
        '[[drop]]\nlabel = "promo"\nstarts = "Until then"\nwhy = "for the test"\n'
    )
    article = cleaner.Cleaner([tmp_path]).clean(PAGE, url="https://www.example.com/bridge")
    reasons = {(block.text[:10], block.verdict.judge, block.verdict.why.partition(":")[0]) for block in article.blocks}
    assert ("The counci", "classifier", "inside the site's [body]") in reasons
    assert ("Until then", "site_rules", "for the test") in reasons
    assert ("Sport", "classifier", "outside the site's [body]") in reasons
    assert article.score is None


TIMETABLE = (
    "Ferry to the north bank: every half hour from Monday, 6 am to 10 pm",
    "Tickets: two euros, children ride for free",
    "Last boat: ten at night, says the harbour office",
    "Bicycles: if there is room on the lower deck",
)


@mock.patch.object(block_scores, "_MIN_CERTAINTY", 2.0)
def test_what_a_rule_has_dropped_does_not_mislead_trafilatura(tmp_path: Path):
    """Without the rule, trafilatura takes the partner's story for the article and leaves out the timetable."""
    (tmp_path / "ferry.example.toml").write_text(
        'hosts = ["ferry.example"]\n[[drop]]\nlabel = "related"\nselector = ".partner"\nwhy = "for the test"\ntrust = "always"\n'
    )
    lines = "".join(f"<div>{line}</div>" for line in TIMETABLE)
    story = "</p>".join(STORY.split("</p>")[:2])
    page = f"""<html><head><title>Ferry timetable</title></head><body><h1>Ferry timetable</h1>
    <div class="a">{lines}</div><article class="partner">{story}</article></body></html>"""
    by_rule, alone = (
        {block.text: block.verdict.score for block in made.clean(page, url="https://ferry.example/1").blocks}
        for made in (cleaner.Cleaner([tmp_path]), cleaner.Cleaner())
    )
    assert all(by_rule[line] > alone[line] for line in TIMETABLE)


def test_a_lean_that_there_is_not():
    with pytest.raises(ValueError, match="sideways"):
        cleaner.Cleaner(lean="sideways")


@pytest.mark.parametrize("shape", ["html", "txt"])
def test_recall_keeps_more_than_precision_and_never_less(shape):
    pages = [file.read_bytes() for file in sorted(GATE.glob(f"en-*.{shape}"))]
    kept = [
        [len(cleaner.Cleaner(lean=lean).clean(page).text) for page in pages]
        for lean in (Lean.PRECISION, Lean.BALANCED, Lean.RECALL)
    ]
    assert [sorted(page) for page in zip(*kept, strict=True)] == list(map(list, zip(*kept, strict=True)))
    precision, balanced, recall = map(sum, kept)
    assert precision < balanced < recall


@pytest.mark.parametrize(
    ("page", "flag"),
    [
        ("<html><body>" + "<div>" * 400 + STORY + "</div>" * 400 + "</body></html>", "flattened"),
        ("<html><body><nav><a href='/'>Home</a></nav><p>Gone.</p></body></html>", "not_an_article"),
    ],
)
def test_flags(page, flag):
    assert flag in cleaner.clean(page).flags


@pytest.mark.parametrize("page", ["", " \n\t", "<html><script>var a;</script></html>", b"%PDF-1.7 ...", "\u200b\u200e"])
def test_a_page_without_text_is_an_error(page):
    with pytest.raises(cleaner.PageError):
        cleaner.clean(page)


def test_text_without_a_body_tag_is_not_lost():
    article = cleaner.clean(f"<!doctype html><title>Bridge</title><article>{STORY}</article>")
    assert article.text.startswith("The council voted")


def test_many_pages_keep_their_order():
    pages = [decode.read_page(PAGE.replace("Monday", f"Monday {number}"), source=str(number)) for number in range(6)]
    made = cleaner.Cleaner()
    assert list(made.clean_many(pages, jobs=2)) == list(made.clean_many(pages))


def test_a_copy_of_the_article_is_left_out_as_a_duplicate():
    page = PAGE.replace("<footer>", f'<div id="print"><h1>Old bridge to be rebuilt</h1>{STORY}</div><footer>')
    article = cleaner.clean(page)
    assert article.text == cleaner.clean(PAGE).text
    copies = [block for block in article.removed if block.text.startswith("The works will begin")]
    assert [block.verdict.label for block in copies] == ["duplicate"]
    assert copies[0].verdict.why.startswith("repeats a kept block")


def test_what_an_article_quotes_twice_it_says_twice():
    first = STORY.partition("</p>")[0] + "</p>"
    article = cleaner.clean(PAGE.replace("</article>", f"{first}</article>"))
    assert article.text.count("The council voted") == 2 * cleaner.clean(PAGE).text.count("The council voted")


def test_a_refrain_may_stand_twice():
    song = "<p>Row on, row on, the river is long.</p>"
    article = cleaner.clean(PAGE.replace("<p>“We", f"{song}<p>“We").replace("</article>", f"{song}</article>"))
    assert article.text.count("Row on, row on") == 2


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_bad_page_among_many_costs_itself_only(jobs):
    pages = [cleaner.read_page(text, source=name) for name, text in (("a", PAGE), ("blank", "\u200b"), ("b", PAGE))]
    first, bad, last = cleaner.Cleaner().clean_many(pages, jobs=jobs)
    assert first.text == last.text != ""
    assert isinstance(bad, cleaner.PageError)
    assert bad.source == "blank"


def die():
    os.kill(os.getpid(), signal.SIGKILL)


class Deadly(Page):
    """A page that kills the process which receives it."""

    def __reduce__(self):
        return die, ()


def test_a_page_that_kills_its_process_is_an_error():
    good = cleaner.read_page(PAGE, source="good")
    deadly = Deadly(**asdict(good))
    results = list(cleaner.Cleaner().clean_many([good, deadly, good], jobs=2))
    assert [type(result) for result in results] == [cleaner.Article, cleaner.PageError, cleaner.Article]
    assert "died" in results[1].problem


def test_judges_change_no_tree_though_trafilatura_is_asked():
    page = cleaner.read_page(PAGE.replace("<footer>", "<footer><p>All rights reserved.</p>"))
    trees = []
    real = dom.parse_html

    def parse(content):
        trees.append(real(content))
        return trees[-1]

    with (
        mock.patch.object(stages, "parse_html", parse),
        mock.patch.object(block_scores, "_MIN_CERTAINTY", 2),
        mock.patch.object(
            trafilatura_evidence, "extract_evidence", wraps=trafilatura_evidence.extract_evidence
        ) as asked,
    ):
        article = cleaner.Cleaner().clean_page(page)
    assert asked.called
    assert any(block.verdict.judge == "common_rules" for block in article.removed)
    assert tostring(trees[0].root) == tostring(real(page.content).root)


def test_removed_item_is_told_with_its_number():
    page = PAGE.replace("</article>", "<ol><li>Wait for the boat by the old bridge.<li>Share this</ol></article>")
    cleaned = worker.encode_cleaned(cleaner.clean(page), OutputFormat.TXT)
    removed = {block.text: block.at for block in cleaned.removed}
    assert removed["2. Share this"] == len(cleaned.article.decode()) - 1
    assert cleaned.article.decode().endswith("\n\n1. Wait for the boat by the old bridge.\n")


KINDS = {
    Kind.HTML: PAGE,
    Kind.TEXT: "Old bridge to be rebuilt\n\n" + STORY.replace("<p>", "").replace("</p>", "\n\n"),
}


def given(kind):
    """The inputs of the pipeline, for a page of ``kind``."""
    page = cleaner.read_page(KINDS[kind])
    assert page.kind is kind
    values = {"page": page, "book": Rulebook.load(), "lean": Lean.BALANCED, "repeats": None, "structure": True}
    assert tuple(values) == pipeline.GIVEN
    return values


def test_a_stage_reads_only_what_an_earlier_one_has_written():
    written = {*pipeline.GIVEN}
    for stage in pipeline.STAGES:
        assert written.issuperset(stage.reads), stage.name
        written.update(stage.writes)


@pytest.mark.parametrize("kind", Kind)
def test_a_page_runs_through_the_stages_of_its_kind_in_order(kind):
    ran = list(pipeline.run_stages(known := given(kind)))
    assert ran == [stage for stage in pipeline.STAGES if kind in stage.kinds]
    assert known["article"] == pipeline.clean_page(known["page"], known["book"])


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize(("confidence", "counts"), [(BELIEVED - 0.01, False), (BELIEVED, True)])
def test_a_finding_below_the_threshold_gives_neither_verdict_nor_metadata(kind, confidence, counts):
    known = given(kind)
    for stage in pipeline.run_stages(known):
        if stage.name == "find front matter":
            at = next(block.index for block in known["blocks"] if block.text.startswith("Until then"))
            known["findings"] = (Finding(Label.BYLINE, at, Byline(("Ann Lee",)), confidence, "for the test"),)
    article = known["article"]
    judged = article.blocks[at].verdict
    assert (judged.judge == "front_matter", bool(article.authors)) == (counts, counts)
