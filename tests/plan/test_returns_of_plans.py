"""returns: in a plan file: read, written down again, and every fault at its line."""

from pathlib import Path

import pytest

from kfly.errors import KflyError
from kfly.plan.files.loading import load_plan, revise_files
from kfly.plan.files.written import targets_file
from kfly.plan.returns import Return
from kfly.registry.kinds import STANDING
from tests.support.return_office import PLAN

LINE = "  - {kind: building, from: 各镇, every: month, by: 5}\n"


def load(folder: Path, text: str = PLAN) -> tuple[Return, ...]:
    file = folder / "targets.yaml"
    file.write_text(text, encoding="utf-8")
    return load_plan(file, [], STANDING).plan.returns


def test_it_is_read_with_its_names(tmp_path: Path) -> None:
    assert load(tmp_path, PLAN.replace("from: [西镇]", "from: [西镇, 东乡]")) == (
        Return("building", ("各镇",), "month", 5),
        Return("talent", ("西镇", "东镇"), "quarter", 31),
    )


def test_a_table_that_is_loaded_alone_keeps_it(tmp_path: Path) -> None:
    load(tmp_path)
    present = load_plan(tmp_path / "targets.yaml", [], STANDING)
    table = tmp_path / "tasks_2022.yaml"
    table.write_text("year: 2022\ntasks: [{number: 1, title: 一, lead: [甲局], due: 2022-06-30}]\n")
    assert revise_files([table], present, STANDING).plan.returns == present.plan.returns
    assert targets_file(present.plan)["returns"][0] == {
        "kind": "building",
        "from": ["各镇"],
        "every": "month",
        "by": 5,
    }


FAULTS = {
    "an unknown kind": (
        "{kind: buildng, from: 各镇, every: month, by: 5}",
        "kind: there is no kind “buildng”; did you mean “building”?",
    ),
    "a kind without towns": (
        "{kind: meeting, from: 各镇, every: month, by: 5}",
        "kind: a record of meeting names no town",
    ),
    "an unknown sender": (
        "{kind: platform, from: 各乡, every: month, by: 5}",
        "from[0]: nobody is called “各乡”; did you mean “各镇”?",
    ),
    "a department": (
        "{kind: platform, from: [东镇, 甲局], every: month, by: 5}",
        "from[1]: 甲局 is no town or zone",
    ),
    "a day that no month has": (
        "{kind: platform, from: 各镇, every: month, by: 32}",
        "by: must be at most 31",
    ),
    "a day 0": ("{kind: platform, from: 各镇, every: month, by: 0}", "by: must be at least 1"),
    "a day in words": (
        "{kind: platform, from: 各镇, every: month, by: 5日}",
        "by: a whole number is expected",
    ),
    "an unknown period": (
        "{kind: platform, from: 各镇, every: week, by: 5}",
        "every: one of year, half, quarter, month is expected",
    ),
    "no day": ("{kind: platform, from: 各镇, every: month}", "by: is missing"),
    "a key of another name": (
        "{kind: platform, from: 各镇, every: month, by: 5, due: 5}",
        (
            "due: is not a key that is known here: the day of the next month by which it is to be here is"
            " written so: by: 5"
        ),
    ),
    "a sender of another name": (
        "{kind: platform, who: 各镇, from: 各镇, every: month, by: 5}",
        "who: is not a key that is known here: who sends it stands behind from: a name, or a list of names",
    ),
    "nobody": ("{kind: platform, from: [], every: month, by: 5}", "from: must not be empty"),
}


@pytest.mark.parametrize(("written", "message"), FAULTS.values(), ids=FAULTS)
def test_a_fault_is_told_at_its_line(tmp_path: Path, written: str, message: str) -> None:
    with pytest.raises(KflyError) as refused:
        load(tmp_path, PLAN.replace(LINE, f"  - {written}\n"))
    assert refused.value.lines == (f"targets.yaml:9: returns[0].{message}",)


def test_a_kind_is_sent_in_one_way(tmp_path: Path) -> None:
    with pytest.raises(KflyError, match=r"targets.yaml:10: returns\[1\].kind: building is given twice"):
        load(tmp_path, PLAN.replace(LINE, LINE * 2))
