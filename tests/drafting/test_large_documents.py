"""A document of fifty pages is drafted in seconds, and no text takes longer than its length warrants."""

import time
from pathlib import Path

import pytest

from tests.support import action_plan
from tests.support.drafted import bundled_names, drafted
from tests.support.word_tables import headings, row, table, write_word

pytestmark = pytest.mark.no_cover  # being measured takes longer than the work

ROWS = 600  # twelve to a page
SECONDS = 5


def test_fifty_pages_take_less_than_five_seconds(tmp_path: Path) -> None:
    rows = [headings()]
    for number in range(1, ROWS + 1):
        known = (number - 1) % len(action_plan.TASKS) + 1
        due, lead, responsible, _measure = action_plan.TASKS[known]
        title = f"{action_plan.TITLES[known]}，{'扎实推进各项工作，' * 6}"
        rows.append(row(str(number), title, lead, responsible, f"{due.year}年{due.month}月底前"))
        if number % 12 == 0:
            rows.append(headings())
    path = write_word(tmp_path / "table.docx", table(*rows))
    bundled_names()
    began = time.process_time()
    draft = drafted(path)
    assert time.process_time() - began < SECONDS
    assert len(draft.tasks) == ROWS
    assert draft.is_clear


@pytest.mark.parametrize("part", ["（", "（）", "局及", "落实", "牵头："])
def test_a_text_of_one_sign_over_and_over_takes_no_longer_than_its_length_warrants(
    tmp_path: Path, part: str
) -> None:
    """Four times the text takes some four times as long; what looks back each time would take sixteen."""
    path = tmp_path / "2022.txt"
    bundled_names()

    def measure(content: str) -> float:
        path.write_text(content, encoding="utf-8")
        began = time.process_time()
        drafted(path)
        return time.process_time() - began

    for form in ("1. {}（牵头单位：市科技局；6月底完成）", "序号\t内容\t牵头部门\n1\t甲\t{}\n"):
        short, long = measure(form.format(part * 20_000)), measure(form.format(part * 80_000))
        assert long < 9 * short + 0.5
