"""The endpoints that only the app uses: pages, proposals, drafts, and the stream of changes."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Iterable, Mapping
from http import HTTPStatus
from pathlib import Path
from typing import Any

import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response, StreamingResponse

from cleaner.errors import PageError
from cleaner.front_matter.html_metadata import read_html_metadata
from cleaner.labels import Label
from cleaner.rulebook import SiteMetadata
from cleaner.ruletools.proposals import BlockMark, Change, Proposal, RuleTable, check_change, find_hits, propose_changes
from cleaner.ruletools.proposals.marked_page import make_labelled_page
from cleaner.storage.run_files import Failure
from cleaner.studio.cleaning import EvidenceTask
from cleaner.studio.drafts import Draft, read_rule_file, try_draft
from cleaner.studio.frame import write_frame
from cleaner.studio.requests import answer_json, read_json
from cleaner.studio.saving import SavedFiles
from cleaner.studio.security import frame_policy, is_ticket, make_ticket
from cleaner.studio.views import show_draft, show_page, show_proposal, show_rule_file, show_state
from cleaner.studio.workspace import LoadedPage, Workspace

_HEARTBEAT_SECONDS = 10.0
"""Time after which the stream of changes repeats itself, so that either end sees when the other is gone."""
_PAGE_NUMBER = re.compile("[0-9]{1,9}")
Marks = Mapping[str, Mapping[str, Label]]


class ProposalRequest(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What proposals and hits are asked for."""

    site: str
    marks: Marks = {}
    change: Change | None = None
    """Only its hits are wanted."""


