"""Five thousand damaged pages and dumps: none ends the run, none takes too long, and on all of them the law holds."""

import traceback
from functools import partial

import pytest

from cleaner import stages
from cleaner.article import Article
from cleaner.batch.records import InputDocument
from cleaner.batch.run import load_page
from cleaner.errors import PageError
from cleaner.flags import Flag
from cleaner.language.characters import strip_whitespace
from cleaner.model import Kind
from cleaner.page import blocks_dump, blocks_html, dom
from cleaner.page.link_runs import split_into_items
from cleaner.render.output_formats import OutputFormat, encode_article
from cleaner.worker_pool import CrashError, WorkerPool, WorkLimits

from .mutations import mutated

PAGES = 5000
LIMITS = WorkLimits(seconds=30, megabytes=1500)


def checking():
    """Makes a function that cleans the page of a number and returns what is wrong, or None if the law holds."""
    from cleaner import library

    return partial(find_problem, library.Cleaner())


def find_problem(cleaner, number):
    try:
        page = load_page(InputDocument(id=str(number), path=str(number), content=mutated(number)))
        return broken_law(page, cleaner.clean_page(page))
    except PageError:
        return None
    except Exception:  # noqa: BLE001  one of five thousand, and all are to be seen
        return traceback.format_exc(limit=-2)


def broken_law(page, article):
    if [block.text for block in split_into_items(article.blocks)] != [block.text for block in segmented(page, article)]:
        return "text, order or count changed"
    kept = [block for block in article.blocks if block.kept]
    if sorted(block.index for block in (*kept, *article.removed)) != list(range(len(article.blocks))):
        return "kept and removed are not the page"
    if strip_whitespace(article.text) != strip_whitespace("".join(block.marked_text for block in kept)):
        return "the text is not that of the kept blocks"
    for form in OutputFormat:
        encode_article(article, form)
    return None


def segmented(page, article):
    if page.kind is Kind.TEXT:
        return blocks_dump.segment_dump(page.content)
    tree = dom.parse_html(page.content)
    if Flag.FROM_SCRIPT in article.flags:  # its text is none of the tree's, but what the page stores
        return stages.segment_page(page, tree)[1]
    return blocks_html.segment_html(tree.root).blocks


def wrong(numbers, jobs):
    pool = WorkerPool(checking, jobs=jobs, limits=LIMITS, preload="cleaner.batch.preload")
    results = dict(pool.map(numbers))
    assert results.keys() == {*numbers}
    return {number: str(result) for number, result in results.items() if result is not None}


def test_mutations_are_the_same_in_every_run_and_all_different():
    pages = [mutated(number) for number in range(1, 200)]
    assert pages == [mutated(number) for number in range(1, 200)]
    assert len({*pages}) == len(pages)


def test_a_hundred_damaged_pages():
    assert wrong(range(1, 101), jobs=1) == {}


@pytest.mark.slow
def test_five_thousand_damaged_pages():
    assert wrong(range(PAGES), jobs=2) == {}


def test_a_broken_law_would_be_seen(monkeypatch):
    from cleaner import stages

    def assemble(*, blocks, **fields):
        return Article(blocks=blocks[:-1], **fields)

    monkeypatch.setattr(stages, "Article", assemble)
    assert {checking()(number) for number in range(1, 30)} - {None} == {"text, order or count changed"}


def test_a_crash_would_be_seen():
    (result,) = WorkerPool(crashing, jobs=1, limits=LIMITS).map([1])
    assert isinstance(result[1], CrashError)


def crashing():
    import os

    return lambda _number: os._exit(3)
