"""Drafting the rule file of a new site from one page: a case that passes, and a commented example of an entry."""

from __future__ import annotations

from pathlib import Path

from cleaner.model import Page
from cleaner.rulebook import Rulebook
from cleaner.ruletools.ablation import TriedPage
from cleaner.ruletools.item_pages import clean_by_items
from cleaner.ruletools.learn import toml_writer
from cleaner.ruletools.learn.page_cases import choose_case_path, make_page_case
from cleaner.ruletools.learn.page_set import CleanedPage, build_page_set
from cleaner.ruletools.learn.site import LearnedSite

_HINT = """\
# An entry for each kind of leftover line, as below without the #. `cleaner explain` shows the verdict on every line.
#
# [[drop]]
# label = "related"
# line = "ALSO READ"
# through = 1
# why = "inline pointer to another story, with its headline"

"""


def draft_site_file(host: str, page: Page, folder: Path | None = None) -> LearnedSite:
    """Return a rule file for ``host`` whose case is ``page``, cleaned by the built-in rules and those of ``folder``.

    Raises :class:`~cleaner.PageError` for a page that cannot be cleaned.
    """
    article = clean_by_items(page, Rulebook.load([folder] if folder else []))
    page_set = build_page_set([CleanedPage(page, article)])
    case = make_page_case(choose_case_path(host, page), TriedPage(page.id, page, article), page_set)
    text = toml_writer.write_new_file({"hosts": [host]}, _HINT + toml_writer.format_case(case.case))
    return LearnedSite(name=host, pages=1, before="", after=text.rstrip("\n") + "\n", files=case.files)
