"""A draft of a rule file: changes and cases, tried on all pages of the site before anything is written."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import msgspec

from cleaner.article import Article
from cleaner.errors import RuleError
from cleaner.labels import Label
from cleaner.model import Kind
from cleaner.rulebook import Case, Rulebook, SiteRules
from cleaner.ruletools import golden
from cleaner.ruletools.check import RuleChecker
from cleaner.ruletools.check_results import CheckResult
from cleaner.ruletools.file_kinds import FileKind
from cleaner.ruletools.json_schema import make_json_schema
from cleaner.ruletools.learn import toml_writer
from cleaner.ruletools.learn.page_cases import choose_case_path, encode_page
from cleaner.ruletools.learn.signatures import MIN_OTHER_SITES, flatten_pages, propose_signatures
from cleaner.ruletools.proposals import Change, Effect, RuleTable, apply_changes, find_hits
from cleaner.ruletools.proposals.marked_page import make_marked_case
from cleaner.ruletools.proposals.older_cases import accept_cases
from cleaner.studio.cleaning import Result, Rules, make_tasks
from cleaner.studio.workspace import UNKNOWN_SITE, LoadedPage, Workspace

SCHEMA = "site.schema.json"
_NAME = re.compile(r"\w[\w-]*(?:\.[\w-]+)*")
_MAX_NAME_CHARS = 200
"""Characters of the longest host that becomes the name of a file; file systems take 255 bytes."""


class Draft(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a person wants a site's rule file to become."""

    site: str
    """Name of the file, or of the host of a new one."""
    changes: tuple[Change, ...] = ()
    marks: Mapping[str, Mapping[str, Label]] = {}
    """The labels of marked blocks, by the page's number and the block's."""
    cases: tuple[int, ...] = ()
    """Numbers of the marked pages that become cases."""
    accept_cases: bool = False
    """Whether the cases that the file has already are changed to expect what comes out."""
    base: str = ""
    """Digest of the file that the draft was tried on; saving fails if the file has changed since."""


class RuleFile(NamedTuple):
    """The rule file of a site as it is."""

    name: str
    text: str
    rules: SiteRules
    is_foreign: bool
    """Whether it is a built-in one, which the saved file replaces."""

    @property
    def digest(self) -> str:
        """Digest of the text."""
        return sha256(self.text.encode()).hexdigest()


class TriedDraft(NamedTuple):
    """A draft, its files, and what it does."""

    file: RuleFile
    text: str
    """The new text of the rule file."""
    files: Mapping[str, bytes]
    """All files to write, by path from the rules folder."""
    results: Sequence[tuple[LoadedPage, Result]]
    """The pages that were cleaned by it."""
    checks: Sequence[CheckResult]
    """What ``cleaner check`` says of the site's file."""
    cases: Sequence[int]
    """Numbers of the pages that become cases."""
    removed: Sequence[str]
    """The pages and goldens of cases that are taken out, by path from the rules folder."""


def read_rule_file(workspace: Workspace, site: str) -> RuleFile:
    """Return the rule file of ``site``, or an empty one with its name. Raises :class:`~cleaner.RuleError`."""
    known = next((rules for rules in workspace.book.sites if rules.name == site), None)
    folder = workspace.settings.rules
    if known is None or known.path is None:
        return RuleFile(site, "", SiteRules(), is_foreign=False)
    try:
        text = known.path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise RuleError(str(known.path), "$", f"cannot be read: {error}", "Correct the file.") from error
    return RuleFile(site, text, known, is_foreign=folder is None or known.path.parent != folder)


