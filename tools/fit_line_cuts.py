"""Rebuild the weights by which a page on one line is divided: the same bytes from the same pages.

    python tools/fit_line_cuts.py --corpora DIR --dumps FILE … [--folds 4]

``--dumps`` are files of ``tools/flatten_pages.py``; those on one line are read. Where a text begins is known from the blocks of the
page's markup. With ``--folds``, nothing is written: the cuts in each fold of sites are made by weights that have seen only the
others, and what they find is printed.
"""

from __future__ import annotations

import re
import sys
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from multiprocessing import Pool
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parent)]

from training.corpora import find_host, read_lines, read_rows
from training.folds import judge_by_folds, make_parser

from cleaner.errors import PageError
from cleaner.language.sentences import ends_like_sentence
from cleaner.model import Role
from cleaner.page.decode import read_page
from cleaner.page.notation.line_cuts import list_evidence
from cleaner.page.notation.line_cuts import list_gaps as find_gaps
from cleaner.page.notation.one_line import split_sentences
from cleaner.stages import parse_page, segment_page

WEIGHTS = Path(__file__).parents[1] / "cleaner" / "data" / "line_cuts.toml"
_FLATTENER = "soup-one-line"
_THRESHOLD = 0.0
"""Log-odds above which a line is cut: of the cuts beside prose and headings, three of four are right."""
_CONTEXT = 10
"""Letters on each side of a gap by which it is found among the page's blocks."""
_REACH = 6000
_PROSE_WORDS, _PROSE_LOWER = 10, 0.6
_COST = {(True, True): 3.0, (True, False): 3.0, (False, True): 0.6, (False, False): 0.15}
"""What a wrong answer costs, by whether prose is beside the gap and whether a text begins: how menus are divided matters
less, and their blocks in the markup hold several entries."""
_MIN_PAGES = 8
_STEPS, _RATE, _DECAY, _SHRINK = 300, 0.05, (0.9, 0.999), 2e-5
_MIN_WEIGHT = 0.15
_PROCESSES = 2
_KEY = re.compile(r"[\W_]+")
_HEADER = """\
# How much each kind of evidence says that another text begins at a word of a page on one line: the weights of a logistic model;
# cleaner/page/notation/line_cuts.py explains the names. A line is cut where the sum is above the threshold.
# Learned by tools/fit_line_cuts.py. Read by cleaner.page.notation.line_cuts.
"""


class LabelledGap(NamedTuple):
    """A place at which a text may begin."""

    evidence: tuple[str, ...]
    begins: bool
    is_prose: bool
    """Whether prose or a heading is on one of its sides."""


class LinePage(NamedTuple):
    """The gaps of a page."""

    host: str
    gaps: list[LabelledGap]


def main() -> None:
    """Read the arguments, then fit, or print how right cuts are that have not seen a site."""
    arguments = make_parser(__doc__).parse_args()
    pages = read_pages(arguments.corpora, arguments.dumps)
    print(f"{len(pages)} pages", flush=True)
    if arguments.folds:
        counts = judge_by_folds(pages, arguments.folds, lambda page: page.host, fit, judge)
        print(dict(sorted(counts.items())))
    else:
        write(fit(pages))


def read_pages(corpora: Path, files: Iterable[Path]) -> list[LinePage]:
    """The pages in ``files`` that are on one line."""
    dumps = {dump["id"]: dump["text"] for file in files for dump in read_lines(file) if dump["flattener"] == _FLATTENER}
    tasks = ((row, dumps[row["id"]]) for row in read_rows(corpora) if row["id"] in dumps)
    with Pool(_PROCESSES) as workers:
        return [page for page in workers.imap(_read_page, tasks, chunksize=4) if page is not None]


def _read_page(task: tuple[dict[str, Any], str]) -> LinePage | None:
    row, text = task
    page = read_page(row["html"], row.get("url"))
    try:
        blocks = segment_page(page, parse_page(page)[0])[1]
    except PageError:
        return None
    return LinePage(find_host(row), list(list_gaps([(block.role, block.text) for block in blocks], text)))


