"""计入: the targets that a record counts toward on the day asked, or why it does not."""

import pytest

from tests.support.runner import Cli

EVENT = ("add-event", "--held-on", "2022-06-01")
MARKET = "中国国际人才市场江阴市场"
TALENT = ("add-talent", "--name", "甲", "--introduced-on")


@pytest.fixture
def kfly(kfly: Cli) -> Cli:
    for name, venue in (("甲场", MARKET), ("乙场", "上海")):
        kfly.ok(*EVENT, "--name", name, "--venue", venue, "--type", "招才引智")
    for name, type_ in (("甲基金", "风险投资"), ("乙基金", "产业引导")):
        kfly.ok(
            *("add-fund", "--name", name, "--type", type_, "--size", "3", "--registered-on", "2015-05-01"),
            *("--ended-on", "2023-05-01"),
        )
    kfly.ok("add-building", "--name", "甲楼", "--town", "华士镇", "--floor-area", "1234.5")
    kfly.ok(*TALENT, "2021-05-01")
    for town in ("澄江街道", "华士镇"):
        kfly.ok(
            *("add-enclave", "--name", f"{town}飞地", "--town", town, "--host", "高新区"),
            *("--floor-area", "5000", "--established-on", "2022-05-01"),
        )
    return kfly


def counting(kfly: Cli, kind: str, which: str, day: str) -> tuple[list[str], dict[str, str]]:
    record = kfly.json("--lang", "en", "show", kind, which, "--as-of", day)
    assert record in kfly.json("--lang", "en", "list", kind, "--as-of", day)
    return record["counts_toward"], record["not_counted"]


Told = tuple[str, str, str, list[str], dict[str, str]]
TOLD: list[Told] = [
    ("event", "甲场", "2022-12-31", ["recruitment_events"], {}),
    ("event", "甲场", "2022-05-31", [], {"recruitment_events": "not before 2022-06-01"}),
    (
        *("event", "甲场", "2023-01-01", []),
        {"recruitment_events": "Held on 2022-06-01, before 2023-01-01"},
    ),
    ("event", "乙场", "2022-12-31", [], {"recruitment_events": f"Venue is 上海, not {MARKET}"}),
    ("fund", "甲基金", "2022-12-31", ["fund_scale"], {}),
    ("fund", "甲基金", "2023-05-01", [], {"fund_scale": "ended on 2023-05-01"}),
    (
        *("fund", "乙基金", "2022-12-31", []),
        {"fund_scale": "Type is 产业引导, not 风险投资 or 创业投资"},
    ),
    (
        *("building", "甲楼", "2022-12-31", []),
        {
            "buildings_renovated": "Renovated on: no date yet",
            "large_buildings_renovated": "Floor area is 1,234.5, not ≥ 50,000",
        },
    ),
    ("talent", "甲", "2022-12-31", [], {"talents": "Introduced on 2021-05-01, before 2022-01-01"}),
    ("enclave", "华士镇飞地", "2022-12-31", ["enclave_area"], {}),
    ("enclave", "澄江街道飞地", "2022-12-31", [], {"enclave_area": "澄江街道 owes none of it"}),
]


@pytest.mark.parametrize("told", TOLD)
def test_each_target_is_counted_toward_or_the_reason_is_given(kfly: Cli, told: Told) -> None:
    kind, which, day, toward, reasons = told

    assert counting(kfly, kind, which, day) == (toward, reasons)


def test_a_kind_that_no_target_counts_has_no_such_column(kfly: Cli) -> None:
    kfly.ok("add-policy", "--name", "办法", "--issued-on", "2022-06-01")

    assert counting(kfly, "policy", "办法", "2022-12-31") == ([], {})
    assert "Counts toward" not in kfly.ok("--lang", "en", "list", "policy")
    assert "Counts toward" not in kfly.ok("--lang", "en", "show", "policy", "办法")


def test_the_table_names_the_targets_or_says_why_not_in_few_words(kfly: Cli) -> None:
    day = ("--as-of", "2022-12-31")
    events = kfly.ok("--lang", "en", "list", "event", *day).splitlines()
    talents = kfly.ok("list", "talent", *day)

    assert events[0].endswith("Counts toward")
    assert [line.split("  ")[-1].strip() for line in events[2:4]] == ["Recruitment events", "Venue is 上海"]
    assert "早于2022-01-01" in talents


def test_one_record_shown_tells_each_target(kfly: Cli) -> None:
    kfly.ok("set", "building", "甲楼", "renovated_on=2022-09-01")
    shown = kfly.ok("--lang", "en", "show", "building", "甲楼", "--as-of", "2022-12-31")

    assert "✓ Buildings renovated\n" in shown
    assert "✗ Buildings ≥ 50,000 m²: Floor area is 1,234.5, not ≥ 50,000\n" in shown


def test_what_is_said_to_count_is_what_status_says(filled: Cli) -> None:
    for day in ("2021-12-31", "2022-07-01", "2022-11-30", "2023-07-01", "2025-06-30"):
        rows = {row["key"]: row for row in filled.json("status", "--as-of", day)["targets"]}
        for kind, key in (("event", "recruitment_events"), ("talent", "talents"), ("investor", "investors")):
            records = filled.json("list", kind, "--as-of", day)
            assert sum(key in record["counts_toward"] for record in records) == rows[key]["actual"]
        funds = filled.json("list", "fund", "--as-of", day)
        size = sum(record["size"] for record in funds if "fund_scale" in record["counts_toward"])
        assert size == rows["fund_scale"]["actual"]
        enclaves = filled.json("list", "enclave", "--as-of", day)
        for town in rows["enclave_area"]["each"]:
            its = [r for r in enclaves if r["town"] == town["organisation"] and r["counts_toward"]]
            assert sum(record["floor_area"] for record in its) == town["actual"]
