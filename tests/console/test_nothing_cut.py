"""At any width: no line is wider, and every name and figure can be read; what is long goes on below."""

from typing import Any

import pytest

from tests.support.runner import Cli
from tests.support.screen import missing, squeezed, widest

pytestmark = pytest.mark.slow

DAY = ("--as-of", "2022-11-30")
WIDTHS = (40, 80, 100, 120, 200)
WIDE_BUILDING = {
    "name": "江阴高新技术创业园区综合服务中心一号楼",
    "town": "澄江街道",
    "address": "滨江东路99号A座1-18层",
    "owner": "新国联集团",
    "ownership": "国有",
    "certificate_number": "苏（2022）江阴市不动产权第0012345号",
    "floor_area": "52000",
    "idle_area": "1234.56",
    "land_area": "20000",
    "land_tenure": "国有出让",
    "land_use": "新型复合产业用地(Mx)",
    "condition": "部分闲置",
    "longitude": "120.28456789",
    "latitude": "31.91",
    "contact": "张三",
    "phone": "0510-86861234",
    "implementer": "新国联集团",
    "purpose": "建成集成电路设计孵化器",
    "resources": "Incubation fund and shared laboratories",
    "positioning": "集成电路",
    "surveyed_on": "2022-02-10",
    "planned_on": "2022-03-15",
    "due_on": "2022-12-31",
    "started_on": "2022-04-01",
    "renovated_on": "2022-10-01",
    "opened_on": "2022-11-08",
    "note": "https://example.cn/a/very/long/address/without/any/blank?x=1",
}