def try_draft(workspace: Workspace, draft: Draft) -> TriedDraft:
    """Apply ``draft`` to a copy of the rules, clean the site's pages and check the file; nothing is written.

    Raises :class:`~cleaner.RuleError` if the file could not be used.
    """
    file = read_rule_file(workspace, draft.site)
    _check_name(draft.site)
    pages = workspace.list_site(draft.site) or _list_unknown(workspace, draft)
    base = file.text or _start_file(workspace, draft.site, pages)
    text = apply_changes(base, draft.changes)
    with _overlay(workspace.settings.rules, {}) as folder:
        _write(folder, {f"{draft.site}.toml": text.encode(), **_copy_cases(file)})
        rules = Rules((folder,), Rulebook.load([folder]).digest + folder.name)
        draft = _add_proofs(workspace, draft, pages)
        pages = _find_affected(workspace, draft, pages)
        tasks = make_tasks([loaded.page for loaded in pages], rules)
        results = list(zip(pages, workspace.service.clean_many(tasks), strict=True))
        text, files = _add_cases(file, draft, text, results)
        _write(folder, files)
        if draft.accept_cases:
            text, goldens = accept_cases(folder, draft.site)
            accepted = {f"{draft.site}.toml": text.encode(), **goldens}
            _write(folder, accepted)
            files |= accepted
        removed = _list_removed_cases(file, draft)
        return TriedDraft(file, text, files, results, _check_file(folder, draft.site), draft.cases, removed)


def _list_unknown(workspace: Workspace, draft: Draft) -> list[LoadedPage]:
    """Return the marked pages of an unknown site, and those of unknown sites in the same folders."""
    marked = [workspace.get_page(int(number)) for number in draft.marks]
    folders = {loaded.page.folder for loaded in marked}
    others = [loaded for loaded in workspace.list_site(UNKNOWN_SITE) if loaded.page.folder in folders]
    return others or marked


def _find_affected(workspace: Workspace, draft: Draft, pages: Sequence[LoadedPage]) -> list[LoadedPage]:
    """Return the pages that entries reach, and those that become cases; all of them for changes of other tables."""
    given = [change for change in draft.changes if change.table is not RuleTable.CASE]
    if not all(change.is_entry for change in given):
        return list(pages)
    views = workspace.view_pages(pages)
    changes = [one for change in given for one in (change, change.replaces) if one is not None]
    reached = {hit.page for change in changes for hit in find_hits(change, views, ())}
    return [loaded for at, loaded in enumerate(pages) if at in reached or loaded.number in draft.cases]


def _add_proofs(workspace: Workspace, draft: Draft, pages: Sequence[LoadedPage]) -> Draft:
    """Return ``draft`` with a case for each new entry that reaches none: an entry is proved by a page that it changes."""
    views = workspace.view_pages(pages)
    proofs: list[int] = []
    for change in draft.changes:
        if change.is_entry and not (change.removes or change.replaces):
            changed = [hit for hit in find_hits(change, views, ()) if hit.effect is not Effect.SAME]
            reached = Counter(pages[hit.page].number for hit in changed)
            if reached and not reached.keys() & {*draft.cases, *proofs}:
                proofs.append(reached.most_common(1)[0][0])
    return msgspec.structs.replace(draft, cases=(*draft.cases, *proofs))


def _check_name(site: str) -> None:
    if not _NAME.fullmatch(site) or len(site) > _MAX_NAME_CHARS:
        shown = ascii(site[:_MAX_NAME_CHARS])
        raise RuleError(shown, "$.hosts[0]", f"{shown} is not a host name", "Write the bare name, such as example.com.")


def _start_file(workspace: Workspace, site: str, pages: Sequence[LoadedPage]) -> str:
    """Return the text of a new file: its host, and signatures if dumps of the site share any.

    A person reads them in the review, so other sites to compare with are not needed as they are for learning.
    """
    own = [loaded.page for loaded in pages]
    others = {
        other: flatten_pages([loaded.page for loaded in workspace.list_site(other)])
        for other in {workspace.site_of(loaded) for loaded in workspace.pages if loaded.page.kind is Kind.TEXT}
        if other != site
    }
    assumed = {f"assumed {number}": "" for number in range(MIN_OTHER_SITES)}
    known = {name: text for name, text in others.items() if text and name != UNKNOWN_SITE}
    signatures = propose_signatures(own, known | assumed, site)
    head = {"hosts": [site], **({"signatures": signatures} if signatures else {})}
    return toml_writer.write_new_file(head, "")


