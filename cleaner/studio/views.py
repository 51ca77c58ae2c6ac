"""The values of the studio as JSON: what the front end shows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import unified_diff
from typing import Any

import msgspec

from cleaner import fields
from cleaner.article import Article
from cleaner.fields import Use
from cleaner.labels import Label
from cleaner.model import Block
from cleaner.render.output_formats import OutputFormat, encode_article
from cleaner.ruletools.check_results import CheckResult
from cleaner.ruletools.proposals import Proposal, RuleTable, SitePage, list_entries
from cleaner.studio.drafts import RuleFile, TriedDraft
from cleaner.studio.workspace import LoadedPage, Workspace

_MAX_SHOWN_HITS = 120
"""Hits of a proposal that are sent with their texts; all are counted."""
_MAX_HIT_CHARS = 160


def show_state(workspace: Workspace) -> dict[str, Any]:
    """Return the list of pages, the sites, and what a person has to know."""
    error = workspace.rule_error
    settings = workspace.settings
    return {
        "version": workspace.version,
        "pages": [_summarize(workspace, loaded) for loaded in list(workspace.pages)],
        "failures": msgspec.to_builtins(workspace.failures),
        "reading": not workspace.is_read,
        "notice": workspace.notice,
        "rules": str(settings.rules) if settings.rules else None,
        "rules_digest": workspace.book.digest,
        "rule_error": None if error is None else str(error),
        "labels": [{"name": one.value, "group": one.group.value, "meaning": one.meaning} for one in Label],
    }


def _summarize(workspace: Workspace, loaded: LoadedPage) -> dict[str, Any]:
    page, article = loaded.page, loaded.article
    summary = {"number": loaded.number, "id": page.id, "url": page.url, "kind": page.kind.value}
    if article is None:
        problem = loaded.result.message if loaded.result is not None else None  # type: ignore[union-attr]
        return {
            **summary,
            "site": "",
            "title": page.id,
            "state": "failed" if problem else "waiting",
            "problem": problem,
        }
    return {
        **summary,
        "site": workspace.site_of(loaded),
        "title": article.title or page.id,
        "state": "cleaned",
        "kept_share": round(article.kept_share, 3),
        "score": None if article.score is None else round(article.score, 3),
        "flags": [flag.value for flag in article.flags],
        "page_type": article.page_type.value,
    }


def show_page(workspace: Workspace, loaded: LoadedPage) -> dict[str, Any]:
    """Return a page block by block, with its metadata and its Markdown."""
    article = loaded.article
    if article is None:
        return _summarize(workspace, loaded)
    row = article.to_dict()
    return {
        **_summarize(workspace, loaded),
        "metadata": {name: row[name] for name in fields.names(Use.EXPLAIN) if row[name]},
        "blocks": [_show_block(block) for block in article.blocks],
        "markdown": encode_article(article, OutputFormat.MD).decode(),
    }


def _show_block(block: Block) -> dict[str, Any]:
    verdict = block.verdict
    shown = {
        "text": block.marked_text,
        "role": block.role.value,
        "keep": block.kept,
        "label": verdict.label.value if verdict else "other",
        "judge": verdict.judge if verdict else "",
        "rule": verdict.rule if verdict else None,
        "why": verdict.why if verdict else "",
        "score": None if verdict is None or verdict.score is None else round(verdict.score, 3),
        "path": block.path,
        "line": block.line,
        "hidden": block.hidden,
        "links": round(block.link_share, 2),
    }
    return {key: value for key, value in shown.items() if value not in (None, "")}


def show_proposal(proposal: Proposal, pages: Sequence[LoadedPage], views: Sequence[SitePage]) -> dict[str, Any]:
    """Return a proposal with its hits, false ones first; the page of a hit is its number in the workspace."""
    hits = [
        {
            "page": pages[hit.page].number,
            "block": hit.block,
            "effect": hit.effect.value,
            "text": views[hit.page].article.blocks[hit.block].text[:_MAX_HIT_CHARS],
        }
        for hit in proposal.hits
    ]
    return {
        "change": msgspec.to_builtins(proposal.change),
        "kind": proposal.change.kind,
        "counts": {effect.value: count for effect, count in proposal.counts.items()},
        "covered": proposal.covered,
        "pages": len({hit.page for hit in proposal.hits}),
        "hits": hits[:_MAX_SHOWN_HITS],
        "reach": [[hit["page"], hit["block"], hit["effect"]] for hit in hits],
    }


def show_rule_file(workspace: Workspace, file: RuleFile) -> dict[str, Any]:
    """Return the rule file of a site with its entries, and on how many blocks and pages of the site each has decided."""
    blocks: Counter[str] = Counter()
    pages: Counter[str] = Counter()
    for loaded in workspace.list_site(file.name):
        fired = [block.verdict.rule for block in loaded.article.blocks if block.verdict and block.verdict.rule]  # type: ignore[union-attr]
        blocks.update(fired)
        pages.update(set(fired))
    places: Counter[RuleTable] = Counter()
    entries = []
    for change in list_entries(file.text) if file.text else ():
        rule = f"{file.name}:{change.table.value}[{places[change.table]}]"
        places[change.table] += 1
        shown = {"change": msgspec.to_builtins(change), "kind": change.kind, "rule": rule}
        counts = (
            {}
            if change.table in (RuleTable.METADATA, RuleTable.CASE)
            else {"blocks": blocks[rule], "pages": pages[rule]}
        )
        entries.append({**shown, **counts})
    return {
        "name": f"{file.name}.toml",
        "text": file.text,
        "builtin": file.is_foreign,
        "entries": entries,
        "networks": [layer for layer in file.rules.layers if layer != file.name],
        "cases": len(file.rules.cases),
    }


def show_draft(tried: TriedDraft, draft_marks: dict[int, dict[int, Label]]) -> dict[str, Any]:
    """Return what a draft changes: the file, every page, the checks, and the marks that it does not fulfil."""
    name = f"{tried.file.name}.toml"
    old, new = (text.splitlines() for text in (tried.file.text, tried.text))
    changed = [show_changes(loaded, result) for loaded, result in tried.results if isinstance(result, Article)]
    return {
        "name": name,
        "base": tried.file.digest,
        "text": tried.text,
        "diff": list(unified_diff(old, new, name if tried.file.text else "(new file)", name, lineterm="")),
        "files": sorted(tried.files),
        "cases": list(tried.cases),
        "replaces_builtin": tried.file.is_foreign,
        "pages": [one for one in changed if one["blocks"] or one["metadata"]],
        "checks": [_show_check(result) for result in tried.checks],
        "passes": all(result.passes for result in tried.checks),
        "open": [one for loaded, result in tried.results for one in _list_open(loaded, result, draft_marks)],
    }


def show_changes(loaded: LoadedPage, after: Article) -> dict[str, Any]:
    """Return the blocks of a page whose fate changes, and its metadata that do."""
    before = loaded.article or after
    old, new = before.to_dict(), after.to_dict()
    pairs = zip(before.blocks, after.blocks, strict=False)
    return {
        "page": loaded.number,
        "title": before.title or loaded.page.id,
        "kept_before": old["kept_share"],
        "kept_after": new["kept_share"],
        "blocks": [
            {"block": one.index, "keep": other.kept, "text": one.text[:_MAX_HIT_CHARS], "label": _label(other)}
            for one, other in pairs
            if one.kept != other.kept
        ],
        "metadata": [
            {"field": name, "before": old[name], "after": new[name]}
            for name in fields.names(Use.EXPLAIN)
            if old[name] != new[name] and name not in ("flags", "captions", "page_type")
        ],
    }


def _label(block: Block) -> str:
    return block.verdict.label.value if block.verdict else "other"


def _list_open(loaded: LoadedPage, result: object, marks: dict[int, dict[int, Label]]) -> Iterator[dict[str, Any]]:
    """Yield the marked blocks that are still kept or dropped against their marks."""
    if not isinstance(result, Article):
        return
    for index, label in marks.get(loaded.number, {}).items():
        block = result.blocks[index]
        if block.kept != (label.group.value == "body"):
            yield {"page": loaded.number, "block": index, "text": block.text[:_MAX_HIT_CHARS], "label": label.value}


def _show_check(result: CheckResult) -> dict[str, Any]:
    return {
        "state": result.state.value,
        "subject": result.subject,
        "field": result.field,
        "line": result.line,
        "detail": result.detail,
    }
