"""Letters that tell of nothing say only what was asked; and the colours of those that tell something."""

from datetime import date
from pathlib import Path

import pytest

from kfly.plan.organisations import find_organisation
from kfly.progress.supervision import Supervision, supervise
from kfly.reports.letters.letter import Addressed, write_letter
from kfly.reports.letters.page import COLOURS, make_page
from kfly.reports.letters.plain import write_plain
from kfly.services.session import Session

DAY = date(2022, 12, 5)
NO_ROWS = {
    (False, None): "is overdue.",
    (True, None): "is overdue or behind, and no target is red or yellow.",
    (False, 30): "is overdue or due soon.",
    (True, 30): "is overdue or behind or due soon, and no target is red or yellow.",
}


@pytest.mark.parametrize(("behind", "within"), NO_ROWS)
def test_that_there_is_nothing_is_said_of_what_was_asked_for_alone(
    bundled_database: Path, behind: bool, within: int | None
) -> None:
    found = supervise([], behind=behind, within=within)
    with Session(bundled_database).reading() as desk:
        bureau = find_organisation("市科技局", desk.plan.organisations)
        whole = write_letter(found, desk.plan, DAY)
        own = write_letter(found, desk.plan, DAY, Addressed(scope=bureau))
    asked = NO_ROWS[behind, within]
    assert whole.opening.endswith(f": as of 2022-12-05 no task {asked}")
    asked = asked.replace("no target", "no such target")
    assert own.opening.endswith(
        f": as of 2022-12-05 no task that {bureau.title.en} leads or answers for {asked}"
    )
    assert "today" not in write_plain(whole)
    assert "workbook" not in write_plain(whole)


def test_a_task_without_a_light_has_its_sections_colour(bundled_database: Path) -> None:
    with Session(bundled_database).reading() as desk:
        row = desk.stand(desk.plan.tasks_in_view(DAY), DAY)[0]._replace(light="none")
        written = write_letter(Supervision((), None, (row,)), desk.plan, DAY)
    assert f"border-left:5px solid {COLOURS['blue'][0]}" in make_page(written)
    assert f"border-left:5px solid {COLOURS['none'][0]}" not in make_page(written)
