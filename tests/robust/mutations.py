"""Pages and dumps that were damaged or made to do damage: ``mutated(number)`` is the same in every run."""

from functools import cache
from pathlib import Path
from random import Random

ROOT = Path(__file__).parents[2]
MARKS = [
    "\u202e",
    "\u200f",
    "\u2066",
    "\ufeff",
    "\u200b",
    "\x00",
    "\x0b",
    "\x1b[31m",
    "\ud800".encode("utf-8", "surrogatepass"),
]
BROKEN = [
    "<",
    "</",
    "<!--",
    "<![CDATA[",
    "&#xD800;",
    "&#0;",
    "&#x110000;",
    "&amp" * 50,
    "&" * 200,
    "]]>",
    "<p",
    '<a href="',
]


@cache
def originals():
    files = sorted([*(ROOT / "tests" / "gate" / "pages").iterdir(), *(ROOT / "seeds").glob("*.txt")])
    return [file.read_bytes() for file in files]


def flip(page, dice):
    damaged = bytearray(page)
    for _ in range(dice.choice([1, 10, 200])):
        damaged[dice.randrange(len(damaged))] ^= 1 << dice.randrange(8)
    return bytes(damaged)


def truncate(page, dice):
    return page[: dice.randrange(len(page))]


def splice(page, dice):
    other = dice.choice(originals())
    cut, start = dice.randrange(len(page)), dice.randrange(len(other))
    return page[:cut] + other[start : start + dice.randrange(1, len(other))] + page[cut:]


def repeat(page, dice):
    start = dice.randrange(len(page))
    return page[:start] + page[start : start + dice.randrange(1, 60)] * dice.randrange(2, 400) + page[start:]


def nest(page, dice):
    tag = dice.choice([b"div", b"b", b"table", b"ul", b"blockquote", b"a", b"font", b"x"])
    start, depth = dice.randrange(len(page)), dice.choice([50, 300, 3000])
    close = b"</%s>" % tag if dice.random() < 0.5 else b""
    return page[:start] + b"<%s>" % tag * depth + page[start:] + close * depth


def bloat(page, dice):
    start = page.find(b"<p") + 2
    attribute = b' class="' + dice.choice([b"a ", b"x", b"&quot;"]) * dice.choice([1000, 50_000]) + b'" '
    return page[:start] + attribute + page[start:]


def sprinkle(page, dice):
    for _ in range(dice.randrange(1, 60)):
        mark = dice.choice([*MARKS, *BROKEN])
        start = dice.randrange(len(page))
        page = page[:start] + (mark if isinstance(mark, bytes) else mark.encode()) + page[start:]
    return page


def recode(page, dice):
    text = page.decode("utf-8", "replace")
    return text.encode(
        dice.choice(["utf-16", "utf-16-le", "utf-32", "cp1252", "koi8-r", "utf-7", "shift_jis"]), "replace"
    )


def shuffle(page, dice):
    lines = page.split(b"\n")
    dice.shuffle(lines)
    return b"\n".join(lines)


def one_line(page, dice):
    line = b" ".join(page.split())
    return line * (dice.choice([1, 10, 100]) if dice.random() < 0.95 else 9_900_000 // len(line))


def noise(_page, dice):
    return dice.randbytes(dice.randrange(1, 5000))


WAYS = [flip, truncate, splice, repeat, nest, bloat, sprinkle, recode, shuffle, noise]


def mutated(number):
    """The page of this number."""
    dice = Random(number)  # noqa: S311  dice, not secrets
    page = dice.choice(originals())
    if number % 250 == 0:
        return one_line(page, dice)
    for _ in range(dice.choice([1, 1, 2, 3])):
        page = dice.choice(WAYS)(page, dice) or b" "
    return page
