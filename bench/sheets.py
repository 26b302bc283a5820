"""Sheets in and out, of a hundred thousand records."""

import shutil
from collections.abc import Iterator
from pathlib import Path

from measuring import LONG_RUNS, Budget, Limit, run
from results import MEMORY
from workshop import Build

MANY, MOST = 100_000, 1_000_000
ANEW = ("work", *(f"work{number}" for number in range(MOST // MANY)))
LINEAR = 1.1  # beside ten imports of a tenth each; an index is a level deeper

READ_WORKBOOK = """
import sys
from python_calamine import CalamineWorkbook
for row in CalamineWorkbook.from_path(sys.argv[1]).get_sheet_by_index(0).iter_rows(): pass
"""
WRITE_WORKBOOK = """
import csv, datetime, sys, xlsxwriter
book = xlsxwriter.Workbook(sys.argv[2], {"constant_memory": True})
sheet, day = book.add_worksheet(), book.add_format({"num_format": "yyyy-mm-dd"})
for number, row in enumerate(csv.reader(open(sys.argv[1], encoding="utf-8"))):
    for column, cell in enumerate(row):
        if number and column == 2:
            sheet.write_datetime(number, column, datetime.date.fromisoformat(cell), day)
        else:
            sheet.write_string(number, column, cell)
book.close()
"""


WRITE_SMALL = """
import sys, xlsxwriter
book = xlsxwriter.Workbook(sys.argv[1])
sheet = book.add_worksheet()
sheet.write_row(0, 0, ["name", "town", "floor_area"])
for number in range(1, 21): sheet.write_row(number, 0, [f"{number}号楼", "华士镇", 5000 + number])
book.close()
"""


def prepare(ours: Build, old: Build) -> None:
    """Make the sheets, an empty database, and one of what the sheets hold."""
    for build in (ours, old):
        run([build.kfly("empty", "init")])
    run([[ours.python, "-c", WRITE_SMALL, ours.file("small.xlsx")]])
    sheet = _write_sheet(Path(ours.file("many.csv")), MANY)
    _write_sheet(Path(ours.file("most.csv")), MOST)
    shutil.copy(ours.file("empty.db"), ours.file("many.db"))
    run([ours.kfly("many", "import", "talent", str(sheet))])
    run([[ours.python, "-c", WRITE_WORKBOOK, ours.file("many.csv"), ours.file("many.xlsx")]])


def _write_sheet(path: Path, count: int) -> Path:
    """Write a sheet of so many rows, one by one: no command seems smaller than the process that starts it."""
    with path.open("w", encoding="utf-8") as file:
        file.write("name,employer,introduced_on,town\n")
        for n in range(count):
            file.write(f"人才{n},企业{n % 40},2022-{n % 12 + 1:02}-{n % 28 + 1:02},澄江街道\n")
    return path


def list_budgets(ours: Build, old: Build) -> Iterator[Budget]:
    """List the budgets of imports and exports; what takes seconds starts from an empty database each time."""
    yield from _list_imports(ours, old)
    read = [ours.python, "-c", READ_WORKBOOK, ours.file("many.xlsx")]
    write = [ours.python, "-c", WRITE_WORKBOOK, ours.file("many.csv"), ours.file("alone.xlsx")]
    yield Budget(
        name="import of 100,000 rows of .xlsx, against reading it with python-calamine and importing the CSV",
        ours=[ours.kfly("work2", "import", "talent", ours.file("many.xlsx"))],
        theirs=[read, ours.kfly("work", "import", "talent", ours.file("many.csv"))],
        at_most=1.15,
        runs=LONG_RUNS,
        before=ours.start_anew,
    )
    yield Budget(
        name="export of 100,000 records to .xlsx, against XlsxWriter alone in constant memory",
        ours=[ours.kfly("many", "export", "talent", "-o", ours.file("out.xlsx"), "--force")],
        theirs=[write],
        at_most=1.15,
        runs=LONG_RUNS,
    )


def _list_imports(ours: Build, old: Build) -> Iterator[Budget]:
    """List the budgets of imports of CSV, the small one of a workbook."""
    words = ("import", "building", ours.file("small.xlsx"), "--dry-run")
    yield Budget(
        name="import of a sheet of 20 rows, against the older build",
        ours=[ours.kfly("empty", *words)],
        theirs=[old.kfly("empty", *words)],
        at_most=1.25,
    )

    def start_all_anew() -> None:
        ours.start_anew()
        old.start_anew()
        Path(ours.file("u.db")).unlink(missing_ok=True)

    take_csv = ours.kfly("work", "import", "talent", ours.file("many.csv"))
    insert = [str(ours.binaries / "sqlite-utils"), "insert", ours.file("u.db"), "t", ours.file("many.csv")]
    for name, theirs, at_most in (
        ("sqlite-utils insert --csv", [*insert, "--csv"], 0.45),  # ours is checked, and logged: written twice
        ("the older build", old.kfly("work", "import", "talent", ours.file("many.csv")), 0.65),
    ):
        yield Budget(
            name=f"import of 100,000 rows of CSV, against {name}",
            ours=[take_csv],
            theirs=[theirs],
            at_most=at_most,
            runs=LONG_RUNS,
            before=start_all_anew,
        )
    yield Budget(
        name="import of 1 million rows of CSV, against ten imports of 100,000",
        ours=[ours.kfly("work", "import", "talent", ours.file("most.csv"))],
        theirs=[ours.kfly(name, "import", "talent", ours.file("many.csv")) for name in ANEW[1:]],
        at_most=LINEAR,
        runs=1,
        before=lambda: ours.start_anew(*ANEW),
        memory=300,
    )


def list_ceilings(ours: Build) -> Iterator[Limit]:
    """List what may be used of the memory."""
    for form in ("csv", "xlsx"):
        command = ours.kfly("work", "import", "talent", ours.file(f"many.{form}"))
        name = f"memory of an import of 100,000 rows of .{form}"
        yield Limit(name, command, 200, MEMORY, before=ours.start_anew)

    def import_most() -> None:
        ours.start_anew()
        run([ours.kfly("work", "import", "talent", ours.file("most.csv"))])

    listing = ours.kfly("work", "list", "talent", "--json")
    yield Limit("memory of list --json of 1 million", listing, 60, MEMORY, before=import_most)
