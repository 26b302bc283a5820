"""An invented county through three years: its plan, a table each year, and all that its office recorded.

Late work, surpluses, refunds, a fund and investors that leave, an enclave that is weeks late, sign-offs
with and without their figures. Nothing in it exists. The records are plain values, so that a second
computation can do without kfly.
"""

import csv
import shutil
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from tests.support.runner import Cli

STARTS, ENDS = date(2023, 1, 1), date(2025, 12, 31)
TOWNS = ("甲镇", "乙镇", "丙镇")
ZONE = "丁区"

FILES = Path(__file__).parent / "plan"  # targets.yaml, and a table each year

Record = dict[str, Any]


def spread(first: date, last: date, number: int) -> list[date]:
    """Days spread evenly over a span, ends included."""
    run = (last - first).days
    return [first + timedelta(days=run * n // max(number - 1, 1)) for n in range(number)]


def buildings() -> list[Record]:
    """Three by the end of 2023 where four were owed, six in 2024, the rest in 2025; one before the plan."""
    ready = [
        *("2022-11-05", "2023-06-10", "2023-09-12", "2023-11-28", "2024-01-15", "2024-02-02", "2024-05-20"),
        *("2024-07-08", "2024-09-30", "2024-12-18", "2025-02-11", "2025-05-05", "2025-08-19", "2025-10-01"),
    ]
    areas = [30000, 4200, 25000, 1800, 2600, 21000, 5100, 1500, 3300, 40000, 2000, 900, 6100, 22000]
    towns = (*TOWNS, ZONE)
    return [
        {"name": f"楼{n}", "town": towns[n % 4], "floor_area": area, "renovated_on": day}
        for n, (day, area) in enumerate(zip(ready, areas, strict=True))
    ]


def enclaves() -> list[Record]:
    """The first year's second enclave comes in January of the next; the second year lacks a part."""
    found = [
        ("甲镇", 3200, "2023-05-04"),
        ("乙镇", 3100, "2024-01-19"),
        ("甲镇", 1500, "2024-04-01"),
        ("甲镇", 1500, "2024-11-30"),
        ("乙镇", 900, "2024-08-08"),
        ("甲镇", 2999.5, "2025-03-03"),
        ("乙镇", 5000, "2025-07-07"),
        ("丙镇", 800, "2025-07-08"),
    ]
    return [
        {"name": f"飞地{n}", "town": town, "host": "丁区", "floor_area": area, "established_on": day}
        for n, (town, area, day) in enumerate(found)
    ]


def investors() -> list[Record]:
    """Two were there before the plan; two leave again."""
    found = [
        ("2019-03-01", None),
        ("2022-12-31", "2024-03-31"),
        ("2023-08-01", None),
        ("2023-12-20", None),
        ("2024-06-06", "2025-05-05"),
        ("2024-10-10", None),
        ("2025-04-04", None),
        ("2025-09-09", None),
    ]
    return [
        {"name": f"机构{n}", "town": (*TOWNS, ZONE)[n % 4], "registered_on": day, "ended_on": ended}
        for n, (day, ended) in enumerate(found)
    ]


def funds() -> list[Record]:
    """A large one ends in the second year; one is of a type that no target counts."""
    found = [
        ("风险投资", 8.5, "2021-02-02", None),
        ("创业投资", 12, "2023-03-15", "2024-09-30"),
        ("产业引导", 50, "2023-06-01", None),
        ("风险投资", 6.25, "2024-05-05", None),
        ("创业投资", 15.25, "2025-02-28", None),
    ]
    return [
        {"name": f"基金{n}", "type": type_, "size": size, "registered_on": day, "ended_on": ended}
        for n, (type_, size, day, ended) in enumerate(found)
    ]


def collaborations() -> list[Record]:
    """Amounts with cents, one without any; the first year lacks a part, which the second makes up first."""
    amounts = [80.25, 120, 50, None, 100.5, 60, 75.75, 90, 40, 130, 20.5, 99.99, 70, 55, 160]
    days = spread(date(2023, 2, 14), date(2025, 11, 20), len(amounts))
    return [
        {
            "name": f"合作{n}",
            "company": f"企业{n}",
            "institute": "大学",
            "amount": amount,
            "signed_on": str(day),
        }
        for n, (amount, day) in enumerate(zip(amounts, days, strict=True))
    ]


def talents() -> list[Record]:
    """Seventeen in the first year where twenty were owed, thirty in the second, fifteen in the third."""
    days = [
        *spread(date(2023, 1, 9), date(2023, 12, 1), 17),
        *spread(date(2024, 1, 3), date(2024, 12, 27), 30),
        *spread(date(2025, 1, 6), date(2025, 7, 2), 15),
    ]
    return [
        {
            "name": f"人才{n}",
            "employer": "企业",
            "code": str(n),
            "introduced_on": str(day),
            "town": TOWNS[n % 3],
        }
        for n, day in enumerate(days)
    ]


def events() -> list[Record]:
    """Six in the first year, five in the second, seven in the third; others elsewhere."""
    days = [
        *spread(date(2023, 3, 1), date(2023, 12, 15), 6),
        *spread(date(2024, 2, 1), date(2024, 12, 31), 5),
        *spread(date(2025, 1, 20), date(2025, 10, 1), 7),
    ]
    here = [{"name": f"活动{n}", "venue": "县人才市场", "held_on": str(day)} for n, day in enumerate(days)]
    return [*here, {"name": "外地活动", "venue": "省城", "held_on": "2024-12-30"}]


def expenditures() -> list[Record]:
    """Payments with a refund, and one too many in the end."""
    found = [
        ("载体改造", 120.5, "2023-04-20"),
        ("人才培训", 60, "2023-12-31"),
        ("载体改造", 150, "2024-03-12"),
        ("载体改造", -30.25, "2024-06-01"),
        ("综合服务", 99.75, "2025-01-02"),
        ("载体运营", 130, "2025-11-11"),
        ("载体运营", 5, "2026-02-01"),
    ]
    return [
        {"purpose": f"用途{n}", "category": category, "amount": amount, "paid_on": day}
        for n, (category, amount, day) in enumerate(found)
    ]


def records() -> dict[str, list[Record]]:
    """All that was recorded, by kind."""
    return {
        "building": buildings(),
        "enclave": enclaves(),
        "investor": investors(),
        "fund": funds(),
        "collaboration": collaborations(),
        "talent": talents(),
        "event": events(),
        "expenditure": expenditures(),
        "talent_project": [
            {"name": f"项目{n}", "landed_on": str(day)}
            for n, day in enumerate(spread(date(2023, 5, 5), date(2025, 5, 5), 5))
        ],
    }


# Year, number, the day of the sign-off, and whether its needs were not met then.
SIGN_OFFS = (
    (2023, 1, date(2023, 2, 20), False),
    (2023, 5, date(2024, 1, 10), True),
    (2023, 6, date(2023, 12, 25), False),
    (2024, 2, date(2024, 6, 20), True),
    (2024, 1, date(2024, 12, 20), False),
    (2024, 7, date(2025, 1, 9), False),
    (2025, 3, date(2025, 12, 1), True),
)


def fill(cli: Cli) -> None:
    """Make the office's database: the plan with its three tables, the records, the sign-offs."""
    for file in FILES.glob("*.yaml"):
        shutil.copy(file, cli.folder / file.name)
    cli.ok("init")
    for kind, rows in records().items():
        sheet = cli.folder / f"{kind}.csv"
        _write(sheet, rows)
        run = cli("import", kind, sheet.name)
        assert run.code == 0, run.err
    for year, number, day, forced in SIGN_OFFS:
        cli.ok("done", f"{year}/{number}", "--on", str(day), *(["--force"] if forced else []))


def _write(path: Path, rows: list[Record]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(
            {name: "" if value is None else value for name, value in row.items()} for row in rows
        )
