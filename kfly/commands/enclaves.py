"""``enclaves``: what each town has set up, year by year, against what it owes."""

from functools import partial

import typer

from kfly.cli.answer import Answer
from kfly.cli.options import AsKnown, AsOf, YearShown, read_day, read_whole_number, session_of
from kfly.errors import WrongUsageError
from kfly.locale import _
from kfly.plan.known_kinds import ENCLAVE
from kfly.progress.enclaves import (
    FLOOR_AREA,
    HOST,
    assess_enclaves,
    find_yearly_target,
    narrow_to_host,
    widen_to_all_towns,
    year_of,
)
from kfly.reports import enclaves as report
from kfly.store import spans


def enclaves(
    ctx: typer.Context, year: YearShown = None, as_of: AsOf = None, as_known: AsKnown = None
) -> Answer:
    """What each town has set up, year by year, against what it owes."""
    session = session_of(ctx, as_known)
    day, asked = read_day(as_of, known=session.known), read_whole_number(year, "--year")
    with session.reading() as desk:
        plan, kind = desk.plan, desk.registry.kind(ENCLAVE)
        first, last = plan.starts.year, plan.ends.year
        if asked is not None and not first <= asked <= last:
            raise WrongUsageError(_("--year: the plan runs from {first} to {last}.", first=first, last=last))
        shown = year_of(plan, day) if asked is None else asked
        target = find_yearly_target(plan)
        metric = widen_to_all_towns(target, plan)
        hosts = metric.towns or () if kind.field(HOST) else ()
        metrics = (
            [metric, *(narrow_to_host(metric, host) for host in hosts)] if kind.field(FLOOR_AREA) else []
        )
        read = {metric: (), **spans.read(desk.db, metrics)}
    found = assess_enclaves(target, spans=read, plan=plan, year=shown, day=day)
    return Answer(partial(report.document, found, kind, plan), partial(report.render, found, kind, plan, day))
