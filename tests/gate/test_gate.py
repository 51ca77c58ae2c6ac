"""The quality gate: a small set of pages, composed for it, on which cleaning must not fall below written floors.

See README.md beside this file for the pages, the golds and how floors are raised.
"""

import html
import tomllib
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from msgspec.structs import replace

import cleaner
from bench import facts, score
from cleaner.article import Article
from cleaner.labels import Group, Label
from cleaner.language.list_numbers import strip_item_number
from cleaner.model import Block, Verdict
from cleaner.page.decode import decode_page

HERE = Path(__file__).parent
FLOORS = tomllib.loads((HERE / "floors.toml").read_text(encoding="utf-8"))
FAMILIES = FLOORS.pop("dumps")
LANGUAGES = {"ar", "de", "en", "es", "fr", "it", "ja", "pl", "pt", "zh"}
SHAPES = {"html": ".html", "text": ".txt"}
WORST = 5


class Marked(NamedTuple):
    """A page and what is known of it."""

    name: str
    shape: str
    data: bytes
    facts: dict[str, Any]
    body: str
    """The article's text: the standfirst, where the page has one, and the paragraphs."""
    rest: dict[str, set[str]]
    """By text without white space, the labels that a line outside the body may bear."""


class Marks(NamedTuple):
    """How a page came out."""

    counts: score.Counts
    """Of shingles, against the gold."""
    shares: dict[str, tuple[int, int]]
    """By figure, how many things it was true of, and of how many."""


@cache
def pages() -> tuple[Marked, ...]:
    return tuple(_marked(path) for path in sorted((HERE / "pages").iterdir()))


def _marked(path: Path) -> Marked:
    front, body, ledger = (HERE / "gold" / f"{path.stem}.txt").read_text(encoding="utf-8").split("\n\n")
    rest: dict[str, set[str]] = defaultdict(set)
    for line in ledger.splitlines():
        labels, text = line.split(": ", 1)
        rest[_squeezed(text)].update(labels.split("/"))
        if labels == Label.DESCRIPTION.value:
            body = f"{text}\n{body}"
    shape = next(shape for shape, suffix in SHAPES.items() if suffix == path.suffix)
    return Marked(path.stem, shape, path.read_bytes(), tomllib.loads(front), body, dict(rest))


@cache
def cleaned(shape: str) -> dict[str, Article]:
    return {page.name: cleaner.clean(page.data) for page in pages() if page.shape == shape}


def marks(page: Marked, article: Article) -> Marks:
    """``article`` against what is known of ``page``."""
    said = page.facts
    day = said.get("published")
    right = {
        "title": facts.same_title(article.title, said["title"]),
        "date": facts.same_day(article.published, day) if day else article.published is None,
        "language": article.language == said["language"],
    }
    if "authors" in said:
        right["authors"] = facts.same_authors(article.authors, said["authors"])
    labels = [(_squeezed(block.text), _label(block)) for block in article.removed]
    known = [label.value in page.rest[text] for text, label in labels if text in page.rest]
    removed = [label for _, label in labels if label.group is Group.REMOVED]
    shares = {name: (int(good), 1) for name, good in right.items()}
    shares |= {"labels": (sum(known), len(known)), "other": (removed.count(Label.OTHER), len(removed))}
    return Marks(score.compare_shingles(article.text, page.body), shares)


def figures(found: Iterable[Marks]) -> dict[str, float]:
    """The figures of a set of pages, each 0 to 1."""
    found = tuple(found)
    average = score.average_pages(mark.counts for mark in found)
    result = {"f1": average.f1, "precision": average.precision, "recall": average.recall}
    for name in ("title", "authors", "date", "language", "labels", "other"):
        pairs = [mark.shares[name] for mark in found if name in mark.shares]
        result[name] = sum(part for part, _ in pairs) / (sum(whole for _, whole in pairs) or 1)
    return result


def measured(shape: str, articles: Mapping[str, Article]) -> dict[str, Marks]:
    """How each page of ``shape`` came out, by name."""
    return {page.name: marks(page, articles[page.name]) for page in pages() if page.shape == shape}


def missed(shape: str, got: Mapping[str, float]) -> set[str]:
    """The figures of ``shape`` under their floor or over their ceiling."""
    under = {name for name, floor in FLOORS[shape]["at_least"].items() if got[name] < floor}
    over = {name for name, ceiling in FLOORS[shape]["at_most"].items() if got[name] > ceiling}
    return under | over


def worst(figure: str, found: Mapping[str, Marks]) -> str:
    """The pages to blame for a low ``figure``, worst first."""

    def value(mark: Marks) -> float:
        if figure in mark.shares:
            part, whole = mark.shares[figure]
            return part / (whole or 1)
        return getattr(mark.counts, figure) or 0.0

    counted = [name for name in found if figure != "authors" or figure in found[name].shares]
    names = sorted(counted, key=lambda name: value(found[name]), reverse=figure == "other")[:WORST]
    return "\n".join(f"  {value(found[name]):.3f}  {name}  {found[name].counts}" for name in names)


