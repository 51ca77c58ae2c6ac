"""Site rules with a ``[body]`` for hosts of the sampled pages, made at run time, to measure their effect on speed."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from urllib.parse import urlsplit

import cleaner
from bench.corpora import Sample
from bench.unruled import make_unruled

_SHARE = 0.9
"""Share of the kept characters: the innermost element that contains this share is the article's. Not measured."""
_TOKEN = re.compile(r"([#.]?)([^#.]+)")


def group_frequent_hosts(samples: Iterable[Sample], hosts: int) -> dict[str, list[Sample]]:
    """The pages of the ``hosts`` hosts with most pages, by host without ``www.``; ties are ordered by name."""
    groups: defaultdict[str, list[Sample]] = defaultdict(list)
    for sample in samples:
        if host := (urlsplit(sample.url or "").hostname or "").removeprefix("www."):
            groups[host].append(sample)
    ranked = sorted(groups.items(), key=lambda group: (-len(group[1]), group[0]))
    return dict(ranked[:hosts])


def write_rules(pages: dict[str, list[Sample]], folder: Path) -> list[Sample]:
    """Write a rule file to ``folder`` for each host of ``pages``; return the pages whose article is in one element."""
    served = []
    for host, samples in pages.items():
        found = [(sample, selector) for sample in samples if (selector := _find_article_selector(sample))]
        if found:
            selectors = list(dict.fromkeys(selector for _, selector in found))
            rule = f"hosts = [{json.dumps(host)}]\n\n[body]\nselectors = {json.dumps(selectors)}\n"
            (folder / f"{host}.toml").write_text(rule, encoding="utf-8")
            served += [sample for sample, _ in found]
    return served


def _find_article_selector(sample: Sample) -> str | None:
    """A selector of the element that contains the kept blocks of a page; None if there is none but the whole page."""
    try:
        article = make_unruled().clean(sample.content, url=sample.url)
    except cleaner.PageError:
        return None
    path = find_common_path([(block.path, len(block.text)) for block in article.blocks if block.kept])
    return make_selector(path) if path else None


def find_common_path(texts: Sequence[tuple[str, int]]) -> str | None:
    """The path of the innermost element that contains :data:`_SHARE` of ``texts`` (paths, sizes in characters)."""
    sizes: Counter[str] = Counter()
    for path, size in texts:
        steps = path.split("/")
        sizes.update({"/".join(steps[:end]): size for end in range(1, len(steps))})
    enough = _SHARE * sum(size for _, size in texts)
    return max((path for path, size in sizes.items() if size >= enough), key=lambda path: path.count("/"), default=None)


def make_selector(path: str) -> str | None:
    """A CSS selector of the element at ``path``, from its nearest ancestor (or itself) with an id or class, if any."""
    steps = path.split("/")
    named = next((at for at in reversed(range(len(steps))) if "#" in steps[at] or "." in steps[at]), None)
    if named is None:
        return None if steps[-1] in ("html", "body") else steps[-1]
    return " > ".join(map(_make_compound, steps[named:]))


def _make_compound(step: str) -> str:
    return "".join(f"{mark}{_escape_name(name) if mark else name}" for mark, name in _TOKEN.findall(step))


def _escape_name(name: str) -> str:
    """``name`` escaped as a CSS identifier."""
    escaped = re.sub(r"[^\w-]", lambda match: f"\\{match[0]}", name)
    return f"\\{ord(escaped[0]):x} {escaped[1:]}" if escaped[0].isdigit() else escaped
