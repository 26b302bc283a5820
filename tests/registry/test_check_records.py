"""Records looked at one by one: what another program may have written, and what a record still lacks."""

from datetime import date

import pytest

from kfly.registry.kinds import read_standing_kinds
from kfly.registry.registry import Registry
from kfly.services.check.expectations import read_expected
from kfly.services.check.findings import ERROR, WARNING, Finding
from kfly.services.check.records import RecordCheck
from kfly.services.check.twins import find_twins, is_compared
from tests.support.harbour_city import add, add_building, add_carrier, add_fund, add_talent

DAY = date(2022, 12, 31)


def check(registry: Registry, kind: str, day: date = DAY) -> list[Finding]:
    return list(RecordCheck(registry, registry.kind(kind), day, frozenset()).findings())


def put(registry: Registry, kind: str, record: int, **values: object) -> None:
    """Write as another program does, which knows of no check."""
    registry.db.execute("PRAGMA ignore_check_constraints = ON")
    sets = ", ".join(f'"{name}" = ?' for name in values)
    registry.db.execute(f"UPDATE {kind} SET {sets} WHERE id = ?", (*values.values(), record))
    registry.db.execute("PRAGMA ignore_check_constraints = OFF")


def test_records_that_were_checked_on_their_way_in_are_found_in_order(registry: Registry) -> None:
    add_building(
        registry, "甲", floor_area="5.2万", ownership="国有", surveyed_on="2022-01-05", longitude="120.3"
    )
    add_talent(registry, "张伟")
    assert check(registry, "building") == check(registry, "talent") == []


@pytest.mark.parametrize(
    ("field", "value", "message", "mended"),
    [
        ("ownership", "私有", "Ownership: “私有” is none of: 国有, 集体, 企业", "…"),
        ("ownership", " 国有", "Ownership: “ 国有” should be kept as “国有”", "国有"),
        ("floor_area", -3.0, "Floor area: “-3” must not be below 0", "…"),
        ("floor_area", 100.125, "Floor area: “100.125” has more decimals than 2", "…"),
        ("longitude", 181.0, "Longitude: “181” must not be above 180", "…"),
        ("started_on", "2022-02-30", "Started on: “2022-02-30” is not a day", "…"),
        ("started_on", "2022-3-1", "Started on: “2022-3-1” should be kept as “2022-03-01”", "2022-03-01"),
    ],
)
def test_a_value_that_its_field_does_not_take_is_an_error(
    registry: Registry, field: str, value: object, message: str, mended: str
) -> None:
    record = add_building(registry, "甲")
    put(registry, "building", record, **{field: value})
    (finding,) = check(registry, "building")
    assert finding.message.startswith(message)
    assert (finding.severity, finding.code, finding.id, finding.title) == (ERROR, "bad_value", record, "甲")
    assert finding.command == ("kfly", "set", "building", str(record), f"{field}={mended}")


def test_a_mending_command_with_nothing_left_to_fill_in_mends(registry: Registry) -> None:
    record = add_building(registry, "甲")
    put(registry, "building", record, ownership=" 国有", started_on="2022-3-1")
    first, second = check(registry, "building")
    assert first.command == second.command
    texts = dict(word.split("=") for word in first.command[4:])
    registry.change(registry.kind("building"), record, texts)
    assert check(registry, "building") == []


@pytest.mark.parametrize(
    ("values", "code", "message"),
    [
        ({"name": " "}, "missing_value", "Building: is required"),
        ({"name": "合计"}, "misnamed", "Building: “合计” is what sheets call a row that is no record"),
        (
            {"planned_on": "2022-05-01", "started_on": "2022-04-01"},
            "dates_backwards",
            "Started on: “2022-04-01” lies before Planned on, 2022-05-01",
        ),
    ],
)
def test_a_record_that_set_would_refuse_is_an_error(
    registry: Registry, values: dict[str, str], code: str, message: str
) -> None:
    record = add_building(registry, "甲")
    put(registry, "building", record, **values)
    (finding,) = check(registry, "building")
    assert (finding.severity, finding.code, finding.message) == (ERROR, code, message)


def test_figures_are_not_made_from_days_that_are_none(registry: Registry) -> None:
    kind = registry.kind("building")
    put(registry, "building", add_building(registry, "甲"), ownership="私有")
    checked = RecordCheck(registry, kind, DAY, frozenset())
    assert (len(list(checked.findings())), checked.countable) == (1, True)
    put(registry, "building", add_building(registry, "乙"), renovated_on="2022-13-01")
    checked = RecordCheck(registry, kind, DAY, frozenset())
    assert (len(list(checked.findings())), checked.countable) == (2, False)


