"""``report``: the page, the workbook or the brief for a meeting, by the suffix of the file."""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, BinaryIO

import typer

from kfly.cli.options import Force, read_day, session_of
from kfly.console.screen import say
from kfly.errors import WrongUsageError
from kfly.locale import N_, _
from kfly.plan.organisations import find_organisation
from kfly.registry.sheets.outfile import replacing
from kfly.reports.papers.paper import Paper
from kfly.services.outputs import must_not_be_the_database
from kfly.services.session import Desk
from kfly.services.views.overview import read_overview
from kfly.services.views.redaction import redact_overview

PAGE, WORKBOOK, BRIEF = ".html", ".xlsx", ".docx"
SUFFIXES = (PAGE, WORKBOOK, BRIEF)
Writer = Callable[[Paper, BinaryIO], None]


def report(
    ctx: typer.Context,
    output: Annotated[
        Path,
        typer.Argument(
            metavar=N_("FILE"), help=N_("The page (.html), the workbook (.xlsx) or the brief (.docx).")
        ),
    ],
    org: Annotated[
        str | None,
        typer.Option(
            "--org", metavar=N_("NAME"), help=N_("Only what this organisation leads or answers for.")
        ),
    ] = None,
    redact: Annotated[
        bool,
        typer.Option(
            "--redact", help=N_("Mask what is personal, phone and identity numbers in any text too.")
        ),
    ] = False,
    force: Force = False,
    as_of: Annotated[
        str | None,
        typer.Option("--as-of", metavar=N_("DATE"), help=N_("Answer for this day instead of today.")),
    ] = None,
) -> None:
    """Write the page, the workbook or the brief for a meeting."""
    write, day, session = find_writer(output), read_day(as_of), session_of(ctx)
    must_not_be_the_database(session.path, output)
    with session.reading() as desk:
        scope = find_organisation(org, desk.plan.organisations) if org is not None else None
        overview = read_overview(desk, day, scope)
        if redact:
            overview = redact_overview(overview, desk.registry)
        paper = _add_records(Paper(overview, redacted=redact), desk, output)
        with replacing(output, private_as=session.path, force=force) as stream:
            write(paper, stream)
    say(_("Wrote {path}.", path=output))


def _add_records(paper: Paper, desk: Desk, output: Path) -> Paper:
    """Return the paper with the registry's own sheets, where it is a workbook about the whole plan."""
    if output.suffix.lower() != WORKBOOK or paper.overview.scope is not None:
        return paper
    from kfly.commands.report_workbook import list_records

    return paper._replace(add_records=list_records(desk.registry, output, redacted=paper.redacted))


def find_writer(output: Path) -> Writer:
    """Return what writes a paper of this suffix; only that is loaded.

    Raises:
        WrongUsageError: no paper has this suffix.
    """
    suffix = output.suffix.lower()
    if suffix == PAGE:
        from kfly.reports.papers.page import write_page

        return write_page
    if suffix == WORKBOOK:
        from kfly.commands.report_workbook import write_workbook

        return write_workbook
    raise WrongUsageError(
        _("“{path}” ends in none of {suffixes}.", path=output, suffixes=_(", ").join(SUFFIXES))
    )
