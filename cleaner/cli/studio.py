"""``cleaner studio``: serves the studio and the HTTP API."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cleaner.cli.terminal import ExitCode, escape_for_terminal, exit_on_errors, exit_with_error

if TYPE_CHECKING:
    from cleaner.studio.settings import StudioSettings

_PAGES = "Pages to look at: files, folders, JSON lines, WARC, or the output folder of cleaner clean."
_RULES = "Folder that rules are saved to; it is made by the first save. Without it, nothing is written."
_API_ONLY = "Serve the HTTP API only."
_HOST = "Address to listen at. Other machines can reach an address that is not loopback."
_PORT = "Port to listen at; the next free one is used if it is taken, and 0 is any free one."
_ALLOW = "Another name of this server, as in the Host header of requests; may be given several times."
TOKEN_VARIABLE = "CLEANER_STUDIO_TOKEN"  # noqa: S105  the name of a variable
_MIN_TOKEN_CHARS = 16


def studio(
    pages: Annotated[list[Path] | None, typer.Argument(metavar="[PAGES]...", help=_PAGES, show_default=False)] = None,
    rules: Annotated[
        Path | None, typer.Option("--rules", metavar="DIR", help=_RULES, file_okay=False, show_default=False)
    ] = None,
    api_only: Annotated[bool, typer.Option("--api-only", help=_API_ONLY)] = False,  # noqa: FBT002  a flag is boolean by nature
    host: Annotated[str, typer.Option("--host", metavar="ADDRESS", help=_HOST)] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", metavar="N", help=_PORT, min=0, max=65535)] = 8717,
    allow_host: Annotated[
        list[str] | None, typer.Option("--allow-host", metavar="NAME", help=_ALLOW, show_default=False)
    ] = None,
    jobs: Annotated[
        int | None,
        typer.Option("--jobs", metavar="N", help="Processes that clean pages.", min=1, show_default="one per core"),
    ] = None,
) -> None:
    """Look at cleaned pages in the browser, make rules by pointing at blocks, and serve the HTTP API.

    The address that is printed contains a token; keep it to yourself. The API takes the same token as
    "Authorization: Bearer TOKEN"; the environment variable CLEANER_STUDIO_TOKEN sets it.

    Examples:
      cleaner studio pages --rules my-rules

      cleaner studio crawl.warc.gz

      CLEANER_STUDIO_TOKEN=$(openssl rand -hex 20) cleaner studio --api-only --port 9000
    """
    if not pages and not api_only:
        raise typer.BadParameter("name the pages to look at.", param_hint="'PAGES'")
    for path in pages or ():
        if not path.exists():
            raise typer.BadParameter(f"{escape_for_terminal(str(path))} does not exist.", param_hint="'PAGES'")
    settings = _make_settings(rules, host, port, allow_host or [], jobs, api_only=api_only)
    with exit_on_errors():
        _serve(pages or [], settings)


def _make_settings(
    rules: Path | None, host: str, port: int, allowed: list[str], jobs: int | None, *, api_only: bool
) -> StudioSettings:
    from cleaner.studio.settings import StudioSettings

    token = os.environ.get(TOKEN_VARIABLE) or secrets.token_urlsafe(24)
    if len(token) < _MIN_TOKEN_CHARS:
        exit_with_error(f"{TOKEN_VARIABLE} has less than {_MIN_TOKEN_CHARS} characters", ExitCode.USAGE)
    return StudioSettings(
        token=token,
        rules=rules,
        host=host,
        port=port,
        allowed_hosts=tuple(allowed),
        api_only=api_only,
        jobs=jobs or os.cpu_count() or 1,
    )


def _serve(pages: list[Path], settings: StudioSettings) -> None:
    from cleaner.errors import ExtraError
    from cleaner.rulebook import Rulebook

    Rulebook.load(settings.folders)  # a broken rule file is reported here, not on the first page
    try:
        from cleaner.studio.server import serve
    except ImportError as error:
        raise ExtraError("cleaner studio", "studio", str(error)) from error
    try:
        serve(pages, settings, on_start=_print_address)
    except OSError as error:
        exit_with_error(f"cannot listen at {settings.host}:{settings.port}: {error.strerror}", ExitCode.USAGE)


def _print_address(settings: StudioSettings) -> None:
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    address = f"http://{host}:{settings.port}/"
    if not settings.api_only:
        typer.echo(f"{address}#token={settings.token}")
    elif os.environ.get(TOKEN_VARIABLE):
        typer.echo(address)
    else:
        typer.echo(f"{address} token {settings.token}")
    if not settings.api_only and settings.rules is None:
        typer.echo("nothing is saved without --rules DIR", err=True)
