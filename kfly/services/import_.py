"""Importing sheets, each file as a whole in a transaction of its own."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from kfly.registry.kinds import STANDING, parse_assignments
from kfly.registry.sheets import sources
from kfly.registry.sheets.faults import SheetRefusedError
from kfly.registry.sheets.grid import Grid
from kfly.registry.sheets.intake import CheckedSheets, Intake, check_sheets, keep
from kfly.registry.sheets.reading import Settings
from kfly.services.ceilings import watching_ceilings
from kfly.services.session import Desk, OpenDesk, Session
from kfly.store.log import reading as log
from kfly.store.schema.migrations import is_due

TRIES = 3  # to check a file while others may write; then they have to wait

Watched = Callable[[Iterable[Any], int, str], Iterable[Any]]


class ImportOrder(NamedTuple):
    """What is to be done with each file."""

    kind: str | None
    sheet: str | None
    given: list[str]
    update: bool
    ignore_unknown: bool
    exceeded: list[str]  # takes what is to be said about ceilings at the end
    watched: Watched  # shows a person how far the work has come


ImportResult = tuple[Path, Intake | None, SheetRefusedError | None]


def bring_in(
    session: Session, names: Mapping[Path, str], order: ImportOrder, *, dry_run: bool
) -> Iterator[ImportResult]:
    """Bring in each file in a transaction of its own; yield what was done with it, or why nothing was.

    Args:
        session: the database.
        names: the files, and what each is called.
        order: what is to be done with each.
        dry_run: keep nothing of it.
    """
    with sources.parsing(names):
        if not dry_run:
            yield from (_result(partial(_record, session), file, name, order) for file, name in names.items())
            return
        with session.rehearsing() as open_desk:  # each file is tried after those before it
            results = [_result(partial(_take_in, open_desk), *named, order) for named in names.items()]
        yield from results


def _result(
    way: Callable[[Path, str, ImportOrder], Intake], file: Path, name: str, order: ImportOrder
) -> ImportResult:
    try:
        return file, way(file, name, order), None
    except SheetRefusedError as refusal:
        return file, None, refusal


def _record(session: Session, file: Path, name: str, order: ImportOrder) -> Intake:
    """Check a file while others may write, then lock; if they have changed what it leans on, check again."""
    for _time in range(TRIES):
        grids = sources.read(file, name, order.sheet)
        with session.checking() as desk:
            if is_due(desk.db, STANDING):
                break  # the file has to be brought up first, and what it records may be more then
            mark = log.find_last_change(desk.db)
            checked = _check(desk, grids, name, order)
        with session.writing() as desk:
            if not log.find_changed_tables(desk.db, mark) - _list_unrelated(desk, checked):
                return _keep(desk, checked, order)
    return _take_in(session.writing, file, name, order)


def _list_unrelated(desk: Desk, checked: CheckedSheets) -> set[str]:
    """List the kinds of record that a file neither brings nor refers to."""
    related = {field.to for kind in checked.kinds.values() for field in kind.fields}
    return desk.registry.kinds.keys() - related - checked.kinds.keys()


def _take_in(open_desk: OpenDesk, file: Path, name: str, order: ImportOrder) -> Intake:
    """Check a file and record it, both while nobody else can write."""
    grids = sources.read(file, name, order.sheet)  # before anybody has to wait for it
    with open_desk() as desk:
        return _keep(desk, _check(desk, grids, name, order), order)


def _check(desk: Desk, grids: Sequence[Grid], name: str, order: ImportOrder) -> CheckedSheets:
    registry = desk.registry
    kind = registry.kind(order.kind) if order.kind is not None else None
    given: Mapping[str, str] = parse_assignments(order.given, kind) if kind else {}
    if kind:
        sheets = [(kind, sources.find_sheet(kind, grids, name))]
    else:
        sheets = sources.match_sheets(list(registry.kinds.values()), grids, name)
    settings = Settings(order.update, order.ignore_unknown, given)
    return check_sheets(registry, sheets, settings, lambda rows, total: order.watched(rows, total, name))


def _keep(desk: Desk, checked: CheckedSheets, order: ImportOrder) -> Intake:
    with ExitStack() as ceilings:
        for kind in checked.kinds.values():
            ceilings.enter_context(watching_ceilings(desk, kind, order.exceeded))
        return keep(checked, desk.registry)
