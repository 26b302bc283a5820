"""``tasks`` narrowed by organisation, lead, light, state and year; all that is given must hold."""

import pytest

from kfly.progress.lights import LIGHTS
from kfly.progress.states import STATES
from kfly.reports import words
from tests.support.runner import Cli

DAY = ("--as-of", "2022-11-30")


def numbers(kfly: Cli, *args: str) -> list[int]:
    return [row["number"] for row in kfly.json("tasks", *DAY, *args)]


ALL_TOWNS = [3, 6, 7, 8, 9, 10, 11, 13, 14, 15, 16, 17, 18, 19, 20]


@pytest.mark.parametrize("name", ["高新区", "江阴高新区", "城东街道", "新桥镇", "临港开发区"])
def test_a_member_answers_for_what_its_group_does(kfly: Cli, name: str) -> None:
    assert numbers(kfly, "--org", name) == ALL_TOWNS


def test_a_group_is_asked_for_by_name(kfly: Cli) -> None:
    assert numbers(kfly, "--org", "各镇街园区") == ALL_TOWNS


def test_a_group_answers_for_what_its_members_do(kfly: Cli) -> None:
    own = numbers(kfly, "--org", "新国联集团")

    assert own == [2, 4, 6, 7, 8, 9, 11, 12, 18]
    assert numbers(kfly, "--org", "市属国有企业") == own


def test_a_department_answers_for_what_it_leads_and_what_it_helps_with(kfly: Cli) -> None:
    assert numbers(kfly, "--org", "市财政局") == [2, 4, 6, 7, 8, 9, 10, 11, 12, 18]
    assert numbers(kfly, "--lead", "市财政局") == [2, 6]


@pytest.mark.parametrize("name", ["市财政局", "财政局", "江阴市财政局", "Finance Bureau", "finance bureau"])
def test_an_organisation_goes_by_its_aliases_and_its_english_name(kfly: Cli, name: str) -> None:
    assert numbers(kfly, "--lead", name) == [2, 6]


def test_towns_lead_nothing(kfly: Cli) -> None:
    assert numbers(kfly, "--lead", "澄江街道") == []


def test_an_unknown_organisation_is_refused_with_the_nearest(kfly: Cli) -> None:
    assert "“市财政局”" in kfly.refused("tasks", "--org", "市财务局")
    assert "“Finance Bureau”" in kfly.refused("--lang", "en", "tasks", "--lead", "Finance Bureaux")


@pytest.mark.parametrize(
    ("light", "expected"),
    [
        ("red", [9]),
        ("yellow", [10, 11]),
        ("blue", []),
        ("green", [1, 2, 3, 4, 5, 6, 7, 8, 12, 16, 18]),
        ("none", [13, 14, 15, 17, 19, 20]),
    ],
)
def test_tasks_of_one_light(filled: Cli, light: str, expected: list[int]) -> None:
    assert numbers(filled, "--light", light) == expected


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        ("done", [1, 2, 3, 4, 5, 6, 7, 8, 12, 16, 18]),
        ("overdue", [9]),
        ("open", [10, 11, 13, 14, 15, 17, 19, 20]),
    ],
)
def test_tasks_of_one_state(filled: Cli, state: str, expected: list[int]) -> None:
    assert numbers(filled, "--state", state) == expected


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        *(
            ("红", "red"),
            ("红灯", "red"),
            ("黄", "yellow"),
            ("蓝灯", "blue"),
            ("绿", "green"),
            ("无", "none"),
        ),
        *(("无", "none"), ("不亮灯", "none"), ("no light", "none"), ("Red", "red"), ("green light", "green")),
    ],
)
def test_a_light_is_asked_for_by_the_words_people_see(filled: Cli, typed: str, code: str) -> None:
    assert numbers(filled, "--light", typed) == numbers(filled, "--light", code)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        *(("已完成", "done"), ("逾期", "overdue"), ("未完成", "open"), ("在办", "open"), ("OPEN", "open")),
        *(("待销号", "unsigned"), ("已达标待销号", "unsigned"), ("awaits sign-off", "unsigned")),
    ],
)
def test_a_state_is_asked_for_by_the_words_people_see(filled: Cli, typed: str, code: str) -> None:
    assert numbers(filled, "--state", typed) == numbers(filled, "--state", code)


def test_unsigned_are_those_done_that_nobody_has_signed_off(filled: Cli) -> None:
    done = filled.json("tasks", *DAY, "--state", "done")

    expected = [row["number"] for row in done if not row["signed_off"]]
    assert numbers(filled, "--state", "unsigned") == expected
    assert 0 < len(expected) < len(done)


def test_every_light_and_state_has_its_words() -> None:
    assert set(words.TYPED_LIGHTS) == set(LIGHTS)
    assert set(words.TYPED_STATES) == {*STATES, words.UNSIGNED}


def test_due_soon_is_blue(filled: Cli) -> None:
    rows = filled.json("tasks", "--as-of", "2022-12-05", "--light", "blue")

    assert [row["number"] for row in rows] == [13, 14, 15, 17, 19, 20]
    assert {row["days_left"] for row in rows} == {26}


def test_filters_combine(filled: Cli) -> None:
    assert numbers(filled, "--org", "市住建局", "--state", "open") == [10, 11]
    assert numbers(filled, "--org", "市住建局", "--lead", "新国联集团") == [12]
    assert numbers(filled, "--lead", "市科技局", "--light", "red", "--year", "2022") == [9]
    assert numbers(filled, "--lead", "市科技局", "--light", "yellow") == []


def test_the_day_decides_the_state(filled: Cli) -> None:
    assert numbers(filled, "--state", "overdue", "--as-of", "2022-12-01") == [9, 10, 11]


def test_a_year_without_a_table_is_refused(kfly: Cli) -> None:
    assert "2022" in kfly.refused("tasks", "--year", "2023")


def test_a_light_or_state_that_is_none_is_refused(kfly: Cli) -> None:
    english = kfly.refused("--lang", "en", "tasks", "--light", "gren", code=2)

    assert english == "--light: “gren” is none of red, yellow, blue, green, none; did you mean “green”?"
    assert "--state" in kfly.refused("tasks", "--state", "late", code=2)
    assert "红、黄、蓝、绿、无" in kfly.refused("tasks", "--light", "橙", code=2)


def test_nothing_found_is_said_and_no_fault(kfly: Cli) -> None:
    assert kfly.ok("--lang", "en", "tasks", "--lead", "澄江街道") == "No task matches.\n"
    assert kfly.json("tasks", "--lead", "澄江街道") == []


def test_the_tally_below_is_of_what_is_shown(filled: Cli) -> None:
    shown = filled.ok("--lang", "en", "tasks", *DAY, "--org", "市住建局")

    assert "\nTasks: 6; done 3, of which 1 await sign-off, overdue 1, open 2 (2 behind, 0 due soon)." in shown
