"""What a large load did to the lists of things that stayed is told, though other things came or went."""

from tests.support.plan_office import Office

MORE = "".join(
    f"  - {{number: {n}, title: 办事{n}, lead: [甲局], responsible: [各镇], due: 2022-12-31}}\n"
    for n in range(3, 13)
)


def told(office: Office) -> list[str]:
    """The latest change in words."""
    text = office.cli.ok("log")
    return [line.strip() for line in text.partition("\n\n")[0].splitlines()[1:]]


def test_the_list_of_a_task_that_stayed_is_told_beside_many_new_tasks(office: Office) -> None:
    office.edit("lead: [甲局], responsible: [各镇]", "lead: [甲局], responsible: [各镇, 甲局]", office.table)
    office.table.write_text(office.table.read_text(encoding="utf-8") + MORE, encoding="utf-8")
    office.cli.ok("load", "tasks_2022.yaml")
    assert told(office) == ["task 2: responsible + 甲局", "task: 10 added"]


def test_the_lists_of_many_tasks_that_stayed_are_summed_up(office: Office) -> None:
    office.table.write_text(office.table.read_text(encoding="utf-8") + MORE, encoding="utf-8")
    office.cli.ok("load", "tasks_2022.yaml")
    text = office.table.read_text(encoding="utf-8").replace("[各镇]", "[各镇, 东镇, 西镇]")
    text += "  - {number: 13, title: 末事, lead: [甲局], responsible: [各镇], due: 2022-12-31}\n"
    office.table.write_text(text, encoding="utf-8")
    office.cli.ok("load", "tasks_2022.yaml")
    assert told(office) == ["task 13: added", "list of task: 22 added"]
