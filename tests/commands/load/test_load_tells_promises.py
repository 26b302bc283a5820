"""Amounts by period and town, shares and what is reported are told before they are put in place."""

from pathlib import Path

import pytest

from tests.support.promise_city import TASKS, write_plan
from tests.support.runner import Cli


@pytest.fixture
def kfly(empty: Cli, monkeypatch: pytest.MonkeyPatch) -> Cli:
    monkeypatch.setenv("KFLY_LANG", "en")
    monkeypatch.setenv("COLUMNS", "300")
    return empty


def make(kfly: Cli, targets: dict[str, str], *tables: str) -> None:
    write(kfly, targets)
    (kfly.folder / "tasks_2023.yaml").write_text("".join(tables) or NO_TASKS, encoding="utf-8")
    kfly.ok("init", "--targets", "targets.yaml", "--tasks", "tasks_2023.yaml")


def write(kfly: Cli, targets: dict[str, str]) -> None:
    (Path(kfly.folder) / "targets.yaml").write_text(write_plan(targets), encoding="utf-8")


def told(kfly: Cli, targets: dict[str, str]) -> list[str]:
    write(kfly, targets)
    return kfly.ok("load", "targets.yaml", "--dry-run").splitlines()[:-1]


def refused(kfly: Cli, *args: str) -> list[str]:
    run = kfly(*args)
    assert (run.code, run.printed) == (1, b"")
    return run.err.splitlines()


NO_TASKS = "year: 2023\ntasks: []\n"
ONE = {"one": "count: event, unit: 场"}


def test_what_is_new_is_told_with_all_it_promises(kfly: Cli) -> None:
    make(kfly, ONE)
    due, lead = "due 2024-12-31", "lead 发改局; reported from outside: reported level"
    what = {
        "level": 'reported: level, at_least: 6.2, every: quarter, unit: "%", lead: [发改局], baseline: first',
        "share": "share: {of: {count: event}, to: {count: meeting}}, at_least: {2022: 2, 2024: 4}, unit: 倍",
        "mean": "average: building.floor_area, unit: m²",
        "town": "reported: level, per: town, except: [南镇], unit: 元,"
        " at_least: {东镇: 2, 西镇: 1}, baseline: {东镇: 1, 西镇: 0}",
        "same": 'reported: running, at_most: {target: level}, unit: "%"',
        "years": "reported: amount, every: year, at_most: {2022: 1, 2023: null, 2024: 3}, unit: 元",
    }
    assert told(kfly, {**ONE, **what}) == [
        f"new target level: level; at least 6.2 %; from the first figure on; every quarter; {due}; {lead}",
        f"new target share: share; {due}; share: Events (whenever it began) / Meetings (whenever it began)",
        "new goal by period share 2022: at least 2 倍",
        "new goal by period share 2024: at least 4 倍",
        f"new target mean: mean; {due}; average: sum of Floor area of Buildings (whenever it began)",
        f"new target town: town; {due}; reported from outside: reported level",
        "new goal by town town 东镇: at least 2 元",
        "new goal by town town 西镇: at least 1 元",
        "new baseline by town town 东镇: 1 元",
        "new baseline by town town 西镇: 0 元",
        f"new target same: same; ≤ the figure of level; {due}; reported from outside: reported running total",
        f"new target years: years; every year; {due}; reported from outside: reported amounts",
        "new goal by period years 2022: at most 1 元",
        "new goal by period years 2023: tracked only",
        "new goal by period years 2024: at most 3 元",
    ]


@pytest.mark.parametrize(
    ("before", "after", "lines"),
    [
        (
            "reported: level, at_least: {2022: 1, 2024: 2}, unit: 元",
            "reported: level, at_least: {2022: 1.5, 2024: 2}, unit: 元",
            ["goal by period one 2022: amount 1 → 1.5"],
        ),
        (
            "reported: level, baseline: 5, at_least: 9, unit: 元",
            "reported: level, baseline: first, at_least: 9, weight: 2, decimals: 1, unit: 元",
            [
                "target one: baseline 5 → the first figure",
                "target one: decimals — → 1",
                "target one: weight — → 2",
            ],
        ),
        (
            "count: event, every: year, at_least: 1, unit: 场",
            "count: event, every: quarter, at_least: 1, unit: 场",
            ["target one: every year yes → no", "target one: begins anew with each — → quarter"],
        ),
        (
            "reported: level, lead: [发改局], unit: 元",
            "reported: level, lead: [住建局], unit: 元",
            ["target one: lead + 住建局, − 发改局"],
        ),
        (
            "share: {of: {count: event}, to: {count: event}}, unit: 倍",
            "share: {of: {count: event}, to: {count: meeting}}, unit: 倍",
            [
                "target one: counted: Events (whenever it began) → Meetings (whenever it began)",
            ],
        ),
    ],
)
def test_what_is_another_is_told_before_and_after(
    kfly: Cli, before: str, after: str, lines: list[str]
) -> None:
    make(kfly, {"one": before})
    assert told(kfly, {"one": after}) == lines


