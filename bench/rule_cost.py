"""Cost of rules: loading a folder of thousands, and cleaning a page of a site for which there is no rule.

python -m bench.rule_cost [--files 2000] [--rounds 5]
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import median

from cleaner.library import Cleaner
from cleaner.rulebook import Rulebook

SITE = """#:schema ./site.schema.json
hosts = ["site{n}.example", "m.site{n}.example"]
signatures = ["The Paper of Town {n}", "Letters to the Editor of Town {n}"]
extends = ["networks/comments"]

[metadata]
timezone = "Europe/Berlin"
authors = [".byline-{n} a", "span.author"]
section = ["nav.crumbs li:nth-child(2)"]

[body]
selectors = ["div[itemprop=articleBody]", "#story-{n} > .text"]

[[drop]]
label = "related"
line = ["Read on in town {n}", "More of this"]
through = 1
why = "pointer to another story, with its headline"

[[drop]]
label = "caption"
regex = '.{{1,500}} \\| Photo: town{n} .{{1,120}}'
why = "photo line with its credit"

[[drop]]
label = "share"
selector = "ul.share-{n}, div.social"
why = "share buttons"

[[drop]]
label = "ticker"
selector = "#ticker-{n}"
why = "headlines of other stories"

[[drop]]
label = "newsletter"
starts = "Every morning the news of town {n}"
why = "invitation to the newsletter"

[[drop]]
label = "donation"
from = "Support the paper of town {n}"
to = "end"
why = "donation prompt that closes every page"

[[keep]]
starts = "Correction {n}:"
why = "part of the record"

[[case]]
input = "cases/site{n}.example/flood.html"
url = "https://site{n}.example/flood"
title = "The river of town {n} rises"
must_keep = ["The river stood at nine metres"]
must_drop = ["Support the paper", {{ text = "Read on in town {n}", label = "related" }}]
"""
NETWORK = """[[drop]]
label = "comments"
selector = "#comments"
why = "readers' comments"
"""
PAGE = "".join(
    ["<html><head><title>Rain</title></head><body><div class=page><nav><a href=/>Home</a></nav><article>"]
    + [f"<p>It rained for the {n}th day, and the river below the mill rose by another hand.</p>" for n in range(40)]
    + ["</article><footer>Imprint</footer></div></body></html>"]
)


def write_rules(folder: Path, files: int) -> None:
    """Write a rules folder with ``files`` different site files, and the network that all extend."""
    (folder / "networks").mkdir()
    (folder / "networks" / "comments.toml").write_text(NETWORK, encoding="utf-8")
    for number in range(files):
        (folder / f"site{number}.example.toml").write_text(SITE.format(n=number), encoding="utf-8")


def time_call(call: Callable[[], object], rounds: int) -> float:
    """The median time of ``call``."""
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        call()
        times.append(time.perf_counter() - start)
    return median(times)


def main() -> None:
    """Print the two times as a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--files", type=int, default=2000)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    dump = "\n\n".join(f"It rained for the {n}th day, and the river rose by another hand." for n in range(40))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_rules(folder, options.files)
        loading = time_call(lambda: Rulebook.load([folder], builtin=False), options.rounds)
        print(f"| loading {options.files:,} rule files | {loading:.3f} s |")
        print("| a page of another site | without them | with them |")
        with_them, without = Cleaner([folder]), Cleaner()
        for kind, page in (("HTML", PAGE), ("dump", dump)):
            times: tuple[list[float], list[float]] = ([], [])
            for cleaner in (with_them, without):
                cleaner.clean(page)
            for _ in range(options.rounds * 10):
                for index, cleaner in enumerate((without, with_them)):
                    times[index].append(time_call(partial(cleaner.clean, page), 1))
            print(f"| {kind} | {median(times[0]) * 1e3:.2f} ms | {median(times[1]) * 1e3:.2f} ms |")


if __name__ == "__main__":
    main()
