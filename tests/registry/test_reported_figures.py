"""A reported figure belongs to a target that is reported, in its unit, for one of its towns, once a day."""

import zipfile
from pathlib import Path

import pytest

from tests.support.promise_city import write_plan
from tests.support.runner import Cli

TARGETS = {
    "growth": 'reported: level, unit: "%"',
    "invested": "reported: running, unit: 亿元",
    "paid": "reported: amount, unit: 万元",
    "income": "reported: level, per: town, except: [南镇], at_least: 3, unit: 元",
    "land": "reported: level, unit: m²",
    "counted": "count: event, unit: 场",
}
DAY = ("--stated-on", "2022-03-31")


@pytest.fixture
def kfly(empty: Cli, monkeypatch: pytest.MonkeyPatch) -> Cli:
    monkeypatch.setenv("KFLY_LANG", "en")
    (Path(empty.folder) / "targets.yaml").write_text(write_plan(TARGETS), encoding="utf-8")
    empty.ok("init", "--targets", "targets.yaml")
    return empty


def add(kfly: Cli, target: str, value: str, *others: str) -> dict[str, object]:
    found: dict[str, object] = kfly.json("add-figure", "--target", target, "--value", value, *DAY, *others)
    return found


def refuse(kfly: Cli, target: str, value: str, *others: str) -> str:
    return kfly.refused("add-figure", "--target", target, "--value", value, *DAY, *others)


@pytest.mark.parametrize(
    ("target", "typed", "value"),
    [
        ("growth", "6.2", 6.2),
        ("growth", "6.2%", 6.2),
        ("growth", "-0.5", -0.5),
        ("growth", "0", 0),
        ("growth", "0.000001", 0.000001),
        ("invested", "8.5", 8.5),
        ("invested", "85000万元", 8.5),
        ("invested", "12亿", 12),
        ("paid", "0.8亿元", 8000),
        ("land", "30亩", 20000),
        ("land", "5.2万平方米", 52000),
    ],
)
def test_a_value_is_read_in_the_unit_of_its_target(kfly: Cli, target: str, typed: str, value: float) -> None:
    assert add(kfly, target, typed)["value"] == value


@pytest.mark.parametrize(
    ("target", "typed", "told"),
    [
        ("growth", "6亩", "Value: “6亩” is not a number"),
        (
            "invested",
            "6%",
            "Value: “6%” is not an amount of money; write it as",
        ),
        ("growth", "0.0000001", "Value: “0.0000001” has more decimals than 6"),
        ("growth", "nan", "Value: “nan” is not a number"),
        ("growht", "1", "Target: “growht” is no target of the plan; did you mean “growth”?"),
        (
            "counted",
            "1",
            "Target: “counted” is counted from records; only targets with",
        ),
        ("income", "1", "Town: is required: income has a figure for each town"),
    ],
)
def test_a_figure_is_refused_with_what_is_wrong(kfly: Cli, target: str, typed: str, told: str) -> None:
    assert told in refuse(kfly, target, typed)


def test_a_town_stands_where_the_target_has_a_figure_for_each_and_only_there(kfly: Cli) -> None:
    assert add(kfly, "income", "5", "--town", "东乡")["town"] == "东镇"
    assert "Town: “南镇” owes nothing of income" in refuse(kfly, "income", "5", "--town", "南镇")
    assert "Town: “东镇” stands empty: growth has no figures by town" in refuse(
        kfly, "growth", "5", "--town", "东镇"
    )


def test_a_level_has_one_figure_a_day_whatever_its_source(kfly: Cli) -> None:
    add(kfly, "growth", "5", "--source", "统计局")
    assert "in the registry already, as #1" in refuse(kfly, "growth", "6", "--source", "发改局")
    assert "in the registry already, as #1" in refuse(kfly, "growth", "6")
    add(kfly, "income", "5", "--town", "东镇")
    add(kfly, "income", "5", "--town", "西镇")
    assert "already, as #2" in refuse(kfly, "income", "5", "--town", "东镇", "--source", "统计局")


def test_two_amounts_of_one_day_are_told_apart_by_their_source(kfly: Cli) -> None:
    add(kfly, "paid", "5", "--source", "凭证1")
    add(kfly, "paid", "5", "--source", "凭证2")
    assert "already, as #1" in refuse(kfly, "paid", "6", "--source", "凭证1")


