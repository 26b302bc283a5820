"""A plan in force can be read again as if from files, so that one file alone can revise it."""

from pathlib import Path

import pytest

from kfly.errors import KflyError
from kfly.plan.files.loading import LoadedPlan, load_plan, revise_files
from kfly.services.init import bundled
from tests.support.other_city import SHIPPED_KINDS, TARGETS, OtherCity

FILES = (bundled() / "targets.yaml", bundled() / "tasks_2022.yaml")


@pytest.fixture(scope="module")
def bundled_plan() -> LoadedPlan:
    return load_plan(FILES[0], FILES[1:], SHIPPED_KINDS)


@pytest.mark.parametrize("files", [(), FILES[:1], FILES[1:], FILES])
def test_any_of_its_own_files_leave_the_bundled_plan_as_it_is(
    bundled_plan: LoadedPlan, files: tuple[Path, ...]
) -> None:
    assert revise_files(files, bundled_plan, SHIPPED_KINDS) == bundled_plan


def test_so_it_is_with_another_citys_plan(city: OtherCity, few_kinds: Path) -> None:
    loaded = city.load()
    assert revise_files([], loaded, few_kinds) == loaded


def test_a_new_table_stands_beside_those_in_force(bundled_plan: LoadedPlan, tmp_path: Path) -> None:
    table = tmp_path / "tasks_2023.yaml"
    table.write_text(
        "year: 2023\ntasks: [{number: 1, title: 续, lead: [科技局], due: 2023-12}]".replace(
            "科技局", "市科技局"
        ),
        encoding="utf-8",
    )
    revised = revise_files([table], bundled_plan, SHIPPED_KINDS)
    assert [task for task in revised.plan.tasks if task.year == 2022] == list(bundled_plan.plan.tasks)
    assert [task.title.zh for task in revised.plan.tasks if task.year == 2023] == ["续"]


def test_a_table_of_the_same_year_takes_the_place_of_the_old_one(
    bundled_plan: LoadedPlan, tmp_path: Path
) -> None:
    targets = tmp_path / "targets.yaml"
    targets.write_text(TARGETS, encoding="utf-8")
    with pytest.raises(KflyError) as refusal:  # the tasks of 2022 name organisations that it lacks
        revise_files([targets], bundled_plan, SHIPPED_KINDS)
    assert any(
        line.startswith("the table of 2022 in force: tasks.1.lead[0]: ") for line in refusal.value.lines
    )


def test_faults_of_a_table_are_told_with_their_lines(bundled_plan: LoadedPlan, tmp_path: Path) -> None:
    table = tmp_path / "tasks_2023.yaml"
    table.write_text(
        "year: 2023\ntasks:\n  - {number: 1, title: 续, lead: [科枝局], due: 2023-12}", encoding="utf-8"
    )
    with pytest.raises(KflyError) as refusal:
        revise_files([table], bundled_plan, SHIPPED_KINDS)
    assert refusal.value.lines[0].startswith("tasks_2023.yaml:3: tasks[0].lead[0]: nobody is called “科枝局”")


def test_two_files_of_targets_are_refused(bundled_plan: LoadedPlan, tmp_path: Path) -> None:
    other = tmp_path / "other.yaml"
    other.write_text(TARGETS, encoding="utf-8")
    with pytest.raises(KflyError, match=r"other.yaml:1: targets.yaml is to hold the plan's targets already"):
        revise_files([FILES[0], other], bundled_plan, SHIPPED_KINDS)


def test_a_file_that_cannot_be_read_is_refused(bundled_plan: LoadedPlan, tmp_path: Path) -> None:
    with pytest.raises(KflyError, match=r"none.yaml:1: cannot be read"):
        revise_files([tmp_path / "none.yaml"], bundled_plan, SHIPPED_KINDS)
    with pytest.raises(KflyError, match=r"none.yaml:1: cannot be read"):
        revise_files([FILES[0], tmp_path / "none.yaml"], bundled_plan, SHIPPED_KINDS)
