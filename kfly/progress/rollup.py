"""Many counties as one: finished rows added up, lights counted, counties ranked. Nothing is assessed anew."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from fractions import Fraction
from itertools import groupby
from typing import NamedTuple

from kfly.plan.counties import ZERO, County, CountyRow, Group, Missing, find_decimals
from kfly.plan.targets import adds_up, is_reported, spell_decimals, spell_unit
from kfly.progress.lights import LIGHTS, RED
from kfly.progress.shortfall import BARELY_OVER, NEARLY_ALL
from kfly.progress.targets import TargetStanding


class Line(NamedTuple):
    """A target of several counties, of one unit, comparison and period.

    Attributes:
        total: None where figures of several counties do not add up, or nobody has any.
        goal: what was promised together; None where it does not add up, or nothing is promised.
        counties: how many have it.
        reporting: how many of these have a figure.
        promising: how many of these have a goal.
        met: how many keep it.
        lights: how many have each light.
        decimals: with which its figures are shown, if all plans say so; None: as given.
        reported: whether any of them is reported, a share or an average.
        has_namesake: whether a target of another key has its name too.
    """

    key: str
    name: str
    unit: str
    comparison: str | None
    period: str
    total: Fraction | None
    goal: Fraction | None
    counties: int
    reporting: int
    promising: int
    met: int
    lights: dict[str, int]
    decimals: int | None
    reported: bool
    has_namesake: bool = False


class GroupLines(NamedTuple):
    """A province, a city: its own counties as one."""

    group: Group
    read: int
    missing: int
    lines: tuple[Line, ...]


class CountyPlace(NamedTuple):
    """A county's place among all.

    Attributes:
        place: which equals share.
        share: what decided, exactly.
        shown: the same as it is shown: while anything in it is unmet, never all of it.
    """

    place: int
    county: County
    share: Fraction | None
    shown: Fraction | None


class Rollup(NamedTuple):
    """All counties as one on a day."""

    as_of: date
    counties: tuple[County, ...]
    missing: tuple[Missing, ...]
    lines: tuple[Line, ...]
    groups: tuple[GroupLines, ...]
    ranking: tuple[CountyPlace, ...]
    ranked_by: str | None = None  # the key of a target; None for the whole
    known: datetime | None = None  # the moment whose knowledge it is; None for now

    @property
    def expected(self) -> int:
        """How many counties there should be."""
        return len(self.counties) + len(self.missing)


def list_rows(standings: Iterable[TargetStanding]) -> Iterator[CountyRow]:
    """Yield the finished rows of a county's ``status``."""
    for row in standings:
        target, goal = row.target, row.goal
        yield CountyRow(
            target.key,
            target.name.spoken,
            spell_unit(target),
            goal.comparison if goal else None,
            row.period_label,
            adds_up(target),
            row.actual,
            goal.amount if goal else None,
            row.met,
            row.light,
            row.progress,
            spell_decimals(target),
            is_reported(target),
        )


def roll_up(counties: Sequence[County], missing: Sequence[Missing], day: date, by: str | None) -> Rollup:
    """Take many counties as one.

    Args:
        counties: those that were read, in the order in which they are named.
        missing: those that were not.
        day: the day asked.
        by: the target by which they are ranked; None for the whole.
    """
    return Rollup(
        day,
        tuple(counties),
        tuple(missing),
        tuple(_add(counties)),
        tuple(_group(counties, missing)),
        tuple(_rank(counties, by)),
        by,
    )


def _add(counties: Iterable[County]) -> Iterator[Line]:
    """Yield a line for each target; what differs in unit, comparison or period has one of its own."""
    keys: dict[str, dict[tuple[str, str | None, str, bool], list[CountyRow]]] = {}
    for county in counties:
        for row in county.rows:
            alike = keys.setdefault(row.key, {})
            alike.setdefault((row.unit, row.comparison, row.period, row.adds_up), []).append(row)
    yield from _mark_namesakes([_add_rows(rows) for alike in keys.values() for rows in alike.values()])


