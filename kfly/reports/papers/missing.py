"""The lists of supervision for a paper: what each task lacks, in words."""

from collections.abc import Iterator

from kfly.locale import N_, _
from kfly.plan.metrics import is_whole
from kfly.progress.needs import NeedStanding
from kfly.progress.shortfall import measure_lack
from kfly.progress.tasks import TaskStanding
from kfly.reports.figures import find_digits_of_difference
from kfly.reports.papers.amounts import write_amount
from kfly.reports.progress_notes import write_note
from kfly.reports.tasks import join_names, list_course, need_unit
from kfly.reports.words import difference_unit


def describe_missing(row: TaskStanding, names: dict[str, str]) -> str:
    """Say what a task lacks: how much of each unmet need and where, or its sign-off; last the feedback."""
    stage = row.next_stage
    needs = [need for need in (*row.needs, *(stage.needs if stage else ())) if not need.met]
    told = [*list_course(row), *(_describe_need(need, names) for need in needs)] or [_("not yet signed off")]
    if row.note is not None:
        told.append(_("Feedback: {note}", note=write_note(row.note, names)))
    return _("; ").join(told)


def describe_days(row: TaskStanding) -> str:
    """Say how long a task is overdue, or how long it has left; empty where it is neither."""
    if row.days_overdue is not None:
        return _("{n} d overdue", n=row.days_overdue)
    if row.overdue_stages:
        return _(
            "stage {n} overdue {days} d",
            n=row.overdue_stages[0].number,
            days=row.overdue_stages[0].days_overdue,
        )
    if row.days_left is None:
        return ""
    return _("{n} d left", n=row.days_left) if row.days_left else _("due today")


def _describe_need(need: NeedStanding, names: dict[str, str]) -> str:
    if need.actual is None:
        return _("{name} has no data", name=need.need.name.spoken)
    lack = measure_lack(need.goal, need.actual, whole=is_whole(need.need.metric, need.need.reading))
    message = N_("{name} lacks {lack}")
    if need.goal.is_upper:
        message = N_("{name} has {lack} too much")
    digits = find_digits_of_difference(need, lack)
    amount = write_amount(lack, difference_unit(need_unit(need)), digits)
    told = _(message, name=need.need.name.spoken, lack=amount)
    towns = list(_list_short_towns(need))
    return _("{told} ({towns})", told=told, towns=join_names(towns, names)) if towns else told


def _list_short_towns(need: NeedStanding) -> Iterator[str]:
    yield from (figure.town for figure in need.each if not figure.met)
