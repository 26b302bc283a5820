"""Which yearly table a record counts for, where several tables need the same metric: one record, one table.

What an earlier table still lacks on the eve of a later one is made up first by what comes from the later
table's first day on, and only the rest counts for the later table; the oldest table first. So nothing
completes two years' tasks, and what is met late is met all the same.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from kfly.plan.course import Course
from kfly.plan.metrics import MORE_THAN, Goal, Metric, Span
from kfly.plan.model import Need, Plan, SignOff

SMALLEST_STEP = Fraction(1, 100)  # of a sum: areas keep two decimals, money the fen
ZERO = Fraction(0)

Shares = Mapping[int, Sequence[Span]]  # by the year of the table


class Promise(NamedTuple):
    """What one task of a table promises of the metric, and what ends what it still owes."""

    least: Fraction  # the smallest amount that keeps it, where its town owes none of its own
    sign_off: SignOff | None
    own: Mapping[str | None, Fraction] = {}  # that of towns that owe another
    ended: date | None = None  # from then on the task is cancelled, or a later table goes on with it

    def find_least(self, town: str | None) -> Fraction:
        """Return the smallest amount that keeps it in a town; None stands for all together."""
        return self.own.get(town, self.least)

    def is_owed(self, day: date) -> bool:
        """Tell whether what comes on a day may still make it up.

        A sign-off by figures rests on the figures of its own day, so what comes on that day still counts for
        them; a forced one rests on none.
        """
        if self.ended is not None and day >= self.ended:
            return False
        if self.sign_off is None or day < self.sign_off.on:
            return True
        return day == self.sign_off.on and not self.sign_off.forced


class Claim(NamedTuple):
    """What a yearly table claims of a metric."""

    year: int
    first: date  # from this day on what comes is the table's own
    whole_year: date | None  # until then all of it is, as a need names a yearly target; None: no such need
    promises: tuple[Promise, ...]

    def owes(self, day: date, town: str | None) -> Fraction:
        """Return the table's largest promise that a town still owes on a day; None: all together."""
        return max((p.find_least(town) for p in self.promises if p.is_owed(day)), default=ZERO)


def allot(
    metric: Metric,
    spans: Sequence[Span],
    plan: Plan,
    course: Course,
) -> Shares | None:
    """Share a metric's records out among the tables that need it; None where each counts all of them.

    That is so for a stock, which is there for every table, and where no second table has such a need.

    Args:
        metric: the metric; only needs on exactly this one share its records.
        spans: what its records amount to.
        plan: the tasks of all tables, and the day from which anything counts.
        course: what was recorded of tasks: a sign-off, a cancellation, a later table end what they owe.
    """
    claims = list(_claims(metric, plan, course))
    if metric.stock or len(claims) < 2:  # noqa: PLR2004
        return None
    shares: dict[int, list[Span]] = {claim.year: [] for claim in claims}
    for town, its in _by_town(metric, spans):
        for claim, share in zip(claims, _share_out(claims, its, town), strict=True):
            shares[claim.year] += share
    return shares


def names_yearly_target(need: Need, plan: Plan) -> bool:
    """Tell whether a need names a target of every year, and so counts the year of its table only."""
    return need.target is not None and any(t.every_year and t.key == need.target for t in plan.targets)


def least_that_meets(goal: Goal, metric: Metric) -> Fraction:
    """Return the smallest amount that keeps a promise; of a count a whole number."""
    if metric.field is not None:
        return goal.amount + SMALLEST_STEP if goal.comparison == MORE_THAN else goal.amount
    return Fraction(goal.amount.__floor__() + 1 if goal.comparison == MORE_THAN else goal.amount.__ceil__())


def _claims(metric: Metric, plan: Plan, course: Course) -> Iterator[Claim]:
    """Yield what each table that needs the metric claims of it, the oldest table first."""
    needed: dict[int, list[tuple[Need, SignOff | None, date | None]]] = {}
    for task in plan.tasks:
        for need, stage, _due in task.all_needs:
            if need.metric == metric:
                key = (task.year, task.number)
                whole = course.sign_offs.get(key)
                own = course.stages.get((*key, stage)) if stage else None
                signed = min((s for s in (whole, own) if s), key=lambda s: s.on, default=None)
                needed.setdefault(task.year, []).append((need, signed, course.find_end(key)))
    for year in sorted(needed):
        first, last = plan.year_window(year)
        yearly = [names_yearly_target(need, plan) for need, *_ends in needed[year]]
        yield Claim(
            year=year,
            first=first,
            whole_year=last if any(yearly) else None,
            promises=tuple(
                _promise(need, signed_off, ended)
                for (need, signed_off, ended), of_its_year in zip(needed[year], yearly, strict=True)
                if not of_its_year and not need.goal.is_upper
            ),
        )


def _promise(need: Need, sign_off: SignOff | None, ended: date | None) -> Promise:
    """Return what a need promises: the least of each town, where towns owe amounts of their own."""
    goals = ((town, need.goal._replace(amount=amount)) for town, amount in need.town_goals)
    return Promise(
        least_that_meets(need.goal, need.metric),
        sign_off,
        {town: least_that_meets(goal, need.metric) for town, goal in goals},
        ended=ended,
    )


def _by_town(metric: Metric, spans: Iterable[Span]) -> Iterable[tuple[str | None, list[Span]]]:
    """Group the spans by what is measured alone: each town of a per-town metric, else all together (None)."""
    if metric.towns is None:
        return [(None, list(spans))]
    sorted_out: dict[str | None, list[Span]] = {}
    for span in spans:
        sorted_out.setdefault(span.town, []).append(span)
    return sorted_out.items()


def _share_out(claims: Sequence[Claim], spans: Iterable[Span], town: str | None) -> list[list[Span]]:
    """Share spans of a town out among the tables, in one walk by day."""
    shares: list[list[Span]] = [[] for _claim in claims]
    held: list[Fraction] = []  # by each table that was followed: on its last eve, and made up since
    for span in _in_order(spans):
        while len(held) + 1 < len(claims) and span.since >= (day := claims[len(held) + 1].first):
            held.append(sum((s.amount for s in shares[len(held)] if not s.until or s.until >= day), ZERO))
        now = len(held)
        left = span.amount
        if left > 0 and not _is_all_of(claims[now], span.since):
            for earlier in range(now):
                part = min(left, claims[earlier].owes(span.since, town) - held[earlier])
                if part > 0:
                    shares[earlier].append(span._replace(amount=part))
                    held[earlier] += part
                    left -= part
        if left and span.since >= claims[0].first:
            shares[now].append(span._replace(amount=left))
    return shares


def _is_all_of(claim: Claim, day: date) -> bool:
    """Tell whether all that comes on a day is a table's own, as it counts the year as a whole."""
    return claim.whole_year is not None and day <= claim.whole_year


def _in_order(spans: Iterable[Span]) -> Iterator[Span]:
    """Yield spans by the day from which they count, those of one day and end as one, what lasts first."""
    amounts: dict[tuple[date, date, str | None], Fraction] = {}
    for since, until, amount, town in spans:
        end = until or date.max
        if end > since:
            amounts[since, end, town] = amounts.get((since, end, town), ZERO) + amount
    for since, end, town in sorted(amounts, key=lambda key: (key[0], -key[1].toordinal(), key[2] or "")):
        yield Span(since, None if end == date.max else end, amounts[since, end, town], town)
