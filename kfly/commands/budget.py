"""``budget``: what the special fund was spent on, and what is left."""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from functools import partial

import typer

from kfly.cli.answer import Answer
from kfly.cli.options import AsKnown, AsOf, read_day, session_of
from kfly.errors import KflyError
from kfly.locale import _
from kfly.plan.kinds import Kind
from kfly.plan.model import Target
from kfly.progress import budget as money
from kfly.progress import targets
from kfly.progress.budget import CATEGORY, Payment
from kfly.reports import budget as report
from kfly.services.session import Desk
from kfly.store import records as rows
from kfly.store import spans

VOUCHER, CORRECTS = "voucher_number", "corrects"


def budget(ctx: typer.Context, as_of: AsOf = None, as_known: AsKnown = None) -> Answer:
    """The special fund: spent by category and year, what is left, and whether it keeps pace."""
    session = session_of(ctx, as_known)
    day = read_day(as_of, known=session.known)
    with session.reading() as desk:
        plan = desk.plan
        target = money.find_ceiling(plan)
        if target is None:
            raise KflyError(_("The plan sets no ceiling on money: no target of it is “at_most” a sum."))
        kind = desk.registry.kind(target.metric.kind)
        field = kind.field(money.CATEGORY)
        parts = {
            word: money.narrow_to_category(target.metric, word) for word in (field.choices if field else ())
        }
        read = spans.read(desk.db, [target.metric, *parts.values()])
        row = targets.assess_target(target, read[target.metric], plan, day)
        by_category = {word: read[metric] for word, metric in parts.items()} or {"—": read[target.metric]}
        found = money.budget(row, plan, day, by_category, _items(desk, kind, target))
    return Answer(partial(report.document, found, day), partial(report.render, found, day))


def _items(desk: Desk, kind: Kind, target: Target) -> Iterator[Payment]:
    """Find the payments, where no condition of the target leaves any out."""
    field, on = target.metric.field or "", target.metric.dated or kind.counts_on or ""
    if target.metric.where:
        return
    for record in rows.select_columns(desk.db, kind, (kind.key[0], CATEGORY, field, on, VOUCHER, CORRECTS)):
        corrects = record.get(CORRECTS)
        if record[field] is not None and record[on]:
            yield Payment(
                id=int(str(record["id"])),
                title=kind.name_of(record),
                category=str(record.get(CATEGORY) or ""),
                amount=Fraction(str(record[field])),
                on=date.fromisoformat(str(record[on])),
                voucher=str(record.get(VOUCHER) or ""),
                corrects=int(corrects) if corrects else None,
            )
