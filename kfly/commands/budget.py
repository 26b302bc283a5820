"""``budget``: what the special fund was spent on, and what is left."""

from functools import partial

import typer

from kfly.cli.answer import Answer
from kfly.cli.options import AsKnown, AsOf, read_day, session_of
from kfly.errors import KflyError
from kfly.locale import _
from kfly.reports import budget as report
from kfly.services.views.budget import read_budget


def budget(ctx: typer.Context, as_of: AsOf = None, as_known: AsKnown = None) -> Answer:
    """The special fund: spent by category and year, what is left, and whether it keeps pace."""
    session = session_of(ctx, as_known)
    day = read_day(as_of, known=session.known)
    with session.reading() as desk:
        found = read_budget(desk, day)
    if found is None:
        raise KflyError(_("The plan sets no ceiling on money: no target of it is “at_most” a sum."))
    return Answer(partial(report.document, found, day), partial(report.render, found, day))
