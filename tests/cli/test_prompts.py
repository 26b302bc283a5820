"""Questions are asked on a terminal alone: for what is required and missing, until the answer fits."""

from pathlib import Path

import pytest

from tests.support.processes import on_a_terminal, process
from tests.support.runner import Cli

pytestmark = pytest.mark.slow


def recorded(kfly: Cli) -> list[tuple[object, ...]]:
    rows = kfly.json("list", "building")
    return [(row["name"], row["town"], row["floor_area"]) for row in rows]


def test_required_fields_are_asked_for_and_no_others(kfly: Cli) -> None:
    code, seen = on_a_terminal(kfly.folder, "add-building", typed="创新大厦\n澄江街道\n5.2万\n")

    assert code == 0
    assert recorded(kfly) == [("创新大厦", "澄江街道", 52000)]
    questions = ["楼宇名称：", "所属镇街：", "建筑面积（m²）："]
    places = [seen.index(question) for question in questions]
    assert places == sorted(places)
    assert "地址" not in seen
    assert "已登记：创新大厦" in seen


def test_what_the_command_line_gives_is_not_asked_for(kfly: Cli) -> None:
    code, seen = on_a_terminal(
        kfly.folder,
        "add-building",
        "--name",
        "创新大厦",
        "--floor-area",
        "1",
        "--note",
        "沿江",
        typed="华士镇\n",
    )

    assert code == 0
    assert recorded(kfly) == [("创新大厦", "华士镇", 1)]
    assert "楼宇名称：" not in seen


def test_a_wrong_answer_is_explained_and_asked_again(kfly: Cli) -> None:
    answers = "创新大厦\n火星镇\n澄江接道\n澄江街道\nviel\n-5\n52000\n"
    code, seen = on_a_terminal(kfly.folder, "--lang", "en", "add-building", typed=answers)

    assert code == 0
    assert recorded(kfly) == [("创新大厦", "澄江街道", 52000)]
    assert seen.count("Town:") == 3
    assert seen.count("Floor area (m²):") == 3
    assert "is not a town or zone of the plan" in seen
    assert "did you mean “澄江街道”?" in seen
    assert "must not be below 0" in seen


def test_an_empty_answer_is_asked_again(kfly: Cli) -> None:
    code, seen = on_a_terminal(kfly.folder, "add-policy", typed="\n\n   \n办法\n")

    assert code == 0
    assert [row["name"] for row in kfly.json("list", "policy")] == ["办法"]
    assert seen.count("名称：") >= 3


def test_choices_are_told_with_the_question(kfly: Cli) -> None:
    answers = "甲载体\n大厦\n孵化器\n2022-03-01\n"
    code, seen = on_a_terminal(kfly.folder, "add-carrier", typed=answers)

    assert code == 0
    assert "载体类型（众创空间 | 孵化器 | 加速器 | 新型研发机构 | 产业园）：" in seen
    assert kfly.json("show", "carrier", "甲载体")["type"] == "孵化器"


@pytest.mark.parametrize("leaving", ["\x04", "\x03"], ids=["end of input", "interrupt"])
def test_who_leaves_in_the_middle_leaves_nothing_behind(kfly: Cli, leaving: str) -> None:
    code, seen = on_a_terminal(
        kfly.folder, "add-building", "--name", "创新大厦", typed=leaving, after="所属镇街："
    )

    assert code != 0
    assert "Traceback" not in seen
    assert recorded(kfly) == []


def test_without_a_database_nothing_is_asked(tmp_path: Path) -> None:
    code, seen = on_a_terminal(tmp_path, "add-building", typed="创新大厦\n")

    assert code == 1
    assert "没有数据库" in seen
    assert "楼宇名称：" not in seen


def test_a_wrong_option_is_not_met_with_a_question(kfly: Cli) -> None:
    code, seen = on_a_terminal(kfly.folder, "add-building", "--nmae", "x")

    assert code == 2
    assert "--name" in seen
    assert "楼宇名称：" not in seen


def test_in_a_pipe_the_missing_options_are_named_and_nothing_is_read(kfly: Cli) -> None:
    run = process(kfly.folder, "--lang", "en", "add-building", stdin="创新大厦\n澄江街道\n5.2万\n")

    assert (run.returncode, run.stdout) == (2, b"")
    assert run.stderr.decode() == (
        "--name, --town, --floor-area is missing; see “kfly add-building --help”.\n"
    )
    assert recorded(kfly) == []


def test_questions_do_not_spoil_json(kfly: Cli) -> None:
    run = process(kfly.folder, "add-policy", "--name", "办法", "--json")

    assert run.stdout.startswith(b"{\n")
    assert run.stderr == b""
