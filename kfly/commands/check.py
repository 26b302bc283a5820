"""``check``: look whether all is well, and say what is not."""

from functools import partial

import typer

from kfly.cli.answer import Answer
from kfly.cli.options import AsOf, database_is_named, read_day, session_of
from kfly.reports import check as report
from kfly.reports.tasks import write_need
from kfly.services.check.everything import find_all
from kfly.services.check.findings import ERROR
from kfly.services.check.typed import type_out

FOUND_ERRORS = 1


def check(ctx: typer.Context, as_of: AsOf = None) -> Answer:
    """Whether the file is sound, the records are right, and the sign-offs still hold."""
    day, session = read_day(as_of), session_of(ctx)
    with session.reading() as desk:
        found = find_all(desk, day, write_need)
    errors = sum(finding.severity == ERROR for finding in found)
    named = database_is_named(ctx)
    typed = [(finding, type_out(finding.command, session.path, named=named)) for finding in found]
    lines = [(finding.where, finding.message, command) for finding, command in typed]
    return Answer(
        lambda: [finding.document(command) for finding, command in typed],
        partial(report.render, lines[:errors], lines[errors:]),
        FOUND_ERRORS if errors else 0,
    )
