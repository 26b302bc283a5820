"""``report F.docx``: the brief 《工作推进情况通报》, from the standard template or an office's own."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from kfly.locale import N_, _, format_share, language
from kfly.plan.organisations import name_organisations
from kfly.progress.departments import tally_together
from kfly.progress.lights import BLUE, RED, YELLOW
from kfly.progress.overview import Overview
from kfly.progress.states import ONGOING, OPEN
from kfly.progress.supervision import supervise
from kfly.progress.targets import TargetStanding
from kfly.progress.tasks import TaskStanding
from kfly.reports import words
from kfly.reports.figures import find_row_digits, find_unit
from kfly.reports.papers.amounts import write_day, write_goal
from kfly.reports.papers.charts import draw_burn_up
from kfly.reports.papers.missing import describe_days, describe_missing
from kfly.reports.papers.paper import Paper
from kfly.reports.papers.pictures import draw_png
from kfly.reports.papers.sentences import describe_outlook, describe_state
from kfly.reports.papers.since_sentences import describe_since, write_then
from kfly.reports.papers.supervised_targets import make_supervised_target, write_row_amount
from kfly.reports.papers.word.brief_template import make_brief_template
from kfly.reports.papers.word.filling import Picture, Template, fill, find_fill, pack, read_template
from kfly.reports.rates import describe_rates
from kfly.reports.status import name_target
from kfly.reports.tasks import join_names, number_rows

MOST_CHARTS = 6  # of targets that are furthest behind
CHART_WIDTH = 74  # millimetres: two stand beside each other
AHEAD = 92  # days within which a deadline is a next one; where there is none, the first one is
_NUMERALS = "一二三四五六七八九十"
_LISTS = (
    (RED, N_("Red: overdue ({n})")),
    (YELLOW, N_("Yellow: behind the trajectory ({n})")),
    (BLUE, N_("Blue: due soon ({n})")),
)
_TARGET_LISTS = {
    RED: N_("Red targets: far behind or missed ({n})"),
    YELLOW: N_("Yellow targets: behind ({n})"),
}

Values = dict[str, Any]
Place = Callable[[Picture], Any]


class _Work(NamedTuple):
    """What the values of the placeholders are made from."""

    overview: Overview
    names: dict[str, str]
    place: Place


def write_brief(paper: Paper, stream: BinaryIO, template: Path | None = None) -> None:
    """Write the brief.

    Args:
        paper: what is told.
        stream: takes the file.
        template: an office's own; the standard one without.

    Raises:
        KflyError: the template is no Word document, or has a faulty placeholder.
    """
    form = read_template(template) if template else Template("", pack(make_brief_template()))
    title = _("“{title}”", title=paper.overview.plan.name.spoken) + _("Progress brief")
    fill(form, partial(make_values, paper), title, stream)


def write_brief_template(stream: BinaryIO) -> None:
    """Write the standard template, for an office to make its own of."""
    stream.write(pack(make_brief_template()))


def make_values(paper: Paper, place: Place) -> Values:
    """Make what the placeholders of a template stand for; a section that would be empty is None."""
    overview = paper.overview
    work = _Work(overview, name_organisations(overview.plan), place)
    values: Values = {
        "plan": overview.plan.name.spoken,
        "day": write_day(overview.day),
        "scope": overview.scope.title.spoken if overview.scope else "",
        "known": paper.known,
    }
    given: list[str] = []
    for name, make in _SECTIONS.items():
        section = make(work)
        values[name] = section
        if section is not None:
            section["number"] = _SectionNumber(given)
    return values


class _SectionNumber:
    """The number of a section: the next one, whichever section a template first asks for it.

    So an office's own template may leave sections out or move them, and has no gap.
    """

    def __init__(self, given: list[str]) -> None:
        self._given, self._own = given, ""

    def __str__(self) -> str:
        if not self._own:
            self._own = write_number(len(self._given) + 1)
            self._given.append(self._own)
        return self._own


def write_number(number: int) -> str:
    """Write the number of a section: 一, 二 … in Chinese."""
    return _NUMERALS[number - 1] if language() == "zh" else str(number)


def _make_state(work: _Work) -> Values | None:
    overview = work.overview
    sentences = [*describe_state(overview.standing), *describe_rates(tally_together(overview.tasks))]
    return {"sentences": sentences} if sentences else None


def _make_since(work: _Work) -> Values | None:
    since = work.overview.since
    sentences = list(describe_since(since)) if since else []
    if since is None or not sentences:
        return None
    title = since.meeting.title if since.meeting else ""
    return {"day": write_then(since), "title": title, "sentences": sentences}


def _make_targets(work: _Work) -> Values | None:
    rows = work.overview.standing.targets
    if not rows:
        return None
    return {
        "rows": [_make_target(row) for row in rows],
        "sentences": list(describe_outlook(rows, work.overview.day)),
        "charts": list(_pair(_draw_charts(work))),
    }


def _make_target(row: TargetStanding) -> Values:
    return {
        "key": row.target.key,
        "section": row.target.section.spoken,
        "name": name_target(row),
        "actual": write_row_amount(row, row.actual),
        "goal": write_goal(row.goal, find_unit(row), find_row_digits(row)) if row.goal else "—",
        "share": format_share(row.shown_share),
        "expected": "—" if row.expected is None else write_row_amount(row, row.expected),
        "light": words.light(row.light, starting=row.starting),
        "fill": find_fill(row.light),
        "due": write_day(row.due),
    }


def _draw_charts(work: _Work) -> Iterator[Values]:
    """Draw the way of the targets that are behind, the red ones first."""
    rows = [row for light in (RED, YELLOW) for row in work.overview.standing.targets if row.light == light]
    for row in rows[:MOST_CHARTS]:
        png = draw_png(str(draw_burn_up(row, work.overview.day)))
        yield {"picture": work.place(Picture(png, CHART_WIDTH)), "caption": name_target(row)}


def _pair(charts: Iterable[Values]) -> Iterator[list[Values]]:
    """Put charts beside each other; an odd one has nothing beside it."""
    pairs = list(charts)
    for at in range(0, len(pairs), 2):
        yield [*pairs[at : at + 2], {"picture": "", "caption": ""}][:2]


def _make_supervision(work: _Work) -> Values | None:
    """List the tasks by their class, and below them the targets by their light."""
    lists = [
        {
            "number": _("({number}) ", number=write_number(at)),
            "title": _(title, n=len(rows)),
            "light": light,
            "fill": find_fill(light),
            "count": len(rows),
            "groups": list(_group_by_lead(rows)),
        }
        for at, (light, title, rows) in enumerate(_list_supervised(work), 1)
    ]
    return {"lists": lists} if lists else None


def _list_supervised(work: _Work) -> Iterator[tuple[str, str, list[Values]]]:
    """Yield each class that is not empty: its light, its title, its rows, the worst first."""
    overview, names = work.overview, work.names
    within, targets = overview.plan.lights.due_soon_days, overview.standing.targets
    found = supervise(overview.tasks, behind=True, within=within, targets=targets)
    numbers = {row.task: number for number, row in number_rows(overview.tasks)}
    for (light, title), rows in zip(_LISTS, found.classes, strict=True):
        if rows:
            yield light, title, [make_task(row, numbers[row.task], names) for row in rows]
    for light, title in _TARGET_LISTS.items():
        if lit := [row for row in found.targets or () if row.light == light]:
            yield light, title, [make_supervised_target(row, names) for row in lit]


def _group_by_lead(rows: Sequence[Values]) -> Iterator[Values]:
    """Group what is supervised by who leads it, in the order of each one's worst."""
    for lead in dict.fromkeys(row["lead"] for row in rows):
        yield {"lead": lead, "rows": [row for row in rows if row["lead"] == lead]}


