"""A year of one task, extended twice, suspended, resumed, cancelled and carried, against a table by hand."""

from tests.support.runner import Cli
from tests.support.task_county import County, write_table

# What was done, each a group of the log: #1 made the database.
COURSE = (
    ("extend", "2022/1", "--to", "2022-05-31", "--reason", "雨季", "--on", "2022-02-10"),  # 2
    ("extend", "2022/1", "--to", "2022-09-30", "--reason", "征地", "--on", "2022-06-10"),  # 3
    ("suspend", "2022/1", "--reason", "待批", "--on", "2022-07-01"),  # 4
    ("resume", "2022/1", "--on", "2022-08-20"),  # 5
    ("cancel", "2022/1", "--reason", "误", "--on", "2022-10-15"),  # 6
    ("undo", "--yes"),  # 7
)
# As of a day, as known at the end of a change: the state, the light, the due day, the days over or left.
DAYS = (
    ("2021-12-31", 7, "open", "none", "2022-03-31", 90),
    ("2022-01-01", 7, "open", "none", "2022-03-31", 89),
    ("2022-01-31", 7, "open", "none", "2022-03-31", 59),
    ("2022-02-09", 7, "open", "none", "2022-03-31", 50),
    ("2022-02-10", 7, "open", "none", "2022-05-31", 110),
    ("2022-03-01", 7, "open", "none", "2022-05-31", 91),
    ("2022-03-31", 7, "open", "none", "2022-05-31", 61),
    ("2022-04-01", 7, "open", "none", "2022-05-31", 60),
    ("2022-04-30", 7, "open", "none", "2022-05-31", 31),
    ("2022-05-01", 7, "open", "blue", "2022-05-31", 30),
    ("2022-05-15", 7, "open", "blue", "2022-05-31", 16),
    ("2022-05-31", 7, "open", "blue", "2022-05-31", 0),
    ("2022-06-01", 7, "overdue", "red", "2022-05-31", 1),
    ("2022-06-09", 7, "overdue", "red", "2022-05-31", 9),
    ("2022-06-10", 7, "open", "none", "2022-09-30", 112),
    ("2022-06-30", 7, "open", "none", "2022-09-30", 92),
    ("2022-07-01", 7, "suspended", "none", "2022-09-30", None),
    ("2022-07-31", 7, "suspended", "none", "2022-09-30", None),
    ("2022-08-19", 7, "suspended", "none", "2022-09-30", None),
    ("2022-08-20", 7, "open", "none", "2022-09-30", 41),
    ("2022-08-31", 7, "open", "blue", "2022-09-30", 30),
    ("2022-09-15", 7, "open", "blue", "2022-09-30", 15),
    ("2022-09-30", 7, "open", "blue", "2022-09-30", 0),
    ("2022-10-01", 7, "overdue", "red", "2022-09-30", 1),
    ("2022-10-15", 7, "overdue", "red", "2022-09-30", 15),
    ("2022-11-30", 7, "overdue", "red", "2022-09-30", 61),
    ("2022-12-31", 7, "overdue", "red", "2022-09-30", 92),
    ("2023-01-01", 7, "carried", "none", "2022-09-30", None),
    ("2023-03-31", 7, "carried", "none", "2022-09-30", None),
    ("2022-02-10", 1, "open", "none", "2022-03-31", 49),
    ("2022-03-01", 1, "open", "blue", "2022-03-31", 30),
    ("2022-04-01", 1, "overdue", "red", "2022-03-31", 1),
    ("2022-04-01", 2, "open", "none", "2022-05-31", 60),
    ("2022-06-10", 2, "overdue", "red", "2022-05-31", 10),
    ("2022-06-10", 3, "open", "none", "2022-09-30", 112),
    ("2022-07-01", 3, "open", "none", "2022-09-30", 91),
    ("2022-12-31", 4, "suspended", "none", "2022-09-30", None),
    ("2022-12-31", 5, "overdue", "red", "2022-09-30", 92),
    ("2022-10-14", 6, "overdue", "red", "2022-09-30", 14),
    ("2022-10-15", 6, "cancelled", "none", "2022-09-30", None),
    ("2022-12-31", 6, "cancelled", "none", "2022-09-30", None),
    ("2023-06-30", 6, "carried", "none", "2022-09-30", None),
    ("2023-06-30", 1, "carried", "none", "2022-03-31", None),
)


def test_a_year_as_of_and_as_known_is_what_was_written_by_hand(empty: Cli) -> None:
    county = County(empty)
    county.write("number: 1, title: 建楼, lead: [甲局], due: 3月底前")
    carrier = "number: 5, title: 建楼, lead: [甲局], due: 6月底, carries: 2022/1"
    (empty.folder / "tasks_2023.yaml").write_text(write_table(carrier, year=2023), encoding="utf-8")
    empty.ok("init")
    for words in COURSE:
        empty.ok(*words)
    assert len({day for day, *_rest in DAYS}) >= 30
    told = [_ask(county, day, known) for day, known, *_rest in DAYS]
    assert told == list(DAYS)


def _ask(county: County, day: str, known: int) -> tuple[object, ...]:
    row = county.task("2022/1", day, "--as-known", f"#{known}")
    days = row["days_overdue"] if row["state"] == "overdue" else row["days_left"]
    return (day, known, row["state"], row["light"], row["due"], days)
