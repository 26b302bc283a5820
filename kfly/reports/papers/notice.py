"""``notice``: a supervision notice (督办单) as a Word document, in the colour of its worst task."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from kfly.locale import N_, _
from kfly.plan.model import Plan
from kfly.plan.notices import Notice
from kfly.plan.organisations import name_organisations
from kfly.progress.departments import DepartmentTally
from kfly.progress.lights import BLUE, RED, YELLOW
from kfly.progress.notices import Supervised, SupervisedTarget
from kfly.reports.notices import NOTICE_NAMES, write_number
from kfly.reports.papers.amounts import write_day
from kfly.reports.papers.brief import make_task
from kfly.reports.papers.supervised_targets import make_supervised_target
from kfly.reports.papers.word.filling import Template, fill, find_fill, pack, read_template
from kfly.reports.papers.word.notice_template import make_notice_template
from kfly.reports.rates import describe_rates
from kfly.reports.tasks import number_rows

# The colours of supervision as an office knows them.
STRONG = {RED: "C00000", YELLOW: "FFC000", BLUE: "0070C0"}


class NoticePaper(NamedTuple):
    """A notice, and what it tells.

    Attributes:
        notice: as it is recorded.
        tasks: what it is about, the worst first.
        plan: whose tasks they are.
        targets: those that it is about, the worst first.
        tally: of all tasks that the organisation leads.
    """

    notice: Notice
    tasks: Sequence[Supervised]
    plan: Plan
    targets: Sequence[SupervisedTarget] = ()
    tally: DepartmentTally | None = None


def open_notice_template(path: Path | None) -> Template:
    """Return an office's own template, or the standard one.

    Raises:
        KflyError: it cannot be read, or is no Word document.
    """
    return read_template(path) if path else Template("", pack(make_notice_template()))


def write_notice(paper: NoticePaper, template: Template, stream: BinaryIO) -> None:
    """Write a notice.

    Raises:
        KflyError: a placeholder of the template is faulty.
    """
    values = make_notice_values(paper)
    title = f"{_('Supervision notice')} {values['number']}"
    fill(template, lambda _place: values, title, stream)


def write_notice_template(stream: BinaryIO) -> None:
    """Write the standard template, for an office to make its own of."""
    stream.write(pack(make_notice_template()))


def make_notice_values(paper: NoticePaper) -> dict[str, Any]:
    """Make what the placeholders of a template stand for."""
    notice, names = paper.notice, name_organisations(paper.plan)
    numbers = {row.task: number for number, row in number_rows([one.row for one in paper.tasks])}
    return {
        "number": write_number(notice.year, notice.number),
        "light": _(NOTICE_NAMES[notice.light]),
        "strong": STRONG[notice.light],
        "fill": find_fill(notice.light),
        "organisation": names.get(notice.organisation, notice.organisation),
        "plan": paper.plan.name.spoken,
        "day": write_day(notice.issued_on),
        "reply_by": write_day(notice.reply_by),
        "opening": _write_opening(paper),
        "rates": list(describe_rates(paper.tally)) if paper.tally else [],
        "count": len(paper.tasks) + len(paper.targets),
        "tasks": list(_make_rows(paper, numbers, names)),
        "raised": list(_tell_raised(paper.tasks, numbers)),
    }


def _make_rows(
    paper: NoticePaper, numbers: dict[Any, str], names: dict[str, str]
) -> Iterator[dict[str, Any]]:
    """Make the rows of the table: the tasks, and below them the targets."""
    rows = [(make_task(one.row, numbers[one.row.task], names), one.light) for one in paper.tasks]
    rows += [(make_supervised_target(one.row, names), one.light) for one in paper.targets]
    for row, light in rows:
        yield {**row, "light": _(NOTICE_NAMES[light]), "fill": find_fill(light)}


def _write_opening(paper: NoticePaper) -> str:
    message = N_(
        "As of {day}, {n} of the tasks that you lead under “{plan}” are under supervision. Please see to"
        " them, and report by {reply_by} how they stand, what is in the way and what comes next. What is not"
        " answered by then is supervised in the next colour."
    )
    if paper.targets and paper.tasks:
        message = N_(
            "As of {day}, of the tasks that you lead under “{plan}” {n} are under supervision, of the targets"
            " {targets}."
            " Please see to them, and report by {reply_by} how they stand, what is in the way and what comes"
            " next. Tasks that are not answered by then are supervised in the next colour."
        )
    elif paper.targets:
        message = N_(
            "As of {day}, {targets} of the targets that you lead under “{plan}” are under supervision. Please"
            " see to them, and report by {reply_by} how they stand, what is in the way and what comes next."
        )
    return _(
        message,
        day=write_day(paper.notice.issued_on),
        n=len(paper.tasks),
        targets=len(paper.targets),
        plan=paper.plan.name.spoken,
        reply_by=write_day(paper.notice.reply_by),
    )


def _tell_raised(tasks: Sequence[Supervised], numbers: dict[Any, str]) -> Iterator[str]:
    """Say which notices were not answered, and what colour that has led to."""
    ignored = [(one.last, one.light, numbers[one.row.task]) for one in tasks if one.ignored and one.last]
    for last, light in dict.fromkeys((last, light) for last, light, _number in ignored):
        own = [number for notice, lit, number in ignored if (notice, lit) == (last, light)]
        yield _(
            "Task {numbers}: {notice} was not answered by {day}; now a {light}.",
            numbers=_(", ").join(own),
            notice=write_number(last.year, last.number),
            day=write_day(last.reply_by),
            light=_(NOTICE_NAMES[light]),
        )
