"""Each seed, written anew as other flatteners would have written its page, gives the same article."""

import re
import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest

import cleaner

SEEDS = sorted((Path(__file__).parents[2] / "seeds").glob("*.txt"))
BULLET = re.compile(r"^(\s*)• ")


def write_markdown(seed: str) -> str:
    """As html2text writes without a width: items are links, and what would be a mark is escaped."""
    lines = []
    for line in seed.split("\n"):
        escaped = re.sub(r"([*_])", r"\\\1", BULLET.sub("", line).strip())
        is_item = bool(BULLET.match(line))
        lines += [f"  * [{escaped}](https://example.com/{len(lines)})" if is_item else escaped]
        if escaped and not is_item:
            lines.append("")
    return "\n".join(lines)


def write_print(seed: str) -> str:
    """As a browser prints: wrapped and indented."""
    lines = []
    for line in seed.split("\n"):
        text = BULLET.sub("", line).strip()
        first, rest = ("     * ", "       ") if BULLET.match(line) else ("   ", "   ")
        wrapped = textwrap.wrap(
            text, 78, initial_indent=first, subsequent_indent=rest, break_long_words=False, break_on_hyphens=False
        )
        lines += [*wrapped, ""] if text and first != "     * " else wrapped or [""]
    return "\n".join(lines)


def write_lines(seed: str) -> str:
    """As WET files and BeautifulSoup have it: no blank lines, no bullets, no indents."""
    return "\n".join(filter(None, (BULLET.sub("", line).strip() for line in seed.split("\n"))))


def write_columns(seed: str) -> str:
    """As w3m prints a table of layout: a menu on the left, and the page beside it."""
    menu = ["Harbour", "  • Tides", "  • Ferries", "  • Moorings", "  • Weather", "Town", "  • Council", "  • Markets"]
    menu += ["Contact us", "About us", "Shop", "  • Charts", "  • Ropes", "Archive", "  • 2020", "  • 2021"]
    right = [f"  {line}" if line else "" for line in write_print(seed).split("\n")]
    left = [*menu, *[""] * (len(right) - len(menu))]
    return "\n".join(f"{entry:16}{line}".rstrip() for entry, line in zip(left, right, strict=True))


def write_undecoded(seed: str) -> str:
    """As a string that was written out and never decoded."""
    return seed.replace("&", "&amp;").replace("’", "&rsquo;").replace("\n", "\\n")


@pytest.mark.parametrize("write", [write_markdown, write_print, write_lines, write_columns, write_undecoded])
@pytest.mark.parametrize("seed", SEEDS, ids=lambda path: path.stem[:3])
def test_the_article_is_the_same(seed: Path, write: Callable[[str], str]):
    text = seed.read_text(encoding="utf-8")
    expected, found = cleaner.clean(text), cleaner.clean(write(text))
    assert found.text.replace("\n\n", "\n") == expected.text.replace("\n\n", "\n")
    assert (found.title, found.published) == (expected.title, expected.published)
    # Without blank lines, a name alone is not known for the author's.
    assert found.authors == expected.authors or (write is write_lines and not found.authors)
