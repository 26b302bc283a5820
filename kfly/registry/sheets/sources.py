"""Files of records: what they may be, and which of their sheets holds which kind."""

import errno
from collections.abc import Iterable, Sequence, Set
from contextlib import AbstractContextManager, nullcontext
from itertools import chain, islice
from pathlib import Path

from kfly.errors import KflyError, explain_os_error
from kfly.locale import _
from kfly.plan.kinds import Kind
from kfly.plan.model import Name
from kfly.registry.kinds import find_kind
from kfly.registry.sheets import csv_files, headings, json_files
from kfly.registry.sheets.faults import unreadable
from kfly.registry.sheets.grid import Grid, SheetRow
from kfly.workbook.names import LONGEST_TITLE, sheet_title

WORKBOOKS, TEXTS, DOCUMENTS = (".xlsx", ".xls", ".ods", ".fods"), (".csv", ".tsv"), (".json", ".jsonl")
SUFFIXES = (*WORKBOOKS, *TEXTS, *DOCUMENTS)
ARCHIVE = ".zip"  # as ODK Central hands out all data of a form
GUIDE, PROBLEMS = Name("填写说明", "Instructions"), Name("问题清单", "Problems")  # sheets of kfly's own
CHOICES = "_choices"  # the hidden one with the longer lists of a template
OWN = (*GUIDE, *PROBLEMS, CHOICES)


def read(path: Path, name: str, sheet: str | None) -> list[Grid]:
    """Read the sheets of a file.

    Args:
        path: where it lies.
        name: what it is called in messages.
        sheet: the only one to read; None for all.

    Raises:
        SheetRefusedError: it cannot be read, or is none of the formats.
    """
    suffix = path.suffix.lower()
    if sheet is not None and suffix not in WORKBOOKS:
        raise unreadable(name, _("is no workbook; leave --sheet away"))
    try:
        if path.is_dir():
            raise IsADirectoryError(errno.EISDIR, "")
        if suffix in TEXTS:
            return [csv_files.read(path, name)]
        if suffix in DOCUMENTS:
            return json_files.read(path, name)
        if suffix in WORKBOOKS:
            from kfly.registry.sheets.workbooks import aside

            return aside.read(path, name, sheet)
    except OSError as error:
        raise unreadable(name, _("cannot be read: {why}", why=explain_os_error(error))) from None
    if suffix == ARCHIVE:
        raise unreadable(name, _("is an archive; unpack it, and import the tables that are in it"))
    raise unreadable(name, _("is none of {suffixes}", suffixes=_(", ").join(SUFFIXES)))


def parsing(paths: Iterable[Path]) -> AbstractContextManager[None]:
    """Make ready for files to be parsed; to be entered before the database is opened."""
    if not any(path.suffix.lower() in WORKBOOKS for path in paths):
        return nullcontext()
    from kfly.registry.sheets.workbooks import aside

    return aside.ready()


def find_sheet(kind: Kind, grids: Sequence[Grid], name: str) -> Grid:
    """Find the sheet that holds a kind.

    It is the one called so, else the only one with all the headings that are required, else the only one with
    any of its headings, else the only one. Others that would do as well are named in it.

    Raises:
        SheetRefusedError: none does, or several do.
    """
    if not grids and Path(name).suffix.lower() in DOCUMENTS:
        return Grid(name, None, (), 0, kind=kind.name)
    if not grids:
        raise unreadable(
            name, _("is empty; a row of headings is expected: see “kfly template {kind}”", kind=kind.name)
        )
    called = {grid.sheet for grid in grids if match_kind(grid.kind or grid.sheet, [kind])}
    if any(grid.kind for grid in grids) and not called:
        raise unreadable(name, _("holds no records of {kind}", kind=kind.label.spoken))
    if len(grids) == 1:
        return grids[0]
    looked_at = [_peek(grid) for grid in grids]
    known = headings.Headings(kind)
    found = [(grid, headings.find_heading(first, known, grid.merges)) for grid, first in looked_at]
    required = {field.name for field in kind.fields if field.required}
    whole = [grid for grid, heading in found if heading and required <= heading[1] and grid.sheet not in OWN]
    if len(called) == 1:
        (chosen,) = (grid for grid, _first in looked_at if grid.sheet in called)
        return chosen._replace(other_sheets=tuple(str(g.sheet) for g in whole if g is not chosen))
    candidates = _narrow(found, whole, called)
    if len(candidates) > 1:
        listed = _(", ").join(str(grid.sheet) for grid in candidates)
        raise unreadable(name, _("has several sheets: {listed}; say which with --sheet", listed=listed))
    return candidates[0]


