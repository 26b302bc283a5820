"""Views of the plan over its buildings, enclaves and carriers."""

from typing import Annotated

import typer

from kfly.cli.options import AsJson, AsOf, day_asked, whole_number
from kfly.cli.session import Session
from kfly.console.screen import show_json
from kfly.errors import WrongUsageError
from kfly.locale import N_, _
from kfly.plan.known_kinds import BUILDING, CARRIER, ENCLAVE, EVALUATION
from kfly.store import records as rows

OfYear = Annotated[
    str | None, typer.Option("--year", metavar=N_("YEAR"), help=N_("Show this year; otherwise the latest."))
]


def buildings(ctx: typer.Context, as_of: AsOf = None, as_json: AsJson = False) -> None:
    """The pipeline by stage and town, what is overdue, the tailored plans, the idle area left."""
    from kfly.progress.buildings import columns, pipeline
    from kfly.reports import buildings as report

    day = day_asked(as_of)
    with Session.of(ctx).reading() as desk:
        plan, kind = desk.plan, desk.registry.kind(BUILDING)
        found = pipeline(kind, rows.some(desk.db, kind, columns(kind)), plan, day)
    if as_json:
        show_json(report.document(found, kind, plan, day))
    else:
        report.render(found, kind, plan, day)


def enclaves(ctx: typer.Context, year: OfYear = None, as_of: AsOf = None, as_json: AsJson = False) -> None:
    """What each town has set up, year by year, against what it owes."""
    from kfly.progress.enclaves import FLOOR_AREA, HOST, in_host, metric_of, stand, year_of, yearly_target
    from kfly.reports import enclaves as report
    from kfly.store import spans

    day, asked = day_asked(as_of), whole_number(year, "--year")
    with Session.of(ctx).reading() as desk:
        plan, kind = desk.plan, desk.registry.kind(ENCLAVE)
        first, last = plan.starts.year, plan.ends.year
        if asked is not None and not first <= asked <= last:
            raise WrongUsageError(_("--year: the plan runs from {first} to {last}.", first=first, last=last))
        shown = year_of(plan, day) if asked is None else asked
        target = yearly_target(plan)
        metric = metric_of(target, plan)
        hosts = metric.towns or () if kind.field(HOST) else ()
        metrics = [metric, *(in_host(metric, host) for host in hosts)] if kind.field(FLOOR_AREA) else []
        read = {metric: (), **spans.read(desk.db, metrics)}
    found = stand(target, read, plan, shown, day)
    if as_json:
        show_json(report.document(found, kind, plan))
    else:
        report.render(found, kind, plan, day)


def evaluations(ctx: typer.Context, year: OfYear = None, as_of: AsOf = None, as_json: AsJson = False) -> None:
    """The carriers by score and outcome, and those that are still to be evaluated."""
    from kfly.progress.evaluations import TOWN, columns, ranked, results, year_shown
    from kfly.reports import evaluations as report

    day, asked = day_asked(as_of), whole_number(year, "--year")
    with Session.of(ctx).reading() as desk:
        plan, registry = desk.plan, desk.registry
        carriers, kind = registry.kind(CARRIER), registry.kind(EVALUATION)
        settled = results(kind, rows.some(desk.db, kind, columns(kind)), plan.evaluation, day)
        known = rows.some(desk.db, carriers, (TOWN, carriers.counts_on or "", carriers.counts_until or ""))
        found = ranked(carriers, known, settled, year_shown(settled, day) if asked is None else asked, day)
        titles = registry.titles.of(CARRIER)
    if as_json:
        show_json(report.document(found, titles, plan))
    else:
        report.render(found, titles, carriers, plan, day)
