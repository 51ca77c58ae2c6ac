"""Write ``cleaner/data/months.toml``: the names of months and weekdays by CLDR, Unicode's locale data, which Babel carries.

    pip install babel==2.18.0 && python tools/month_names.py

Names are taken as dates have them and as they are by themselves, whole and abbreviated, case-folded and without full
stop; only single words of 3 to 20 letters and marks, for the patterns of dates find no others, and of the languages that
langdetect lacks only whole names: abbreviations of months in all languages of CLDR are "can", "was", "now" and "here".
A name of different months in different languages is that of the languages that langdetect knows, else it is left out,
unless the list ``extra`` of a month has it, which is kept by hand.
"""

from __future__ import annotations

import re
import textwrap
import unicodedata
from collections import defaultdict
from itertools import product
from pathlib import Path

import babel
import rtoml
from babel.localedata import locale_identifiers

PATH = Path(__file__).parent.parent / "cleaner" / "data" / "months.toml"
HEAD = f"""\
# Names of months: "cldr" from Unicode's locale data, "extra" chosen by hand.
# Written by tools/month_names.py from Babel {babel.__version__}, which keeps what is listed as "extra"; a name that CLDR
# gives to different months in different languages is left out, or is what "extra" says.
# Case-folded, without full stop. Read by cleaner.language.months.
"""
NAME = re.compile(r"[^\s\d!-/:-@\[-`{-~·–—’]{3,20}")
LANGUAGES = frozenset(
    "af ar bg bn ca cs cy da de el en es et fa fi fr gu he hi hr hu id it ja kn ko lt lv mk ml mr ne nl no pa pl pt ro ru "
    "sk sl so sq sv sw ta te th tl tr uk ur vi zh".split()
)
ORDINARY = frozenset("avg bal dis dub elo ian ion julie junie led mac meh pri pro stu tra".split())
MIN_RARE = 4
"""Letters of a name in a language that langdetect lacks."""
RARE_ORDINARY = frozenset("here masa agust dame marco mach mata rags kudo marte lengua lujo maris moja hune".split())
WEEKDAY_LANGUAGES = LANGUAGES | frozenset("az be bs eu ga gl hy is ka kk km ky lb lo mn ms my si sr uz".split())
"""Names that are words or names of persons on many pages: "iPhone 12 Pro 2021" is not a date."""


def main() -> None:
    """Write the file anew."""
    extra = {table["number"]: table["extra"] for table in rtoml.loads(PATH.read_text("utf-8"))["month"]}
    by_hand = {name: number for number, names in extra.items() for name in names}
    cldr = defaultdict(set)
    for name, number in unambiguous(names_of("months")).items():
        if by_hand.get(name, number) == number:
            cldr[number].add(name)
    tables = [table(number, sorted(cldr[number]), sorted(set(extra[number]) - cldr[number])) for number in range(1, 13)]
    days = defaultdict(set)
    for name, number in unambiguous(names_of("days")).items():
        if not any(name in names for names in cldr.values()):
            days[number].add(name)
    weekdays = [
        f"[[weekday]]\nnumber = {number}\n{listed('cldr', sorted(names))}" for number, names in sorted(days.items())
    ]
    PATH.write_text("\n".join([HEAD, *tables, *weekdays]), "utf-8")


def unambiguous(names: dict[bool, dict[str, set[int]]]) -> dict[str, int]:
    """The number of each name that is one in the known languages, else in all others."""
    found = {name: min(numbers) for name, numbers in names[True].items() if len(numbers) == 1}
    others = {
        name: min(numbers)
        for name, numbers in names[False].items()
        if len(numbers) == 1 and name not in names[True] and name not in RARE_ORDINARY
    }
    return found | others


def names_of(kind: str) -> dict[bool, dict[str, set[int]]]:
    """All names of months or days with their numbers: of the known languages (True), and of all others."""
    found: dict[bool, dict[str, set[int]]] = {True: defaultdict(set), False: defaultdict(set)}
    for locale in map(babel.Locale.parse, locale_identifiers()):
        known = locale.language in LANGUAGES
        if kind == "days" and locale.language not in WEEKDAY_LANGUAGES:
            continue
        for context, width in product(("format", "stand-alone"), ("wide", "abbreviated") if known else ("wide",)):
            for number, name in getattr(locale, kind)[context][width].items():
                folded = unicodedata.normalize("NFC", name).casefold().removesuffix(".")
                if NAME.fullmatch(folded) and (known or len(folded) >= MIN_RARE) and folded not in ORDINARY:
                    found[known][folded].add(number)
    return found


def table(number: int, cldr: list[str], extra: list[str]) -> str:
    """The table of a month as TOML."""
    return f"[[month]]\nnumber = {number}\n{listed('cldr', cldr)}{listed('extra', extra)}"


def listed(key: str, names: list[str]) -> str:
    """A list as TOML."""
    if not names:
        return f"{key} = []\n"
    lines = textwrap.fill(", ".join(f'"{name}"' for name in names), 116, break_long_words=False)
    return f"{key} = [\n{textwrap.indent(lines, '  ')},\n]\n"


if __name__ == "__main__":
    main()
