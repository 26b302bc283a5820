"""The figures of the three-year office computed a second time: record by record, day by day.

Nothing of kfly is used here. What the rules say is written down once more, in the plainest way: no running
totals, no queries, no sharing between days.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import yaml

from tests.stories.three_years.office import ENDS, FILES, SIGN_OFFS, STARTS, TOWNS, ZONE, records

DAY = timedelta(days=1)
GRACE, YELLOW, SOON = 30, Fraction(4, 5), 20
COUNTS = {
    "building": ("renovated_on", None),
    "enclave": ("established_on", None),
    "investor": ("registered_on", "ended_on"),
    "fund": ("registered_on", "ended_on"),
    "collaboration": ("signed_on", None),
    "talent": ("introduced_on", None),
    "event": ("held_on", None),
    "expenditure": ("paid_on", None),
    "talent_project": ("landed_on", None),
}
WORDS = ("at_least", "more_than", "at_most")
RECORDS = records()
PLAN = yaml.safe_load((FILES / "targets.yaml").read_text(encoding="utf-8"))
TABLES = [yaml.safe_load(file.read_text(encoding="utf-8")) for file in sorted(FILES.glob("tasks_*.yaml"))]
TARGETS: dict[str, dict[str, Any]] = {target["key"]: target for target in PLAN["targets"]}
TASKS: dict[tuple[int, int], dict[str, Any]] = {
    (table["year"], task["number"]): task for table in TABLES for task in table["tasks"]
}
YEARS = tuple(table["year"] for table in TABLES)


def days(first: date, last: date) -> Iterator[date]:
    """Each day of a span, ends included."""
    while first <= last:
        yield first
        first += DAY


def exact(value: Any) -> Fraction:
    """A number as it was written down."""
    return Fraction(str(value))


def promise_of(it: dict[str, Any]) -> tuple[str, Fraction] | None:
    """The comparison and the amount, if there is one."""
    return next(((word, exact(it[word])) for word in WORDS if word in it), None)


def is_met(promise: tuple[str, Fraction] | None, actual: Fraction) -> bool:
    """Whether an amount keeps a promise."""
    if promise is None:
        return False
    word, amount = promise
    return (
        actual >= amount
        if word == "at_least"
        else actual > amount
        if word == "more_than"
        else actual <= amount
    )


def is_whole(it: dict[str, Any]) -> bool:
    """Whether a figure counts things, and does not add amounts up."""
    return "count" in it or it.get("per") == "town"


# What of a kind a metric takes in, and how much each record is.


def kind_of(it: dict[str, Any]) -> str:
    """The kind whose records are counted."""
    return str(it["count"] if "count" in it else it["sum"].partition(".")[0])


def weight(it: dict[str, Any], record: dict[str, Any]) -> Fraction:
    """What one record adds."""
    if "count" in it:
        return Fraction(1)
    value = record[it["sum"].partition(".")[2]]
    return Fraction(0) if value is None else exact(value)


def fits(it: dict[str, Any], record: dict[str, Any]) -> bool:
    """Whether a record satisfies all conditions."""
    for field, wanted in it.get("where", {}).items():
        value = record.get(field)
        if isinstance(wanted, list):
            if value not in wanted:
                return False
        elif isinstance(wanted, str) and wanted.startswith(">="):
            if value is None or exact(value) < exact(wanted[2:].strip()):
                return False
        elif value != wanted:
            return False
    return True


def born(it: dict[str, Any], record: dict[str, Any]) -> date:
    """The day from which a record counts."""
    return date.fromisoformat(record[COUNTS[kind_of(it)][0]])


def gone(it: dict[str, Any], record: dict[str, Any]) -> date | None:
    """The day from which it no longer does."""
    until = COUNTS[kind_of(it)][1]
    return date.fromisoformat(record[until]) if until and record.get(until) else None


def total(
    it: dict[str, Any], day: date, first: date | None, last: date | None, town: str | None = None
) -> Fraction:
    """What counts on a day, of records born between two days; of one town, if asked."""
    seen = min(day, last) if last else day
    found = Fraction(0)
    for record in RECORDS[kind_of(it)]:
        if not fits(it, record) or (town is not None and record.get("town") != town):
            continue
        since, until = born(it, record), gone(it, record)
        if since > seen or (first is not None and since < first) or (until is not None and until <= seen):
            continue
        found += weight(it, record)
    return found


# Targets.


def year_of(day: date) -> int:
    """The year that a yearly figure shows on a day."""
    return min(max(day.year, STARTS.year), ENDS.year)


def towns_of(target: dict[str, Any]) -> list[str]:
    """The towns that a per-town target covers."""
    return [town for town in TOWNS if town not in target.get("except", [])]


def window_of(target: dict[str, Any], day: date) -> tuple[date, date, date]:
    """The first day that counts, the last, and the deadline."""
    if target.get("every") == "year":
        year = year_of(day)
        return date(year, 1, 1), date(year, 12, 31), date(year, 12, 31)
    return STARTS, date.max, target.get("due", ENDS)


def actual(target: dict[str, Any], day: date, of_year: date | None = None) -> Fraction:
    """The figure of a target's row; ``of_year`` asks for another year's window."""
    first, last, _due = window_of(target, of_year or day)
    start = None if target.get("stock") else first
    if target.get("per") == "town":
        reached = (total(target, day, start, last, town) for town in towns_of(target))
        return Fraction(sum(is_met(promise_of(target), each) for each in reached))
    return total(target, day, start, last)


def goal_of(target: dict[str, Any]) -> tuple[str, Fraction] | None:
    """What a row is held against: of a per-town target how many towns there are."""
    if target.get("per") == "town":
        return "at_least", Fraction(len(towns_of(target)))
    return promise_of(target)


def points_of(target: dict[str, Any], first: date, due: date) -> list[tuple[date, Fraction]]:
    """The points of the trajectory."""
    goal = goal_of(target)
    assert goal is not None
    end = goal[1] + (1 if goal[0] == "more_than" and is_whole(target) else 0)
    points = [(first - DAY, Fraction(0))]
    earlier = Fraction(0)
    for year in YEARS if target.get("every") is None and target.get("per") is None else ():
        largest = Fraction(0)
        for (of, _number), task in TASKS.items():
            for need in task.get("needs", []) if of == year else []:
                if need.get("target") == target["key"]:
                    promised = promise_of(need) or promise_of(target)
                    assert promised is not None
                    points.append((task["due"], earlier + promised[1]))
                    largest = max(largest, promised[1])
        if not target.get("stock"):
            earlier += largest
    return sorted([*points, (due, end)])


def line(points: list[tuple[date, Fraction]], day: date) -> Fraction:
    """Where a line through points stands on a day; it never falls."""
    known = sorted({on for on, _amount in points})
    rising = [(on, max(amount for other, amount in points if other <= on)) for on in known]
    before = [point for point in rising if point[0] <= day]
    after = [point for point in rising if point[0] > day]
    if not before:
        return Fraction(0)
    if not after:
        return before[-1][1]
    (left, low), (right, high) = before[-1], after[0]
    return low + (high - low) * Fraction((day - left).days, (right - left).days)


def expected(target: dict[str, Any], day: date) -> Fraction | None:
    """Where a target should stand."""
    goal = goal_of(target)
    if goal is None or goal[0] == "at_most":
        return None
    first, _last, due = window_of(target, day)
    stands = line(points_of(target, first, due), day)
    return Fraction(stands.__floor__()) if is_whole(target) else stands


def in_grace(day: date, first: date, due: date) -> bool:
    """Whether a window has only just begun: its first thirty days, at most a quarter of it."""
    length = (due - first).days + 1
    return first <= day < first + timedelta(days=min(GRACE, length // 4))


def light(target: dict[str, Any], day: date) -> str:
    """The light of a target."""
    goal = goal_of(target)
    if goal is None:
        return "none"
    first, _last, due = window_of(target, day)
    stands = actual(target, day)
    if is_met(goal, stands) or day < STARTS:
        return "green"
    if goal[0] == "at_most" or day > due:
        return "red"
    should = expected(target, day)
    assert should is not None
    if stands >= should:
        return "green"
    if in_grace(day, first, due):
        return "none"
    return "yellow" if stands >= YELLOW * should else "red"


def years(target: dict[str, Any], day: date) -> list[dict[str, Any]]:
    """Each year so far of a yearly target."""
    found = []
    for year in range(STARTS.year, min(day.year, ENDS.year) + 1):
        goal = goal_of(target)
        assert goal is not None
        stands = actual(target, min(day, date(year, 12, 31)), date(year, 6, 1))
        found.append({"year": year, "actual": stands, "goal": goal[1], "met": is_met(goal, stands)})
    return found


def projected(target: dict[str, Any], day: date) -> Fraction | None:
    """Where the pace of the last 365 days leads by the deadline."""
    goal = goal_of(target)
    first, _last, due = window_of(target, day)
    if goal is None or goal[0] == "at_most" or day < STARTS or not first <= day <= due:
        return None
    since = max(day - timedelta(days=365), first - DAY)
    rate = (actual(target, day, day) - actual(target, since, day)) / (day - since).days
    ahead = max(actual(target, day) + rate * (due - day).days, Fraction(0))
    return Fraction(ahead.__floor__()) if is_whole(target) else ahead


# Tasks.


def metric_of(need: dict[str, Any]) -> dict[str, Any]:
    """What a need counts: its target's metric, or its own."""
    return TARGETS[need["target"]] if "target" in need else need


