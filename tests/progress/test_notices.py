"""The colour of a task in a notice: its class, and worse where a notice was not answered."""

from datetime import date

import pytest

from kfly.plan.model import Name, ProgressNote, Task
from kfly.plan.notices import Notice, NoticedTask
from kfly.progress.notices import colour_tasks
from kfly.progress.states import OPEN
from kfly.progress.supervision import Supervision
from kfly.progress.tasks import TaskStanding

TASK = Task(2022, 7, Name("办成一事", ""), ("甲局",), (), date(2022, 12, 31), None, ())
ISSUED, REPLY = date(2022, 12, 1), date(2022, 12, 8)


def standing(note: ProgressNote | None = None) -> TaskStanding:
    return TaskStanding(TASK, OPEN, "none", (), None, None, None, 30, note=note)


def classed(light: str, note: ProgressNote | None = None) -> Supervision:
    row = (standing(note),)
    red, yellow, blue = (row if one == light else () for one in ("red", "yellow", "blue"))
    return Supervision(red, yellow, blue)


def told(light: str) -> Notice:
    return Notice(
        2022, 1, "甲局", light, ISSUED, REPLY, (NoticedTask(2022, 7, light),), "2022-12-01T08:00:00Z"
    )


def note(on: date, recorded_at: str = "") -> ProgressNote:
    return ProgressNote(2022, 7, on, "在办", recorded_at=recorded_at)


@pytest.mark.parametrize(
    ("now", "before", "day", "light", "is_news"),
    [
        ("blue", None, "2022-12-05", "blue", True),
        ("blue", "blue", "2022-12-05", "blue", False),  # still time for an answer
        ("blue", "blue", "2022-12-08", "blue", False),  # its last day
        ("blue", "blue", "2022-12-09", "yellow", True),
        ("blue", "yellow", "2022-12-05", "yellow", False),  # what was raised stays so
        ("blue", "yellow", "2022-12-09", "red", True),
        ("yellow", "blue", "2022-12-05", "yellow", True),  # worse by itself
        ("yellow", "blue", "2022-12-09", "yellow", True),
        ("yellow", "yellow", "2022-12-09", "red", True),
        ("red", "blue", "2022-12-09", "red", True),
        ("red", "red", "2022-12-05", "red", False),
        ("red", "red", "2023-03-01", "red", False),  # nothing is worse than red
        ("blue", "red", "2022-12-05", "red", False),
    ],
)
def test_without_an_answer_the_colour_gets_worse_after_the_last_day(
    now: str, before: str | None, day: str, light: str, is_news: bool
) -> None:
    earlier = [told(before)] if before else []
    (found,) = colour_tasks(classed(now), earlier, date.fromisoformat(day))
    assert (found.light, found.is_news) == (light, is_news)


@pytest.mark.parametrize(
    ("on", "recorded_at", "answers"),
    [
        (date(2022, 11, 30), "2022-12-02T08:00:00Z", False),  # of a day before the notice
        (ISSUED, "2022-12-01T07:59:59Z", False),  # of that morning, before it went out
        (ISSUED, "2022-12-01T08:00:01Z", True),
        (date(2022, 12, 2), "2022-12-02T08:00:00Z", True),
        (date(2022, 12, 20), "2022-12-20T08:00:00Z", True),  # late, but an answer
    ],
)
def test_feedback_since_the_notice_is_an_answer(on: date, recorded_at: str, answers: bool) -> None:
    rows = classed("blue", note(on, recorded_at))
    (found,) = colour_tasks(rows, [told("blue")], date(2022, 12, 21))
    assert (found.light, found.is_news) == (("blue", False) if answers else ("yellow", True))


def test_an_answer_to_what_was_raised_brings_back_the_tasks_own_class() -> None:
    (found,) = colour_tasks(classed("blue", note(date(2022, 12, 5))), [told("red")], date(2022, 12, 21))
    assert found.light == "blue"


def test_only_the_last_notice_about_a_task_counts() -> None:
    later = told("yellow")._replace(number=2, issued_on=date(2022, 12, 9), reply_by=date(2022, 12, 16))
    other = later._replace(number=3, tasks=(NoticedTask(2022, 8, "red"),))
    (found,) = colour_tasks(classed("blue"), [told("blue"), later, other], date(2022, 12, 17))
    assert (found.light, found.last) == ("red", later)
    assert found.ignored


def test_the_worst_stand_first() -> None:
    rows = Supervision((standing(),), (), (standing()._replace(task=TASK._replace(number=9)),))
    found = colour_tasks(rows, [], date(2022, 12, 5))
    assert [(one.row.task.number, one.light) for one in found] == [(7, "red"), (9, "blue")]
