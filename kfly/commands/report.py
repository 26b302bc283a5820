"""``report``: the page, the workbook or the brief for a meeting, by the suffix of the file."""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, BinaryIO

import typer

from kfly.cli.options import AsOf, Force, read_day, session_of
from kfly.console.screen import say
from kfly.errors import WrongUsageError
from kfly.locale import N_, _
from kfly.plan.organisations import find_organisation
from kfly.registry.sheets.outfile import must_be_free, replacing
from kfly.reports.papers.paper import Paper
from kfly.services.extras import must_have
from kfly.services.outputs import must_not_be_the_database
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
    embed_fonts: Annotated[
        bool,
        typer.Option(
            "--embed-fonts",
            help=N_("Put the signs that are used into the page, for machines without any Chinese font."),
        ),
    ] = False,
    force: Force = False,
    as_of: AsOf = None,
) -> None:
    """Write the page, the workbook or the brief for a meeting."""
    write, day, session = _find_writer(output), read_day(as_of), session_of(ctx)
    _check_fonts(output, embed_fonts=embed_fonts)
    must_not_be_the_database(session.path, output)
    must_be_free(output, force=force)
    with session.reading() as desk:
        scope = find_organisation(org, desk.plan.organisations) if org is not None else None
        overview = read_overview(desk, day, scope)
        if redact:
            overview = redact_overview(overview, desk.registry)
        paper = Paper(overview, redacted=redact, embeds_fonts=embed_fonts)
        with replacing(output, private_as=session.path, force=force) as stream:
            write(paper, stream)
    say(_("Wrote {path}.", path=output))


def _check_fonts(output: Path, *, embed_fonts: bool) -> None:
    """Check that there is type to embed, before anything is read.

    Raises:
        WrongUsageError: the paper is none that type is embedded in.
        KflyError: the extra ``fonts`` is not installed.
    """
    if embed_fonts and output.suffix.lower() != PAGE:
        raise WrongUsageError(_("--embed-fonts goes with a page (.html) alone."))
    if embed_fonts:
        must_have("fonts", "fontTools", "pylopdf_fonts_zh_cn")


def _find_writer(output: Path) -> Writer:
    """Return what writes a paper of this suffix; only that is loaded.

    Raises:
        WrongUsageError: no paper has this suffix.
    """
    suffix = output.suffix.lower()
    if suffix == PAGE:
        from kfly.reports.papers.page import write_page

        return write_page
    raise WrongUsageError(
        _("“{path}” ends in none of {suffixes}.", path=output, suffixes=_(", ").join(SUFFIXES))
    )
