"""``export tasks``: the table of tasks as it stands on a day, as a workbook, CSV or JSON.

Beside ``export`` and not in it: what says where tasks stand is loaded for them alone.
"""

from datetime import date
from pathlib import Path
from typing import BinaryIO, NamedTuple

from kfly.cli.known import write_heading
from kfly.cli.task_filters import TaskFilters
from kfly.commands.tasks import Choice, choose_tasks, read_choice
from kfly.console.screen import say, stdout_bytes
from kfly.errors import KflyError
from kfly.locale import _
from kfly.plan.kinds import TASKS
from kfly.registry.sheets.contents import Masked
from kfly.registry.sheets.export import write_csv, write_json, write_jsonl
from kfly.registry.sheets.outfile import must_be_free, replacing
from kfly.reports.task_table import TaskTable, make_documents, make_rows, make_sheets
from kfly.services.session import Session
from kfly.services.views.redaction import redact_tasks


class Wanted(NamedTuple):
    """What is asked for.

    Attributes:
        day: on which the tasks stand so.
        filters: which tasks.
        form: one of ``FORMATS``.
        masked: mask phone and identity numbers, and count them here.
    """

    day: date
    filters: TaskFilters
    form: str
    masked: Masked | None = None


def export_tasks(session: Session, wanted: Wanted, path: Path | None, *, force: bool) -> None:
    """Write the table of tasks into a file, or to stdout without one.

    Raises:
        WrongUsageError: there is no such light, state or year.
        KflyError: a CSV file cannot hold the tables, or the file is there already.
    """
    choice = read_choice(wanted.filters)
    if path is not None:
        must_be_free(path, force=force)
    table = _read(session, wanted, choice)
    if wanted.form == "csv" and len(table.years) > 1:
        raise KflyError(
            _(
                "A CSV file holds one table, and there are {years}: choose one by --year, or export to .xlsx"
                " or .json.",
                years=_(", ").join(map(str, table.years)),
            )
        )
    if path is None:
        with stdout_bytes() as stream:
            _write(table, wanted.form, stream)
        return
    with replacing(path, private_as=session.path, force=force) as stream:
        _write(table, wanted.form, stream)
    say(_("Wrote {path}. Tasks: {n}.", path=path, n=len(table.rows)))


def _read(session: Session, wanted: Wanted, choice: Choice) -> TaskTable:
    known = "" if session.known is None else write_heading(session.known)
    with session.reading() as desk:
        rows = choose_tasks(desk, choice, wanted.day)
        if wanted.masked is not None:
            rows = redact_tasks(rows, desk.registry, wanted.masked)
        return TaskTable(rows, desk.plan, wanted.day, wanted.filters.tell(), known)


def _write(table: TaskTable, form: str, stream: BinaryIO) -> None:
    if form == "xlsx":
        _write_workbook(table, stream)
    elif form == "csv":
        write_csv(make_rows(table), stream)
    elif form == "json":
        write_json([(TASKS, make_documents(table))], stream)
    else:
        write_jsonl(TASKS, make_documents(table), stream)


def _write_workbook(table: TaskTable, stream: BinaryIO) -> None:
    from kfly.registry.sheets.workbook_out import open_book  # what other formats do without
    from kfly.reports.papers.workbook.looks import Looks
    from kfly.reports.papers.workbook.tables import add_view

    with open_book(stream) as book:
        looks = Looks(book, table.footer)
        for sheet in make_sheets(table):
            add_view(looks, sheet)
