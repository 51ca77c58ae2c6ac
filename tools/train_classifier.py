"""Rebuild the classifier's weights: the same bytes from the same pages.

    python tools/train_classifier.py --corpora DIR [--dumps FILE … [--share 3]] [--only html|text]
        [--folds 4 [--fold 0] [--keep DIR]] [--without LANGUAGE] [--without-form FLATTENER]

Needs the packages of the extra ``train``. ``--dumps`` are files of ``tools/flatten_pages.py``, of which one in ``--share`` is read.
With ``--folds``, no weights are written: each fold of sites is classified by a model that has seen only the others, and the tables
are printed; ``--keep`` saves these models for the tools that learn from what they say of pages that they have not seen. With
``--without`` or ``--without-form``, the pages of a language, or those flattened in one way, are classified by a model that
has seen none of them.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parent)]

from training import examples, fitting, report
from training.corpora import choose_fold
from training.dump_pages import read_dump_examples
from training.examples import Example
from training.fitting import Plan, Targets
from training.html_pages import read_html_examples
from training.page_types import fit_page_types

from cleaner.classifier import label_model
from cleaner.classifier.label_model import LABELS, LabelModel, Shares
from cleaner.classifier.label_trees import compute_softmax
from cleaner.classifier.linear_model import LinearModel
from cleaner.classifier.page_input import PageInput
from cleaner.classifier.page_type import choose_learned_type
from cleaner.classifier.text_tokens import Tokens
from cleaner.model import Kind

WEIGHTS = Path(__file__).parents[1] / "cleaner" / "data" / "weights"
INNER_FOLDS = 3
"""What one model says of pages is learned from by the next only where the first had not seen their sites."""
WORD_BUCKETS, NAME_BUCKETS, EPOCHS, RATE = 1 << 16, 1 << 15, 3, 0.5
KINDS = ("html", "text")
PLANS = (Plan(trees=128, rate=0.25), Plan(trees=256, rate=0.2))
"""How the forests of HTML are grown. Each sees what the one before says."""
SAMPLE_PAGES = 400
_MOST_KEPT_WEIGHT = 5.0
"""In a linear model, whose steps a single heavy block would throw off."""

Arrays = dict[str, NDArray[Any]]
Pages = Sequence[Sequence[Example]]


def main() -> None:
    """Read the arguments, then train, cross-validate or leave something out."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--dumps", type=Path, nargs="*", default=[])
    parser.add_argument("--only", choices=KINDS)
    parser.add_argument("--folds", type=int)
    parser.add_argument("--fold", type=int)
    parser.add_argument("--share", type=int, default=1)
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--without")
    parser.add_argument("--without-form")
    arguments = parser.parse_args()
    for kind in [arguments.only] if arguments.only else KINDS:
        started = time.monotonic()
        pages = (
            read_html_examples(arguments.corpora)
            if kind == "html"
            else read_dump_examples(arguments.corpora, arguments.dumps, arguments.share)
        )
        print(f"{len(pages)} pages read: {time.monotonic() - started:.0f} s", flush=True)
        if arguments.folds:
            chosen = range(arguments.folds) if arguments.fold is None else [arguments.fold]
            cross_validate(kind, pages, arguments.folds, chosen, arguments.keep)
        elif arguments.without:
            report.show(classify_unseen(kind, pages, lambda page: page.language == arguments.without))
        elif arguments.without_form:
            report.show(classify_unseen(kind, pages, lambda page: page.form == arguments.without_form))
        else:
            write(kind, train(kind, [example for page in pages for example in page]))
        print(f"{kind}: {time.monotonic() - started:.0f} s", flush=True)


def cross_validate(kind: str, pages: Pages, folds: int, chosen: Iterable[int], keep: Path | None) -> None:
    """Print what a model that never saw a page's site makes of the page; the models are saved in ``keep``."""
    results = []
    for number in chosen:
        kept = keep / f"{kind}-{number}.npz" if keep else None
        results += classify_unseen(kind, pages, partial(_is_in_fold, folds=folds, number=number), kept)
        print(f"fold {number}", flush=True)
    report.show(results)


def _is_in_fold(page: Example, folds: int, number: int) -> bool:
    return choose_fold(page.host, folds) == number


