"""The special fund, read for a day."""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from kfly.plan.kinds import Kind
from kfly.plan.model import Target
from kfly.progress import budget as money
from kfly.progress import targets
from kfly.progress.budget import CATEGORY, Budget, Payment
from kfly.services.session import Desk
from kfly.store import records as rows
from kfly.store import spans

VOUCHER, CORRECTS = "voucher_number", "corrects"


def read_budget(desk: Desk, day: date) -> Budget | None:
    """Read what has been spent until a day, by category and year; None without a ceiling on money."""
    plan = desk.plan
    target = money.find_ceiling(plan)
    if target is None:
        return None
    kind = desk.registry.kind(target.metric.kind)
    field = kind.field(money.CATEGORY)
    parts = {word: money.narrow_to_category(target.metric, word) for word in (field.choices if field else ())}
    read = spans.read(desk.db, [target.metric, *parts.values()])
    row = targets.assess_target(target, read[target.metric], plan, day)
    by_category = {word: read[metric] for word, metric in parts.items()} or {"—": read[target.metric]}
    return money.budget(row, plan, day, by_category, _items(desk, kind, target))


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
