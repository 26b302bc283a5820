"""``report``: the page, the workbook or the brief for a meeting, by the suffix of the file."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Annotated, BinaryIO

import typer

from kfly.cli.options import AsKnown, AsOf, Force, Org, Redact, read_day, session_of
from kfly.console.screen import say
from kfly.errors import WrongUsageError
from kfly.locale import N_, _
from kfly.plan.known import Known
from kfly.plan.organisations import find_organisation
from kfly.registry.sheets.outfile import must_be_free, replacing
from kfly.reports.papers.paper import Paper
from kfly.services.extras import must_have
from kfly.services.outputs import must_not_be_the_database
from kfly.services.session import Desk
from kfly.services.views.overview import read_overview
from kfly.services.views.redaction import redact_overview
from kfly.services.views.since import compare_with_past, read_past
from kfly.store.file.journal import is_same

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
    org: Org = None,
    redact: Redact = False,
    embed_fonts: Annotated[
        bool,
        typer.Option(
            "--embed-fonts",
            help=N_("Put the signs that are used into the page, for machines without any Chinese font."),
        ),
    ] = False,
    template: Annotated[
        Path | None,
        typer.Option(
            "--template", metavar=N_("FILE"), help=N_("The office's own letterhead for the brief (.docx).")
        ),
    ] = None,
    write_template: Annotated[
        bool,
        typer.Option("--write-template", help=N_("Write the brief's template to FILE, to make your own of.")),
    ] = False,
    since: Annotated[
        str | None,
        typer.Option(
            "--since",
            metavar=N_("DATE"),
            help=N_("What changed since this day, time or '#17'; since the last meeting otherwise."),
        ),
    ] = None,
    force: Force = False,
    as_of: AsOf = None,
    as_known: AsKnown = None,
) -> None:
    """Write the page, the workbook or the brief for a meeting."""
    session = session_of(ctx, as_known)
    must_not_be_the_database(session.path, output)
    if write_template:
        _write_template(output, force=force)
        return
    write, day = find_writer(output, template), read_day(as_of, known=session.known)
    _check_fonts(output, embed_fonts=embed_fonts)
    must_be_free(output, force=force)
    past = read_past(session, _read_since(since), day)
    with session.reading() as desk:
        scope = find_organisation(org, desk.plan.organisations) if org is not None else None
        overview = read_overview(desk, day, scope, past and compare_with_past(desk, past, day))
        if redact:
            overview = redact_overview(overview, desk.registry)
        paper = Paper(overview, redact, embed_fonts, known=_tell_known(session.known))
        paper = _add_records(paper, desk, output)
        with replacing(output, private_as=session.path, force=force) as stream:
            write(paper, stream)
    say(_("Wrote {path}.", path=output))


def _add_records(paper: Paper, desk: Desk, output: Path) -> Paper:
    """Return the paper with the registry's own sheets, where it is a workbook about the whole plan."""
    if output.suffix.lower() != WORKBOOK or paper.overview.scope is not None:
        return paper
    from kfly.commands.report_workbook import list_records

    return paper._replace(add_records=list_records(desk.registry, output, redacted=paper.redacted))


def _read_since(text: str | None) -> datetime | int | None:
    """Read the moment since which changes are asked for, as ``kfly since`` does.

    Raises:
        WrongUsageError: it is no moment.
        KflyError: it has not come yet.
    """
    if text is None:
        return None
    from kfly.cli.known import read_moment

    return read_moment(text, "--since")


def _tell_known(known: Known | None) -> str:
    """Say as of which earlier moment things were known; nothing for now."""
    if known is None:
        return ""
    from kfly.cli.known import write_heading  # and all that knows of the past

    return write_heading(known)


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


def find_writer(output: Path, template: Path | None = None) -> Writer:
    """Return what writes a paper of this suffix; only that is loaded.

    Raises:
        WrongUsageError: no paper has this suffix, or none with a template.
    """
    suffix = output.suffix.lower()
    if template is not None and suffix != BRIEF:
        raise WrongUsageError(_("--template goes with a brief (.docx) alone."))
    if suffix == PAGE:
        from kfly.reports.papers.page import write_page

        return write_page
    if suffix == WORKBOOK:
        from kfly.commands.report_workbook import write_workbook

        return write_workbook
    if suffix == BRIEF:
        return _find_brief(output, template)
    raise WrongUsageError(
        _("“{path}” ends in none of {suffixes}.", path=output, suffixes=_(", ").join(SUFFIXES))
    )


def _find_brief(output: Path, template: Path | None) -> Writer:
    must_have("report", "docxtpl", "resvg_py")
    from kfly.reports.papers.brief import write_brief

    if template is not None and is_same(output, template):
        raise WrongUsageError(_("--template: {path} is the file that would be written.", path=template))
    return partial(write_brief, template=template)


def _write_template(output: Path, *, force: bool) -> None:
    """Write the brief's standard template.

    Raises:
        WrongUsageError: the file's name is no Word document's.
    """
    if output.suffix.lower() != BRIEF:
        raise WrongUsageError(_("--write-template: the name of a template ends in {suffix}.", suffix=BRIEF))
    must_have("report", "docxtpl", "resvg_py")
    from kfly.reports.papers.brief import write_brief_template

    with replacing(output, force=force) as stream:
        write_brief_template(stream)
    say(_("Wrote {path}.", path=output))