def _mark_namesakes(lines: Sequence[Line]) -> Iterator[Line]:
    """Yield lines; those of different keys that are called alike know of it."""
    called = Counter(name for name, _key in {(line.name, line.key) for line in lines})
    for line in lines:
        yield line._replace(has_namesake=called[line.name] > 1)


def _add_rows(rows: list[CountyRow]) -> Line:
    first, lights = rows[0], Counter(row.light for row in rows)
    goals = [row.goal for row in rows if row.goal is not None]
    figures = [row.actual for row in rows if row.actual is not None]
    return Line(
        first.key,
        Counter(row.name for row in rows).most_common(1)[0][0],
        first.unit,
        first.comparison,
        first.period,
        sum(figures, ZERO) if figures and first.adds_up else None,
        sum(goals, ZERO) if goals and first.adds_up else None,
        len(rows),
        len(figures),
        len(goals),
        sum(row.met for row in rows),
        {light: lights[light] for light in LIGHTS},
        find_decimals(rows),
        any(row.reported for row in rows),
    )


def _group(counties: Sequence[County], missing: Sequence[Missing]) -> Iterator[GroupLines]:
    """Yield each group and, below it, each group inside; in the order in which they are first named."""
    theirs = [*(county.group for county in counties), *(one.group for one in missing)]
    named = dict.fromkeys(group[:depth] for group in theirs for depth in range(1, len(group) + 1))
    order = {group: number for number, group in enumerate(named)}
    inside = sorted(named, key=lambda group: [order[group[: n + 1]] for n in range(len(group))])
    for group in inside:
        its = [county for county in counties if county.group[: len(group)] == group]
        gone = sum(one.group[: len(group)] == group for one in missing)
        yield GroupLines(group, len(its), gone, tuple(_add(its)))


def _rank(counties: Iterable[County], by: str | None) -> Iterator[CountyPlace]:
    """Rank: by one target's way; else by score, then fewest reds, then the share that is kept.

    A county that has promised nothing has no red light to show for it, and stands below those that have.
    """

    def worth(county: County) -> tuple[tuple[bool, Fraction], ...]:
        if by is not None:
            row = county.find_row(by)
            return (_or_last(row and row.worth),)
        reds = Fraction(-count_reds(county))
        return (_or_last(county.score), (county.share is not None, reds), _or_last(county.share))

    ordered = sorted(counties, key=worth, reverse=True)  # stable: equals keep the order they are named in
    place = 1
    for _worth, equals in groupby(ordered, key=worth):
        its = list(equals)
        for county in its:
            yield CountyPlace(place, county, *_find_share(county, by))
        place += len(its)


def _find_share(county: County, by: str | None) -> tuple[Fraction | None, Fraction | None]:
    """Find the share by which a county is ranked, exactly and as it is shown."""
    if by is not None:
        row = county.find_row(by)
        return (row.progress, show_progress(row)) if row else (None, None)
    kept = all(row.met for row in county.rows if row.goal is not None)
    share = county.share
    return share, share if kept or share is None else min(share, NEARLY_ALL)


def show_progress(row: CountyRow) -> Fraction | None:
    """Return the way that is done of a target as it is shown, as the county's own ``status`` shows it.

    What is unmet is never all of it, an exceeded ceiling always more; a level to keep below, without a
    baseline, goes no way.
    """
    if row.has_no_way:
        return None
    if row.progress is None or row.met:
        return row.progress
    if row.is_ceiling:
        return max(row.progress, BARELY_OVER)
    return min(row.progress, NEARLY_ALL)


def count_reds(county: County) -> int:
    """Count a county's red targets."""
    return sum(row.light == RED for row in county.rows)


def _or_last(figure: Fraction | None) -> tuple[bool, Fraction]:
    return (False, ZERO) if figure is None else (True, figure)