@cache
def cleaned_dumps(family: str) -> dict[str, Marks]:
    """How the pages flattened by one tool came out, by name."""
    by_name = {page.name: page for page in pages()}
    files = sorted((HERE / "dumps" / family).iterdir())
    return {file.stem: marks(by_name[file.stem], cleaner.clean(file.read_bytes())) for file in files}


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _label(block: Block) -> Label:
    return block.verdict.label if block.verdict else Label.OTHER


@pytest.mark.parametrize(
    ("shape", "figure"),
    [(shape, figure) for shape in FLOORS for kind in FLOORS[shape].values() for figure in kind],
)
def test_floor_holds(shape, figure):
    found = measured(shape, cleaned(shape))
    got = figures(found.values())
    print(f"{shape} {figure} = {got[figure]:.4f}")  # noqa: T201  pytest -rP shows it to those who raise a floor
    assert figure not in missed(shape, got), f"{shape} {figure} is {got[figure]:.4f}; worst:\n{worst(figure, found)}"


@pytest.mark.parametrize(
    ("family", "figure"), [(family, figure) for family, floors in FAMILIES.items() for figure in floors]
)
def test_floor_of_a_family_holds(family, figure):
    found = cleaned_dumps(family)
    got = figures(found.values())[figure]
    print(f"{family} {figure} = {got:.4f}")  # noqa: T201  likewise
    assert got >= FAMILIES[family][figure], f"{family} {figure} is {got:.4f}; worst:\n{worst(figure, found)}"


def test_each_family_has_its_floors_and_every_html_page():
    html = {page.name for page in pages() if page.shape == "html"}
    assert {folder.name for folder in (HERE / "dumps").iterdir()} == FAMILIES.keys()
    assert all({file.stem for file in (HERE / "dumps" / family).iterdir()} == html for family in FAMILIES)


def _relabelled(article: Article, label: Callable[[Block], Label]) -> Article:
    return replace(
        article,
        blocks=tuple(replace(block, verdict=Verdict(label(block), "gate", "spoilt")) for block in article.blocks),
    )


def _keep_everything(article: Article) -> Article:
    return _relabelled(article, lambda block: block.role.label)


def _lose_every_fifth_paragraph(article: Article) -> Article:
    kept = [block.index for block in article.blocks if block.kept]
    lost = set(kept[::5])
    return _relabelled(article, lambda block: Label.OTHER if block.index in lost else _label(block))


def _call_it_other(article: Article) -> Article:
    return _relabelled(article, lambda block: _label(block) if block.kept else Label.OTHER)


def _said(**fields):
    return lambda article: replace(article, **fields)


@pytest.mark.parametrize("shape", FLOORS)
@pytest.mark.parametrize(
    ("spoil", "expected"),
    [
        pytest.param(_keep_everything, {"f1", "precision"}, id="everything is kept"),
        pytest.param(_lose_every_fifth_paragraph, {"f1", "recall"}, id="every fifth paragraph is lost"),
        pytest.param(_call_it_other, {"labels", "other"}, id="all that is dropped is other"),
        pytest.param(_said(title=None), {"title"}, id="no title"),
        pytest.param(_said(authors=("Staff",)), {"authors"}, id="a newsroom for an author"),
        pytest.param(_said(published=None), {"date"}, id="no date"),
        pytest.param(_said(language="en"), {"language"}, id="all is English"),
    ],
)
def test_a_fall_is_noticed(shape, spoil, expected):
    spoilt = {name: spoil(article) for name, article in cleaned(shape).items()}
    assert expected <= missed(shape, figures(measured(shape, spoilt).values()))


def test_the_set_has_every_language_in_both_shapes_and_every_label():
    assert {(page.facts["language"], page.shape) for page in pages()} == {(a, b) for a in LANGUAGES for b in SHAPES}
    labels = {label for page in pages() for labels in page.rest.values() for label in labels}
    about = {label.value for label in Label if label.group is not Group.BODY}
    assert labels == about - {Label.OTHER} | {Label.DESCRIPTION}


@pytest.mark.parametrize("page", pages(), ids=lambda page: page.name)
def test_a_gold_says_what_its_page_says(page):
    content = _squeezed(html.unescape(decode_page(page.data, source=page.name)))
    for line in page.body.splitlines():
        for cell in line.split(" | "):
            # Browsers number the items of an ordered list; the markup does not.
            assert _squeezed(strip_item_number(cell)) in content


def test_each_page_has_a_gold_and_each_gold_a_page():
    assert {path.stem for path in (HERE / "pages").iterdir()} == {path.stem for path in (HERE / "gold").iterdir()}
