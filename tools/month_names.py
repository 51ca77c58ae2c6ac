"""Write ``cleaner/data/months.toml``: the names of months by CLDR, Unicode's locale data, which Babel carries.

    pip install babel==2.18.0 && python tools/month_names.py

Names are taken as dates have them and as they are by themselves, whole and abbreviated, case-folded and without full
stop; only single words of 3 to 12 letters, for the patterns of dates find no others. A name of different months in
different languages is left out, unless the list ``extra`` of a month has it, which is kept by hand. The languages are
those that langdetect knows: with all that CLDR has, 2,841 names, months are called "can", "was", "now" and "here".
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
NAME = re.compile(r"[^\W\d_]{3,12}")
LANGUAGES = frozenset(
    "af ar bg bn ca cs cy da de el en es et fa fi fr gu he hi hr hu id it ja kn ko lt lv mk ml mr ne nl no pa pl pt ro ru "
    "sk sl so sq sv sw ta te th tl tr uk ur vi zh".split()
)
ORDINARY = frozenset("avg bal dis dub elo ian ion julie junie led mac meh pri pro stu tra".split())
"""Names that are words or names of persons on many pages: "iPhone 12 Pro 2021" is not a date."""


def main() -> None:
    """Write the file anew."""
    extra = {table["number"]: table["extra"] for table in rtoml.loads(PATH.read_text("utf-8"))["month"]}
    by_hand = {name: number for number, names in extra.items() for name in names}
    cldr = defaultdict(set)
    for name, numbers in names_of_months().items():
        if len(numbers) == 1 and by_hand.get(name, *numbers) in numbers:
            cldr[min(numbers)].add(name)
    tables = [table(number, sorted(cldr[number]), sorted(set(extra[number]) - cldr[number])) for number in range(1, 13)]
    PATH.write_text("\n".join([HEAD, *tables]), "utf-8")


def names_of_months() -> dict[str, set[int]]:
    """All names, each with the months that it is a name of."""
    found = defaultdict(set)
    locales = (babel.Locale.parse(identifier) for identifier in locale_identifiers())
    months = [locale.months for locale in locales if locale.language in LANGUAGES]
    for context, width in product(("format", "stand-alone"), ("wide", "abbreviated")):
        for number, name in (item for names in months for item in names[context][width].items()):
            folded = unicodedata.normalize("NFC", name).casefold().removesuffix(".")
            if NAME.fullmatch(folded) and folded not in ORDINARY:
                found[folded].add(number)
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
