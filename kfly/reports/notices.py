"""``notice`` and ``notices``: what was issued to whom, in which colour, and whether it was answered."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from rich.text import Text

from kfly.console.screen import show, text
from kfly.console.tables import Column, make_table
from kfly.locale import N_, _
from kfly.plan.model import Plan
from kfly.plan.notices import Notice, NoticedTask
from kfly.plan.organisations import name_organisations
from kfly.progress.lights import BLUE, RED, YELLOW
from kfly.reports import words

NOTICE_NAMES = {RED: N_("red notice"), YELLOW: N_("yellow notice"), BLUE: N_("blue notice")}

Replies = Sequence[tuple[Notice, frozenset[NoticedTask]]]  # each with what of it was answered


def write_number(year: int, number: int) -> str:
    """Write what a notice is called: 督〔2022〕3号."""
    return _("No. {year}/{number}", year=year, number=number)


def document(replies: Replies, plan: Plan, day: date) -> list[dict[str, Any]]:
    """Return the JSON that other programs rely on."""
    names = name_organisations(plan)
    return [notice_document(notice, answered, names, day) for notice, answered in replies]


def notice_document(
    notice: Notice, answered: frozenset[NoticedTask], names: dict[str, str], day: date
) -> dict[str, Any]:
    """Return the JSON of one notice."""
    return {
        "year": notice.year,
        "number": notice.number,
        "organisation": names.get(notice.organisation, notice.organisation),
        "light": notice.light,
        "issued_on": notice.issued_on.isoformat(),
        "reply_by": notice.reply_by.isoformat(),
        "tasks": [
            {"year": task.year, "number": task.number, "light": task.light, "answered": task in answered}
            for task in notice.tasks
        ],
        "targets": [{"key": target.key, "light": target.light} for target in notice.targets],
        "answered": answered.issuperset(notice.tasks) if notice.tasks else None,
        "ignored": is_ignored(notice, answered, day),
    }


def is_ignored(notice: Notice, answered: frozenset[NoticedTask], day: date) -> bool:
    """Tell whether a notice had to be answered before a day, and was not."""
    return day > notice.reply_by and not answered.issuperset(notice.tasks)


def render(replies: Replies, plan: Plan, day: date) -> None:
    """Print the notices, the latest first."""
    if not replies:
        show(_("No notice was issued."))
        return
    names, called = name_organisations(plan), {target.key: target.name.spoken for target in plan.targets}
    columns = [
        Column(_("Notice"), narrowest=12),
        Column(_("Issued on")),
        Column(_("Organisation"), narrowest=12),
        Column(_("Light")),
        Column(_("Tasks, targets"), narrowest=10),
        Column(_("Reply by")),
        Column(_("Feedback"), narrowest=8),
    ]
    rows = [_cells(notice, answered, {**called, **names}, day) for notice, answered in reversed(replies)]
    show(make_table(columns, rows, spaced=True))


def _cells(
    notice: Notice, answered: frozenset[NoticedTask], names: dict[str, str], day: date
) -> list[str | Text]:
    return [
        write_number(notice.year, notice.number),
        notice.issued_on.isoformat(),
        names.get(notice.organisation, notice.organisation),
        text(words.light(notice.light), words.colour(notice.light)),
        "\n".join(filter(None, [" ".join(_name_tasks(notice.tasks)), *_name_targets(notice, names)])),
        notice.reply_by.isoformat(),
        _write_reply(notice, answered, day),
    ]


def _name_tasks(tasks: Iterable[NoticedTask]) -> list[str]:
    """Name tasks by their numbers, with their year where they are of several tables."""
    several = len({task.year for task in tasks}) > 1
    return [f"{task.year}/{task.number}" if several else str(task.number) for task in tasks]


def _name_targets(notice: Notice, names: dict[str, str]) -> list[str]:
    return [names.get(target.key, target.key) for target in notice.targets]


def _write_reply(notice: Notice, answered: frozenset[NoticedTask], day: date) -> Text:
    if not notice.tasks:
        return text("—")
    if answered.issuperset(notice.tasks):
        return text(_("given"), "green")
    told = _("{n} of {all}", n=len(answered), all=len(notice.tasks)) if answered else _("none yet")
    if is_ignored(notice, answered, day):
        return text(_("{told}, its day is past", told=told), "red")
    return text(told)