def needs_promise(need: dict[str, Any]) -> tuple[str, Fraction]:
    """What a need promises: its own amount, or its target's goal."""
    promised = promise_of(need) or promise_of(metric_of(need))
    assert promised is not None
    return promised


def identity(metric: dict[str, Any]) -> str:
    """What tells one metric from another."""
    parts = ("count", "sum", "where", "stock", "per", "except")
    return repr([metric.get(part) for part in parts])


def signed(year: int, number: int, day: date) -> date | None:
    """The day of the sign-off that stands on a day."""
    return next((on for y, n, on, _f in SIGN_OFFS if (y, n) == (year, number) and on <= day), None)


def lack(metric: dict[str, Any], year: int, has: Fraction, day: date) -> Fraction:
    """What a table still lacks of its largest need on a metric, of tasks that are not signed off on a day."""
    owed = [
        needs_promise(need)[1]
        for (of, number), task in TASKS.items()
        for need in task.get("needs", [])
        if of == year and identity(metric_of(need)) == identity(metric) and signed(of, number, day) is None
    ]
    return max([amount - has for amount in owed] + [Fraction(0)])


def tables_with(metric: dict[str, Any]) -> list[int]:
    """The tables that have a need on a metric."""
    return [
        year
        for year in YEARS
        if any(
            identity(metric_of(need)) == identity(metric)
            for (of, _n), task in TASKS.items()
            for need in task.get("needs", [])
            if of == year
        )
    ]


