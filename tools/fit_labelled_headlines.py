"""Rebuild the weights by which the headline of a dump is chosen among labelled lines: the same bytes from the same dumps.

    python tools/train_classifier.py --corpora DIR --dumps FILE --share 3 --only text --folds 3 --keep MODELS
    python tools/fit_labelled_headlines.py --corpora DIR --dumps FILE … --models MODELS [--folds 4]

``--dumps`` are files of ``tools/flatten_pages.py``, ``--models`` the folder with classifiers each of which has not seen a fold of
sites: only what they say of these is learned from, as labels of pages that a classifier has seen are too good. With ``--folds``,
nothing is written: the headlines of each fold of sites are chosen by weights that have seen only the others, and the counts are
printed.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from functools import cache, partial
from multiprocessing import Pool
from pathlib import Path
from typing import Any

import numpy as np

sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parent)]

from fit_headlines import Choice, Vector, fit, list_titles
from fit_lines import judge
from training.corpora import choose_fold, find_host, read_dumps, read_rows
from training.folds import judge_by_folds, make_parser

from cleaner.classifier.label_model import LabelModel
from cleaner.classifier.page_input import measure_dump_page
from cleaner.front_matter.dump_findings import find_in_dump, view_labelled
from cleaner.front_matter.headline_evidence import squeeze
from cleaner.front_matter.labelled_headline import EVIDENCE, find_candidates, measure_labelled, name_headline
from cleaner.judges.front_matter import judge_front_matter
from cleaner.model import fill_verdicts
from cleaner.page import blocks_dump
from cleaner.stages import list_line_chances

WEIGHTS = Path(__file__).parents[1] / "cleaner" / "data" / "labelled_headline_weights.toml"
_SHARE = 6
"""Of so many dumps one is read."""
_OF_ADDRESS = [at for at, name in enumerate(EVIDENCE) if "address" in name]
_PROCESSES = 2
_HEADER = """\
# How much each kind of evidence, the classifier's labels included, says that a line of a dump is its headline: the weights of a
# logistic choice between lines and none of them; cleaner/front_matter/headline_evidence.py and labelled_headline.py explain the
# names. Learned by tools/fit_labelled_headlines.py. Read by cleaner.front_matter.labelled_headline.
"""


def main() -> None:
    """Read the arguments, then fit, or print how right weights are that have not seen a site."""
    parser = make_parser(__doc__)
    parser.add_argument("--models", type=Path, required=True)
    arguments = parser.parse_args()
    choices = read_choices(arguments.corpora, arguments.dumps, sorted(arguments.models.glob("text-*.npz")))
    print(f"{len(choices)} dumps", flush=True)
    fit_choices = partial(fit, of_address=_OF_ADDRESS)
    if arguments.folds:
        print(dict(judge_by_folds(choices, arguments.folds, lambda choice: f"of {choice.host}", fit_choices, judge)))
    else:
        write(fit_choices(choices))


def read_choices(corpora: Path, files: Iterable[Path], models: list[Path]) -> list[Choice]:
    """The candidates of the dumps in ``files`` whose page has a known title; on some none is right."""
    known = {
        row["id"]: (find_host(row), row.get("url"), found) for row in read_rows(corpora) if (found := list_titles(row))
    }
    dumps = ((dump, *known[dump["id"]], models) for dump in read_dumps(files, _SHARE) if dump["id"] in known)
    with Pool(_PROCESSES) as workers:
        return [choice for choice in workers.imap(_read_choice, dumps, chunksize=16) if choice is not None]


def _read_choice(task: tuple[dict[str, Any], str, str | None, tuple[str, ...], list[Path]]) -> Choice | None:
    dump, host, url, titles, models = task
    blocks = blocks_dump.segment_dump(dump["text"])
    if not blocks:
        return None
    findings = tuple(find_in_dump(blocks, None))
    blocks = fill_verdicts(blocks, judge_front_matter(findings))
    model = _load(models[choose_fold(host, len(models))])
    chances = list_line_chances(model.predict(measure_dump_page(blocks)).shares)
    page = view_labelled(blocks, findings, chances, None)
    found = find_candidates(page, chances) if page else None
    if page is None or found is None or not found.lines:
        return None
    named = [squeeze(name_headline(found, at, None)) for at in range(len(found.lines))]
    right = np.array([not {key, name}.isdisjoint(titles) for key, name in zip(found.keys, named, strict=True)])
    if not right.any() and any(key.startswith(titles) for key in found.keys):
        return None
    evidence = np.array(measure_labelled(page, found, chances, url), np.float64)
    return Choice(host, tuple(line.index for line in found.lines), tuple(found.keys), evidence, right)


@cache
def _load(file: Path) -> LabelModel:
    return LabelModel(dict(np.load(file)))


def write(weights: Vector) -> None:
    """Write the weights with two decimals."""
    lines = [f"{name} = {weight:.2f}" for name, weight in zip(EVIDENCE, weights[:-1], strict=True)]
    WEIGHTS.write_text(f"{_HEADER}bias = {weights[-1]:.2f}\n\n[weights]\n" + "\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main()
