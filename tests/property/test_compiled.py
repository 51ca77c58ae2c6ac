"""The extension modules compute what the functions in Python do that define them: on random input, and on pages."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import cleaner.library  # brings all twins
from cleaner import compiled
from cleaner.classifier import box_tree, label_trees, linear_model, neighbour_labels, text_features, text_tokens
from cleaner.front_matter import marked_elements
from cleaner.language.characters import normalize_line
from cleaner.language.sentences import UNSPACED_RANGES
from cleaner.model import Role
from cleaner.page import boxes
from cleaner.page.blocks_html import segment_html
from cleaner.page.dom import parse_html
from cleaner.page.element_kinds import BLOCK_TAGS
from cleaner.page.notation import pieces

PAGES = sorted(Path(__file__).parents[1].glob("gate/pages/*"))
FOLDER = Path(compiled.__file__).parent
CALLS = {
    "sum_token_weights": "sums of integers",
    "add_leaves": "floats in the same order",
    "fill_neighbours": "floats in the same order, but for sums of doubles of like blocks",
    "roll_hashes": "integers",
    "count_characters": "integers",
    "read_element": "texts; see test_tree_walk.py",
    "read_names": "texts",
    "read_inline_elements": "texts",
    "average_rows": "sums of doubles in the same order",
    "fill_distances": "integers",
    "count_copied": "integers",
    "hash_name_sets": "sets of integers, in any order",
    "find_marked": "elements and integers",
    "read_step": "texts",
    "select_named": "elements",
    "list_attributes": "texts",
    "list_boxes": "integers",
    "Box": "references, integers and texts",
    "join_paragraphs": "texts, and shares of the same integers",
    "pick_words": "texts",
    "find_words": "texts",
    "make_lines": "texts and integers",
    "run_unit": "sums of doubles in another order, which differ in their last bits",
    "add_logs": "sums of doubles in the same order, for two languages or more",
    "list_first_words": "texts",
    "contains_any": "texts",
    "has_digit": "texts",
    "count_cases": "integers",
    "count_words": "integers",
    "find_runs": "texts",
    "find_first_ranks": "integers",
    "count_listed": "integers",
    "count_shared": "integers",
    "measure_edges": "integers",
    "find_highest": "the same floats compared",
    "list_missing": "keys in the same order",
    "has_surrogates": "texts",
    "count_controls": "integers",
    "drop_ascii": "texts",
}
"""All twins, and why their results are equal."""
TEXTS = st.lists(
    st.text(
        alphabet=st.one_of(st.sampled_from("aB1 .!?…'\"»|©,\n\u00a0文字ßİ😀\ud800"), st.characters()),
        min_size=1,
        max_size=260,
    ),
    min_size=1,
    max_size=12,
)
ATTRIBUTES = frozenset({"id", "class", "rel", "data-testid"})
MARKUP = st.lists(
    st.sampled_from(
        [
            "<p>", "</p>", "<div id=a class='b  c'>", "</div>", "<a href=x>", "<a href>", '<a href="&amp;é" rel=tag class=ü>', "</a>",
            "<b class=>", "<b class='a\tb bb'>", "<b class='&unknown; b'>", "<b class id=1>", "<b ID=&unknown; idx=2>", "</b>", "<x:y xml:id=3 x:id=4>", "<svg xlink:href=5>", "text",
            "<!-- note -->", "<?note?>", "<img id='a\n b'>", "<article id=a>", "<time>", "<abbr title=x>", "<abbr title>", "<x:time>", "</time>",
            "<i itemprop=author>", "<i itemprop=datePublished>", "<i itemprop='co-author'>", "<a rel='me author'>", "<a href=/author/x>",
            '<a href="/auth&#x6f;r/&unknown;">', "<meta property=og:date>", "<b class='post-author entry-date'>", "<b rel=author>",
        ]
    ),
    max_size=25,
).map("".join)  # fmt: skip
NAMES = st.text(alphabet="aBc9-_ \u00a0é文İ٣²", max_size=30)
ADDRESSES = st.lists(
    st.sampled_from(
        ["https:", "http:", "//", "www.", "WWW.", "Example.org", "/", "a-b", "?", "#", ":", "Ünï", "mailto:", "9" * 90]
    ),
    max_size=12,
).map("".join)
PIECES = st.lists(
    st.tuples(
        st.one_of(st.none(), st.text(alphabet="ab \t\n\x1f\x7f\x00\u00a0é\u0301\u200b", max_size=6)), st.booleans()
    ),
    min_size=1,
    max_size=8,
)
SEEDS = st.integers(0, 2**32 - 1)

needs_compiled = pytest.mark.skipif(
    any(twin.compiled is None for twin in compiled.TWINS), reason="the extension modules are not compiled"
)


def find_twin(name):
    return next(twin for twin in compiled.TWINS if twin.python.__name__ == name)


def call_both(name, *arguments, out=None):
    """The results of both, each with an array of its own to write into if it is given ``out``."""
    results = []
    for function in find_twin(name):
        own = [] if out is None else [out.copy()]
        result = function(*arguments, *own)
        results.append(own or result)
    return results


def assert_equal(python, compiled_):
    for one, other in zip(python, compiled_, strict=True):
        np.testing.assert_array_equal(one, other)


def test_all_twins_are_compared_here():
    assert {twin.python.__name__ for twin in compiled.TWINS} == set(CALLS)


@pytest.mark.parametrize("source", sorted(FOLDER.glob("*.pyx")), ids=lambda path: path.stem)
def test_what_is_compiled_is_what_is_written(source):
    for module in FOLDER.glob(f"{source.stem}.*.so"):
        assert module.stat().st_mtime >= source.stat().st_mtime, "compile again: .venv/bin/python hatch_build.py"


@needs_compiled
@settings(deadline=None)  # the first call makes tables
@given(SEEDS)
def test_weights_of_tokens_are_the_same(seed):
    random = np.random.default_rng(seed)
    rows, buckets, labels = random.integers(1, 20), 1 << random.integers(1, 12), random.integers(1, 30)
    table = random.integers(-128, 128, (buckets, labels)).astype(np.int8)
    starts = np.concatenate([[0], np.cumsum(random.integers(0, 6, rows))])
    hashes = random.integers(0, 1 << 32, starts[-1], dtype=np.uint32)
    out = np.zeros((rows, labels), dtype=np.float32)
    assert_equal(*call_both("sum_token_weights", table, hashes, starts, out=out))


@needs_compiled
@settings(deadline=None)  # the first call makes tables
@given(SEEDS)
def test_forests_are_the_same(seed):
    random = np.random.default_rng(seed)
    blocks, features, levels, trees, labels = (int(random.integers(1, most)) for most in (30, 20, 8, 150, 30))
    rows = random.normal(size=(features, blocks)).astype(np.float32)
    columns = random.integers(0, features, (levels, trees))
    borders = random.choice(rows.ravel(), (levels, trees)).astype(np.float32)
    leaves = random.normal(size=(trees << levels, labels)).astype(np.float32)
    leaves = np.pad(leaves, ((0, 0), (0, -labels % int(random.choice([1, 8])))))
    total = random.normal(size=(blocks, labels)).astype(np.float32)
    assert_equal(*call_both("add_leaves", rows, columns, borders, leaves, out=total))


@needs_compiled
@settings(deadline=None)  # the first call makes tables
@given(SEEDS)
def test_neighbours_are_the_same(seed):
    random = np.random.default_rng(seed)
    blocks, boxes, labels = (int(random.integers(1, most)) for most in (40, 20, 30))
    shares = label_trees.compute_softmax(random.normal(size=(blocks, labels)).astype(np.float32))
    parent = np.array([boxes, *(random.integers(0, box) for box in range(1, boxes))])
    end = np.array([random.integers(box, boxes) + 1 for box in range(boxes)])
    layout = neighbour_labels.NeighbourLayout(
        parent, end, random.integers(0, boxes, blocks), random.integers(0, blocks, blocks), random.random(blocks) < 0.2,
        random.integers(0, 90, blocks).astype(np.float32),
    )  # fmt: skip
    paths = np.unique(layout.paths, return_inverse=True)[1]
    out = np.zeros((blocks, len(neighbour_labels.PARTS) * labels + 1), dtype=np.float32)
    (one,), (other,) = call_both(
        "fill_neighbours",
        shares,
        layout.weight,
        layout.heading,
        paths,
        layout.own,
        layout.end,
        layout.boxes,
        8,
        out=out,
    )
    # Sums of doubles may be in another order, which shows in no more than the last bit of a float.
    np.testing.assert_array_max_ulp(one, other, 1)


@needs_compiled
@given(SEEDS)
def test_windows_distances_and_copies_are_the_same(seed):
    random = np.random.default_rng(seed)
    rows, columns = int(random.integers(1, 40)), int(random.integers(1, 5))
    values = random.normal(size=(rows, columns)) * 10.0 ** random.integers(-3, 4)
    assert_equal(*([found] for found in call_both("average_rows", values, int(random.integers(1, 30)))))
    flags = (random.random(rows) < random.random()).view(np.uint8)
    out = np.empty((rows, 2), dtype=np.float32)
    assert_equal(*call_both("fill_distances", flags, int(random.integers(1, 50)), out=out))
    starts = np.concatenate([[0], np.cumsum(random.integers(0, 6, rows))])
    hashes = random.integers(0, 20, starts[-1], dtype=np.uint32) * np.uint32(1 << random.integers(0, 27))
    assert_equal(*call_both("count_copied", hashes, starts))


@needs_compiled
@given(SEEDS)
def test_units_over_lines_and_sums_of_logarithms_are_the_same(seed):
    random = np.random.default_rng(seed)
    lines, size = int(random.integers(0, 30)), int(random.integers(1, 70))
    given, table, bias = (
        random.normal(size=(lines, 3 * size)),
        random.normal(size=(size, 3 * size)) / size,
        random.normal(size=3 * size),
    )
    state = random.normal(size=size)
    for rows in (given, given[::-1]):
        ends = [state.copy(), state.copy()]
        twin = find_twin("run_unit")
        both = [function(rows, table, bias, end) for function, end in zip(twin, ends, strict=True)]
        np.testing.assert_allclose(*both, rtol=0, atol=1e-9)
        np.testing.assert_allclose(*ends, rtol=0, atol=1e-9)
    # Of a single language, some versions of numpy sum in another order.
    grams, languages = int(random.integers(1, 30)), int(random.integers(2, 60))
    known = [np.sort(random.permutation(languages)[: random.integers(1, languages + 1)]) for _ in range(grams)]
    columns = np.concatenate(known).astype(np.uint8)
    firsts = np.cumsum([0, *map(len, known)])
    logs = random.normal(size=len(columns))
    picked = random.integers(0, grams, random.integers(1, 50))
    assert_equal(*([found] for found in call_both("add_logs", picked, firsts, columns, logs, languages, -9.9)))


@needs_compiled
@settings(deadline=None)  # the first call makes tables
@given(TEXTS)
def test_hashes_of_texts_are_the_same(texts):
    tables = text_tokens._fold_characters(), text_tokens._find_letters().view(np.uint8)
    assert_equal(*call_both("roll_hashes", texts, *tables, text_tokens._SHORT, text_tokens._FIRST_DENSE))


@needs_compiled
@settings(deadline=None)  # the first call makes tables
@given(TEXTS)
def test_counts_of_characters_are_the_same(texts):
    marks = tuple(getattr(text_features, name) for name in ("_UPPER", "_LOWER", "_SPACE", "_STOP", "_CLOSE"))
    arguments = text_features._character_classes(), text_features._COUNTED, marks, text_features._MAX_SHORT_WORD
    assert_equal(*map(np.atleast_3d, call_both("count_characters", texts, *arguments)))


@needs_compiled
@given(MARKUP)
def test_names_and_inline_elements_are_the_same(markup):
    page = parse_html(markup)
    for element in page.root.iter("*") if page is not None else ():
        one, other = call_both("read_names", element, ATTRIBUTES)
        assert one == other
        one, other = call_both("read_step", element, boxes._write_step)
        assert one == other
        for limit in (0, 2, 8):
            one, other = call_both("read_inline_elements", element, ATTRIBUTES, frozenset({"p", "div"}), limit)
            assert one == other


@needs_compiled
@settings(deadline=None)  # the first call makes tables
@given(TEXTS)
def test_words_are_the_same(texts):
    starts = frozenset({"b", "ab", "ss", "文字", "i\u0307", "xyz"})
    one, other = call_both("pick_words", texts, starts)
    assert one == other
    for text in texts:
        one, other = call_both("find_words", text, UNSPACED_RANGES)
        assert one == other
        one, other = call_both("list_first_words", text, 3)
        assert one == other
        one, other = call_both("contains_any", text, ("ab", "字", "b "))
        assert one == other
        for name in ("has_digit", "count_cases"):
            one, other = call_both(name, text)
            assert one == other
    one, other = call_both("count_words", texts)
    assert one == other
    words = [text.split() for text in texts]
    stems = {"b": ((2, " b "), (1, ""))}
    others = {"文字": ((0, "字 a"),)}
    picked = [(text, own, len(own)) for text, own in zip(texts, words, strict=True)]
    one, other = call_both("find_first_ranks", picked, stems, lambda word: others.get(word, ()), 3)
    assert one == other
    one, other = call_both("count_listed", picked, frozenset({"b", "ab", "文字"}))
    assert one == other
    one, other = call_both("find_runs", words, 2, {tuple(own[:2]) for own in words if own} | {("b",)})
    assert one == other
    lists = (frozenset(texts[0].casefold().split()), frozenset({"b", "ss"}))
    assert_equal(*call_both("count_shared", texts, lists))
    assert_equal(*call_both("measure_edges", texts, text_features._character_classes(), 5, 1))


@needs_compiled
@given(st.lists(st.text(alphabet="aé ~.\t\x7f\x1f\u00a0", max_size=9), max_size=5))
def test_lines_of_dumps_are_the_same(raws):
    one, other = call_both("make_lines", raws, pieces.make_line, pieces.SourceLine)
    assert one == other
    assert {type(line) for line in other} <= {pieces.SourceLine}


@needs_compiled
@given(
    st.lists(st.one_of(st.sampled_from("a\x01\t\x1f\x7f"), st.sampled_from("\x80é文\ud7ff\ue000"), st.characters())),
    st.booleans(),
    st.integers(0, 200),
)
def test_passes_over_pages_are_the_same(letters, is_latin, before):
    text = "a" * before + "".join(letter for letter in letters if not is_latin or ord(letter) < 0x100) + "b" * before
    for name, *more in (("has_surrogates",), ("drop_ascii",), ("count_controls", b"\x00\x01\x1f")):
        one, other = call_both(name, text, *more)
        assert one == other


@needs_compiled
@given(st.lists(st.lists(st.integers(0, 5), max_size=5), min_size=1, max_size=9), SEEDS)
def test_highest_numbers_are_the_same(rows, seed):
    random = np.random.default_rng(seed)
    table = random.choice(np.array([0.25, 0.5, 0.75, 1], dtype=np.float32), (6, 4))
    columns = random.integers(0, 4, len(rows))
    one, other = call_both("find_highest", rows, {key: 5 - key for key in range(6)}, table, columns, 0.5)
    assert one == other
    one, other = call_both("list_missing", rows, {1: 0, 4: 1})
    assert one == other


@needs_compiled
@given(PIECES, st.booleans())
def test_paragraphs_are_the_same(pieces, keep_lines):
    texts, links = map(list, zip(*pieces, strict=True))
    one, other = (join(texts, links, normalize_line, keep_lines=keep_lines) for join in find_twin("join_paragraphs"))
    assert one == other


@needs_compiled
@given(MARKUP)
def test_marked_elements_are_the_same(markup):
    page = parse_html(f"<p>{markup}")
    one, other = call_both("find_marked", page.root, marked_elements.classify_class)
    assert one == other
    one, other = call_both("list_attributes", page.root)
    assert one == other
    for attribute, name in (("class", "b"), ("class", "entry-date"), ("id", "a")):
        one, other = call_both("select_named", page.root, attribute, name)
        assert one == other


@needs_compiled
@given(MARKUP)
def test_boxes_are_the_same(markup):
    found = []
    for box in find_twin("Box"):
        root = box(parse_html(f"<p>{markup}").root, None, 0, Role.PARAGRAPH, hidden=False)
        inner = [box(element, root, number, Role.QUOTE, hidden=True) for number, element in enumerate(root.element, 1)]
        inner.append(box(root.element, inner[-1], 9, Role.CODE, hidden=False))
        found.append(
            [(b.number, b.end, b.depth, b.role, b.hidden, b.path, b.parent and b.parent.path) for b in (root, *inner)]
        )
    assert found[0] == found[1]


@needs_compiled
@given(st.lists(st.tuples(NAMES, NAMES, ADDRESSES), max_size=6), MARKUP)
def test_hashes_of_names_are_the_same(links, markup):
    inside = "".join(f'<div class="{called}"><a id="{name}" href="{href}">x</a>' for called, name, href in links)
    page = parse_html(f"<p>x{inside}{markup}")
    boxes = list(segment_html(page.root).boxes)
    assert_equal(*call_both("list_boxes", boxes, box_tree.TAG_BITS, ATTRIBUTES, box_tree._classify_names))
    one, other = (
        [[sorted(hashes[starts[row] : starts[row + 1]].tolist()) for row in own] for own in rows.tolist()]
        for hashes, starts, rows in call_both("hash_name_sets", boxes, ATTRIBUTES, BLOCK_TAGS)
    )
    assert one == other


@needs_compiled
@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_pages_come_out_the_same(path, monkeypatch):
    clean = cleaner.Cleaner().clean
    url = None
    with_compiled = clean(path.read_bytes(), url).to_dict()
    for twin in compiled.TWINS:
        monkeypatch.setattr(sys.modules[twin.python.__module__], twin.python.__name__, twin.python)
    assert clean(path.read_bytes(), url).to_dict() == with_compiled


def test_either_can_be_forced(monkeypatch):
    def sum_token_weights():
        """Stands for the definition."""

    monkeypatch.setattr(compiled, "TWINS", [])
    monkeypatch.setenv("CLEANER_COMPILED", "no")
    assert compiled.serve_compiled("label_scores")(sum_token_weights) is sum_token_weights
    monkeypatch.setenv("CLEANER_COMPILED", "required")
    with pytest.raises(ImportError, match=r"cleaner\.compiled\.missing is not compiled.*unset the variable"):
        compiled.serve_compiled("missing")(sum_token_weights)
    monkeypatch.delenv("CLEANER_COMPILED")
    assert compiled.serve_compiled("missing")(sum_token_weights) is sum_token_weights
    assert linear_model.sum_token_weights is not sum_token_weights
