"""The engines, run for real, by the examples of the documentation: their rows are those of ``cleaner clean``."""

import os
import re
import shutil
import sys
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import pytest

from .conftest import PAGES, ROOT, by_id, expected, kill, page, read, write_warc

pytestmark = pytest.mark.engines


def needs(module, extra):
    return pytest.mark.skipif(
        find_spec(module) is None, reason=f"{module} is not installed: pip install -e '.[{extra}]'"
    )


needs_java = pytest.mark.skipif(shutil.which("java") is None, reason="Spark needs Java 17 or later")
needs_datatrove = needs("datatrove", "datatrove")
EXAMPLE = ROOT / "examples" / "warc_datatrove.py"
# Stands in for a cluster: the two jobs of the array run here, one after the other; those that wait for others do not.
SLURM = {
    "sbatch": """
        [[ "$*" == *--dependency* ]] || for job in 0 1; do
          SLURM_NODELIST=here SLURM_ARRAY_TASK_ID=$job bash "${@: -1}" >&2 || exit
        done
        echo Submitted batch job 1""",
    "srun": 'while [[ $1 != launch* ]]; do shift; done; exec "$@"',
    "scontrol": "echo here",
}


def example(section):
    text = (ROOT / "docs" / "integrations.md").read_text(encoding="utf-8")
    part = re.split(rf"^#+ {section}\n", text, flags=re.MULTILINE)[1]
    return re.search(r"^```python\n(.*?)^```$", part, re.MULTILINE | re.DOTALL)[1]


@pytest.fixture
def documented(script):
    """Run the example of a section, as a program."""

    def run(section, **environment):
        path = script.folder / "example.py"
        path.write_text(example(section), encoding="utf-8")
        return script.run(path, **environment)

    return run


@pytest.fixture
def crawl(tmp_path):
    folder = tmp_path / "crawl"
    write_warc(folder / "a.warc.gz", PAGES[:4])
    write_warc(folder / "b.warc.gz", PAGES[4:])
    return folder


def rows_of(folder):
    from pyarrow import parquet

    rows = [row for path in sorted(folder.glob("*.parquet")) for row in parquet.read_table(path).to_pylist()]
    return by_id([row | {"removed": _counts(row["removed"])} for row in rows])


def _counts(pairs):
    return {each["label"]: each["count"] for each in pairs or ()}


@pytest.mark.parametrize(
    "section",
    [
        pytest.param("Ray Data", marks=needs("ray", "ray")),
        pytest.param("Spark", marks=[needs("pyspark", "spark"), needs_java]),
        pytest.param("Hugging Face datasets", marks=needs("datasets", "datasets")),
    ],
)
def test_tables(section, documented, parquet, tmp_path):
    documented(section)
    rows = rows_of(tmp_path / "articles")
    articles, failures = expected(parquet, tmp_path / "out")
    cleaned = [{key: value for key, value in row.items() if key not in {"path", "error", "message"}} for row in rows]
    assert [row for row, given in zip(cleaned, rows, strict=True) if not given["error"]] == by_id(
        [{key: value for key, value in row.items() if key != "path"} for row in articles]
    )
    failed = {row["id"]: (row["error"], row["message"]) for row in rows if row["error"]}
    assert list(failed) == ["empty", "image"]
    assert sorted(failed.values()) == sorted((row["error"], row["message"]) for row in failures)


def assert_done(out, crawl, tmp_path):
    """The rows are those of a run of the command, but that datatrove names files from the folder on that it reads."""
    articles, failures = (
        [row | {"path": row["path"].removeprefix(f"{crawl}/")} for row in rows]
        for rows in expected(crawl, tmp_path / "expected")
    )
    if found := sorted((out / "articles").glob("*.jsonl.gz")):
        assert [row for path in found for row in read(path)] == articles
    else:
        assert rows_of(out / "articles") == by_id(articles)
    failed = [row["metadata"] for path in sorted((out / "failed").glob("*.gz")) for row in read(path)]
    assert [{key: row[key] for key in ("path", "error", "message")} for row in failed] == failures


@needs_datatrove
def test_datatrove_as_documented(documented, crawl, tmp_path):
    documented("datatrove")
    assert_done(tmp_path, crawl, tmp_path)


@needs_datatrove
def test_datatrove_counts(script, crawl, tmp_path):
    output = script.run(EXAMPLE, "local", crawl, "out", "--tasks", "2")
    stats = read_stats(output)
    articles, failures = expected(crawl, tmp_path / "expected")
    assert stats["total"] == len(PAGES)
    assert stats["forwarded"] == len(articles)
    assert stats["failed"] == stats["failed_PageError"] == len(failures)
    assert stats["removed_share"] == sum(row["removed"].get("share", 0) for row in articles)