def test_to_measure_in_another_way_wants_force_and_says_what_becomes_of_the_figures(kfly: Cli) -> None:
    make(kfly, {"one": "reported: level, unit: 元"})
    kfly.ok("add-figure", "--target", "one", "--value", "3", "--stated-on", "2022-03-31")
    write(kfly, {"one": "reported: amount, unit: 元"})
    lines = refused(kfly, "load", "targets.yaml")
    assert lines[0] == (
        "Target one was a reported level, and would be reported amounts:"
        " its reported figures stay, and would be read so: 1."
    )
    write(kfly, {"one": "count: event, unit: 场"})
    assert refused(kfly, "load", "targets.yaml")[0].endswith(
        "its reported figures stay in the registry, but no longer count: 1."
    )
    kfly.ok("load", "targets.yaml", "--force")
    write(kfly, {"one": "reported: running, unit: 元"})
    assert refused(kfly, "load", "targets.yaml")[0].endswith("without figures it has no data.")
    kfly.ok("load", "targets.yaml", "--force")
    assert kfly.json("list", "figure")[0]["value"] == 3


def test_the_unit_of_reported_figures_stays_or_force_is_wanted(kfly: Cli) -> None:
    make(kfly, {"one": "reported: level, unit: 万元"})
    write(kfly, {"one": "reported: level, unit: 亿元"})
    kfly.ok("load", "targets.yaml")
    kfly.ok("add-figure", "--target", "one", "--value", "3", "--stated-on", "2022-03-31")
    write(kfly, {"one": "reported: level, unit: 万元"})
    assert refused(kfly, "load", "targets.yaml")[0] == (
        "Target one: its unit would be 万元, but its reported figures are in 亿元: 1."
    )


@pytest.mark.parametrize(
    ("before", "after", "town", "told"),
    [
        (
            "per: town, at_least: 5, ",
            "",
            ("--town", "东镇"),
            "are of towns, and would be read as those of all",
        ),
        ("", "per: town, at_least: 5, ", (), "are of no town, and would count for none"),
    ],
)
def test_figures_of_towns_do_not_become_those_of_all_nor_the_other_way_without_force(
    kfly: Cli, before: str, after: str, town: tuple[str, ...], told: str
) -> None:
    make(kfly, {"one": f"reported: level, {before}unit: 元"})
    kfly.ok("add-figure", "--target", "one", "--value", "3", "--stated-on", "2022-03-31", *town)
    write(kfly, {"one": f"reported: level, {after}unit: 元"})
    assert refused(kfly, "load", "targets.yaml")[0] == f"Target one: its reported figures {told}: 1."
    kfly.ok("load", "targets.yaml", "--force")


def test_a_count_with_records_that_becomes_a_level_is_told_to_have_no_data(kfly: Cli) -> None:
    make(kfly, {"one": "count: meeting, at_least: 5, unit: 次"})
    write(kfly, {"one": "reported: level, at_least: 5, unit: 次"})
    fate = "what was counted no longer counts for it; without figures it has no data."
    assert refused(kfly, "load", "targets.yaml") == [
        f"Target one was counted from records, and would be a reported level: {fate}",
        "Nothing was changed. “--force” does it all the same; what goes is kept in the log.",
    ]
    kfly.ok("load", "targets.yaml", "--force")
    assert kfly.json("status")["targets"][0]["actual"] is None


def test_a_target_with_figures_does_not_go_without_force(kfly: Cli) -> None:
    make(kfly, {**ONE, "two": "reported: level, unit: 万元"})
    kfly.ok("add-figure", "--target", "two", "--value", "3", "--stated-on", "2022-03-31")
    write(kfly, ONE)
    assert refused(kfly, "load", "targets.yaml")[0] == (
        "Target two is gone from the plan, but there are reported figures of it: 1."
    )


def test_a_load_that_began_to_report_is_undone_until_there_are_figures(kfly: Cli) -> None:
    make(kfly, ONE)
    write(kfly, {"one": "reported: level, unit: 场"})
    kfly.ok("load", "targets.yaml", "--force")
    kfly.ok("undo")
    kfly.ok("load", "targets.yaml", "--force")
    kfly.ok("add-figure", "--target", "one", "--value", "3", "--stated-on", "2022-03-31")
    assert "no longer count: 1" in refused(kfly, "undo", "4")[1]


def test_a_table_alone_is_loaded_beside_all_these_targets(kfly: Cli) -> None:
    from tests.support.promise_city import TARGETS

    make(kfly, TARGETS, TASKS)
    table = kfly.folder / "tasks_2023.yaml"
    table.write_text(TASKS.replace("weight: 2.5", "weight: 4"), encoding="utf-8")
    assert kfly.ok("load", "tasks_2023.yaml").splitlines()[0] == "task 1: weight 2.5 → 4"
