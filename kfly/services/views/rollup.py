"""What ``rollup`` shows: every county read, the figures kept, all of them as one."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple

from kfly.errors import WrongUsageError, find_nearest
from kfly.locale import _, language
from kfly.plan.counties import County, Missing
from kfly.progress.rollup import Rollup, roll_up
from kfly.progress.rollup_trend import RollupWay, follow
from kfly.services.rollup.county import Job
from kfly.services.rollup.sources import Source
from kfly.store import kept_rollups

Answers = Iterable[tuple[int, County | Missing]]
Reader = Callable[[Sequence[Job]], Answers]
Watch = Callable[[Answers, int], Answers]


class Asked(NamedTuple):
    """What is asked of a roll-up.

    Attributes:
        sources: the counties.
        day: the day asked.
        patience: seconds to wait for whoever has a file locked.
        by: the key of the target by which they are ranked; None for the whole.
        keep: the file in which figures are kept from day to day, if they are.
        known: the moment, in UTC, whose knowledge is asked for instead of today's.
    """

    sources: Sequence[Source]
    day: date
    patience: float
    by: str | None = None
    keep: Path | None = None
    known: datetime | None = None


def read_rollup(asked: Asked, read: Reader, watch: Watch) -> Rollup:
    """Read all counties and take them as one.

    Args:
        asked: which, of which day.
        read: reads them, in whatever order.
        watch: sees each as it comes.

    Raises:
        KflyError: the file cannot be used, or no county has the target asked for.
    """
    day, keep = asked.day, asked.keep
    if keep is not None:
        with kept_rollups.opening(keep, create=True):  # before the work of minutes is done in vain
            pass
    jobs = [Job(source, day, asked.patience, language(), asked.known) for source in asked.sources]
    answers = dict(watch(read(jobs), len(jobs)))
    counties = [found for _number, found in sorted(answers.items()) if isinstance(found, County)]
    missing = [found for _number, found in sorted(answers.items()) if isinstance(found, Missing)]
    if keep is not None:
        missing = _keep(keep, counties, missing, day)
    by = asked.by
    if by is not None:
        by = _find_key(by, {row.key: row.name for county in counties for row in county.rows})
    return roll_up(counties, missing, day, by)._replace(known=asked.known)


def _keep(keep: Path, counties: list[County], missing: list[Missing], day: date) -> list[Missing]:
    """Keep what was read, late documents under their own day; find what is known of who is missing."""
    late = [one.last for one in missing if one.last is not None]
    with kept_rollups.opening(keep, create=True) as db:
        kept_rollups.keep(db, [*counties, *late])
        return [
            one if one.last else one._replace(last=kept_rollups.read_latest(db, one.name, day))
            for one in missing
        ]


def read_way(keep: Path, key: str, day: date) -> RollupWay:
    """Read the way of one target out of the kept figures, until a day.

    Raises:
        KflyError: there is no such file, or nothing was kept of that target.
    """
    with kept_rollups.opening(keep, create=False) as db:
        key = _find_key(key, kept_rollups.list_keys(db))
        way = follow(key, kept_rollups.read_days(db, key, day))
        if way is None:
            raise WrongUsageError(_("Nothing was kept of “{key}” until {day}.", key=key, day=day.isoformat()))
    return way


def _find_key(text: str, known: dict[str, str]) -> str:
    """Find the target of a key, with hyphen or underscore, or of a name.

    Args:
        text: what was typed.
        known: the names of targets by their keys.

    Raises:
        WrongUsageError: no county has one; the nearest is offered.
    """
    key = text.strip().replace("-", "_")
    if key in known:
        return key
    named = [key for key, name in known.items() if name == text.strip()]
    if named:
        return named[0]
    near = find_nearest(key, list(known))
    raise WrongUsageError(
        _("No county has a target “{key}”; did you mean “{near}”?", key=text, near=near)
        if near
        else _("No county has a target “{key}”; they have: {known}.", key=text, known=_(", ").join(known))
    )
