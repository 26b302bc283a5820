"""Importing sheets, each file as a whole in a transaction of its own."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any, NamedTuple

from kfly.registry.kinds import parse_assignments
from kfly.registry.sheets import sources
from kfly.registry.sheets.faults import SheetRefusedError
from kfly.registry.sheets.intake import Intake, take_in
from kfly.registry.sheets.reading import Settings
from kfly.services.ceilings import watching_ceilings
from kfly.services.session import OpenDesk, Session

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
            yield from (_result(session.writing, file, name, order) for file, name in names.items())
            return
        with session.rehearsing() as open_desk:  # nobody can write meanwhile: nothing is said before its end
            results = [_result(open_desk, file, name, order) for file, name in names.items()]
        yield from results


def _result(open_desk: OpenDesk, file: Path, name: str, order: ImportOrder) -> ImportResult:
    try:
        return file, _take_in(open_desk, file, name, order), None
    except SheetRefusedError as refusal:
        return file, None, refusal


def _take_in(open_desk: OpenDesk, file: Path, name: str, order: ImportOrder) -> Intake:
    grids = sources.read(file, name, order.sheet)  # before anybody has to wait for it
    with open_desk() as desk:
        registry = desk.registry
        kind = registry.kind(order.kind) if order.kind is not None else None
        given: Mapping[str, str] = parse_assignments(order.given, kind) if kind else {}
        if kind:
            sheets = [(kind, sources.find_sheet(kind, grids, name))]
        else:
            sheets = sources.match_sheets(list(registry.kinds.values()), grids, name)
        settings = Settings(order.update, order.ignore_unknown, given)
        with ExitStack() as ceilings:
            for each, _grids in sheets:
                ceilings.enter_context(watching_ceilings(desk, each, order.exceeded))
            return take_in(registry, sheets, settings, lambda rows, total: order.watched(rows, total, name))
