"""Site rules with a ``[body]`` for hosts of the sampled pages, made at run time: what a site's own rule does for speed."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from urllib.parse import urlsplit

import cleaner
from bench.corpora import Sample
from bench.unruled import unruled

_SHARE = 0.9
"""Of the characters kept: the element that holds so many, and none inside it does, is the article's."""
_TOKEN = re.compile(r"([#.]?)([^#.]+)")


def frequent(samples: Iterable[Sample], hosts: int) -> dict[str, list[Sample]]:
    """The pages of the ``hosts`` hosts that have most of them, by host without ``www.``; ties go by name."""
    groups: defaultdict[str, list[Sample]] = defaultdict(list)
    for sample in samples:
        if host := (urlsplit(sample.url or "").hostname or "").removeprefix("www."):
            groups[host].append(sample)
    ranked = sorted(groups.items(), key=lambda group: (-len(group[1]), group[0]))
    return dict(ranked[:hosts])


def write_rules(pages: dict[str, list[Sample]], folder: Path) -> list[Sample]:
    """A rule file in ``folder`` for each host of ``pages``, and the pages whose article stands in one of its elements."""
    served = []
    for host, samples in pages.items():
        found = [(sample, selector) for sample in samples if (selector := _article(sample))]
        if found:
            selectors = list(dict.fromkeys(selector for _, selector in found))
            rule = f"hosts = [{json.dumps(host)}]\n\n[body]\nselectors = {json.dumps(selectors)}\n"
            (folder / f"{host}.toml").write_text(rule, encoding="utf-8")
            served += [sample for sample, _ in found]
    return served


def _article(sample: Sample) -> str | None:
    """A selector for the element that holds what is kept of a page; None where nothing is, or no element but the page."""
    try:
        article = unruled().clean(sample.content, url=sample.url)
    except cleaner.PageError:
        return None
    path = common([(block.path, len(block.text)) for block in article.blocks if block.kept])
    return selector(path) if path else None


def common(texts: Sequence[tuple[str, int]]) -> str | None:
    """The path of the innermost element around nearly all of ``texts``, element paths with sizes in characters."""
    sizes: Counter[str] = Counter()
    for path, size in texts:
        steps = path.split("/")
        sizes.update({"/".join(steps[:end]): size for end in range(1, len(steps))})
    enough = _SHARE * sum(size for _, size in texts)
    return max((path for path, size in sizes.items() if size >= enough), key=lambda path: path.count("/"), default=None)


def selector(path: str) -> str | None:
    """A CSS selector for the element at ``path``: from the nearest element that bears an id or class, if one does."""
    steps = path.split("/")
    named = next((at for at in reversed(range(len(steps))) if "#" in steps[at] or "." in steps[at]), None)
    if named is None:
        return None if steps[-1] in ("html", "body") else steps[-1]
    return " > ".join(map(_compound, steps[named:]))


def _compound(step: str) -> str:
    return "".join(f"{mark}{_escaped(name) if mark else name}" for mark, name in _TOKEN.findall(step))


def _escaped(name: str) -> str:
    """``name`` as CSS writes names."""
    escaped = re.sub(r"[^\w-]", lambda match: f"\\{match[0]}", name)
    return f"\\{ord(escaped[0]):x} {escaped[1:]}" if escaped[0].isdigit() else escaped
