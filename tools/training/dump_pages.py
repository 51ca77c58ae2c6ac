"""Examples of dumps: pages flattened in many ways, with the labels of their blocks laid onto the lines."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import groupby
from multiprocessing import Pool
from operator import itemgetter
from pathlib import Path
from random import Random

import numpy as np
from msgspec.structs import replace

from cleaner.article import Metadata
from cleaner.classifier import page_input
from cleaner.classifier.label_model import KEPT, LABELS
from cleaner.front_matter.dump_findings import find_in_dump
from cleaner.judges.front_matter import judge_front_matter
from cleaner.model import Block, Blocks, fill_verdicts
from cleaner.page import blocks_dump
from training import labels
from training.augment import BODY, JUNK
from training.augment_dumps import LinePool, Run, change_dump, junk_runs
from training.corpora import Row, is_loose, read_dumps, read_rows
from training.examples import Example, make_example
from training.html_pages import INSERTED, LINE_CHARS, MIN_STORY_BLOCKS, STORY_BLOCKS
from training.teacher import teach

_USED = ("id", "source", "url", "lang", "gold", "gold_required", "page_type", "blocks", "taught")
"""Keys of rows that examples are made of; the markup is large, and rows travel between processes."""
_MOST_BLOCKS = 4000
_TOKEN = re.compile(r"\w+")
_SHINGLE = 3
_NEAR = 60
"""Tokens of a page, around the place where the lines before end, among which a short line is searched for."""
_PROCESSES = 2
_COPY_SHARE = 0.35
_POOL_RUNS = 4000
_POOL_SHARE = 0.3
LONGEST_INSERT = 4
SEED = 7


def read_dump_examples(corpora: Path, files: Iterable[Path], share: int = 1) -> list[list[Example]]:
    """For each dump in ``files`` (rows with ``id``, ``flattener`` and ``text``) its example and perhaps that of a changed copy.

    Of ``share`` dumps one is read.
    """
    pages = {row["id"]: {key: row[key] for key in _USED if key in row} for row in map(_add_labels, read_rows(corpora))}
    dumps = ((pages[dump["id"]], dump) for dump in read_dumps(files, share) if dump["id"] in pages)
    with Pool(_PROCESSES) as workers:
        read = [found for found in workers.imap(_read_labelled, dumps, chunksize=16) if found is not None]
    chance = Random(SEED)
    pool = _collect_pool(read, chance)
    tasks = ((one, chance.random() if chance.random() < _COPY_SHARE and not is_loose(one[0]) else None) for one in read)
    with Pool(_PROCESSES, initializer=_POOL.append, initargs=(pool,)) as workers:
        return list(workers.imap(_make_examples, tasks, chunksize=16))


def _add_labels(row: Row) -> Row:
    return row if "blocks" in row or is_loose(row) else {**row, "taught": teach(row)}


_POOL: list[LinePool] = []
"""In a worker process, what dumps are changed with: sent once rather than with every task."""


_Labelled = tuple[Row, str, Blocks, list[int], list[float]]


def _read_labelled(pair: tuple[Row, Row]) -> _Labelled | None:
    row, dump = pair
    blocks = blocks_dump.segment_dump(dump["text"])
    if not 0 < len(blocks) <= _MOST_BLOCKS:
        return None
    texts = [block.text for block in blocks]
    if "blocks" in row:
        found = lay_labels([(LABELS.index(label), text) for label, text in row["blocks"]], texts)
        shares = [float(0 <= label < KEPT) if label >= 0 else -1.0 for label in found]
    else:
        shares = labels.of_gold(texts, row["gold"]).tolist()
        found = [
            label if label >= 0 and _agree(label, share) else -1
            for label, share in zip(lay_labels(row.get("taught", []), texts), shares, strict=True)
        ]
    return row, dump["flattener"], blocks, found, shares


def _agree(label: int, share: float) -> bool:
    """Whether a label says of a line what the gold says."""
    return share >= BODY if label < KEPT else share < JUNK


def lay_labels(known: Sequence[tuple[int, str]], texts: Sequence[str]) -> list[int]:
    """The labels of the blocks of a page laid onto the lines of a dump of it; -1 for a line that is not found.

    Lines with the text of a block take its label, in order. Of the others, each takes the label that most of its shingles
    have on the page; if it is shorter, that of the words near the place where the lines before it were found.
    """
    found, place = [-1] * len(texts), [-1] * len(texts)
    matcher = SequenceMatcher(None, [_squeeze(text) for _, text in known], list(map(_squeeze, texts)), autojunk=False)
    for old, new, size in matcher.get_matching_blocks():
        for step in range(size):
            found[new + step], place[new + step] = known[old + step][0], old + step
    page = _LabelledWords(known)
    last = 0
    for index, text in enumerate(texts):
        if place[index] >= 0:
            last = page.starts[place[index] + 1]
        else:
            found[index] = page.find_label(_TOKEN.findall(text.casefold()), last)
    return found


class _LabelledWords:
    """The words of a page, with the labels of their blocks."""

    def __init__(self, known: Sequence[tuple[int, str]]) -> None:
        self.starts = [0]
        """The number of the first word of each block, and that behind the last."""
        self._labels: list[int] = []
        words: list[str] = []
        for label, text in known:
            words += _TOKEN.findall(text.casefold())
            self._labels += [label] * (len(words) - len(self._labels))
            self.starts.append(len(words))
        self._places: defaultdict[str, list[int]] = defaultdict(list)
        self._shingles: defaultdict[tuple[str, ...], Counter[int]] = defaultdict(Counter)
        for at, word in enumerate(words):
            self._places[word].append(at)
            self._shingles[tuple(words[at : at + _SHINGLE])][self._labels[at]] += 1

    def find_label(self, words: Sequence[str], last: int) -> int:
        """The label of a line of ``words`` that follows word ``last``; -1 if too few of its words are on the page."""
        votes: Counter[int] = Counter()
        for at in range(len(words) - _SHINGLE + 1):
            votes.update(self._shingles.get(tuple(words[at : at + _SHINGLE]), ()))
        if not votes:
            for word in words:
                near = self._places.get(word, [])
                votes.update(self._labels[at] for at in near[bisect_left(near, last - _NEAR) :] if at <= last + _NEAR)
        is_enough = votes and 2 * votes.total() >= max(1, len(words) - _SHINGLE + 1)
        return votes.most_common(1)[0][0] if is_enough else -1


def _squeeze(text: str) -> str:
    return " ".join(_TOKEN.findall(text.casefold())) or text


def _collect_pool(read: Sequence[_Labelled], chance: Random) -> LinePool:
    runs: list[Run] = []
    lines: Run = []
    stories: list[list[Block]] = []
    inserts: list[Run] = []
    for row, _, blocks, found, shares in read:
        if is_loose(row) or chance.random() > _POOL_SHARE:
            continue
        runs += junk_runs(blocks, found, np.array(shares, np.float32))
        inserted = [
            label in INSERTED and len(block.text) in LINE_CHARS for block, label in zip(blocks, found, strict=True)
        ]
        lines += [(blocks[at], found[at]) for at, is_one in enumerate(inserted) if is_one]
        inserts += _list_inserts(blocks, found)
        title = [block for block, label in zip(blocks, found, strict=True) if label == LABELS.index("title")][:1]
        body = [block for block, label in zip(blocks, found, strict=True) if label == 0][:STORY_BLOCKS]
        if title and len(body) >= MIN_STORY_BLOCKS:
            stories.append(title + body)
    return LinePool(
        chance.sample(runs, min(_POOL_RUNS, len(runs))),
        chance.sample(lines, min(_POOL_RUNS, len(lines))),
        stories,
        chance.sample(inserts, min(_POOL_RUNS, len(inserts))),
    )


def _list_inserts(blocks: Blocks, found: Sequence[int]) -> list[Run]:
    """The beginnings of the stretches with one of the labels :data:`INSERTED`, each of two lines or more."""
    stretches = [list(lines) for _, lines in groupby(zip(blocks, found, strict=True), key=itemgetter(1))]
    return [lines[:LONGEST_INSERT] for lines in stretches if lines[0][1] in INSERTED and len(lines) > 1]


def _make_examples(task: tuple[_Labelled, float | None]) -> list[Example]:
    (row, form, blocks, found, shares), seed = task
    examples = [_make_example(row, form, blocks, found, shares)]
    if seed is not None:
        changed = change_dump(blocks, found, shares, _POOL[0], Random(seed))
        if changed is not None:
            examples.append(_make_example(row, form, *changed))
    return examples


def _make_example(row: Row, form: str, blocks: Blocks, found: list[int], shares: list[float]) -> Example:
    numbered = tuple(replace(block, index=index, verdict=None) for index, block in enumerate(blocks))
    numbered = fill_verdicts(numbered, judge_front_matter(find_in_dump(numbered, row.get("url"))))
    page = page_input.measure_dump_page(numbered)
    return make_example(row, form, page, numbered, Metadata(url=row.get("url")), labels=found, shares=shares)


def list_forms(examples: Iterable[Sequence[Example]]) -> Iterator[str]:
    """The ways of flattening among ``examples``, each once."""
    yield from sorted({page[0].form for page in examples})
