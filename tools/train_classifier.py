"""Rebuild the classifier's weights: the same bytes from the same pages.

    python tools/train_classifier.py --corpora DIR [--only html|dumps] [--folds 4]

Needs the packages of the extra ``train``. With ``--folds``, nothing is written: each fold of sites is scored by a classifier
that has seen only the others, and the table is printed.
"""

from __future__ import annotations

import argparse
import copy
import random
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

sys.path.insert(0, str(Path(__file__).parents[1]))

from training import augment, corpora, forest, labels, net
from training.corpora import Example

from bench import score
from cleaner.classifier import boosted_trees, convolution, dump_features, html_features, smoothing, window
from cleaner.classifier.boosted_trees import BoostedTrees
from cleaner.classifier.convolution import ConvolutionNetwork
from cleaner.model import Lean

Predictor = Callable[[Example], NDArray[np.floating]]

WEIGHTS = Path(__file__).parents[1] / "cleaner" / "data" / "weights"
HTML = {"html-evidence": (*html_features.FEATURES, html_features.EVIDENCE), "html": html_features.FEATURES}
"""Features of the two forests for HTML."""
SEED = 7
MEMBERS, EPOCHS = 3, 8
POOL_PAGES, GRAFTS_A_PAGE, POOL_RUNS = 350, 12, 4000
COPIES = {"html": 2, "main": 2, "full": 1}
"""Augmented copies of each page; whole-page dumps are long already."""


def main() -> None:
    """Read the arguments, then train or cross-validate."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--only", choices=("html", "dumps"))
    parser.add_argument("--folds", type=int)
    arguments = parser.parse_args()
    for shape in [arguments.only] if arguments.only else ["html", "dumps"]:
        started = time.monotonic()
        train = train_html if shape == "html" else train_dumps
        train(arguments.corpora, arguments.folds)
        print(f"{shape}: {time.monotonic() - started:.0f} s", flush=True)


def train_html(folder: Path, folds: int | None) -> None:
    """Two forests for HTML: one that goes without trafilatura's evidence, one that has it."""
    pages = html_examples(folder)
    for name, features in HTML.items():
        if folds:
            cross_validate(name, pages, partial(html_predictor, features=features), folds)
        else:
            write(name, html_weights(flat(pages), features))


def train_dumps(folder: Path, folds: int | None) -> None:
    """A forest and an ensemble of networks for dumps, whose mean is the answer."""
    pages = dump_examples(folder)
    if folds:
        cross_validate("dump", pages, dump_predictor, folds)
        return
    write("dump", forest_weights(flat(pages), dump_features.FEATURES))
    write("dump-network", network_weights(flat(pages)))


def forest_weights(examples: Sequence[Example], features: Sequence[str]) -> dict[str, NDArray[Any]]:
    """The arrays of a forest over ``features`` and what stands around them."""
    return forest.fit(
        examples, window.name_columns(features), lambda example: window.widen_window(example.features, features)
    )


def html_weights(examples: Sequence[Example], features: Sequence[str]) -> dict[str, NDArray[Any]]:
    """Likewise for HTML, where trafilatura's evidence is the last of all features, or is left out."""
    return forest_weights([replace(e, features=e.features[:, : len(features)]) for e in examples], features)


def network_weights(examples: Sequence[Example]) -> dict[str, NDArray[Any]]:
    """The weights of the networks for dumps, with what scales their features."""
    scale = net.scaling(examples)
    nets = [net.fit(examples, scale, epochs=EPOCHS, seed=seed) for seed in range(MEMBERS)]
    known = {
        "mean": scale[0],
        "scale": scale[1],
        "gaps": np.array(net.GAPS),
        "features": np.array(dump_features.FEATURES),
    }
    return {**net.arrays(nets), **known}


def forest_predictor(examples: Sequence[Example], *, features: Sequence[str]) -> Predictor:
    """What a forest fitted to ``examples`` says of another example."""
    found = BoostedTrees(forest_weights(examples, features))
    return lambda example: found.predict(window.widen_window(example.features, features))


def html_predictor(examples: Sequence[Example], *, features: Sequence[str]) -> Predictor:
    """Likewise for HTML."""
    found = BoostedTrees(html_weights(examples, features))
    return lambda example: found.predict(window.widen_window(example.features[:, : len(features)], features))


