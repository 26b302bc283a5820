"""``evaluations``: the carriers by score and outcome, and those that are still to be evaluated."""

from functools import partial

import typer

from kfly.cli.answer import Answer
from kfly.cli.options import AsKnown, AsOf, YearShown, read_day, read_whole_number, session_of
from kfly.plan.known_kinds import CARRIER, EVALUATION
from kfly.progress.evaluations import TOWN, find_latest_year, find_results, list_fields, rank_carriers
from kfly.reports import evaluations as report
from kfly.store import records as rows


def evaluations(
    ctx: typer.Context, year: YearShown = None, as_of: AsOf = None, as_known: AsKnown = None
) -> Answer:
    """The carriers by score and outcome, and those that are still to be evaluated."""
    session = session_of(ctx, as_known)
    day, asked = read_day(as_of, known=session.known), read_whole_number(year, "--year")
    with session.reading() as desk:
        plan, registry = desk.plan, desk.registry
        carriers, kind = registry.kind(CARRIER), registry.kind(EVALUATION)
        settled = find_results(
            kind, rows.select_columns(desk.db, kind, list_fields(kind)), plan.evaluation, day
        )
        known = rows.select_columns(
            desk.db, carriers, (TOWN, carriers.counts_on or "", carriers.counts_until or "")
        )
        found = rank_carriers(
            carriers,
            carriers=known,
            found=settled,
            year=find_latest_year(settled, day) if asked is None else asked,
            day=day,
        )
        titles = registry.titles.of(CARRIER)
    return Answer(
        partial(report.document, found, titles, plan),
        partial(report.render, found, titles, carriers, plan, day),
    )