def read_stats(output):
    merged = output.rpartition("Stats: All")[2]
    line = re.search(r"Stats: \{(total: .*)\}", merged)[1]
    return {name: int(count) for name, count in re.findall(r"(\w+): (\d+)", line)}


@needs_datatrove
def test_datatrove_killed_and_resumed(script, crawl, tmp_path):
    many = [{"id": f"many-{n}", "url": f"https://courier.example/many/{n}", "html": page(n)} for n in range(500)]
    write_warc(crawl / "b.warc.gz", many)
    command = (EXAMPLE, "local", crawl, "out", "--tasks", "2")
    process = script.start(*command)
    try:
        for line in process.stdout:
            if "1/2 tasks completed" in line:
                break
    finally:
        kill(process)
        process.stdout.close()
    out = tmp_path / "out"
    assert [path.name for path in (out / "logs" / "completions").iterdir()] == ["00000"]
    assert "Skipping 1 already completed tasks" in script.run(*command)
    assert_done(out, crawl, tmp_path)


@needs_datatrove
def test_datatrove_on_slurm(script, crawl, tmp_path):
    commands = tmp_path / "bin"
    commands.mkdir()
    for name, text in SLURM.items():
        (commands / name).write_text(f"#!/bin/bash\n{text}", encoding="utf-8")
        (commands / name).chmod(0o755)
    path = os.pathsep.join([str(commands), str(Path(sys.executable).parent), os.environ["PATH"]])
    script.run(EXAMPLE, "slurm", crawl, "out", "--tasks", "2", PATH=path)
    assert_done(tmp_path / "out", crawl, tmp_path)


@needs_datatrove
@needs("ray", "ray")
def test_datatrove_on_ray(script, crawl, tmp_path):
    script.run(EXAMPLE, "ray", crawl, "out", "--tasks", "2", "--format", "parquet")
    assert_done(tmp_path / "out", crawl, tmp_path)


@pytest.fixture
def site(tmp_path):
    folder = tmp_path / "site"
    folder.mkdir()
    for given in PAGES[18:22]:
        (folder / f"{given['id']}.html").write_text(given["html"], encoding="utf-8")
    return folder


@needs("scrapy", "scrapy")
def test_scrapy(documented, site, tmp_path):
    output = documented("Scrapy")
    articles, _ = expected(site, tmp_path / "out")
    rows = sorted(read(tmp_path / "articles" / "0.jsonl"), key=lambda row: row["title"])
    assert [row["text"] for row in rows] == [row["text"] for row in sorted(articles, key=lambda row: row["title"])]
    assert rows[0]["authors"] == ["Mira Quist"]
    assert "'item_dropped_count': 2" in output
    assert "empty: nothing but whitespace" in output


@needs("langchain_core", "langchain")
@pytest.mark.usefixtures("site")
def test_langchain(documented):
    output = documented("LangChain")
    assert "left out: <page>: empty: nothing but whitespace" in output


@needs("scrapy", "scrapy")
def test_scrapy_items_with_fields_of_their_own():
    from scrapy.utils.test import get_crawler

    from cleaner.integrations.scrapy import CleanerPipeline

    @dataclass
    class Story:
        html: str
        title: str | None = None

    story = Story(page(1))
    assert CleanerPipeline.from_crawler(get_crawler()).process_item(story) is story
    assert story == Story(page(1), "The trawler of Varne sails again")
    with pytest.raises(ValueError, match="loud"):
        CleanerPipeline.from_crawler(get_crawler(settings_dict={"CLEANER_LEAN": "loud"}))


@needs_datatrove
def test_datatrove_keeps_what_was_known():
    from datatrove.data import Document

    from cleaner.integrations.datatrove import Clean

    known = {"url": "https://courier.example/1", "crawl": "May"}
    (article,) = Clean().run(iter([Document(text=page(1), id="a", metadata=known)]))
    assert (article.id, article.metadata["crawl"], article.metadata["site"]) == ("a", "May", "courier.example")
    assert article.metadata["removed"]["share"] == 1
    with pytest.raises(ValueError, match="loud"):
        Clean(lean="loud")


@needs("langchain_core", "langchain")
def test_langchain_keeps_what_was_known():
    from langchain_core.documents import Document

    from cleaner.integrations.langchain import CleanerTransformer

    known = {"source": "https://courier.example/1", "folder": "May"}
    given = Document(page(1), id="a", metadata=known)
    (article,) = CleanerTransformer().transform_documents([given])
    assert (article.id, article.metadata["folder"], article.metadata["site"]) == ("a", "May", "courier.example")
    assert article.page_content.startswith("After 4 weeks in the yard the trawler")
    assert given == Document(page(1), id="a", metadata=known)