def dump_predictor(examples: Sequence[Example]) -> Predictor:
    """Likewise for dumps."""
    by_forest = forest_predictor(examples, features=dump_features.FEATURES)
    by_network = ConvolutionNetwork(network_weights(examples))
    return lambda example: (by_forest(example) + by_network.predict(example.features, example.texts)) / 2


def flat(pages: Sequence[Sequence[Example]]) -> list[Example]:
    """All examples of all pages."""
    return [example for page in pages for example in page]


def html_examples(folder: Path) -> list[list[Example]]:
    """For each page its example, then those of its augmented copies."""
    chance = random.Random(SEED)
    rows = list(corpora.rows(folder, "html"))
    pool = graft_pool(chance.sample(rows, min(POOL_PAGES, len(rows))), chance)
    pages = []
    for row in rows:
        examples = []
        for number in range(1 + COPIES["html"]):
            parsed = corpora.parse(row)
            if parsed is None:
                break
            if number:
                texts = [block.text for block in parsed[1].blocks]
                if not augment.html(parsed[1], labels.of_gold(texts, row["gold"]), pool, chance):
                    continue
                parsed = corpora.segment_again(parsed[0])
                if parsed is None:
                    continue
            examples.append(corpora.of_html(row, *parsed))
        pages.append(examples)
    return [page for page in pages if page]


def graft_pool(rows: Sequence[corpora.Row], chance: random.Random) -> list[Any]:
    """Elements of boilerplate, to be planted into other pages."""
    pool = []
    for row in rows:
        parsed = corpora.parse(row)
        if parsed is not None:
            texts = [block.text for block in parsed[1].blocks]
            found = augment.junk_elements(parsed[1], labels.of_gold(texts, row["gold"]))
            pool += [copy.deepcopy(e) for e in chance.sample(found, min(GRAFTS_A_PAGE, len(found)))]
    return pool


def dump_examples(folder: Path) -> list[list[Example]]:
    """For each dump its example, then those of its augmented copies."""
    chance = random.Random(SEED)
    pages = []
    for shape in ("main", "full"):
        found = []
        for row in corpora.rows(folder, shape):
            blocks = corpora.dump_blocks(row)
            if blocks:
                found.append((row, blocks, labels.of_gold([block.text for block in blocks], row["gold"])))
        runs = [run for _, blocks, targets in found for run in augment.junk_runs(blocks, targets)]
        pool = chance.sample(runs, min(POOL_RUNS, len(runs)))
        for row, blocks, targets in found:
            examples = [corpora.of_dump(row, blocks, targets, shape)]
            for _ in range(COPIES[shape]):
                changed = augment.dump(blocks, targets, pool, chance)
                if changed is not None:
                    examples.append(corpora.of_dump(row, *changed, shape))
            pages.append(examples)
    return pages


def cross_validate(name: str, pages: Sequence[Sequence[Example]], fit: Callable[..., Any], folds: int) -> None:
    """Print what a classifier that never saw a page's site makes of the page, by source, at the balanced threshold."""
    scores: dict[str, list[score.Counts]] = defaultdict(list)
    for fold in range(folds):
        seen = [e for page in pages if corpora.fold(page[0].host, folds) != fold for e in page]
        predict = fit(seen)
        for page in pages:
            own = page[0]
            if corpora.fold(own.host, folds) == fold:
                chances = predict(own)
                sizes = np.array([len(text) for text in own.texts])
                keep = chances >= smoothing.choose_threshold(chances, sizes, Lean.BALANCED)
                kept = [text for text, yes in zip(own.texts, keep, strict=True) if yes]
                scores[own.source].append(score.compare_best("\n".join(kept), own.golds)[0])
    for source, counts in sorted(scores.items()):
        mean = score.average_pages(counts)
        print(f"{name:14} {source:18} {len(counts):4} F1 {mean.f1:.4f}  P {mean.precision:.3f}  R {mean.recall:.3f}")


def write(name: str, arrays: dict[str, NDArray[Any]]) -> None:
    """Save weights so that equal arrays give equal bytes, and check that they read back."""
    WEIGHTS.mkdir(exist_ok=True)
    file = WEIGHTS / f"{name}.npz"
    np.savez_compressed(file, allow_pickle=False, **dict(sorted(arrays.items())))
    (convolution if name.endswith("network") else boosted_trees).load(name)
    print(f"{file.name}: {file.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
