"""The application: its routes, behind the guard."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from functools import partial
from pathlib import Path

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp

from cleaner import __version__
from cleaner.analysis.report import BASE_STYLE
from cleaner.studio.api_clean import clean_request
from cleaner.studio.api_studio import StudioApi
from cleaner.studio.metrics import Metrics
from cleaner.studio.openapi import describe_api
from cleaner.studio.requests import answer_json, reporting_errors
from cleaner.studio.security import Guard
from cleaner.studio.watching import watch_rules
from cleaner.studio.workspace import Workspace

STATIC = Path(__file__).parent / "static"


def make_app(workspace: Workspace) -> ASGIApp:
    """Return the application over ``workspace``, which it starts and ends; with ``api_only``, without the app."""
    routes = _list_api_routes(workspace)
    if not workspace.settings.api_only:
        routes += _list_studio_routes(StudioApi(workspace))
        routes += [Route("/", _serve_shell), Route("/static/base.css", _serve_base_style)]
        routes += [Mount("/static", StaticFiles(directory=STATIC))]
    return Guard(Starlette(routes=routes, lifespan=partial(_live, workspace)), workspace.settings)


@asynccontextmanager
async def _live(workspace: Workspace, _app: Starlette) -> AsyncIterator[None]:
    """Read and clean pages, and watch the rules, while the server runs."""
    workspace.start()
    watching = asyncio.create_task(watch_rules(workspace))
    try:
        yield
    finally:
        watching.cancel()
        with suppress(asyncio.CancelledError):
            await watching
        workspace.close()
        await run_in_threadpool(workspace.service.close)


def _list_api_routes(workspace: Workspace) -> list[Route | Mount]:
    metrics = Metrics()

    @reporting_errors
    async def clean(request: Request) -> Response:
        return await clean_request(request, workspace.service, workspace.rules, metrics)

    async def health(_request: Request) -> Response:
        return answer_json({"status": "ok", "version": __version__})

    async def show_metrics(_request: Request) -> Response:
        service = workspace.service
        text = metrics.write(jobs=service.jobs, waiting=service.waiting, pages=len(workspace.pages))
        return PlainTextResponse(text, media_type="text/plain; version=0.0.4")

    async def openapi(_request: Request) -> Response:
        return answer_json(describe_api())

    return [
        Route("/clean", clean, methods=["POST"]),
        Route("/health", health),
        Route("/metrics", show_metrics),
        Route("/openapi.json", openapi),
    ]


def _list_studio_routes(api: StudioApi) -> list[Route | Mount]:
    return [
        Route("/api/state", reporting_errors(api.state)),
        Route("/api/events", reporting_errors(api.events)),
        Route("/api/pages/{number}", reporting_errors(api.page)),
        Route("/api/pages/{number}/evidence", reporting_errors(api.evidence)),
        Route("/frame/{number}", reporting_errors(api.frame)),
        Route("/api/rules/{site}", reporting_errors(api.rules)),
        Route("/api/proposals", reporting_errors(api.proposals), methods=["POST"]),
        Route("/api/preview", reporting_errors(api.preview), methods=["POST"]),
        Route("/api/save", reporting_errors(api.save), methods=["POST"]),
        Route("/api/undo", reporting_errors(api.undo), methods=["POST"]),
        Route("/api/labelled", reporting_errors(api.labelled), methods=["POST"]),
    ]


async def _serve_shell(_request: Request) -> Response:
    return FileResponse(STATIC / "index.html")


async def _serve_base_style(_request: Request) -> Response:
    return FileResponse(BASE_STYLE)
