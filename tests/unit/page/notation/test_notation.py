"""Reading dumps: each case is a dump in some notation, how it is recognised, and the blocks that it makes."""

from pathlib import Path

import pytest

from cleaner.model import Block
from cleaner.page.blocks_dump import make_blocks
from cleaner.page.notation.families import Notation
from cleaner.page.notation.reader import read_dump

CASES = sorted((Path(__file__).parents[3] / "cases" / "notation").glob("*.txt"))


def read_cases() -> dict[str, tuple[str, str]]:
    cases = {}
    for path in CASES:
        for chunk in path.read_text("utf-8").split("\n=== ")[1:]:
            name, _, rest = chunk.partition("\n")
            dump, _, expected = rest.partition("\n...\n")
            cases[f"{path.stem}: {name}"] = (dump.replace("␣", " ").replace("␌", "\f"), expected.strip("\n"))
    return cases


def show_block(block: Block) -> str:
    gap = "+" if block.spaced else "-"
    level = block.level or ""
    links = f" {block.link_share:.0%}" if block.link_share else ""
    return f"{block.line}{gap} {block.role.value}{level}{links}: {block.text}".replace("\n", "⏎")


def show_notation(notation: Notation) -> str:
    return f"{notation.family.value} {notation.width or ''}".strip()


@pytest.mark.parametrize(("dump", "expected"), read_cases().values(), ids=list(read_cases()))
def test_blocks(dump, expected):
    read = read_dump(dump)
    shown = "\n".join([show_notation(read.notation), *map(show_block, make_blocks(read))])
    assert shown == expected
