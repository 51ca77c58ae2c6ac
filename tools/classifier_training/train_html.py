"""Rebuild the classifier's weights: the same bytes from the same pages.

    python tools/train_classifier.py --corpora DIR [--folds 4] [--without LANGUAGE]

Needs the packages of the extra ``train``. With ``--folds``, nothing is written: each fold of sites is classified by a
model that has seen only the others, and the tables are printed. With ``--without``, the pages of one language are
classified by a model that has seen none of it.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

sys.path.insert(0, str(Path(__file__).parents[1]))

from classifier_training import fitting, pages, report
from classifier_training.fitting import Plan, Targets
from classifier_training.pages import Example
from tagger.corpora import fold

from cleaner.classifier import html_model
from cleaner.classifier.html_model import HtmlModel
from cleaner.classifier.linear import Linear
from cleaner.classifier.ngrams import Tokens

WEIGHTS = Path(__file__).parents[1] / "cleaner" / "classifier" / "weights" / "html.npz"
INNER_FOLDS = 3
"""What one model says of pages is learned from by the next only where the first had not seen their sites."""
WORD_BUCKETS, NAME_BUCKETS, EPOCHS, RATE = 1 << 16, 1 << 15, 3, 0.5
PLAN = Plan(trees=320, rate=0.2)
_MOST_KEPT_WEIGHT = 5.0
"""In a linear model, whose steps a single heavy block would throw off."""

Arrays = dict[str, NDArray[Any]]


def main() -> None:
    """Read the arguments, then train, cross-validate or leave a language out."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--folds", type=int)
    parser.add_argument("--without")
    arguments = parser.parse_args()
    started = time.monotonic()
    examples = pages.read(arguments.corpora)
    print(f"{len(examples)} pages read: {time.monotonic() - started:.0f} s", flush=True)
    if arguments.folds:
        cross_validate(examples, arguments.folds)
    elif arguments.without:
        report.show(tested(examples, lambda page: page.language == arguments.without))
    else:
        write(train([example for page in examples for example in page]))
    print(f"{time.monotonic() - started:.0f} s")


def cross_validate(examples: Sequence[Sequence[Example]], folds: int) -> None:
    """Print what a model that never saw a page's site makes of the page."""
    results = []
    for number in range(folds):
        results += tested(examples, lambda page, number=number: pages.fold_of(page, folds) == number)
        print(f"fold {number}", flush=True)
    report.show(results)


def tested(examples: Sequence[Sequence[Example]], is_test: Callable[[Example], bool]) -> list[report.Result]:
    """What a model learned from all other pages says of the pages that ``is_test`` picks."""
    model = HtmlModel(train([example for page in examples if not is_test(page[0]) for example in page]))
    held_out = [page[0] for page in examples if is_test(page[0])]
    return [report.Result(page, model.probabilities(page.sight)) for page in held_out]


def train(examples: Sequence[Example]) -> Arrays:
    """The arrays of an :class:`~cleaner.classifier.html_model.HtmlModel` that has read ``examples``."""
    targets = pages.targets(examples)
    starts = np.concatenate([[0], np.cumsum([len(example.texts) for example in examples])])
    inner = np.repeat([fold(example.host, INNER_FOLDS) for example in examples], np.diff(starts))
    words, by_words = linear(_together([example.sight.words for example in examples]), targets, inner, WORD_BUCKETS)
    names, by_names = linear(_together([_flat(example) for example in examples]), targets, inner, NAME_BUCKETS)
    sights = [example.sight for example in examples]
    spans = [slice(start, end) for start, end in pairwise(starts)]
    features = (html_model.forest_features(s, by_words[at], by_names[at]) for s, at in zip(sights, spans, strict=True))
    seen = _filled(spans, features)
    cuts = fitting.borders(seen)
    forest = fitting.forest_arrays(fitting.fit_forest(fitting.binned(seen, cuts), targets, PLAN), cuts)
    parts = {"words": words, "names": names, "forest": forest}
    arrays = {f"{name}.{key}": array for name, part in parts.items() for key, array in part.items()}
    return {**arrays, "version": np.array(html_model.VERSION)}


def linear(
    tokens: Tokens, targets: Targets, inner: NDArray[np.int_], buckets: int
) -> tuple[Arrays, NDArray[np.float32]]:
    """A linear model of all rows, and what models that have not seen a row's site say of the row."""
    capped = targets._replace(kept_weight=np.minimum(targets.kept_weight, _MOST_KEPT_WEIGHT))
    weighed = (targets.label >= 0) | (targets.kept >= 0)
    order = np.random.default_rng(3).permutation(len(inner))

    def fitted(rows: NDArray[np.bool_]) -> Arrays:
        chosen = order[(rows & weighed)[order]]
        return fitting.fit_linear(*tokens, chosen, capped, buckets=buckets, epochs=EPOCHS, rate=RATE)

    unseen = np.zeros((len(inner), len(html_model.LABELS)), np.float32)
    for number in range(INNER_FOLDS):
        own = inner == number
        unseen[own] = Linear(fitted(~own)).of_texts(_picked(tokens, np.flatnonzero(own)))
    return fitted(np.ones(len(inner), bool)), unseen


def _filled(spans: Sequence[slice], matrices: Iterable[NDArray[np.float32]]) -> NDArray[np.float32]:
    """``matrices`` one under the other, without holding them twice."""
    whole = np.zeros((0, 0), np.float32)
    for at, matrix in zip(spans, matrices, strict=True):
        if not whole.size:
            whole = np.empty((spans[-1].stop, matrix.shape[1]), np.float32)
        whole[at] = matrix
    return whole


def _together(parts: Sequence[Tokens]) -> Tokens:
    sizes = np.concatenate([np.diff(part.starts) for part in parts])
    return Tokens(np.concatenate([part.hashes for part in parts]), np.concatenate([[0], np.cumsum(sizes)]))


def _flat(example: Example) -> Tokens:
    """The names around each block as one row."""
    names = example.sight.names
    return _picked_sets(names.tokens, names.rows)


def _picked_sets(tokens: Tokens, rows: NDArray[np.intp]) -> Tokens:
    flat = _picked(tokens, rows.ravel())
    return Tokens(flat.hashes, flat.starts[:: rows.shape[1]])


def _picked(tokens: Tokens, rows: NDArray[np.intp]) -> Tokens:
    sizes = np.diff(tokens.starts)[rows]
    starts = np.concatenate([[0], np.cumsum(sizes)])
    places = np.arange(starts[-1]) - np.repeat(starts[:-1] - tokens.starts[rows], sizes)
    return Tokens(tokens.hashes[places], starts)


def write(arrays: Arrays) -> None:
    """Save weights so that equal arrays give equal bytes, and check that they read back."""
    WEIGHTS.parent.mkdir(exist_ok=True)
    np.savez_compressed(WEIGHTS, **dict(sorted(arrays.items())))
    html_model.load()
    print(f"{WEIGHTS.name}: {WEIGHTS.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
