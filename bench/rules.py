"""What rules do to unread pages, how well they are learned, and how fast the studio answers.

Each host with its rules and without; the guard against rules that were broken on purpose (``guard``: what
they do to the text; ``entries``: only whether they are refused, which takes a twentieth of the time); what is learned from half of a
site's pages, and from one marked page.

    python -m bench.rules --corpora CORPORA [--sample 20] [--only hosts guard entries learn marks studio] [--write docs/benchmarks.md]

``bench/learn_dumps.py`` measures rules learned from dumps, ``bench/rule_cost.py`` the time that rules take.
"""

from __future__ import annotations

import argparse
import logging
import re
import warnings
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from statistics import fmean, median

import cleaner
from bench import learn, learn_marks, studio
from bench.corpora import Sample, Shape, read
from bench.guard import rate, report_entries, report_guard
from bench.unruled import make_unruled
from cleaner.labels import Label
from cleaner.rulebook import Rulebook
from cleaner.ruletools.proposals import Change, RuleTable

SECTIONS = {
    "hosts": "rules hosts",
    "guard": "rules guard",
    "entries": "rules entries",
    "learn": "learn html",
    "marks": "learn marks",
    "studio": "rules studio",
}
"""What is measured, and the mark of its table in the document."""
STUDIO_PAGES, STUDIO_DRAWS = 50, 20
_CANONICAL = re.compile(r"<(?:link|meta)\b[^>]*(?:canonical|og:url)[^>]*>")
_ADDRESS = re.compile(r"""\b(?:href|content)\s*=\s*["']?([^"' >]+)""")


def main() -> None:
    """Print the tables, and write them to the document if one is named."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", type=Path, required=True, help="folder with html/<source>.jsonl.gz")
    parser.add_argument("--sample", type=int, default=20, help="pages of each source on which rules are broken")
    parser.add_argument(
        "--only", nargs="+", choices=SECTIONS, default=SECTIONS, help="sections to measure; by default all"
    )
    parser.add_argument("--write", type=Path, metavar="FILE", help="put the tables between their marks in FILE")
    given = parser.parse_args()
    warnings.simplefilter("ignore")
    logging.disable(logging.CRITICAL)
    for name in given.only:
        table = "\n".join(report_section(name, given.corpora, given.sample))
        print(table + "\n", flush=True)
        if given.write:
            learn.write_section(given.write, SECTIONS[name], table)


def report_section(name: str, corpora: Path, sample: int) -> Iterator[str]:
    """The lines of a section; ``sample`` is the number of pages of each source on which rules are broken."""
    if name == "hosts":
        return report_hosts(corpora)
    if name == "guard":
        return report_guard(corpora, sample)
    if name == "entries":
        return report_entries(corpora, sample)
    if name == "studio":
        return report_studio(corpora)
    sites = learn.group_by_site(read(corpora, Shape.HTML, learn.SOURCES))
    return learn.report(sites, Shape.HTML) if name == "learn" else learn_marks.report(sites)


def report_studio(corpora: Path) -> Iterator[str]:
    """The table of the studio's response on 50 pages of the site with most pages, in seconds."""
    pages = studio.read_site(corpora / "html" / "dragnet.jsonl.gz", STUDIO_PAGES)
    entry = Change(table=RuleTable.DROP, label=Label.OTHER, matcher={"selector": "div p"}, why="measured")
    times = {
        f"proposals for {count} marks": [studio.time_proposals(pages, count, seed) for seed in range(STUDIO_DRAWS)]
        for count in (1, 3)
    }
    times["hits of one selector"] = [studio.time_hits(entry, pages) for _ in range(STUDIO_DRAWS)]
    yield f"| on {len(pages)} pages | median | longest |"
    yield "| --- | --: | --: |"
    for name, found in times.items():
        yield f"| {name} | {median(found):.3f} s | {max(found):.3f} s |"


# --------------------------------------------------------------------------------------------- hosts with and without


def report_hosts(corpora: Path) -> Iterator[str]:
    """The table of hosts with built-in rules: mean F1 of their pages without the host's rules and with them."""
    ruled, plain, book = cleaner.Cleaner(), make_unruled(), Rulebook.load()
    pairs: defaultdict[str, list[tuple[float, float]]] = defaultdict(list)
    flagged = 0
    for sample in read(corpora, Shape.HTML):
        if not (sample.golds or sample.wanted):
            continue
        name = _find_rule_file(sample, book)
        if name:
            with_rules = ruled.clean(sample.content, sample.url)
            flagged += bool(with_rules.suspect_rules)
            pairs[name].append((rate(plain.clean(sample.content, sample.url), sample), rate(with_rules, sample)))
    yield "| rule file | pages | F1 without | F1 with | better | equal | worse |"
    yield "| --- | --: | --: | --: | --: | --: | --: |"
    for name, rates in (*sorted(pairs.items()), ("all", [pair for found in pairs.values() for pair in found])):
        changes = [round(after - before, 6) for before, after in rates]
        counts = (sum(x > 0 for x in changes), sum(x == 0 for x in changes), sum(x < 0 for x in changes))
        means = (fmean(column) for column in zip(*rates, strict=True))
        yield f"| {name} | {len(rates)} | {' | '.join(f'{mean:.4f}' for mean in means)} | {' | '.join(map(str, counts))} |"
    yield ""
    yield f"The guard refused a rule on {flagged} of these pages."


def _find_rule_file(sample: Sample, book: Rulebook) -> str:
    """The rule file of the page's host; its own statement of its address counts, as it does in a run."""
    if name := book.lookup(sample.url, None).name:
        return name
    for element in _CANONICAL.findall(sample.content):
        if (address := _ADDRESS.search(element)) and (name := book.lookup(address[1], None).name):
            return name
    return ""


if __name__ == "__main__":
    main()
