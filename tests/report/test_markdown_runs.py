"""Runs whose articles are Markdown files."""

import json
from pathlib import Path

import pytest

import cleaner
from cleaner.analysis.markdown_articles import join_blocks, read_blocks
from cleaner.analysis.run_reader import open_run
from cleaner.errors import RunError

SEEDS = sorted((Path(__file__).parents[2] / "seeds").glob("*.txt"))
PAGE = """<html><head><title>Tea in spring</title></head><body><nav><a href="/">Home</a><a href="/n">News</a></nav>
<article><h1>Tea in spring</h1><p>The first <b>leaves</b> are picked by <a href="/h">hand</a> in the weeks * before the rains.</p>
<h2>What is # picked</h2><ul><li>Two leaves and a bud are taken from each shoot.</li><li>The rest of it is left to grow.</li></ul>
<ol start="3"><li>Wither the leaves in the shade for a day.</li><li>Roll them by hand, then dry them.</li></ol>
<p>Share this article</p><p>The gardeners sing while they work,<br>and they rest when the sun is high.</p>
<table><tr><th>Garden</th><th>Height</th></tr><tr><td>Upper slope</td><td>1,900 m</td></tr></table>
<pre>pick()

dry()</pre><blockquote><p>We drink the first pot ourselves, said the oldest of the gardeners.</p></blockquote>
<p>Drying takes two days in the shade of the long sheds above the river.</p></article></body></html>"""


@pytest.fixture
def write(cli, tmp_path):
    """Clean pages into Markdown files: ``write(pages)`` returns the folder of the run."""

    def clean(pages, form="md"):
        source = tmp_path / "pages.jsonl"
        source.write_text("".join(json.dumps(page) + "\n" for page in pages), encoding="utf-8")
        result = cli("clean", source, "--out", tmp_path / form, "--format", form, "--jobs", "1")
        assert result.exit_code == 0, result.output
        return tmp_path / form

    return clean


def pages(count=1):
    return [{"id": f"hills/{number}", "html": PAGE, "url": f"https://tea.example/{number}"} for number in range(count)]


@pytest.mark.parametrize("source", [PAGE, *(seed.read_text("utf-8") for seed in SEEDS)], ids=lambda text: text[:20])
def test_the_text_of_an_article_is_read_back_from_its_markdown(source):
    article = cleaner.clean(source)
    blocks = read_blocks(article.markdown)
    assert join_blocks(blocks) == article.text
    assert tuple(block.text for block in blocks if block.kind == "heading") == article.headings


def test_documents_are_those_of_a_run_in_json_lines(write):
    [plain], [read] = ([*open_run(write(pages(), form)).documents()] for form in ("jsonl", "md"))
    assert read.row.text == plain.row.text
    assert read.row.headings == plain.row.headings == ("What is # picked",)
    assert (read.row.id, read.row.title, read.row.url) == (plain.row.id, plain.row.title, plain.row.url)
    assert read.row.flags == plain.row.flags
    assert read.row.kept_share == pytest.approx(plain.row.kept_share, abs=0.01)
    assert read.row.score is None
    assert read.dropped == plain.dropped


def test_only_the_wanted_documents_are_read(write):
    run = open_run(write(pages(3)))
    assert [document.row.id for document in run.documents({"hills/2", "hills/0"})] == ["hills/0", "hills/2"]


def test_other_markdown_files_in_the_folder_are_ignored(write):
    folder = write(pages())
    (folder / "README.md").write_text("# Notes\n", encoding="utf-8")
    (folder / "post.md").write_text("---\ntitle: Notes\n---\n\n# Notes\n", encoding="utf-8")
    assert len(list(open_run(folder).documents())) == 1


@pytest.mark.parametrize(
    ("harm", "message"),
    [
        (lambda path: path.unlink(), "1 Markdown files are there, and the run wrote 2"),
        (lambda path: path.write_text(path.read_text("utf-8").replace("hills/1", "hills/0"), "utf-8"), "same id"),
        (lambda path: path.write_text(path.read_text("utf-8").replace("hills/1", "hills/9"), "utf-8"), "'hills/1'"),
        (
            lambda path: path.write_text(path.read_text("utf-8").replace('site: "', "site: "), "utf-8"),
            "site: not a value",
        ),
        (lambda path: path.write_text(path.read_text("utf-8").replace("\n---\n", "\n"), "utf-8"), "no end"),
        (lambda path: path.write_text(path.read_text("utf-8").replace("\nsite: ", "\nsite: 7 #"), "utf-8"), "site"),
        (lambda path: path.write_bytes(path.read_bytes() + b"\xff"), "cannot be read"),
    ],
)
def test_files_that_the_run_did_not_write_like_this_are_refused(write, harm, message):
    folder = write(pages(2))
    harm(folder / "hills" / "1.md")
    with pytest.raises(RunError, match=message):
        list(open_run(folder).documents())
