"""``draft``: make a yearly table out of the office's own document."""

from pathlib import Path
from typing import Annotated

import typer

from kfly.cli.answer import Answer
from kfly.cli.options import STDOUT, Force, read_whole_number, session_of
from kfly.console.screen import say, stdout_bytes
from kfly.errors import WrongUsageError
from kfly.locale import N_, _
from kfly.plan.dates import EARLIEST, LATEST
from kfly.registry.sheets.outfile import must_be_free, replacing
from kfly.services.draft import find_names, make_draft
from kfly.services.outputs import must_not_be_the_database


def draft(
    ctx: typer.Context,
    file: Annotated[
        Path,
        typer.Argument(metavar=N_("FILE"), help=N_("The document: .docx, .xlsx, .csv, .html, .txt …")),
    ],
    year: Annotated[
        str | None,
        typer.Option(
            "--year", metavar=N_("YEAR"), help=N_("The table's year, where the document does not say it.")
        ),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar=N_("FILE"), help=N_("The file to write; otherwise stdout.")),
    ] = None,
    force: Force = False,
) -> Answer:
    """Draft a yearly table out of the office's own document, every doubt a comment where it stands."""
    from kfly.drafting.writing import write_yaml
    from kfly.reports.draft import document, summarise

    of_year = _read_year(year)
    session = session_of(ctx)
    output = None if output == Path(STDOUT) else output
    if output is not None:
        must_not_be_the_database(session.path, output)
        must_be_free(output, force=force)
    made = make_draft(file, find_names(session), of_year)
    text = write_yaml(made)
    if output is not None:
        with replacing(output, force=force) as stream:
            stream.write(text.encode())

    def render() -> None:
        if output is not None:
            say(_("Wrote {path}. Tasks: {n}.", path=output, n=len(made.tasks)))
            return
        with stdout_bytes() as stream:
            stream.write(text.encode())

    written = None if output is None else str(output)
    return Answer(
        document=lambda: document(made, written, text),
        render=render,
        done=output is not None,
        remarks=summarise(made),
    )


def _read_year(text: str | None) -> int | None:
    """Read the year that is asked for.

    Raises:
        WrongUsageError: it is none.
    """
    year = read_whole_number(text, "--year")
    if year is not None and not EARLIEST <= year <= LATEST:
        raise WrongUsageError(_("--year: “{value}” is not a year.", value=text))
    return year
