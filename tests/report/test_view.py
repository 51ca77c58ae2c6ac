import json
from pathlib import Path

import msgspec
import pytest

import cleaner
from cleaner.analysis.report.document_view import make_article_view, make_document_view
from cleaner.analysis.run_reader import ArticleRow, RunDocument, RunDropped
from cleaner.batch import worker
from cleaner.labels import Label
from cleaner.render.output_formats import OutputFormat

ROOT = Path(__file__).parents[2]
SEEDS = sorted((ROOT / "seeds").glob("*.txt"))
PAGE = """<html><head><title>Tea in spring</title></head><body><nav><a href="/">Home</a><a href="/n">News</a></nav>
<article><h1>Tea in spring</h1><p>The first leaves are picked by hand in the weeks before the rains come.</p>
<ul><li>Two leaves and a bud are taken from each shoot.</li><li>The rest of the shoot is left to grow on.</li></ul>
<p>Share this article</p><p>The gardeners sing while they work,<br>and they rest when the sun is high.</p>
<pre>pick()

dry()</pre><p>Drying takes two days in the shade of the long sheds above the river.</p></article></body></html>"""


def as_of_a_run(article):
    """The document that a run's files hold for ``article``."""
    outcome = worker.encode_cleaned(article, OutputFormat.JSONL)
    dropped = (msgspec.convert(msgspec.to_builtins(row), RunDropped) for row in outcome.removed)
    return RunDocument(msgspec.json.decode(outcome.article, type=ArticleRow), tuple(dropped))


def shown(view):
    """Return all that a view shows, in order: whether kept, and the text without white space."""
    return [
        (stretch.kept, "".join("".join(block.text.split()) for block in stretch.blocks)) for stretch in view.stretches
    ]


@pytest.mark.parametrize("seed", SEEDS, ids=lambda seed: seed.stem)
def test_a_dump_is_put_together_again_exactly(seed):
    article = cleaner.clean(seed.read_bytes())
    assert shown(make_document_view(as_of_a_run(article))) == shown(make_article_view(article))


def test_a_html_page_is_put_together_again_exactly():
    article = cleaner.clean(PAGE)
    assert any("\n\n" in block.text for block in article.blocks if block.kept)
    assert shown(make_document_view(as_of_a_run(article))) == shown(make_article_view(article))


@pytest.mark.parametrize("source", [*SEEDS, PAGE], ids=lambda source: getattr(source, "stem", "html"))
def test_nothing_is_lost_and_nothing_made_up(source):
    article = cleaner.clean(source if isinstance(source, str) else source.read_bytes())
    for view in (make_article_view(article), make_document_view(as_of_a_run(article))):
        texts = {kept: "".join(text for side, text in shown(view) if side is kept) for kept in (True, False)}
        assert texts[True] == "".join(article.text.split())
        assert texts[False] == "".join("".join(block.marked_text.split()) for block in article.removed)


def test_the_view_of_a_page_knows_who_kept_what():
    view = make_article_view(cleaner.clean(PAGE))
    assert view.explained
    kept = next(stretch for stretch in view.stretches if stretch.kept).blocks[0]
    assert (kept.judge, kept.where) == ("classifier", "html/body/article/p")
    assert not make_document_view(as_of_a_run(cleaner.clean(PAGE))).explained


def document(text, *removed):
    blocks = tuple(
        RunDropped(id="a", index=index, label=Label.SHARE, judge="front_matter", why="so", at=len(text), text=block)
        for index, block in removed
    )
    return RunDocument(ArticleRow(id="a", text=text, kind="text", kept_share=0.5), blocks)


def test_what_changed_since_an_older_run_is_marked():
    before = ["Tea is grown.", "", "Share this.", "", "Gone."]
    view = make_document_view(document("Tea is grown.\n\nIt rains.", (2, "Share this."), (3, "Menu")), before)
    assert [[block.change for block in stretch.blocks] for stretch in view.stretches] == [["", "new"], ["lost", ""]]
    assert [stretch.lost for stretch in view.stretches] == [0, 1]
    assert view.vanished == ("Gone.",)


def test_a_line_that_is_also_kept_now_is_not_lost():
    view = make_document_view(document("Tea is grown.", (1, "Tea is grown.")), ["Tea is grown."])
    assert [block.change for stretch in view.stretches for block in stretch.blocks] == ["", ""]


def test_long_runs_are_cut_but_not_where_something_changed():
    blocks = [(index, f"Menu {index}") for index in range(200)]
    (stretch,) = make_document_view(document("", *blocks), ["Menu 150"]).stretches
    assert len(stretch.blocks) == 200
    assert [block.text for block in stretch.shown[-2:]] == ["Menu 49", "Menu 150"]


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("https://tea.example/a", "https://tea.example/a"),
        ("javascript:alert(1)", None),
        ("JavaScript:alert(1)", None),
        ("data:text/html,hello", None),
        (" https://tea.example/a", None),
        (None, None),
    ],
)
def test_only_web_addresses_become_links(url, address):
    assert make_article_view(cleaner.clean(PAGE, url)).address == address


def test_text_that_cannot_be_shown_is_there_in_full_for_copying():
    view = make_document_view(document("Plain\nand two lines.\n\nA glyph \ue000 and an \u202eoverride."))
    plain, odd = view.stretches[0].blocks
    assert plain.exact is None
    assert json.loads(odd.exact) == odd.text
    assert odd.exact.isascii()


def test_a_stretch_shows_its_longest_block_or_the_longest_that_was_kept_before():
    blocks = [(0, "Menu"), (1, f"Newsletter\nfor you{' and me' * 40}"), (2, "Share this.")]
    (stretch,) = make_document_view(document("", *blocks)).stretches
    assert stretch.snippet.startswith("Newsletter for you and me")
    assert len(stretch.snippet) <= 161
    assert stretch.snippet.endswith("…")
    (stretch,) = make_document_view(document("", *blocks), ["Share this."]).stretches
    assert stretch.snippet == "Share this."


def test_headings_of_a_run_are_headings():
    given = document("Tea is grown.\n\nHarvest\n\nLeaves are picked.")
    row = msgspec.structs.replace(given.row, headings=("Harvest",))
    (stretch,) = make_document_view(given._replace(row=row)).stretches
    assert [block.label for block in stretch.blocks] == [Label.PARAGRAPH, Label.HEADING, Label.PARAGRAPH]
