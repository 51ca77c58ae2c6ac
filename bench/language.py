"""Calibration of the language detector: how often it is right, by its confidence.

``python bench/language.py --corpora CORPORA``. Pieces of 60 to 600 characters of the golds of pages whose ``lang`` and
whose whole text name the same language; pieces of 100 characters also in capitals and with a capital in each word. The
language of the page is not given to the detector. A piece of another language, a quotation, counts as an error.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from bench import report
from cleaner.language import detect

SOURCES = (
    "trafilatura-eval",
    "htmldate",
    "wcxb",
    "fundus-tests",
    "newspaper",
    "zh-wce",
    "metascraper",
    "mercury-jocmp",
)
_SIZES = (60, 100, 200, 600)
_MIN_CHARS = 700
_PAGES_A_LANGUAGE = 60
_PIECES = 2
_VARIED = 100
"""Characters of the pieces that are also tried in capitals. All of these are choices; not measured."""


def read_texts(corpora: Path) -> Iterator[tuple[str, str]]:
    """Language and gold of the pages whose ``lang`` and text agree, at most some of each language."""
    seen: Counter[str] = Counter()
    for source in SOURCES:
        with gzip.open(corpora / "html" / f"{source}.jsonl.gz", "rt", encoding="utf-8") as lines:
            for row in map(json.loads, lines):
                claimed, gold = detect.read_code(row.get("lang")), row.get("gold") or ""
                found = detect.detect_language(gold) if claimed and len(gold) > _MIN_CHARS else None
                if claimed and found and found[0] == claimed and seen[claimed] < _PAGES_A_LANGUAGE:
                    seen[claimed] += 1
                    yield claimed, gold


def cut_pieces(text: str, chance: random.Random) -> Iterator[str]:
    """Pieces of ``text`` from random places."""
    for size in _SIZES:
        for _ in range(_PIECES):
            at = chance.randrange(max(1, len(text) - size))
            piece = text[at : at + size]
            yield from (piece, piece.upper(), piece.title()) if size == _VARIED else (piece,)


def measure(corpora: Path) -> str:
    """A table: pieces and the share that is right, by confidence in tenths."""
    chance = random.Random(1)  # noqa: S311  the same pieces each time
    counts: Counter[tuple[int, bool]] = Counter()
    for language, text in read_texts(corpora):
        for piece in cut_pieces(text, chance):
            if found := detect.detect_language(piece):
                counts[min(9, int(found[1] * 10)), found[0] == language] += 1
    rows = []
    for tenth in range(10):
        right, wrong = counts[tenth, True], counts[tenth, False]
        if right + wrong:
            rows.append([f"{tenth / 10:.1f}", str(right + wrong), f"{right / (right + wrong):.3f}"])
    return report.format_table(["confidence from", "pieces", "right"], rows)


def main(arguments: Sequence[str]) -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--corpora", type=Path, required=True)
    print(measure(parser.parse_args(arguments).corpora))


if __name__ == "__main__":
    main(sys.argv[1:])