def make_task(row: TaskStanding, number: str, names: dict[str, str]) -> Values:
    """Make what a template can tell of a task."""
    task = row.task
    return {
        "number": number,
        "title": task.title.spoken,
        "called": f"{number}. {task.title.spoken}",
        "lead": join_names(row.leads, names),
        "responsible": join_names(task.responsible, names),
        "due": write_day(row.pressing_due) if row.pressing_due else _("ongoing"),
        "days": describe_days(row),
        "missing": describe_missing(row, names),
        "light": words.light(row.light, starting=row.starting),
        "fill": find_fill(row.light),
    }


def _make_deadlines(work: _Work) -> Values | None:
    """Tell what is due next, beyond what the lists of supervision tell already."""
    due = sorted({*_list_due(work)})
    days = sorted({day for day, _place, _told in due})
    near = [day for day in days if (day - work.overview.day).days <= AHEAD]
    sentences = []
    for day in near or days[:1]:
        told = [what for on, _place, what in due if on == day]
        sentences.append(_("By {day}: {told}.", day=write_day(day), told=_("; ").join(told)))
    return {"sentences": sentences} if sentences else None


def _list_due(work: _Work) -> Iterator[tuple[Any, int, str]]:
    """Yield the day, the place in the list and the words of each open task, and each target, that is due."""
    day, tasks = work.overview.day, work.overview.tasks
    told = supervise(tasks, behind=True, within=work.overview.plan.lights.due_soon_days).rows
    for place, (number, row) in enumerate(number_rows(tasks)):
        due = row.pressing_due
        if row.state in (OPEN, ONGOING) and row not in told and due and due >= day:
            told_of = _("task {number}, {title}", number=number, title=row.task.title.spoken)
            who = join_names(row.leads, work.names)
            yield due, place, _("{told} ({who})", told=told_of, who=who)
    for place, target in enumerate(work.overview.standing.targets, len(tasks)):
        owed = target.goal is not None and not target.target.is_ceiling
        if owed and not target.met and target.due >= day:
            yield target.due, place, _("the target {name}", name=name_target(target))


# In the order in which they stand and are numbered; a section that is not told has no number.
_SECTIONS: dict[str, Callable[[_Work], Values | None]] = {
    "state": _make_state,
    "since": _make_since,
    "targets": _make_targets,
    "supervision": _make_supervision,
    "deadlines": _make_deadlines,
}