def _narrow(
    found: Sequence[tuple[Grid, tuple[int, set[str]] | None]], whole: Sequence[Grid], called: Set[str | None]
) -> list[Grid]:
    """Return the sheets among which it is not known which is meant: those called so, else those that fit."""

    def among(grids: Iterable[Grid]) -> list[Grid]:
        return [grid for grid in grids if grid.sheet in called] if called else list(grids)

    fitting = [grid for grid, heading in found if heading and grid.sheet not in OWN]
    every = [grid for grid, _heading in found]
    return among(whole) or among(fitting) or among(g for g in every if g.sheet not in OWN) or every


def match_sheets(kinds: Sequence[Kind], grids: Sequence[Grid], name: str) -> list[tuple[Kind, Grid]]:
    """Find the kind of each sheet of a file that names its kinds, each after those it refers to.

    Raises:
        SheetRefusedError: a sheet has no kind's name.
    """
    if not grids and Path(name).suffix.lower() not in DOCUMENTS:
        raise unreadable(name, _("is empty"))
    found: dict[str, list[Grid]] = {}
    names = {grid.sheet for grid in grids}
    for grid in grids:
        kind = match_kind(grid.kind or grid.sheet, kinds)
        if grid.sheet in OWN and (kind is None or kind.name in names):
            continue
        if kind is None:
            raise unreadable(
                name,
                _("does not say what it records: name the kind, as in “kfly import KIND FILE”")
                if grid.sheet is None
                else _(
                    "the sheet “{sheet}” is called by no kind: name one, as in “kfly import KIND FILE”",
                    sheet=grid.sheet,
                ),
            )
        found.setdefault(kind.name, []).append(grid)
    return [(kind, grid) for kind in order_kinds(kinds) for grid in found.get(kind.name, ())]


def order_kinds(kinds: Iterable[Kind]) -> list[Kind]:
    """Sort kinds, each after those it refers to; where they refer to each other, as they stand."""
    waiting, ordered = list(kinds), list[Kind]()
    while waiting:
        missing = {kind.name for kind in waiting}
        ready = [k for k in waiting if not any(f.to in missing - {k.name} for f in k.fields)] or waiting[:1]
        ordered += ready
        waiting = [kind for kind in waiting if kind not in ready]
    return ordered


def sheet_name(kind: Kind, kinds: Iterable[Kind]) -> str:
    """Return the name of a kind's sheet: its label, where a sheet can be called so and no other kind is."""
    label = kind.label.spoken
    fits = label == sheet_title(label) and label not in OWN and match_kind(label, kinds) == kind
    return label if fits else kind.name[:LONGEST_TITLE]


def match_kind(text: str | None, kinds: Iterable[Kind]) -> Kind | None:
    """Find the kind whose name or label a sheet has."""
    known = list(kinds)
    try:
        return find_kind(text or "", known)
    except KflyError:
        return next((kind for kind in known if kind.name[:LONGEST_TITLE] == text), None)


def _peek(grid: Grid) -> tuple[Grid, list[SheetRow]]:
    """Return a grid that can still be walked through, and its first rows."""
    rows = iter(grid.rows)
    first = list(islice(rows, headings.MOST_ABOVE))
    return grid._replace(rows=chain(first, rows)), first


def looks_like_file(word: str) -> bool:
    """Tell whether a word of the command line names a file rather than a kind."""
    return bool(Path(word).suffix)
