"""Segmenting dumps: each case is a dump, and the blocks it makes."""

from pathlib import Path

import pytest

from cleaner.model import Block
from cleaner.page import blocks_dump

CASES = Path(__file__).parents[2] / "cases" / "segment" / "text.txt"


def read_cases() -> list[tuple[str, str, str]]:
    cases = []
    for chunk in CASES.read_text().split("\n=== ")[1:]:
        name, _, rest = chunk.partition("\n")
        dump, _, expected = rest.partition("\n...\n")
        cases.append((name, dump, expected.strip("\n")))
    return cases


def shown(block: Block) -> str:
    gap = "+" if block.spaced else "-"
    return f"{block.line}{gap} {block.role.value}: {block.text}"


@pytest.mark.parametrize(("dump", "expected"), [case[1:] for case in read_cases()], ids=[c[0] for c in read_cases()])
def test_blocks(dump: str, expected: str) -> None:
    assert "\n".join(map(shown, blocks_dump.segment_dump(dump))) == expected


@pytest.mark.parametrize("end", ["\r\n", "\r", "\u2028", "\x85"])
def test_any_line_end(end: str) -> None:
    assert [block.text for block in blocks_dump.segment_dump(f"one{end}two")] == ["one", "two"]


def test_indentation_is_measured() -> None:
    assert [block.depth for block in blocks_dump.segment_dump("a\n  • b\n\t• c")] == [0, 2, 4]


def test_arrows_that_lead_back_from_a_note_are_no_text():
    blocks = blocks_dump.segment_dump(
        "The driver's note survives. It also lists two sheep. ↩︎\n\nPress ↩ to go on with the tour."
    )
    assert [block.text for block in blocks] == [
        "The driver's note survives. It also lists two sheep.",
        "Press ↩ to go on with the tour.",
    ]
