"""``cleaner rules new``: drafts a rule file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cleaner.cli.rules.learn import write_lesson
from cleaner.cli.terminal import ExitCode, exit_on_errors, exit_with_error

_HOST = "Host of the site, such as example.com; its subdomains are included."
_PAGE = "A page of the site, HTML or text dump."
_OUT = "Folder of rules for the file; created if missing."
_URL = "Url of the page; by default the host's front page."


def _bare_host(host: str) -> str:
    if host != host.lower() or set(host) & set("/:@*? ") or "." not in host.strip("."):
        raise typer.BadParameter(f"{host} is not a host name: write example.com, without https:// and in lower case.")
    return host.removeprefix("www.")


def new(
    host: Annotated[str, typer.Argument(metavar="HOST", help=_HOST, callback=_bare_host, show_default=False)],
    page: Annotated[Path, typer.Argument(metavar="PAGE", help=_PAGE, exists=True, dir_okay=False, show_default=False)],
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help=_OUT, file_okay=False)] = Path("rules"),
    url: Annotated[str | None, typer.Option("--url", metavar="URL", help=_URL, show_default=False)] = None,
) -> None:
    """Draft a site's rule file, with a page as its first case and that page's article as the golden.

    Write an entry for each line that should not have been kept, check its effect with "cleaner explain", then update
    the golden with "cleaner check --update".

    Examples:
      cleaner rules new example.com page.html --out my-rules
    """
    from cleaner.page import decode
    from cleaner.ruletools.learn import draft_site_file

    file = out / f"{host}.toml"
    if file.exists():
        exit_with_error(f"{file} already exists: add your entries and cases to it", ExitCode.USAGE)
    with exit_on_errors():
        draft_page = decode.read_page(
            page.read_bytes(), name=page.name, source=str(page), url=url or f"https://{host}/"
        )
        write_lesson(draft_site_file(host, draft_page, out if out.is_dir() else None), out)
    typer.echo(f"{file} written", err=True)
