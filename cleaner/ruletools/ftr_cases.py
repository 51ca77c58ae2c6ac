"""Cases for imported rules: from saved test pages, what the site file's own tests assert."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from cleaner.errors import PageError
from cleaner.model import Page
from cleaner.pipeline import clean_page
from cleaner.rulebook import Case, Rulebook
from cleaner.ruletools.import_ftr import ImportedFile
from cleaner.ruletools.learn import toml_writer
from cleaner.ruletools.learn.page_cases import choose_case_path, make_case_files


class ProvenFile(NamedTuple):
    """An imported file with the cases that could be made of its tests."""

    text: str
    files: Mapping[str, bytes]
    """Pages and goldens of the cases, by path from the rules folder."""
    failed: tuple[str, ...]
    """Tests that cleaning does not pass: the text, and its page."""


def prove_imported_file(imported: ImportedFile, pages: Mapping[str, Page]) -> ProvenFile:
    """Add a case for each test page of ``imported`` that is among ``pages``, which are saved pages by address.

    A text that is not in the article is reported and left out of the case.
    """
    site = imported.name.removesuffix(".toml")
    tests = {url: texts for url, texts in imported.expected.items() if url in pages and texts}
    book = _load_in_force(imported) if tests else Rulebook()
    cases: list[Case] = []
    files: dict[str, bytes] = {}
    failed: list[str] = []
    for url, texts in tests.items():
        page = pages[url]
        try:
            article = clean_page(page, book)
        except PageError as error:
            failed.append(f"{url}: {error.problem}")
            continue
        flat = " ".join(article.text.split())
        kept = tuple(text for text in texts if " ".join(text.split()) in flat)
        failed += [f"{url}: “{text}” is not in the text" for text in texts if text not in kept]
        if kept:
            path = choose_case_path(site, page, files)
            cases.append(Case(input=path, url=url, must_keep=kept))
            files |= make_case_files(path, page, article)
    text = imported.text + "".join("\n" + toml_writer.format_case(case) for case in cases)
    return ProvenFile(text, files, tuple(failed))


def _load_in_force(imported: ImportedFile) -> Rulebook:
    """The rules as a check has them: the built-in ones, and the imported file."""
    with TemporaryDirectory() as scratch:
        Path(scratch, imported.name).write_text(imported.text, encoding="utf-8")
        return Rulebook.load([Path(scratch)])
