"""A load is taken back unless the plan, or its records, would no longer be in order then."""

import subprocess
import sys

import pytest

from tests.support.plan_office import Office

GRADED = "  - {key: good, section: 楼, name: 好店, count: shop, where: {grade: 丙}, at_least: 5, unit: 家}\n"


def loaded(office: Office) -> str:
    """Load the targets; the number of the change."""
    office.load()
    return str(office.cli.json("log")[0]["group"])


def test_a_choice_that_a_later_target_counts_by_stays(office: Office) -> None:
    office.edit("choices: [甲, 乙]", "choices: [甲, 乙, 丙]")
    widened = loaded(office)
    office.edit("records:", GRADED + "records:")
    counted = loaded(office)
    heading, fault = office.refused(widened, command="undo")
    assert heading == (
        f"#{widened} cannot be taken back: what is recorded rests on what it brought in. To go back all"
        " the same, load the earlier file:"
    )
    assert fault.startswith("the plan: targets.good.where.grade: ")
    office.cli.ok("undo", counted)
    office.cli.ok("undo", widened)


def test_a_choice_that_a_record_has_made_since_stays(office: Office) -> None:
    office.edit("choices: [甲, 乙]", "choices: [甲, 乙, 丙]")
    widened = loaded(office)
    office.cli.ok("set", "shop", "茶馆", "grade=丙")
    lines = office.refused(widened, command="undo")
    assert lines[1:] == ["Shops: Grade may no longer be “丙”, but there are records with it: 1."]


def test_an_earlier_start_that_a_later_target_needs_stays(office: Office) -> None:
    office.edit("starts: 2022-01-01", "starts: 2021-01-01")
    earlier = loaded(office)
    office.edit("at_least: 10,", "at_least: 10, due: 2021-06-30,")
    loaded(office)
    _heading, fault = office.refused(earlier, command="undo")
    assert fault == "the plan: targets.meetings.due: lies before the plan starts"


def test_a_title_under_which_a_task_was_signed_off_since_stays(office: Office) -> None:
    office.edit("title: 办事", "title: 另办一事", office.table)
    office.cli.ok("load", "tasks_2022.yaml")
    retitled = str(office.cli.json("log")[0]["group"])
    office.cli.ok("done", "2", "--on", "2022-12-01")
    _heading, loss = office.refused(retitled, command="undo")
    assert "was signed off on 2022-12-01 as “另办一事”, but is “办事” now" in loss


def test_a_title_that_a_signed_off_task_was_given_by_force_goes(office: Office) -> None:
    office.cli.ok("done", "2", "--on", "2022-12-01")
    office.edit("title: 办事", "title: 另办一事", office.table)
    office.cli.ok("load", "tasks_2022.yaml", "--force")
    office.cli.ok("undo")
    assert office.cli.json("task", "2")["title"] == "办事"


def test_what_was_wrong_with_the_plan_before_stands_in_nobodys_way(office: Office) -> None:
    office.edit("at_least: 10", "at_least: 12")
    raised = loaded(office)
    office.stranger("UPDATE targets SET due = '2021-01-01' WHERE key = 'halls'")
    office.cli.ok("undo", raised)


@pytest.mark.slow
def test_taking_back_a_record_does_not_read_the_plan_anew(office: Office) -> None:
    office.cli.ok("set", "shop", "茶馆", "grade=乙")
    code = (
        "import sys; from kfly.cli import main; assert main(['undo']) == 0;"
        " assert 'pydantic' not in sys.modules and 'yaml' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], cwd=office.cli.folder, check=True, timeout=60)


def test_a_name_that_another_has_by_now_is_told_with_who_has_it(office: Office) -> None:
    office.edit("{name: 西镇, kind: town}", "{name: 西镇, kind: town, aliases: [西乡]}")
    loaded(office)
    office.edit("aliases: [东乡]", "aliases: []")
    dropped = loaded(office)
    office.stranger("UPDATE organisation_aliases SET alias = '东乡' WHERE alias = '西乡'")
    (line,) = office.refused(dropped, command="undo")
    assert line == f"#{dropped} cannot be taken back: organisation 西镇 has “东乡” in its place now."


def test_an_organisation_whose_name_another_was_given_is_told(office: Office) -> None:
    office.edit("  - {name: 甲局", "  - {name: 丙局, kind: department}\n  - {name: 甲局")
    loaded(office)
    office.edit("  - {name: 丙局, kind: department}\n", "")
    removed = loaded(office)
    office.edit("{name: 甲局, kind: department}", "{name: 丙局, kind: department, aliases: [甲局]}")
    loaded(office)
    (line,) = office.refused(removed, command="undo")
    assert line == f"#{removed} cannot be taken back: organisation 丙局 has taken its place since."


def test_a_record_that_lacks_what_is_required_by_now_is_told_what(office: Office) -> None:
    office.cli.ok("remove", "shop", "茶馆", "--reason", "错")
    removed = str(office.cli.json("log")[0]["group"])
    office.edit(
        "      grade:", "      code: {type: text, required: true, label: {zh: 编号, en: Code}}\n      grade:"
    )
    loaded(office)
    (line,) = office.refused(removed, command="undo")
    assert line == f"#{removed} cannot be taken back: shop 茶馆 lacks Code, which it must have now."


def test_a_record_beyond_bounds_that_came_later_is_told_so(office: Office) -> None:
    office.cli.ok("set", "shop", "茶馆", "rent=30")
    raised = str(office.cli.json("log")[0]["group"])
    office.edit("minimum: 0, label: {zh: 租金", "minimum: 20, label: {zh: 租金")
    loaded(office)
    (line,) = office.refused(raised, command="undo")
    assert line == f"#{raised} cannot be taken back: shop 茶馆 has values that are no longer allowed."


def test_nobody_is_sent_to_take_back_what_cannot_be(office: Office) -> None:
    office.cli.ok("set", "shop", "茶馆", "rent=30")
    raised = str(office.cli.json("log")[0]["group"])
    office.edit("rent: {type: number, minimum: 0,", "rent: {type: text,")
    office.load("--force")
    reshaping = office.cli.json("log")[0]["group"]
    (line,) = office.refused(raised, command="undo")
    assert "Take those back first" not in line
    assert f"#{reshaping} changed the tables themselves" in line
