"""How right learned weights are on sites that they have not seen."""

from __future__ import annotations

from argparse import ArgumentParser, RawDescriptionHelpFormatter
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TypeVar

from training.corpora import choose_fold

_Example = TypeVar("_Example")
_Weights = TypeVar("_Weights")


def make_parser(description: str | None) -> ArgumentParser:
    """A parser of what every script needs that learns from dumps: pages, their dumps, and the number of folds to judge by."""
    parser = ArgumentParser(description=description, formatter_class=RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--dumps", type=Path, nargs="+", required=True)
    parser.add_argument("--folds", type=int)
    return parser


def judge_by_folds(
    examples: Sequence[_Example],
    folds: int,
    get_host: Callable[[_Example], str],
    fit: Callable[[list[_Example]], _Weights],
    judge: Callable[[_Weights, list[_Example]], Iterable[str]],
) -> Counter[str]:
    """What ``judge`` says of the examples of each fold of sites, by weights that ``fit`` made of the others, counted."""
    counts: Counter[str] = Counter()
    for fold in range(folds):
        unseen = [choose_fold(get_host(example), folds) == fold for example in examples]
        weights = fit([example for example, is_unseen in zip(examples, unseen, strict=True) if not is_unseen])
        counts.update(
            judge(weights, [example for example, is_unseen in zip(examples, unseen, strict=True) if is_unseen])
        )
    return counts
