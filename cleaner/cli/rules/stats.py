"""``cleaner rules stats``: how often rules fired in a run."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cleaner.cli.terminal import Rules, escape_for_terminal, exit_on_errors

if TYPE_CHECKING:
    from cleaner.analysis.rule_usage import RuleUsage
    from cleaner.analysis.template_drift import SiteDrift

_RUN = "Output folder of cleaner clean, or a file that --save wrote."
_AGAINST = "An older run, or a file that --save wrote: entries that fire far more or far less since are marked."
_SAVE = "Write the run's figures to this file, to compare later runs to them without keeping the run."
_SITES = 20


def stats(
    run: Annotated[Path, typer.Argument(metavar="RUN", help=_RUN, exists=True, show_default=False)],
    rules: Rules = None,
    against: Annotated[
        Path | None, typer.Option("--against", metavar="OLD", help=_AGAINST, exists=True, show_default=False)
    ] = None,
    save: Annotated[
        Path | None, typer.Option("--save", metavar="FILE", help=_SAVE, dir_okay=False, show_default=False)
    ] = None,
) -> None:
    """Report how often each entry fired in a run, which never did, and where a new rule would help most.

    Give the rule folders that were used for the run. Keep entries are not recorded in a run and are not counted.

    Examples:
      cleaner rules stats out --rules my-rules

      cleaner rules stats out --save figures.json
    """
    import msgspec

    from cleaner.analysis.rule_usage import measure_rule_usage
    from cleaner.analysis.template_drift import find_drift
    from cleaner.cli.rules.runs import collect_figures
    from cleaner.rulebook import Rulebook
    from cleaner.storage.atomic_files import write_atomic

    with exit_on_errors():
        now = collect_figures(run)
        found = measure_rule_usage(now, Rulebook.load(rules or ()))
        moved = (
            {moved.rule: moved for moved in find_drift(collect_figures(against), now).found if moved.rule}
            if against
            else {}
        )
        if save:
            write_atomic(save, msgspec.json.encode(now) + b"\n")
    for line in _usage_lines(found, moved):
        typer.echo(escape_for_terminal(line))


def _usage_lines(found: RuleUsage, moved: dict[str, SiteDrift]) -> Iterator[str]:
    yield "Entries that fired: documents, of those of their sites, blocks"
    for use in found.used:
        note = f"  [{_count_times(moved[use.rule])}]" if use.rule in moved else ""
        yield f"  {use.documents:>7} of {use.site_documents:<7} {use.blocks:>8}  {use.rule}  {use.why}{note}"
    yield "Entries that never fired: documents of their site"
    for use in found.unused:
        yield f"  {use.site_documents:>7}  {use.rule}  {use.why}"
    if found.suspects:
        yield "Entries that were not followed, as they would have lost the text: documents, of those of the site"
    for suspect in found.suspects:
        seen = f"  see {', '.join(suspect.examples)}" if suspect.examples else ""
        yield f"  {suspect.documents:>7} of {suspect.site_documents:<7} {suspect.rule}{seen}"
    yield "Sites without a rule: documents, characters each that recur, share of unsure documents"
    for site in found.without_rules[:_SITES]:
        line = f"  {site.line}" if site.line else ""
        yield f"  {site.documents:>7} {site.leftover:>7} {site.low_confidence_share:>6.0%}  {site.site}{line}"
    if len(found.without_rules) > _SITES:
        yield f"  and {len(found.without_rules) - _SITES} more"


def _count_times(moved: SiteDrift) -> str:
    return f"{'far more' if moved.new > moved.old else 'far less'} than before: {moved.old:.2f} -> {moved.new:.2f} a document"
