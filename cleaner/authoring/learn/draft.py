"""The first rule file of a site, from one page: a case that holds already, and room for entries."""

from __future__ import annotations

from pathlib import Path

from cleaner.authoring.entries import Tried
from cleaner.authoring.learn import toml
from cleaner.authoring.learn.examples import example, place
from cleaner.authoring.learn.lesson import Lesson
from cleaner.authoring.learn.sheets import Cleaned, lay_out
from cleaner.model import Page
from cleaner.pipeline import clean_with
from cleaner.rulebook import Rulebook

_HINT = """\
# An entry for each kind of leftover line, as below without the #. `cleaner explain` shows what became of every line.
#
# [[drop]]
# label = "related"
# line = "ALSO READ"
# through = 1
# why = "inline pointer to another story, with its headline"

"""


def draft(host: str, page: Page, folder: Path | None = None) -> Lesson:
    """A rule file for ``host`` whose case is ``page`` as the built-in rules and those of ``folder`` clean it.

    Raises :class:`~cleaner.PageError` for a page that cannot be cleaned.
    """
    article = clean_with(Rulebook.load([folder] if folder else []), page)
    sheets = lay_out([Cleaned(page, article)])
    shown = example(place(host, page), Tried(page.id, page, article), sheets)
    text = toml.new_file({"hosts": [host]}, _HINT + toml.case(shown.case))
    return Lesson(name=host, pages=1, before="", after=text.rstrip("\n") + "\n", files=shown.files)