def test_a_target_is_known_by_its_name_too(kfly: Cli, tmp_path: Path) -> None:
    plan = (tmp_path / "targets.yaml").read_text(encoding="utf-8")
    plan = plan.replace("name: growth", "name: 地区生产总值增速").replace("name: paid", "name: 资金")
    (tmp_path / "targets.yaml").write_text(plan.replace("name: land", "name: 资金"), encoding="utf-8")
    kfly.ok("load", "targets.yaml")
    assert add(kfly, "地区生产总值增速", "5")["target"] == "growth"
    assert "means several: paid, land; say which" in refuse(kfly, "资金", "5")


def test_a_figure_is_corrected_in_the_unit_of_its_target(kfly: Cli) -> None:
    add(kfly, "invested", "5")
    add(kfly, "growth", "5")
    kfly.ok("set", "figure", "1", "value=60000万元")
    assert kfly.json("show", "figure", "1")["value"] == 6
    assert "Target: “paid” is in 万元; give the value too" in kfly.refused(
        "set", "figure", "1", "target=paid"
    )
    assert "as #2" in kfly.refused("set", "figure", "1", "target=growth", "value=1")
    kfly.ok("set", "figure", "1", "target=paid", "value=0.1亿元")
    assert kfly.json("show", "figure", "1")["value"] == 1000


SHEET = "数值,数据来源,指标,所属镇街,数据截止日\n"


def imported(kfly: Cli, rows: str, *options: str, code: int = 0) -> dict[str, object]:
    (kfly.folder / "figures.csv").write_text(SHEET + rows, encoding="utf-8")
    run = kfly("import", "figure", "figures.csv", "--json", *options)
    assert run.code == code, run.err
    import json

    found: dict[str, object] = json.loads(run.out)
    return found


def test_a_sheet_is_read_in_the_units_of_its_targets_whatever_its_columns_order(kfly: Cli) -> None:
    rows = "60000万元,,invested,,2022-03-31\n6.5%,统计局,growth,,2022年3月31日\n7,,income,东镇,2022-03-31\n"
    assert imported(kfly, rows)["added"] == 3
    assert [row["value"] for row in kfly.json("list", "figure")] == [6, 6.5, 7]
    again = imported(kfly, "6.6,发改局,growth,,2022-03-31\n", "--update")
    assert (again["added"], again["updated"]) == (0, 1)
    assert kfly.json("show", "figure", "2")["source"] == "发改局"


def test_a_sheets_faults_are_told_with_their_cells(kfly: Cli) -> None:
    rows = (
        "1,甲,growth,,2022-03-31\n2,乙,growth,,2022-03-31\n3,,income,,2022-03-31\n4亩,,growth,,2022-04-30\n"
        "5,,counted,,2022-03-31\n6,,growth,东镇,2022-05-31\n"
    )
    found = imported(kfly, rows, code=1)
    errors = found["errors"]
    assert isinstance(errors, list)
    assert [(error["row"], error["column"]) for error in errors] == [
        (3, "C"),
        (4, "D"),
        (5, "A"),
        (6, "C"),
        (7, "D"),
    ]


def test_a_sheet_of_one_target_is_read_in_its_unit(kfly: Cli) -> None:
    (kfly.folder / "figures.csv").write_text("数值,数据截止日\n0.5亿元,2022-03-31\n", encoding="utf-8")
    kfly.ok("import", "figure", "figures.csv", "--set", "target=paid")
    assert kfly.json("list", "figure")[0]["value"] == 5000


def test_what_is_exported_is_imported_as_it_was(kfly: Cli) -> None:
    add(kfly, "growth", "-1.5", "--source", "统计局")
    add(kfly, "income", "5", "--town", "东镇")
    kfly.ok("export", "figure", "-o", "figures.xlsx")
    found = kfly.json("import", "figure", "figures.xlsx", "--update")
    assert (found["added"], found["updated"], found["unchanged"]) == (0, 0, 2)


def test_the_template_offers_the_targets_that_are_reported(kfly: Cli) -> None:
    kfly.ok("template", "figure", "-o", "figures.xlsx")
    with zipfile.ZipFile(kfly.folder / "figures.xlsx") as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert '<formula1>"growth,invested,paid,income,land"</formula1>' in sheet
