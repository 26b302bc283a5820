"""``enclaves``: what each town has set up, year by year, against what it owes."""

from functools import partial

import typer

from kfly.cli.answer import Answer
from kfly.cli.options import AsOf, YearShown, day_asked, session_of, whole_number
from kfly.errors import WrongUsageError
from kfly.locale import _
from kfly.plan.known_kinds import ENCLAVE
from kfly.progress.enclaves import FLOOR_AREA, HOST, in_host, metric_of, stand, year_of, yearly_target
from kfly.reports import enclaves as report
from kfly.store import spans


def enclaves(ctx: typer.Context, year: YearShown = None, as_of: AsOf = None) -> Answer:
    """What each town has set up, year by year, against what it owes."""
    day, asked = day_asked(as_of), whole_number(year, "--year")
    with session_of(ctx).reading() as desk:
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
    return Answer(partial(report.document, found, kind, plan), partial(report.render, found, kind, plan, day))