@pytest.fixture(params=WIDTHS)
def width(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> int:
    monkeypatch.setenv("COLUMNS", str(request.param))
    return int(request.param)


@pytest.fixture(params=["zh", "en"])
def language(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("KFLY_LANG", request.param)
    return str(request.param)


def fits(printed: str, width: int) -> bool:
    return widest(printed) <= width and "…" not in printed and "\x1b" not in printed


def number(figure: float) -> str:
    return f"{figure:,.10f}".rstrip("0").rstrip(".")


@pytest.mark.usefixtures("language")
def test_status(filled: Cli, width: int) -> None:
    printed = filled.ok("status", *DAY)

    rows = filled.json("status", *DAY)["targets"]
    figures = [f"{number(row['actual'])} / {_sign(row)}{number(row['goal'])} {row['unit']}" for row in rows]
    expected = [
        number(row["expected"]) for row in rows if row["expected"] is not None and row["key"] != "fund_scale"
    ]
    assert fits(printed, width)
    assert missing([row["name"] for row in rows] + [row["section"] for row in rows], printed) == []
    assert missing(figures + expected, printed) == []


def _sign(row: dict[str, Any]) -> str:
    return {"at_least": "", "more_than": ">", "at_most": "≤"}[row["comparison"]]


@pytest.mark.usefixtures("language")
def test_tasks(filled: Cli, width: int) -> None:
    printed = filled.ok("tasks", *DAY)

    rows = filled.json("tasks", *DAY)
    needs = [f"{need['name']} {need['actual']:,}/{need['goal']:,}" for row in rows for need in row["needs"]]
    assert fits(printed, width)
    assert missing([row["title"] for row in rows], printed) == []
    assert missing([row["due"] for row in rows] + needs, printed) == []
    assert missing([name for row in rows for name in row["lead"]], printed) == []


@pytest.mark.usefixtures("language")
def test_overdue(filled: Cli, width: int) -> None:
    printed = filled.ok("overdue", "--as-of", "2023-06-30")

    rows = filled.json("overdue", "--as-of", "2023-06-30")
    assert len(rows) == 9
    assert fits(printed, width)
    assert missing([row["title"] for row in rows] + [row["due"] for row in rows], printed) == []
    assert missing([name for row in rows for name in row["lead"] + row["responsible"]], printed) == []


@pytest.mark.usefixtures("language")
def test_one_task(filled: Cli, width: int) -> None:
    printed = filled.ok("task", "10", *DAY)

    row = filled.json("task", "10", *DAY)
    short = [each["organisation"] for each in row["needs"][0]["each"] if not each["met"]]
    assert fits(printed, width)
    assert missing([row["title"], *row["lead"], *row["responsible"], *short], printed) == []


@pytest.mark.usefixtures("language")
@pytest.mark.parametrize("kind", ["building", "enclave", "fund", "operator", "expenditure"])
def test_lists(filled: Cli, width: int, kind: str) -> None:
    printed = filled.ok("list", kind, *DAY)

    fields = filled.json("kinds", kind)["fields"]
    required = [field["name"] for field in fields if field["required"] and field["type"] != "number"]
    values = [row[name] for row in filled.json("list", kind, *DAY) for name in required]
    assert fits(printed, width)
    assert missing(values, printed) == []


@pytest.mark.usefixtures("language")
def test_a_record_with_every_field(kfly: Cli, width: int) -> None:
    options = [f"--{name.replace('_', '-')}={value}" for name, value in WIDE_BUILDING.items()]
    kfly.ok("add-building", *options)

    texts = [value for name, value in WIDE_BUILDING.items() if not name.endswith("_area")]
    printed = kfly.ok("show", "building", "1")
    assert fits(printed, width)
    assert missing([*texts, "52,000", "1,234.56", "20,000"], printed) == []


@pytest.mark.usefixtures("language")
def test_kinds(kfly: Cli, width: int) -> None:
    kinds = kfly.json("kinds")
    printed = kfly.ok("kinds")
    assert fits(printed, width)
    assert missing([kind[key] for kind in kinds for key in ("name", "label", "command")], printed) == []

    for kind in kinds:
        printed = kfly.ok("kinds", kind["name"])
        words = [field[key] for field in kind["fields"] for key in ("name", "label", "help")]
        choices = [choice for field in kind["fields"] for choice in field["choices"]]
        assert fits(printed, width)
        assert missing(words + choices, printed) == []


@pytest.mark.usefixtures("language")
def test_help(kfly: Cli, width: int) -> None:
    building = kfly.json("kinds", "building")
    printed = kfly.ok("add-building", "--help")

    assert widest(printed) <= width
    for field in building["fields"]:
        assert "--" + field["name"].replace("_", "-") in squeezed(printed)
        assert missing([field["label"], field["help"], *field["choices"]], printed) == []
    assert widest(kfly.ok("--help")) <= width


def test_in_a_pipe_without_columns_it_is_100(filled: Cli) -> None:
    assert widest(filled.ok("status", *DAY)) == 100


@pytest.mark.parametrize("columns", ["", "wide", "-5", "0", "12", "1e3", "９９"])
def test_columns_that_are_no_width_do_no_harm(
    filled: Cli, monkeypatch: pytest.MonkeyPatch, columns: str
) -> None:
    monkeypatch.setenv("COLUMNS", columns)

    assert missing(["改造楼宇", "6 / 30 栋"], filled.ok("status", *DAY)) == []


def test_tables_of_80_columns_keep_their_columns(filled: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")

    for language in ("zh", "en"):
        for command in ("status", "tasks", "overdue", "kinds"):
            args = () if command == "kinds" else DAY
            assert "─" * 60 in filled.ok("--lang", language, command, *args), (language, command)


def test_no_line_ends_in_blanks_in_a_pipe(filled: Cli) -> None:
    for command in (("status", *DAY), ("tasks", *DAY), ("list", "building"), ("--help",)):
        assert not [line for line in filled.ok(*command).splitlines() if line != line.rstrip()]


def test_no_number_or_date_is_torn(filled: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    for columns in ("40", "80", "100"):
        monkeypatch.setenv("COLUMNS", columns)
        printed = filled.ok("status", *DAY) + filled.ok("tasks", *DAY)
        for whole in ("2024-12-01", "1,916.5", "10,000", "2022-11-30"):
            assert whole in printed, (columns, whole)
