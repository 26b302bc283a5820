"""``evaluations``: the carriers by score and outcome, and those that are still to be evaluated."""

from functools import partial

import typer

from kfly.cli.answer import Answer
from kfly.cli.options import AsOf, YearShown, day_asked, session_of, whole_number
from kfly.plan.known_kinds import CARRIER, EVALUATION
from kfly.progress.evaluations import TOWN, columns, ranked, results, year_shown
from kfly.reports import evaluations as report
from kfly.store import records as rows


def evaluations(ctx: typer.Context, year: YearShown = None, as_of: AsOf = None) -> Answer:
    """The carriers by score and outcome, and those that are still to be evaluated."""
    day, asked = day_asked(as_of), whole_number(year, "--year")
    with session_of(ctx).reading() as desk:
        plan, registry = desk.plan, desk.registry
        carriers, kind = registry.kind(CARRIER), registry.kind(EVALUATION)
        settled = results(kind, rows.some(desk.db, kind, columns(kind)), plan.evaluation, day)
        known = rows.some(desk.db, carriers, (TOWN, carriers.counts_on or "", carriers.counts_until or ""))
        found = ranked(carriers, known, settled, year_shown(settled, day) if asked is None else asked, day)
        titles = registry.titles.of(CARRIER)
    return Answer(
        partial(report.document, found, titles, plan),
        partial(report.render, found, titles, carriers, plan, day),
    )