_allotted: dict[str, dict[tuple[int, date], Fraction]] = {}
LAST = date(2026, 6, 30)


def allotted(metric: dict[str, Any]) -> dict[tuple[int, date], Fraction]:
    """What each table has of a metric at the end of each day: every record in one table, or split."""
    known = _allotted.get(identity(metric))
    if known is not None:
        return known
    tables = tables_with(metric)
    has = dict.fromkeys(tables, Fraction(0))
    found: dict[tuple[int, date], Fraction] = {}
    for day in days(STARTS, LAST):
        current = [year for year in tables if date(year, 1, 1) <= day]
        for record in RECORDS[kind_of(metric)]:
            if born(metric, record) != day or not fits(metric, record) or not current:
                continue
            left = weight(metric, record)
            for year in current[:-1]:
                made_up = min(left, lack(metric, year, has[year], day))
                has[year] += made_up
                left -= made_up
            has[current[-1]] += left
        for year in tables:
            found[year, day] = has[year]
    _allotted[identity(metric)] = found
    return found


def need_stands(need: dict[str, Any], year: int, day: date) -> tuple[Fraction, tuple[str, Fraction]]:
    """The figure of a need on a day, and what its row is held against."""
    metric = metric_of(need)
    if metric.get("stock"):
        return total(metric, day, None, None), needs_promise(need)
    if metric.get("every") == "year":
        first, last = date(year, 1, 1), date(year, 12, 31)
        if metric.get("per") == "town":
            towns = towns_of(metric)
            reached = (is_met(needs_promise(need), total(metric, day, first, last, town)) for town in towns)
            return Fraction(sum(reached)), ("at_least", Fraction(len(towns)))
        return total(metric, day, first, last), needs_promise(need)
    return allotted(metric).get((year, day), Fraction(0)), needs_promise(need)


def all_hold(year: int, number: int, day: date) -> bool:
    """Whether all needs of a task hold on a day, which has some."""
    needs = TASKS[year, number].get("needs", [])
    stands = [need_stands(need, year, day) for need in needs]
    return bool(needs) and all(is_met(promise, figure) for figure, promise in stands)


def task(year: int, number: int, day: date) -> dict[str, Any]:
    """Where a task stands on a day."""
    it = TASKS[year, number]
    opens = date(year, 1, 1)
    on = signed(year, number, day)
    by_figures = day >= opens and all_hold(year, number, day)
    state = "done" if on or by_figures else "overdue" if day > it["due"] else "open"
    held = next((d for d in days(opens, day) if all_hold(year, number, d)), None) if state == "done" else None
    completed = min([d for d in (on, held) if d], default=None)
    return {
        "state": state,
        "completed_on": completed,
        "light": _task_light(it, year, state, day),
        "late": completed is not None and completed > it["due"],
        "signed_off": on is not None,
        "days_overdue": (day - it["due"]).days if state == "overdue" else None,
        "days_left": (it["due"] - day).days if state == "open" else None,
        "needs": [need_stands(need, year, day) for need in it.get("needs", [])],
    }


def _task_light(it: dict[str, Any], year: int, state: str, day: date) -> str:
    if state != "open":
        return "green" if state == "done" else "red"
    if day.year < year:
        return "none"
    opens = date(year, 1, 1)
    for need in it.get("needs", []):
        figure, promise = need_stands(need, year, day)
        whole = is_whole(metric_of(need))
        end = promise[1] + (1 if whole and promise[0] == "more_than" else 0)
        should = line([(opens - DAY, Fraction(0)), (it["due"], end)], day)
        should = Fraction(should.__floor__()) if whole else should
        if figure < YELLOW * should:
            return "none" if in_grace(day, opens, it["due"]) else "yellow"
    return "blue" if (it["due"] - day).days <= SOON else "none"


# What each town has, of each target's own window.


def contribution(town: str | None, key: str, day: date) -> Fraction:
    """What a town, or none, has contributed to a target."""
    target = TARGETS[key]
    first, last, _due = window_of(target, day)
    start = None if target.get("stock") else first
    if town is not None:
        return total(target, day, start, last, town)
    known = (*TOWNS, ZONE)
    everything = total(target, day, start, last)
    return everything - sum((total(target, day, start, last, each) for each in known), Fraction(0))
