"""returns --email, and overdue, which knows what is missing."""

from tests.support.mailed import body, recipients
from tests.support.return_office import ReturnOffice
from tests.support.smtp_servers import Mailroom

DAY = ("--as-of", "2022-03-10")


def test_each_that_is_missing_is_reminded_of_the_last_period_alone(
    sheets: ReturnOffice, room: Mailroom
) -> None:
    sheets.add("2022-03-02", "一号", "东镇")
    run = sheets.cli("returns", "--email", *DAY)
    assert (run.code, run.out.count("Sent to ")) == (0, 2)
    assert run.err == "Without an e-mail address in the plan, and so not reminded: 南镇\n"
    message = room.messages[0]
    assert message["Subject"] == "[Returns] 西镇: 1 still to be sent"
    assert "Buildings of 2022-02, due on 2022-03-05, missing from: 西镇" in body(message, "plain")
    assert "2022-01" not in body(message, "html")
    assert sorted(recipients(room)) == ["head@b.cn", "west@b.cn"]


def test_nobody_is_reminded_twice_on_a_day_but_when_asked(sheets: ReturnOffice, room: Mailroom) -> None:
    sheets.cli("returns", "--email", *DAY)
    had = len(recipients(room))
    assert had == 3
    run = sheets.cli("returns", "--email", "--quiet", *DAY)
    assert (run.printed, run.err, len(recipients(room))) == (b"", "", had)
    sheets.cli("returns", "--email", "--again", *DAY)
    assert len(recipients(room)) == 2 * had


def test_what_is_due_soon_is_reminded_of_too_and_a_rehearsal_sends_nothing(
    sheets: ReturnOffice, room: Mailroom
) -> None:
    run = sheets.cli("returns", "--email", "--dry-run", "--org", "东镇", "--as-of", "2022-03-02")
    assert "Buildings of 2022-02, due on 2022-03-05, not yet sent by: 东镇" in run.out
    assert room.messages == []
    run = sheets.cli("returns", "--email", "--dry-run", "--org", "东镇", "--as-of", "2022-01-20")
    assert run.out == "Nothing to report: no mail.\n"


def test_mailings_know_the_reminders(sheets: ReturnOffice, room: Mailroom) -> None:
    run = sheets.cli("returns", "--email", "--org", "东镇", *DAY)
    assert run.code == 0
    rows = sheets.cli.json("mailings")
    assert [(row["organisation"], row["scope"], row["tasks"]) for row in rows] == [
        ("东镇", "returns", [{"task": "building/2022-02", "class": "missing"}])
    ]


def test_overdue_names_what_is_missing_below_the_tasks(sheets: ReturnOffice) -> None:
    printed = sheets.cli.ok("overdue", *DAY)
    assert (
        "Returns that are missing (1)\nBuildings of 2022-02, due on 2022-03-05, missing from: 东镇" in printed
    )
    assert "Nothing to report" not in printed
    assert sheets.cli("overdue", "--exit-code", "--quiet", *DAY).code == 3
    assert sheets.cli.json("overdue", *DAY) == []
    assert "missing from: 西镇\n" in sheets.cli.ok("overdue", "--org", "西镇", *DAY)


def test_soon_names_what_may_still_come(sheets: ReturnOffice) -> None:
    day = ("--as-of", "2022-03-02")
    assert "not yet sent by" not in sheets.cli.ok("overdue", *day)
    assert "Buildings of 2022-02, due on 2022-03-05, not yet sent by: 东镇, 西镇, 南镇" in sheets.cli.ok(
        "overdue", "--soon", *day
    )
    assert "not yet sent by" not in sheets.cli.ok("overdue", "--soon", "--days", "2", *day)


def test_the_letter_to_the_coordinators_names_what_is_missing(sheets: ReturnOffice, room: Mailroom) -> None:
    sheets.cli.ok("overdue", "--email", "--to", "office@b.cn", *DAY)
    (message,) = room.messages
    assert message["Subject"] == "[Supervision] As of 2022-03-10: overdue 0, returns missing 1"
    for subtype in ("plain", "html"):
        assert "Buildings of 2022-02, due on 2022-03-05, missing from: 东镇" in body(message, subtype)