def classify_unseen(
    kind: str, pages: Pages, is_test: Callable[[Example], bool], kept: Path | None = None
) -> list[report.Result]:
    """What a model learned from all other pages says of the pages that ``is_test`` picks; it is saved as ``kept``."""
    arrays = train(kind, [example for page in pages if not is_test(page[0]) for example in page])
    if kept:
        np.savez(kept, allow_pickle=False, **dict(sorted(arrays.items())))
    model = LabelModel(arrays)
    results = []
    for page in pages:
        if is_test(page[0]):
            said = model.predict(page[0].page)
            results.append(
                report.Result(page[0], said.shares, choose_learned_type(model, page[0].outline, said.linear))
            )
    return results


def train(kind: str, given: Sequence[Example]) -> Arrays:
    """The arrays of a :class:`~cleaner.classifier.label_model.LabelModel` that has read the pages ``given``."""
    seen = [example for example in given if example.for_labels]
    targets = examples.make_targets(seen)
    starts = np.concatenate([[0], np.cumsum([len(example.texts) for example in seen])])
    spans = [slice(start, end) for start, end in pairwise(starts)]
    inner = np.repeat([choose_fold(example.host, INNER_FOLDS) for example in seen], np.diff(starts))
    parts, scores = {}, []
    for name, buckets in {"words": WORD_BUCKETS, **({"names": NAME_BUCKETS} if kind == "html" else {})}.items():
        tokens = _join_tokens([_list_tokens(example.page, name) for example in seen])
        parts[name], unseen = fit_linear(tokens, targets, inner, buckets)
        scores.append(unseen)
    of_seen = {
        id(e): label_model.combine_linear([each[at] for each in scores]) for e, at in zip(seen, spans, strict=True)
    }
    if kind == "html":
        parts |= fit_forests(seen, spans, scores, targets, inner)
    else:
        parts["network"] = fit_lines(seen, spans, scores[0], targets)
    parts["types"] = fit_types(given, of_seen, parts)
    arrays = {f"{name}.{key}": array for name, part in parts.items() for key, array in part.items()}
    return {**arrays, "version": np.array(label_model.VERSION)}


def fit_forests(
    seen: Sequence[Example], spans: Sequence[slice], linear: Sequence[NDArray[np.float32]], targets: Targets,
    inner: NDArray[np.int_],
) -> dict[str, Arrays]:  # fmt: skip
    """The forests of HTML, each learned from what those before it, which have not seen a page's site, say of the page."""
    parts, scores = {}, list(linear)
    around = [label_model.combine_linear([each[at] for each in scores]) for at in spans]
    for number, plan in enumerate(PLANS):
        bins, cuts = _sort_columns(seen, spans, scores, around)
        parts[f"forest_{number}"] = fitting.list_arrays(fitting.fit_forest(bins, targets, plan), cuts)
        if plan is not PLANS[-1]:
            scores.append(fit_unseen(bins, targets, inner, plan))
            around = [compute_softmax(scores[-1][at]) for at in spans]
    return parts


def fit_lines(seen: Sequence[Example], spans: Sequence[slice], linear: NDArray[np.float32], targets: Targets) -> Arrays:
    """The network of dumps, learned from what a linear model that has not seen a page's site says of the page's words."""
    # Only who trains the network needs what it is trained with.
    from training.line_network import NetworkPlan, fit_network

    pages = [
        label_model.join_line_columns(example.page, compute_softmax(linear[at]))
        for example, at in zip(seen, spans, strict=True)
    ]
    return fit_network(pages, targets, NetworkPlan())


def fit_types(given: Sequence[Example], of_seen: dict[int, Shares], parts: dict[str, Arrays]) -> Arrays:
    """The weights for types of pages, learned from each page once; the models have not seen those without labels."""
    linear = {name: LinearModel(parts[name]) for name in ("words", "names") if name in parts}
    once = list({(example.id, example.form): example for example in reversed(given)}.values())
    shares = [
        of_seen[id(example)]
        if id(example) in of_seen
        else label_model.combine_linear([m.score_tokens(_list_tokens(example.page, n)) for n, m in linear.items()])
        for example in once
    ]
    return dict(fit_page_types(once, shares))


