"""The order of the stages of cleaning a page: one table for both kinds of page, and the loop that runs it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from inspect import signature
from typing import Any, NamedTuple

from cleaner.article import Article
from cleaner.classifier.page_type import find_page_type
from cleaner.judges.classifier import judge_by_classifier
from cleaner.judges.common_rules import judge_by_common_rules
from cleaner.judges.front_matter import judge_front_matter
from cleaner.judges.repeats import judge_repeats
from cleaner.judges.site_rules import judge_by_site_rules, match_site_rules
from cleaner.model import Kind, Lean, Page, fill_verdicts
from cleaner.page import link_runs
from cleaner.repeats import Repeats
from cleaner.rulebook import Rulebook
from cleaner.stages import (
    assemble_article,
    choose_rules,
    find_by_labels,
    find_front_matter,
    find_headline_again,
    get_site_or_folder,
    identify_site,
    label_lines,
    look_at_page,
    look_up_repeats,
    parse_page,
    read_head,
    read_metadata,
    read_structure,
    segment_page,
    set_flags,
    set_language,
)

_VERDICTS = "verdicts"
"""The output of a judge, which is given to blocks without a verdict."""
_BOTH = frozenset(Kind)
_HTML, _TEXT = frozenset({Kind.HTML}), frozenset({Kind.TEXT})


class Stage(NamedTuple):
    """A step of cleaning a page."""

    name: str
    """What it does; for a judge, its name in verdicts."""
    run: Callable[..., Any]
    reads: tuple[str, ...]
    """Names of its inputs: the parameters of ``run``."""
    writes: tuple[str, ...]
    """Names of its outputs; if several, ``run`` returns a tuple."""
    kinds: frozenset[Kind]
    """The kinds of page on which it runs; on others its outputs are None."""

    @property
    def is_judge(self) -> bool:
        """Whether it gives verdicts."""
        return self.writes == (_VERDICTS,)


def _stage(name: str, run: Callable[..., Any], *writes: str, kinds: frozenset[Kind] = _BOTH) -> Stage:
    return Stage(name, run, tuple(signature(run).parameters), writes, kinds)


STAGES = (
    _stage("parse", parse_page, "dom", "head", kinds=_HTML),
    _stage("segment", segment_page, "dom", "blocks", "markup", "notation"),
    _stage("identify the site", identify_site, "rules", "addresses"),
    _stage("read the head", read_head, "head_findings", "claims"),
    _stage("match rules", match_site_rules, "matched"),
    _stage("join links", link_runs.join_links, "blocks", "markup", "matched", "unjoined", kinds=_HTML),
    _stage("look at the page", look_at_page, "first_look"),
    _stage("choose rules", choose_rules, "rules", "suspect_rules"),
    _stage("site_rules", judge_by_site_rules, _VERDICTS),
    _stage("common_rules", judge_by_common_rules, _VERDICTS),
    _stage("find front matter", find_front_matter, "findings"),
    _stage("front_matter", judge_front_matter, _VERDICTS),
    _stage("label blocks", label_lines, "shares", "linear", "by_words"),
    _stage("find the headline again", find_headline_again, "findings", kinds=_TEXT),
    _stage("front_matter", judge_front_matter, _VERDICTS, kinds=_TEXT),
    _stage("look up repeats", look_up_repeats, "recurring"),
    _stage("repeats", judge_repeats, _VERDICTS),
    _stage("classifier", judge_by_classifier, _VERDICTS),
    _stage("find by labels", find_by_labels, "findings"),
    _stage("metadata", read_metadata, "metadata"),
    _stage("page type", find_page_type, "page_type"),
    _stage("split kept links", link_runs.split_kept_links, "blocks", "markup", kinds=_HTML),
    _stage("structure", read_structure, "blocks", "images"),
    _stage("assemble", assemble_article, "article"),
    _stage("language", set_language, "article"),
    _stage("flags", set_flags, "article"),
)
"""All stages, in order. Of several verdicts on a block the first counts."""

GIVEN = ("page", "book", "lean", "repeats", "structure")
"""Names of the inputs of the pipeline."""


def run_stages(known: dict[str, Any]) -> Iterator[Stage]:
    """Run the stages on ``known``, values by name, and add their outputs to it; yields each stage after it has run.

    ``known`` must contain the values of :data:`GIVEN`; at the end it contains ``article``. Raises :class:`PageError`.
    """
    for stage in STAGES:
        if known["page"].kind in stage.kinds:
            result = stage.run(*(known[name] for name in stage.reads))
            if stage.is_judge:
                known["blocks"] = fill_verdicts(known["blocks"], result)
            else:
                known.update(zip(stage.writes, result if len(stage.writes) > 1 else (result,), strict=True))
            yield stage
        else:
            known.update((name, None) for name in stage.writes if name not in known)


def clean_page(
    page: Page,
    book: Rulebook,
    lean: Lean = Lean.BALANCED,
    repeats: Repeats | None = None,
    *,
    structure: bool = True,
) -> Article:
    """The article on ``page``. Raises :class:`PageError` for a page that cannot be cleaned."""
    known: dict[str, Any] = {"page": page, "book": book, "lean": lean, "repeats": repeats, "structure": structure}
    for _ in run_stages(known):
        pass
    article: Article = known["article"]
    return article


def read_site_and_lines(page: Page, book: Rulebook) -> tuple[str, tuple[str, ...]]:
    """The site of ``page``, or its folder if it is unknown, and the texts of its blocks. Raises as :func:`clean_page` does."""
    known: dict[str, Any] = {"page": page, "book": book}
    for stage in run_stages(known):
        if stage.run is identify_site:
            break
    return get_site_or_folder(page, known["addresses"].site), tuple(block.text for block in known["blocks"])