def test_what_was_renovated_without_a_survey_is_warned_of(registry: Registry) -> None:
    record = add_building(registry, "甲", planned_on="2022-01-01", renovated_on="2022-11-01")
    add_building(registry, "乙", surveyed_on="2022-01-01", renovated_on="2022-11-01")
    add_building(registry, "丙", started_on="2022-01-01")
    (finding,) = check(registry, "building")
    assert (finding.severity, finding.code) == (WARNING, "stage_skipped")
    assert finding.message == "Surveyed on: is empty, although Renovated on is 2022-11-01"
    assert finding.command == ("kfly", "set", "building", str(record), "surveyed_on=…")


def test_before_its_day_a_renovation_needs_no_survey(registry: Registry) -> None:
    add_building(registry, "甲", renovated_on="2022-11-01")
    assert check(registry, "building", date(2022, 10, 31)) == []


def test_a_fund_without_a_manager_is_warned_of_until_it_ends(registry: Registry) -> None:
    add(registry, "investor", name="乙", registered_on="2022-01-01")
    add_fund(registry, "有", "3亿元", manager="乙")
    record = add_fund(registry, "没有的", "3亿元", ended_on="2022-12-01")
    (finding,) = check(registry, "fund", date(2022, 11, 30))
    assert (finding.severity, finding.code, finding.id) == (WARNING, "expected", record)
    assert check(registry, "fund", date(2022, 12, 1)) == []


def test_every_expectation_is_of_a_field_that_there_is_and_that_is_not_required_anyway() -> None:
    kinds = {kind.name: kind for kind in read_standing_kinds()}
    for name, fields in read_expected().items():
        for field in fields:
            declared = kinds[name].field(field)
            assert declared is not None
            assert not declared.required


def test_a_record_whose_id_is_anothers_name_is_named_so_that_only_it_is_meant(registry: Registry) -> None:
    record = add_building(registry, "甲", renovated_on="2022-11-01")
    add_building(registry, str(record))
    finding, of_the_other = check(registry, "building")
    assert of_the_other.code == "name_of_digits"
    assert finding.command[3] == f"#{record}"
    assert registry.which(registry.kind("building"), finding.command[3]) == record


def test_two_in_one_town_with_nearly_one_name_are_warned_of(registry: Registry) -> None:
    first = add_building(registry, "创新大厦")
    add_building(registry, "创新大厦", town="南闸街道")
    second = add_building(registry, "创新 大楼")
    (finding,) = find_twins(registry, registry.kind("building"))
    assert (finding.severity, finding.code, finding.id) == (WARNING, "probably_one", second)
    assert f"澄江街道/创新大厦 (#{first})" in finding.message
    assert finding.command == ("kfly", "remove", "building", str(second), "--reason", "…")


def test_two_with_nearly_one_name_but_another_company_are_two(registry: Registry) -> None:
    for name, company in (
        ("新型显示材料研究", "甲"),
        ("新型显示材料研制", "乙"),
        ("新型 显示材料研究", "甲"),
    ):
        texts = {"institute": "某大学", "town": "南闸街道", "signed_on": "2022-03-01"}
        add(registry, "collaboration", name=name, company=company, **texts)
    assert [f.title for f in find_twins(registry, registry.kind("collaboration"))] == ["新型 显示材料研究"]


def test_people_are_never_taken_for_one_another(registry: Registry) -> None:
    add_talent(registry, "欧阳张伟国", town="南闸街道")
    add_talent(registry, "欧阳张伟", town="南闸街道")
    assert not is_compared(registry.kind("talent"))
    assert list(find_twins(registry, registry.kind("talent"))) == []


def test_records_without_a_town_are_not_compared(registry: Registry) -> None:
    add_carrier(registry, "创新孵化器中心")
    add_carrier(registry, "创新孵化器 中心")
    assert list(find_twins(registry, registry.kind("carrier"))) == []


def test_a_kind_of_the_plans_own_is_checked_like_any_other(harbour: Registry) -> None:
    add(harbour, "company", name="甲", code="1", founded_on="2025-01-01")
    put(harbour, "company", 1, founded_on="2025-02-30")
    assert [finding.code for finding in check(harbour, "company")] == ["bad_value"]
    assert list(find_twins(harbour, harbour.kind("company"))) == []