class LabelledRequest(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The page that is exported as a labelled one."""

    page: int
    marks: Marks = {}


class StudioApi:
    """The endpoints over one workspace."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._saved = SavedFiles()

    async def state(self, _request: Request) -> Response:
        """The list of pages, and what a person has to know."""
        return answer_json({**show_state(self._workspace), "can_undo": self._saved.can_undo})

    async def page(self, request: Request) -> Response:
        """One page block by block, and the tickets of its frame."""
        loaded = self._find_page(request)
        token = self._workspace.settings.token
        tickets = [make_ticket(token, loaded.number, pictures=pictures) for pictures in (False, True)]
        return answer_json({**show_page(self._workspace, loaded), "tickets": tickets})

    async def frame(self, request: Request) -> Response:
        """A page as it looks, without anything that acts."""
        loaded = self._find_page(request)
        pictures = request.query_params.get("pictures") == "1"
        ticket = request.query_params.get("ticket", "")
        if not is_ticket(ticket, self._workspace.settings.token, loaded.number, pictures=pictures):
            raise HTTPException(HTTPStatus.UNAUTHORIZED, "the frame needs its ticket")
        markup = await run_in_threadpool(write_frame, loaded.page, pictures=pictures)
        policy = frame_policy(pictures=pictures)
        return HTMLResponse(
            markup.encode("utf-8", "replace"),
            headers={"Content-Security-Policy": policy, "X-Frame-Options": "SAMEORIGIN"},
        )

    async def proposals(self, request: Request) -> Response:
        """Changes that fit the marks, or the hits of one change."""
        asked = await read_json(request, ProposalRequest)
        return answer_json(await run_in_threadpool(self._propose, asked))

    async def preview(self, request: Request) -> Response:
        """What a draft would do; nothing is written."""
        draft = await read_json(request, Draft)
        tried = await run_in_threadpool(try_draft, self._workspace, draft)
        return answer_json(show_draft(tried, _number_marks(draft.marks)))

    async def save(self, request: Request) -> Response:
        """Write the files of a draft, if the rule file is still the one that was previewed."""
        draft = await read_json(request, Draft)
        folder = self._need_folder()
        tried = await run_in_threadpool(try_draft, self._workspace, draft)
        written = await run_in_threadpool(self._saved.save, folder, draft, tried)
        shown = show_draft(tried, _number_marks(draft.marks))
        await run_in_threadpool(self._workspace.reload_rules)
        self._workspace.replace_results(tried.results)
        return answer_json({**shown, "written": written})

    async def undo(self, _request: Request) -> Response:
        """Take back the last save."""
        self._need_folder()
        restored = await run_in_threadpool(self._saved.undo)
        await run_in_threadpool(self._workspace.reload_rules)
        return answer_json({"restored": restored})

    async def rules(self, request: Request) -> Response:
        """The rule file of a site as it is."""
        file = read_rule_file(self._workspace, request.path_params["site"])
        return answer_json(await run_in_threadpool(show_rule_file, self._workspace, file))

    async def evidence(self, request: Request) -> Response:
        """What the classifier says of each block of a page."""
        loaded = self._find_page(request)
        found = await run_in_threadpool(
            self._workspace.service.explain, EvidenceTask(loaded.page, self._workspace.rules)
        )
        if isinstance(found, Failure):
            raise PageError(loaded.page.source, found.message)
        return answer_json(found)

    async def labelled(self, request: Request) -> Response:
        """A page with the label of each block, as a row of a corpus of labelled pages."""
        asked = await read_json(request, LabelledRequest)
        loaded = self._workspace.get_page(asked.page)
        if loaded.article is None:
            raise KeyError(asked.page)
        marks = _number_marks(asked.marks).get(loaded.number, {})
        row = make_labelled_page(loaded.page, loaded.article, marks)
        return Response(msgspec.json.encode(row) + b"\n", media_type="application/x-ndjson")

    async def events(self, _request: Request) -> Response:
        """A line of JSON for each change of what the app shows, and one from time to time."""
        return StreamingResponse(self._stream_versions(), media_type="application/x-ndjson")

    async def _stream_versions(self) -> AsyncIterator[bytes]:
        version = self._workspace.version
        while not self._workspace.is_closed:
            yield msgspec.json.encode({"version": version}) + b"\n"
            version = await run_in_threadpool(self._workspace.wait_for_change, version, _HEARTBEAT_SECONDS)

    def _find_page(self, request: Request) -> LoadedPage:
        number = request.path_params["number"]
        return self._workspace.get_page(int(number) if _PAGE_NUMBER.fullmatch(number) else -1)

    def _need_folder(self) -> Path:
        folder = self._workspace.settings.rules
        if folder is None:
            raise HTTPException(HTTPStatus.CONFLICT, "there is no folder to save to: start the studio with --rules DIR")
        return folder

    def _propose(self, asked: ProposalRequest) -> dict[str, Any]:
        pages = _join_pages(self._workspace, asked)
        views = self._workspace.view_pages(pages)
        places = {loaded.number: at for at, loaded in enumerate(pages)}
        marks = [
            BlockMark(places[number], block, label)
            for number, blocks in _number_marks(asked.marks).items()
            for block, label in blocks.items()
            if number in places and 0 <= block < len(views[places[number]].article.blocks)
        ]
        if asked.change is not None:
            check_change(asked.change)
            proposals = [Proposal(asked.change, find_hits(asked.change, views, marks))]
        else:
            proposals = propose_changes(marks, views) if marks else []
        shown = [show_proposal(one, pages, views) for one in proposals]
        for proposal, one in zip(shown, proposals, strict=True):
            if one.change.table is RuleTable.METADATA:
                proposal["values"] = list(_read_values(one.change, pages, views))
        return {"pages": len(pages), "proposals": shown}


def _join_pages(workspace: Workspace, asked: ProposalRequest) -> list[LoadedPage]:
    """The pages of the site, and marked ones beyond the number on which changes are tried."""
    pages = workspace.list_site(asked.site)
    numbers = {loaded.number for loaded in pages}
    others = [workspace.get_page(number) for number in _number_marks(asked.marks) if number not in numbers]
    return pages + [loaded for loaded in others if loaded.article and workspace.site_of(loaded) == asked.site]


def _number_marks(marks: Marks) -> dict[int, dict[int, Label]]:
    try:
        return {
            int(page): {int(block): label for block, label in blocks.items()}
            for page, blocks in marks.items()
            if blocks
        }
    except ValueError:
        raise HTTPException(HTTPStatus.BAD_REQUEST, "pages and blocks of marks are numbers") from None


def _read_values(change: Change, pages: list[LoadedPage], views: Iterable[Any]) -> Iterable[dict[str, Any]]:
    """What a selector of ``[metadata]`` gives on each page, and what is found without it."""
    rules = msgspec.convert({change.field: (change.selector,)}, SiteMetadata)
    for loaded, view in zip(pages, views, strict=True):
        if view.dom is None or not view.dom.select([change.selector]):
            continue
        read = read_html_metadata(view.dom, loaded.page.url, rules, blocks=view.article.blocks)
        yield {
            "page": loaded.number,
            "before": msgspec.to_builtins(getattr(view.article, change.field)),
            "after": msgspec.to_builtins(getattr(read, change.field)),
        }
