"""Rebuild the weights by which the headline of a dump is found: the same bytes from the same dumps.

    python tools/fit_headlines.py --corpora DIR --dumps FILE … [--folds 4]

``--dumps`` are files of ``tools/flatten_pages.py``. With ``--folds``, nothing is written: the headlines of each fold of sites
are chosen by weights that have seen only the others, and the counts are printed.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from multiprocessing import Pool
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parent)]

from training.corpora import find_host, read_dumps, read_rows
from training.folds import judge_by_folds, make_parser

from cleaner.front_matter import dump_findings
from cleaner.front_matter.dump_headline import choose_headline, list_candidates
from cleaner.front_matter.dump_view import view_dump
from cleaner.front_matter.findings import BELIEVED
from cleaner.front_matter.headline_evidence import EVIDENCE, measure_headlines, squeeze
from cleaner.labels import Label
from cleaner.page import blocks_dump

WEIGHTS = Path(__file__).parents[1] / "cleaner" / "data" / "headline_weights.toml"
_TITLES_WITH_SITE = frozenset({"metascraper"})
"""Sources whose golds of titles keep the name of the site."""
_SHARE = 3
"""Of so many dumps one is read: more give the same weights."""
_OF_ADDRESS = [at for at, name in enumerate(EVIDENCE) if "address" in name]
_STEPS, _RATE, _DECAY, _SHRINK = 400, 0.05, (0.9, 0.999), 3e-3
_PROCESSES = 2
_HEADER = """\
# How much each kind of evidence says that a line of a dump is its headline: the weights of a logistic choice between the lines
# around the first paragraph and none of them; cleaner/front_matter/headline_evidence.py explains the names.
# Learned by tools/fit_headlines.py. Read by cleaner.front_matter.dump_headline.
"""

Vector = NDArray[np.float64]


class Choice(NamedTuple):
    """The candidates of a dump."""

    host: str
    places: tuple[int, ...]
    keys: tuple[str, ...]
    """The letters and digits of each candidate."""
    evidence: Vector
    """Shape (candidates, :data:`EVIDENCE`)."""
    right: NDArray[np.bool_]
    """Whether a candidate is the title, alone or, where no line is, followed by something."""


def main() -> None:
    """Read the arguments, then fit, or print how right weights are that have not seen a site."""
    arguments = make_parser(__doc__).parse_args()
    choices = read_choices(arguments.corpora, arguments.dumps)
    print(f"{len(choices)} dumps", flush=True)
    if arguments.folds:
        print(dict(judge_by_folds(choices, arguments.folds, lambda choice: choice.host, fit, judge)))
    else:
        write(fit(choices))


def read_choices(corpora: Path, files: Iterable[Path]) -> list[Choice]:
    """The candidates of the dumps in ``files`` whose page has a known title that the dump contains."""
    known = {row["id"]: (find_host(row), found) for row in read_rows(corpora) if (found := list_titles(row))}
    dumps = (dump for dump in read_dumps(files, _SHARE) if dump["id"] in known)
    with Pool(_PROCESSES) as workers:
        read = workers.imap(_read_choice, ((dump, *known[dump["id"]]) for dump in dumps), chunksize=32)
        return [choice for choice in read if choice is not None]


def list_titles(row: dict[str, Any]) -> tuple[str, ...]:
    """The letters and digits of the titles of a page: its gold's, and the block that was labelled so."""
    titles = [text for label, text in row.get("blocks", ()) if label == Label.TITLE][:1]
    if row["source"] not in _TITLES_WITH_SITE and row.get("gold_title"):
        titles.append(row["gold_title"])
    return tuple(filter(None, map(squeeze, titles)))


def _read_choice(task: tuple[dict[str, Any], str, tuple[str, ...]]) -> Choice | None:
    dump, host, titles = task
    if not any(title in squeeze(dump["text"]) for title in titles):
        return None
    blocks = blocks_dump.segment_dump(dump["text"])
    captions = frozenset(f.block for f in dump_findings.find_captions(blocks) if f.block is not None)
    page = view_dump(blocks, captions) if blocks else None
    candidates = list_candidates(page) if page else []
    if page is None or not candidates:
        return None
    keys = tuple(squeeze(block.text) for block in candidates)
    right = np.array([key in titles for key in keys])
    if not right.any():
        right = np.array([key.startswith(titles) for key in keys])
    return Choice(
        host,
        tuple(block.index for block in candidates),
        keys,
        np.array(measure_headlines(page, candidates, dump.get("url")), np.float64),
        right,
    )


def fit(choices: Sequence[Choice], of_address: Sequence[int] = _OF_ADDRESS) -> Vector:
    """The weights, the last of them the bias, that make the right lines likeliest, or none where no line is right.

    Every dump is read twice, once as if its address were unknown, of which the evidence is at ``of_address``. Gradient descent with momentum and scaled steps (Adam).
    """
    seen = [*choices, *(_forget_address(choice, of_address) for choice in choices)]
    evidence = np.concatenate([choice.evidence for choice in seen])
    evidence = np.hstack([evidence, np.ones((len(evidence), 1))])
    right = np.concatenate([choice.right for choice in seen])
    ends = np.cumsum([0, *(len(choice.keys) for choice in seen)])
    page = np.repeat(np.arange(len(seen)), [end - start for start, end in pairwise(ends)])
    weights, mean, square = (np.zeros(evidence.shape[1]) for _ in range(3))
    for step in range(1, _STEPS + 1):
        odds = np.exp(np.clip(evidence @ weights, -30, 30))
        right_odds = np.where(right, odds, 0.0)
        wanted = right_odds / np.maximum(np.bincount(page, right_odds, len(seen)), 1e-300)[page]
        gradient = evidence.T @ (odds / (1 + np.bincount(page, odds, len(seen)))[page] - wanted) / len(seen)
        gradient[:-1] += _SHRINK * weights[:-1]
        mean = _DECAY[0] * mean + (1 - _DECAY[0]) * gradient
        square = _DECAY[1] * square + (1 - _DECAY[1]) * gradient**2
        weights -= _RATE * mean / (1 - _DECAY[0] ** step) / (np.sqrt(square / (1 - _DECAY[1] ** step)) + 1e-9)
    return weights


def _forget_address(choice: Choice, of_address: Sequence[int]) -> Choice:
    evidence = choice.evidence.copy()
    evidence[:, list(of_address)] = 0
    return choice._replace(evidence=evidence)


def judge(weights: Vector, choices: Iterable[Choice]) -> Iterator[str]:
    """For each dump what is chosen: the "right" line, a "wrong" one, or none ("missing")."""
    for choice in choices:
        scores = choice.evidence @ weights[:-1] + weights[-1]
        at, chance = choose_headline(choice.places, choice.keys, scores.tolist())
        is_right = any(key == choice.keys[at] and right for key, right in zip(choice.keys, choice.right, strict=True))
        yield "missing" if chance < BELIEVED else "right" if is_right else "wrong"


def write(weights: Vector) -> None:
    """Write the weights with two decimals."""
    lines = [f"{name} = {weight:.2f}" for name, weight in zip(EVIDENCE, weights[:-1], strict=True)]
    WEIGHTS.write_text(f"{_HEADER}bias = {weights[-1]:.2f}\n\n[weights]\n" + "\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main()
