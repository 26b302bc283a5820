"""The plan's own annex gives the bundled table, but for needs, measures, English and punctuation."""

from pathlib import Path

from kfly.drafting.writing import write_yaml
from kfly.plan.files.loading import load_plan
from kfly.plan.files.marked_yaml import WrittenFile
from kfly.plan.model import Plan
from kfly.plan.signs import normalise
from kfly.registry.kinds import STANDING
from kfly.services.init import bundled
from tests.support import action_plan
from tests.support.drafted import drafted

ANNEX = Path(__file__).parents[1] / "support" / "plan_annex.txt"


def loaded(table: Path | WrittenFile) -> Plan:
    return load_plan(bundled() / "targets.yaml", [table], STANDING).plan


def unpunctuated(title: str) -> str:
    return "".join(normalise(title).split())


def test_the_annex_gives_the_bundled_table_again() -> None:
    draft = drafted(ANNEX)
    assert draft.is_clear
    plan = loaded(WrittenFile("tasks_2022.yaml", write_yaml(draft)))
    wanted = loaded(bundled() / "tasks_2022.yaml")
    assert [
        (task.year, task.number, task.lead, task.responsible, task.due, unpunctuated(task.title.zh))
        for task in plan.tasks
    ] == [
        (task.year, task.number, task.lead, task.responsible, task.due, unpunctuated(task.title.zh))
        for task in wanted.tasks
    ]


def test_its_rows_are_accounted_for() -> None:
    draft = drafted(ANNEX)
    assert (draft.seen, len(draft.tasks), draft.gaps) == (22, 20, ())
    assert [passed.why for passed in draft.passed] == ["headings", "headings repeated"]
    assert draft.remarks == ("items outside of the table that name organisations, passed over: 1",)


def test_its_figures_are_proposed_as_the_needs_of_the_bundled_table() -> None:
    proposed = {
        task.number: {figure.target: int(figure.amount) for figure in task.figures if figure.target}
        for task in drafted(ANNEX).tasks
    }
    for number, needs in action_plan.NEEDS.items():
        assert proposed[number] == needs
