"""``load`` of the office's own document over the table that it came from: what it cannot say stays."""

import csv
from pathlib import Path

import pytest

from tests.support.runner import Cli
from tests.support.task_county import County

SAME = "The plan is as these files say already; nothing was changed.\n"
NEEDS = "needs: [{target: meetings, at_least: 2}]"
STAGES = f"stages: [{{title: 摸排, due: 3月底, {NEEDS}}}, {{title: 竣工, due: 9月底}}]"
HALLS = "title: {zh: 改造厂房, en: Mend halls}"
TASKS = (
    f"number: '1.06', {HALLS}, lead: [甲局], due: 6月底前, {NEEDS}, weight: 5",
    "number: 12, title: 走访企业, lead: [乙局], ongoing: true, report_every: quarter, leader: 李四",
    f"number: 3, title: 科创园, lead: [甲局], {STAGES}",
)


@pytest.fixture
def cli(empty: Cli) -> Cli:
    cli = County(empty).begin(*TASKS)
    cli.ok("extend", "1.06", "--to", "2022-10-31", "--reason", "暴雨", "--on", "2022-06-20")
    cli.ok("extend", "3", "--to", "2022-11-30", "--reason", "暴雨", "--on", "2022-06-20")
    return cli


def write(folder: Path, *rows: tuple[str, ...]) -> str:
    """Write a table of 2022 without columns for supporting bodies, leaders and weights."""
    head = ("序号", "内容", "牵头部门", "责任部门", "完成时限")
    with (folder / "2022年分解表.csv").open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows((head, *rows))
    return "2022年分解表.csv"


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", ["2022.xlsx", "2022.csv"])
def test_an_exported_table_loads_without_a_change(cli: Cli, lang: str, name: str) -> None:
    cli.ok("--lang", lang, "export", "tasks", "-o", name, "--as-of", "2022-11-30")
    before = cli.json("tasks")
    assert cli.ok("--lang", "en", "load", name) == SAME
    assert cli.json("tasks") == before


def test_a_table_with_fewer_columns_leaves_needs_stages_weights_and_english_titles(cli: Cli) -> None:
    name = write(
        cli.folder,
        ("1.06", "改造厂房", "乙局", "", "6月底前"),
        ("12", "走访企业", "乙局", "", "长期坚持"),
        ("3", "科创园", "甲局", "", "9月底"),
    )
    cli.ok("--lang", "en", "load", name)
    first, second, third = cli.json("--lang", "en", "tasks")
    assert (first["lead"], first["title"], first["due"]) == (["Second Bureau"], "Mend halls", "2022-10-31")
    assert [need["goal"] for need in first["needs"]] == [2]
    assert (second["report_every"], second["leader"]) == ("quarter", "李四")
    assert [stage["due"] for stage in third["stages"]] == ["2022-03-31", "2022-11-30"]
    assert [need["goal"] for need in third["stages"][0]["needs"]] == [2]


def test_a_document_that_moves_the_day_of_a_task_with_stages_extends_the_last_one(cli: Cli) -> None:
    name = write(
        cli.folder,
        ("1.06", "改造厂房", "甲局", "", "6月底前"),
        ("12", "走访企业", "乙局", "", "长期坚持"),
        ("3", "科创园", "甲局", "", "12月底"),
    )
    cli.ok("load", name)
    third = cli.json("tasks")[2]
    assert [stage["due"] for stage in third["stages"]] == ["2022-03-31", "2022-12-31"]
    assert (third["due"], third["original_due"]) == ("2022-12-31", "2022-09-30")


def test_what_is_called_otherwise_is_another_task_and_inherits_nothing(cli: Cli) -> None:
    name = write(
        cli.folder,
        ("1.06", "新建厂房", "甲局", "", "6月底前"),
        ("12", "走访企业", "乙局", "", "长期坚持"),
        ("3", "科创园", "甲局", "", "9月底"),
    )
    told = cli.ok("--lang", "en", "load", name)
    assert "task 1.06: Chinese title 改造厂房 → 新建厂房\n" in told
    assert cli.json("tasks")[0]["needs"] == []


@pytest.mark.parametrize("name", ["t.json", "t.jsonl"])
def test_what_programs_read_is_refused_in_one_line(cli: Cli, name: str) -> None:
    cli.ok("export", "tasks", "-o", name)
    assert cli.refused("load", name) == (
        f"{name} says where tasks stand, as “kfly export tasks” writes it for programs; load the plan file,"
        " or export a workbook (.xlsx) and load that."
    )