def _copy_cases(file: RuleFile) -> dict[str, bytes]:
    """Return the cases of a built-in file, which move to the folder with it."""
    if not file.is_foreign or file.rules.path is None:
        return {}
    names = [name for case in file.rules.cases for name in (case.input, case.input + golden.SUFFIX)]
    paths = {name: file.rules.path.parent / name for name in names}
    return {name: path.read_bytes() for name, path in paths.items() if path.is_file()}


def _add_cases(
    file: RuleFile, draft: Draft, text: str, results: Sequence[tuple[LoadedPage, Result]]
) -> tuple[str, dict[str, bytes]]:
    """Return ``text`` with the cases of ``draft`` added, and all files of the draft."""
    files = _copy_cases(file)
    taken = {case.input for case in file.rules.cases}
    known = set(_read_case_pages(file))
    fields = [change.field for change in draft.changes if change.table is RuleTable.METADATA and not change.removes]
    cases: list[Case] = []
    for loaded, result in results:
        if loaded.number not in draft.cases or not isinstance(result, Article) or encode_page(loaded.page) in known:
            continue
        path = choose_case_path(draft.site, loaded.page, taken)
        taken.add(path)
        marks = {int(block): label for block, label in draft.marks.get(str(loaded.number), {}).items()}
        case = make_marked_case(path, loaded.page, result, marks, fields)
        if not (case.case.must_keep or case.case.must_drop or case.case.expects):
            continue  # a page without text, of which nothing can be asked
        cases.append(case.case)
        files |= case.files
    text = toml_writer.extend_file(text, "".join(map(toml_writer.format_case, cases))) if cases else text
    return text, {f"{draft.site}.toml": text.encode(), SCHEMA: make_json_schema(FileKind.SITE).encode(), **files}


def _list_removed_cases(file: RuleFile, draft: Draft) -> list[str]:
    """Return the pages and goldens in the folder that no case has any more."""
    gone = Counter(str(one.case.get("input")) for one in draft.changes if one.table is RuleTable.CASE and one.removes)
    had = Counter(case.input for case in file.rules.cases)
    unused = [] if file.is_foreign else [path for path, count in had.items() if count <= gone[path]]
    return [name for path in unused for name in (path, path + golden.SUFFIX)]


def _read_case_pages(file: RuleFile) -> Iterator[bytes]:
    """Yield the pages that are cases already: a page is a case once."""
    for case in file.rules.cases:
        path = file.rules.path.parent / case.input if file.rules.path else None
        if path and path.is_file():
            yield path.read_bytes()


@contextmanager
def _overlay(folder: Path | None, files: Mapping[str, bytes]) -> Iterator[Path]:
    """A folder with the rules of ``folder``, as links, in which files can be written without changing it."""
    with TemporaryDirectory(prefix="cleaner-studio-") as scratch:
        copy = Path(scratch)
        if folder and folder.is_dir():
            _link_tree(folder.resolve(), copy)
        _write(copy, files)
        yield copy


def _link_tree(source: Path, target: Path) -> None:
    for entry in os.scandir(source):
        if entry.name.startswith("."):
            continue
        if entry.is_dir():
            (target / entry.name).mkdir()
            _link_tree(Path(entry.path), target / entry.name)
        else:
            (target / entry.name).symlink_to(entry.path)


def _write(folder: Path, files: Mapping[str, bytes]) -> None:
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.unlink(missing_ok=True)  # a link to the original, which must not change
        path.write_bytes(data)


def _check_file(folder: Path, site: str) -> list[CheckResult]:
    planned = RuleChecker(folder).plan_checks()
    return [check.run() for check in planned if check.path.name == f"{site}.toml" or check.field == "file"]
