"""Lists stand in the order of the plan file, and evidence in that in which it was shown."""

from tests.support.plan_office import Office, rows


def test_a_list_in_another_order_is_a_change_and_told(office: Office) -> None:
    office.edit("aliases: [东乡]", "aliases: [东乡, 东街]")
    office.load()
    office.edit("aliases: [东乡, 东街]", "aliases: [东街, 东乡]")
    told = office.cli.ok("load", "targets.yaml")
    assert "listed in another order" in told
    assert rows(office.cli.db, "SELECT alias FROM organisation_aliases ORDER BY position") == [
        ("东街",),
        ("东乡",),
    ]
    assert "nothing was changed" in office.cli.ok("load", "targets.yaml")


def test_evidence_stands_in_the_order_in_which_it_was_shown(office: Office) -> None:
    for name in ("乙.txt", "甲.txt"):
        (office.cli.folder / name).write_text(name, encoding="utf-8")
    office.cli.ok("done", "2", "--on", "2022-05-01", "--evidence", "乙.txt", "--evidence", "甲.txt")
    office.stranger("CREATE TABLE aside AS SELECT * FROM evidence ORDER BY position DESC")
    office.stranger("DELETE FROM evidence")
    office.stranger("INSERT INTO evidence SELECT * FROM aside")
    assert [file["name"] for file in office.cli.json("evidence", "2")] == ["乙.txt", "甲.txt"]