def list_gaps(blocks: Sequence[tuple[Role, str]], line: str) -> Iterator[LabelledGap]:
    """The gaps of a line that are found in the blocks that it is made of."""
    keys = [squeeze(text) for _, text in blocks]
    content = "".join(keys)
    starts = list(accumulate((len(key) for key in keys), initial=0))[:-1]
    prose = [role is Role.HEADING or _is_prose(text) for role, text in blocks]
    place = 0
    for sentence in split_sentences(line):
        words = sentence.split()
        for possible in find_gaps(words):
            before = squeeze(" ".join(words[: possible.place]))[-_CONTEXT:]
            after = squeeze(" ".join(words[possible.place :]))[:_CONTEXT]
            found = content.find(before + after, place, place + _REACH) if before and after else -1
            if found < 0:
                continue
            place = found
            gap = found + len(before)
            block = bisect_right(starts, gap) - 1
            begins = starts[block] == gap
            yield LabelledGap(
                tuple(list_evidence(possible)), begins, prose[block] or (begins and block > 0 and prose[block - 1])
            )


def squeeze(text: str) -> str:
    """The letters and digits of a text."""
    return _KEY.sub("", text.casefold())


def _is_prose(text: str) -> bool:
    words = text.split()
    lower = sum(word[0].islower() for word in words)
    return len(words) >= _PROSE_WORDS and lower > _PROSE_LOWER * len(words) and ends_like_sentence(text)


def fit(pages: Sequence[LinePage]) -> dict[str, float]:
    """The weights by name, the bias under the empty name.

    Gradient descent with momentum and scaled steps (Adam), and weights that shrink by the same amount a step.
    """
    seen: Counter[str] = Counter()
    for page in pages:
        seen.update({name for gap in page.gaps for name in gap.evidence})
    names = sorted(name for name, count in seen.items() if count >= _MIN_PAGES)
    index = {name: place for place, name in enumerate(names)}
    gaps = [gap for page in pages for gap in page.gaps]
    size = len(gaps[0].evidence)
    columns = np.array([[index.get(name, len(names)) for name in gap.evidence] for gap in gaps])
    begins = np.array([gap.begins for gap in gaps])
    cost = np.array([_COST[gap.is_prose, gap.begins] for gap in gaps])
    cost /= cost.sum()
    weights, mean, square = (np.zeros(len(names) + 2) for _ in range(3))
    for step in range(1, _STEPS + 1):
        odds = weights[columns].sum(axis=1) + weights[-1]
        error = cost * (1 / (1 + np.exp(-odds)) - begins)
        gradient = np.bincount(columns.ravel(), np.repeat(error, size), len(names) + 2)
        gradient[-1] = error.sum()
        gradient[-2] = 0
        mean = _DECAY[0] * mean + (1 - _DECAY[0]) * gradient
        square = _DECAY[1] * square + (1 - _DECAY[1]) * gradient**2
        weights -= _RATE * mean / (1 - _DECAY[0] ** step) / (np.sqrt(square / (1 - _DECAY[1] ** step)) + 1e-9)
        weights[:-2] = _shrink(weights[:-2], _RATE * _SHRINK / (np.sqrt(square[:-2] / (1 - _DECAY[1] ** step)) + 1e-9))
    kept = {name: weight for name, weight in zip(names, weights[:-2], strict=True) if abs(weight) >= _MIN_WEIGHT}
    return {"": float(weights[-1]), **{name: float(weight) for name, weight in kept.items()}}


def _shrink(weights: NDArray[np.float64], by: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(np.sign(weights) * np.maximum(np.abs(weights) - by, 0))


def judge(weights: dict[str, float], pages: Iterable[LinePage]) -> Iterator[str]:
    """For each gap beside prose, and each other, whether it was cut and whether it should have been."""
    for page in pages:
        for gap in page.gaps:
            is_cut = weights[""] + sum(weights.get(name, 0.0) for name in gap.evidence) > _THRESHOLD
            what = "prose" if gap.is_prose else "other"
            yield (
                f"{what}: {'right cut' if gap.begins else 'wrong cut'}"
                if is_cut
                else (f"{what}: {'missed cut' if gap.begins else 'none'}")
            )


def write(weights: dict[str, float]) -> None:
    """Write the weights with two decimals."""
    quoted = (f'"{_quote(name)}" = {weight:.2f}' for name, weight in sorted(weights.items()) if name)
    head = f"{_HEADER}threshold = {_THRESHOLD}\nbias = {weights['']:.2f}\n\n[weights]\n"
    WEIGHTS.write_text(head + "\n".join(quoted) + "\n", "utf-8")


def _quote(name: str) -> str:
    return name.replace("\\", "\\\\").replace('"', '\\"')


if __name__ == "__main__":
    main()
