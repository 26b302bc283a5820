"""Values that may be recorded but are hardly meant: sizes, scores, days, words that say nothing."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from kfly.clock import today
from kfly.registry.kinds import read_standing_kinds
from kfly.registry.registry import Registry
from kfly.services.check.expectations import read_expectations
from kfly.services.check.findings import ERROR, WARNING, Finding
from tests.registry.test_check_records import check, put
from tests.support.harbour_city import add, add_building, add_carrier, add_fund, add_talent

# Far enough off to lie ahead for a run that goes past midnight, too.
DAY_TO_COME = (today() + timedelta(days=30)).isoformat()


def told(found: list[Finding]) -> list[tuple[str, str]]:
    return [(finding.code, finding.message) for finding in found]


@pytest.mark.parametrize(
    ("area", "is_named"),
    [("99.99", True), ("100", False), ("1000000", False), ("1000000.01", True), ("5.2", True), ("0", True)],
)
def test_an_area_is_usually_between_100_and_a_million(registry: Registry, area: str, is_named: bool) -> None:
    record = add_building(registry, "甲", floor_area=area)
    found = check(registry, "building")
    assert [finding.code for finding in found] == ["improbable_size"] * is_named
    for finding in found:
        assert finding.message == (f"Floor area: “{area}” is hardly meant; from 100 to 1,000,000 m² is usual")
        assert (finding.severity, finding.command[-1]) == (WARNING, "floor_area=…")
        assert finding.id == record


def test_an_idle_area_may_be_small(registry: Registry) -> None:
    add_building(registry, "甲", idle_area="0")
    add_building(registry, "乙", idle_area="12.5")
    assert check(registry, "building") == []


@pytest.mark.parametrize(
    ("score", "mended"),
    [("0.85", "85"), ("1", "100"), ("0.005", "0.5"), ("0", "…"), ("1.01", None), ("85", None)],
)
def test_a_score_of_at_most_one_looks_like_a_share(registry: Registry, score: str, mended: str) -> None:
    add_carrier(registry, "甲")
    add(registry, "evaluation", carrier="甲", year="2022", score=score, assessed_on="2022-11-01")
    found = check(registry, "evaluation")
    assert [finding.command[-1] for finding in found] == ([f"score={mended}"] if mended else [])
    assert {finding.code for finding in found} <= {"score_as_share"}


def test_a_day_that_has_not_come_is_named(registry: Registry) -> None:
    add_building(registry, "甲", surveyed_on=DAY_TO_COME)
    add_building(registry, "乙", surveyed_on=today().isoformat())
    (finding,) = check(registry, "building")
    assert told([finding]) == [("date_to_come", f"Surveyed on: “{DAY_TO_COME}” has not come yet")]
    assert finding.command[-1] == "surveyed_on=…"


def test_a_plan_may_lie_ahead_and_so_may_all_until_a_later_day_that_is_asked(registry: Registry) -> None:
    add_building(registry, "甲", planned_on=DAY_TO_COME, due_on="2199-12-31")
    add_fund(registry, "乙", "1亿元", ended_on=DAY_TO_COME)
    assert check(registry, "building") == []
    assert [finding.code for finding in check(registry, "fund")] == ["expected", "date_to_come"][::-1]
    later = date.fromisoformat(DAY_TO_COME)
    assert [finding.code for finding in check(registry, "fund", later)] == []


def test_the_year_of_a_natural_key_may_not_lie_ahead_either(registry: Registry) -> None:
    add_carrier(registry, "甲")
    year = today().year + 1
    add(registry, "evaluation", carrier="甲", year=str(year), score="85", assessed_on="2022-11-01")
    assert told(check(registry, "evaluation")) == [("date_to_come", f"Year: “{year}” has not come yet")]


@pytest.mark.parametrize(
    ("day", "is_named"), [("2012-03-01", True), ("2021-12-31", True), ("2022-01-01", False)]
)
def test_what_comes_about_by_the_plan_cannot_be_older_than_it(
    registry: Registry, day: str, is_named: bool
) -> None:
    add_talent(registry, "王伟", introduced_on=day)
    message = f"Introduced on: “{day}” lies before the plan, which begins on 2022-01-01"
    assert told(check(registry, "talent")) == [("date_before_plan", message)] * is_named


def test_what_may_be_older_than_the_plan_is_left_alone(registry: Registry) -> None:
    add_carrier(registry, "甲", recognized_on="2012-03-01")
    add(registry, "evaluation", carrier="甲", year="2021", score="85", assessed_on="2021-12-10")
    add(registry, "investor", name="乙", registered_on="2012-03-01")
    assert [check(registry, kind) for kind in ("carrier", "evaluation", "investor")] == [[], [], []]


@pytest.mark.parametrize(
    "name", ["-", "——", "/", "//", "无", " 暂无 ", "N/A", "n/a", "ＮＡ", "null", "…", "待定", "?"]
)
def test_a_required_text_that_says_nothing_is_named(registry: Registry, name: str) -> None:
    record = add(registry, "event", name="比赛", venue=name, held_on="2022-05-01")
    (finding,) = check(registry, "event")
    assert told([finding]) == [("says_nothing", f"Venue: “{name.strip()}” says nothing")]
    assert finding.command == ("kfly", "set", "event", str(record), "venue=…")


@pytest.mark.parametrize("name", ["无锡", "无", "无人机大赛", "A", "不详细"])
def test_a_text_that_says_something_is_left_alone(registry: Registry, name: str) -> None:
    add(registry, "event", name="比赛", venue=name, held_on="2022-05-01")
    assert [finding.code for finding in check(registry, "event")] == ["says_nothing"] * (name == "无")


def test_a_text_that_need_not_be_there_may_say_nothing(registry: Registry) -> None:
    add_talent(registry, "王伟", employer="无", code="-")
    assert check(registry, "talent") == []


@pytest.mark.parametrize(
    ("name", "is_named"), [("88", True), ("８８", True), ("1 2", True), ("88号楼", False), ("二", False)]
)
def test_a_name_of_digits_is_named(registry: Registry, name: str, is_named: bool) -> None:
    add_building(registry, name)
    found = told(check(registry, "building"))
    assert found == [("name_of_digits", f"Building: “{name}” is a number, not a name")] * is_named


def test_what_was_opened_was_renovated_before(registry: Registry) -> None:
    record = add_building(registry, "甲", surveyed_on="2022-01-05", opened_on="2022-11-01")
    add_building(registry, "乙", surveyed_on="2022-01-05", renovated_on="2022-10-01", opened_on="2022-11-01")
    (finding,) = check(registry, "building")
    assert told([finding]) == [("stage_skipped", "Renovated on: is empty, although Opened on is 2022-11-01")]
    assert finding.command == ("kfly", "set", "building", str(record), "renovated_on=…")
    assert check(registry, "building", date(2022, 10, 31)) == []


def test_a_value_that_is_an_error_is_not_doubted_as_well(registry: Registry) -> None:
    record = add_building(registry, "甲")
    put(registry, "building", record, floor_area=-1.0, surveyed_on="2199-13-01")
    assert {(finding.severity, finding.code) for finding in check(registry, "building")} == {
        (ERROR, "bad_value")
    }


@pytest.mark.parametrize(
    "change",
    [
        lambda r, record: r.change(r.kind("building"), record, {"floor_area": "6"}),
        lambda r, record: r.change(r.kind("building"), record, {"floor_area": "5", "land_area": "5"}),
    ],
)
def test_a_finding_has_another_id_once_its_value_is_another(
    registry: Registry, change: Callable[[Registry, int], object]
) -> None:
    record = add_building(registry, "甲", floor_area="5")
    (before,) = check(registry, "building")
    registry.change(registry.kind("building"), record, {"owner": "乙", "name": "丙"})
    assert [finding.finding for finding in check(registry, "building")] == [before.finding]
    change(registry, record)
    after = {finding.finding: finding.message for finding in check(registry, "building")}
    assert len(after) == len(check(registry, "building"))
    assert (before.finding in after) == any("“5”" in text and "Floor" in text for text in after.values())


def test_every_expectation_is_of_fields_that_there_are() -> None:
    kinds = {kind.name: {field.name: field for field in kind.fields} for kind in read_standing_kinds()}
    table = read_expectations()
    named = [
        *((kind, name) for kind, names in table.expected.items() for name in names),
        *((kind, name) for kind, names in table.sizes.items() for name in names),
        *((kind, name) for kind, names in table.scores.items() for name in names),
        *((kind, name) for kind, names in table.ahead.items() for name in names),
        *((kind, name) for kind, names in table.since_plan.items() for name in names),
        *table.namesakes.items(),
        *table.repeated.items(),
        *((kind, name) for kind, rule in table.refunds.items() for name in rule),
    ]
    assert [(kind, name) for kind, name in named if name not in kinds[kind]] == []
    for kind, within in table.within.items():
        whole = kinds[kind][within.reference].to
        assert whole is not None
        assert within.field in kinds[kind]
        assert within.whole in kinds[whole]
