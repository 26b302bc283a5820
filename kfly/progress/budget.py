"""A ceiling on money (资金): what was spent on what, what is left, and whether the spending keeps pace."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction
from typing import NamedTuple

from kfly.plan.known_kinds import EXPENDITURE
from kfly.plan.metrics import Condition, Metric, Span
from kfly.plan.model import Plan, Target
from kfly.progress.figures import Measured, Recorded, Window
from kfly.progress.gauge import Gauge
from kfly.progress.targets import TargetStanding

CATEGORY = "category"
MOST = 5  # items that are named


class Payment(NamedTuple):
    """One payment, or a refund: its amount is below 0."""

    id: int
    title: str
    category: str
    amount: Fraction
    on: date
    voucher: str
    corrects: int | None = None  # of a refund: the payment that it gives money back of
    refunded: Fraction = Fraction(0)  # what was paid back of it until the day

    @property
    def net(self) -> Fraction:
        """What it has cost in the end."""
        return self.amount - self.refunded


class CategoryTally(NamedTuple):
    """What was spent on one category, by year."""

    category: str
    years: Mapping[int, Fraction]

    @property
    def spent(self) -> Fraction:
        """What was spent in all years."""
        return sum(self.years.values(), Fraction(0))


class Budget(NamedTuple):
    """What ``budget`` shows, in the target's own unit."""

    row: TargetStanding
    years: tuple[int, ...]  # of the plan, until the day
    categories: tuple[CategoryTally, ...]
    largest: tuple[Payment, ...]  # by what they cost in the end
    refunded: Fraction  # of all payments together; taken off what was spent
    time_share: Fraction  # of the plan's run that has passed, 0 to 1

    @property
    def ceiling(self) -> Fraction:
        """What may be spent."""
        return self.row.goal.amount if self.row.goal else Fraction(0)

    @property
    def spent(self) -> Fraction:
        """What has been spent until the day."""
        return self.row.actual or Fraction(0)

    @property
    def left(self) -> Fraction:
        """What may still be spent; below 0 when the ceiling is exceeded."""
        return self.ceiling - self.spent


def find_ceiling(plan: Plan) -> Target | None:
    """Find the plan's ceiling on money: of expenditures, else the first on any sum."""
    ceilings = [t for t in plan.targets if t.is_ceiling and t.metric.field]
    return next((t for t in ceilings if t.metric.kind == EXPENDITURE), ceilings[0] if ceilings else None)


def narrow_to_category(metric: Metric, category: str) -> Metric:
    """Narrow a metric to the part of its sum that is of one category."""
    return metric._replace(where=(*metric.where, Condition(CATEGORY, "=", (category,))))


def budget(
    row: TargetStanding, plan: Plan, day: date, spans: Mapping[str, Sequence[Span]], items: Iterable[Payment]
) -> Budget:
    """Work out where the money stands on a day.

    Args:
        row: the ceiling's own standing on that day.
        plan: whose ceiling it is.
        day: the day asked.
        spans: what was spent on each category.
        items: all payments, and what was paid back.
    """
    first, last = (plan.calendar.year_of(on) for on in (plan.starts, max(plan.ends, row.due)))
    last = min(max(plan.calendar.year_of(day), first), last)
    years = tuple(range(first, last + 1))
    counted = [item for item in items if row.gauge.start <= item.on <= day]
    eve = row.gauge.start - timedelta(days=1)
    run = (row.due - eve).days
    return Budget(
        row=row,
        years=years,
        categories=tuple(
            CategoryTally(category, _split_by_year(row, its, years, day, plan))
            for category, its in spans.items()
        ),
        largest=_find_largest(counted),
        refunded=-sum((item.amount for item in counted if item.amount < 0), Fraction(0)),
        time_share=Fraction(min(max((day - eve).days, 0), run), run),
    )


def _find_largest(items: Iterable[Payment]) -> tuple[Payment, ...]:
    """Find the payments that cost most, each less what was paid back of it; a refund is no item itself."""
    paid, refunded = [], dict[int | None, Fraction]()
    for item in items:
        if item.amount < 0:
            refunded[item.corrects] = refunded.get(item.corrects, Fraction(0)) - item.amount
        else:
            paid.append(item)
    found = [item._replace(refunded=refunded.get(item.id, Fraction(0))) for item in paid]
    return tuple(sorted(found, key=lambda item: (-item.net, item.on, item.id))[:MOST])


def _split_by_year(
    row: TargetStanding, spans: Sequence[Span], years: Sequence[int], day: date, plan: Plan
) -> dict[int, Fraction]:
    """Split what counts on the day by year; what came after the last one is its own: all add up."""
    measured = Measured(row.target.metric, row.target.reading)
    window = Window(row.gauge.start, row.gauge.end)
    gauge = Gauge(measured, row.target.goal, Recorded({row.target.metric: spans}, plan.calendar), window)
    split, before = {}, Fraction(0)
    for year in years:
        end = day if year == years[-1] else min(plan.calendar.year_window(year)[1], day)
        split[year] = (gauge.on(end) or Fraction(0)) - before
        before += split[year]
    return split