def fit_linear(
    tokens: Tokens, targets: Targets, inner: NDArray[np.int_], buckets: int
) -> tuple[Arrays, NDArray[np.float32]]:
    """A linear model of all rows, and what models that have not seen a row's site say of the row."""
    capped = targets._replace(kept_weight=np.minimum(targets.kept_weight, _MOST_KEPT_WEIGHT))
    weighed = (targets.label >= 0) | (targets.kept >= 0)
    order = np.random.default_rng(3).permutation(len(inner))

    def fit(rows: NDArray[np.bool_]) -> Arrays:
        chosen = order[(rows & weighed)[order]]
        return fitting.fit_linear(tokens, chosen, capped, buckets=buckets, epochs=EPOCHS, rate=RATE)

    unseen = np.zeros((len(inner), len(LABELS)), np.float32)
    for number in range(INNER_FOLDS):
        own = inner == number
        unseen[own] = LinearModel(fit(~own)).score_tokens(_pick_rows(tokens, np.flatnonzero(own)))
    return fit(np.ones(len(inner), bool)), unseen


def fit_unseen(bins: NDArray[np.uint8], targets: Targets, inner: NDArray[np.int_], plan: Plan) -> NDArray[np.float32]:
    """What forests that have not seen a row's site say of the row."""
    unseen = np.zeros((len(inner), len(LABELS)), np.float32)
    for number in range(INNER_FOLDS):
        own = inner == number
        grown = fitting.fit_forest(np.ascontiguousarray(bins[:, ~own]), Targets(*(of[~own] for of in targets)), plan)
        unseen[own] = grown.compute_scores(np.ascontiguousarray(bins[:, own]))
    return unseen


def _sort_columns(
    seen: Sequence[Example], spans: Sequence[slice], scores: Sequence[NDArray[np.float32]], around: Sequence[Shares]
) -> tuple[NDArray[np.uint8], list[NDArray[np.float32]]]:
    """What a forest sees of all pages, in bins, and the borders of these. Unsorted, it would not fit in memory."""

    def build(index: int) -> NDArray[np.float32]:
        own = [compute_softmax(each[spans[index]]) for each in scores]
        return label_model.build_columns(seen[index].page, own, around[index])

    cuts = fitting.find_borders(np.concatenate([build(index) for index in _choose_sample(len(seen))]))
    return fitting.sort_into_bins(map(build, range(len(seen))), cuts, spans[-1].stop), cuts


def _choose_sample(count: int) -> list[int]:
    """Numbers of the pages that borders of bins are found on."""
    return sorted(map(int, np.random.default_rng(1).choice(count, min(SAMPLE_PAGES, count), replace=False)))


def _join_tokens(parts: Sequence[Tokens]) -> Tokens:
    sizes = np.concatenate([np.diff(part.starts) for part in parts])
    return Tokens(np.concatenate([part.hashes for part in parts]), np.concatenate([[0], np.cumsum(sizes)]))


def _list_tokens(page: PageInput, name: str) -> Tokens:
    """The tokens of ``words``, or of ``names``: those around each block as one row."""
    if name == "words" or page.names is None:
        return page.words
    flat = _pick_rows(page.names.tokens, page.names.rows.ravel())
    return Tokens(flat.hashes, np.ascontiguousarray(flat.starts[:: page.names.rows.shape[1]]))


def _pick_rows(tokens: Tokens, rows: NDArray[np.intp]) -> Tokens:
    sizes = np.diff(tokens.starts)[rows]
    starts = np.concatenate([[0], np.cumsum(sizes)])
    places = np.arange(starts[-1]) - np.repeat(starts[:-1] - tokens.starts[rows], sizes)
    return Tokens(tokens.hashes[places], starts)


def write(kind: str, arrays: Arrays) -> None:
    """Save weights so that equal arrays give equal bytes, and check that they read back.

    They are not compressed, as they are read at each start; a wheel compresses them.
    """
    file = WEIGHTS / f"{kind}-labels.npz"
    np.savez(file, allow_pickle=False, **dict(sorted(arrays.items())))
    label_model.load_model(Kind(kind))
    print(f"{file.name}: {file.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
