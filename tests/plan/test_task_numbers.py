"""Numbers of tasks: whole numbers and texts, as the table has them, and what is typed for them."""

from pathlib import Path

import pytest

from kfly.errors import KflyError
from kfly.plan.tasks import find_task
from tests.support.task_county import load

TASKS = ("11", '"1.06"', '"1.1"', '"1.10"', "（三）", "(Ⅳ)", "A.i", "B", '"07"', "1-2-3", '"9"')


def task(number: str) -> str:
    return f"number: {number}, title: 任务, lead: [甲局], due: 2022-06-30"


def test_numbers_stand_in_the_order_of_the_file_and_as_it_has_them(tmp_path: Path) -> None:
    plan = load(tmp_path, *map(task, TASKS)).plan
    wanted = [11, "1.06", "1.1", "1.10", "（三）", "(Ⅳ)", "A.i", "B", "07", "1-2-3", 9]
    assert [each.number for each in plan.tasks] == wanted


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("11", 11),
        ("１１", 11),
        ("011", 11),
        ("2022/11", 11),
        ("２０２２／１１", 11),
        ("1.06", "1.06"),
        ("１．０６", "1.06"),
        ("2022/1.06", "1.06"),
        ("1.1", "1.1"),
        ("1.10", "1.10"),
        ("（三）", "（三）"),
        ("(三)", "（三）"),
        ("三", "（三）"),
        (" 2022/(三) ", "（三）"),
        ("（IV）", "(Ⅳ)"),
        ("a.I", "A.i"),
        ("7", "07"),
        ("1-2-3", "1-2-3"),
        ("2022/9", 9),
    ],
)
def test_what_is_typed_finds_its_task(tmp_path: Path, typed: str, meant: int | str) -> None:
    plan = load(tmp_path, *map(task, TASKS)).plan
    assert find_task(plan, typed).number == meant


@pytest.mark.parametrize("typed", ["12", "2022/12", "2023/11", "1.0", "1.100", "C", "四", "", "/", "2022/"])
def test_what_names_no_task_is_refused(tmp_path: Path, typed: str) -> None:
    plan = load(tmp_path, *map(task, TASKS)).plan
    with pytest.raises(KflyError):
        find_task(plan, typed)


def test_what_could_mean_two_names_both(tmp_path: Path) -> None:
    plan = load(tmp_path, task("（三）"), task('"[三]"')).plan
    assert find_task(plan, "(三)").number == "（三）"
    with pytest.raises(KflyError, match=r"can mean several tasks: 2022/（三）, 2022/\[三\]"):
        find_task(plan, "三")


@pytest.mark.parametrize(
    ("number", "words"),
    [
        ("1.10", "write it in quotes: “1.10”"),
        ("A1", "numbers such as A1 are kept for orders"),
        ("a12", "numbers such as A1 are kept for orders"),
        ("Ａ１", "numbers such as A1 are kept for orders"),
        ('"2022/3"', "a number such as 11, or a text of one word"),
        ('"1 2"', "a number such as 11, or a text of one word"),
        ('"-3"', "a number such as 11, or a text of one word"),
        ('""', "a number such as 11, or a text of one word"),
        ("[1]", "a number such as 11, or a text of one word"),
        ("true", "a number such as 11, or a text of one word"),
        ("12345678901234567", "a number such as 11, or a text of one word"),
        ("0", "must be at least 1"),
        ("12345", "must be at most 9999"),
    ],
)
def test_what_is_no_number_is_refused(tmp_path: Path, number: str, words: str) -> None:
    with pytest.raises(KflyError) as refused:
        load(tmp_path, task(number))
    assert str(refused.value).startswith(f"tasks_2022.yaml:3: tasks[0].number: {words}")


def test_the_same_number_twice_is_refused_in_quotes_or_not(tmp_path: Path) -> None:
    with pytest.raises(KflyError, match=r"tasks\[1\].number: 9 is given twice"):
        load(tmp_path, task("9"), task('"9"'))
