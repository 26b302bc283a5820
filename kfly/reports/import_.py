"""``import``: what was done with each file."""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from kfly.console.screen import say
from kfly.locale import N_, _

SHORTEST_RUN = 2  # rows up to which each is named


class ImportTally(NamedTuple):
    """How many records a file brought."""

    added: int
    updated: int
    unchanged: int


class ImportRemarks(NamedTuple):
    """What was found in a file beside its records: places as people name them."""

    passed_over: Sequence[str]  # rows that say themselves that they are no records
    hidden_rows: Sequence[str]  # read all the same
    hidden_columns: Sequence[str]
    hidden_sheets: Sequence[str]  # not read
    other_sheets: Sequence[str]  # with the same headings, not read either
    wide_tables: Sequence["TableRemark"] = ()
    technical: Sequence[str] = ()  # columns in which a form says something of itself


class TableRemark(NamedTuple):
    """How a wide table was read: a row an indicator, a column a period."""

    sheet: str | None
    indicators: int
    periods: int
    first: date
    last: date
    said_by: Sequence[str]  # who names the years


def document(
    tallies: Sequence[ImportTally], errors: Sequence[dict[str, Any]], error_count: int
) -> dict[str, Any]:
    """Return the JSON that other programs rely on. A file with faults counts nothing: none of it was kept.

    Args:
        tallies: of the files that were taken in.
        errors: the faults that are listed.
        error_count: how many there are.
    """
    return {**_add_up(tallies)._asdict(), "errors": errors, "error_count": error_count}


def tell_unread(file: str, remarks: ImportRemarks) -> list[str]:
    """Name the sheets that would do as well as the one that was read."""
    message = N_("{file}: sheets with the same headings, not read: {rows}; see --sheet.")
    names = remarks.other_sheets
    return [_(message, file=file, rows=_(", ").join(names))] if names else []


def tell_remarks(file: str, remarks: ImportRemarks) -> list[str]:
    """Name what was found beside the records, on one line each."""
    hidden_rows = _in_runs(remarks.hidden_rows)
    told = (
        (remarks.passed_over, N_("{file}: rows passed over as no records: {rows}.")),
        (hidden_rows, N_("{file}: hidden rows, read like the others: {rows}.")),
        (remarks.hidden_columns, N_("{file}: hidden columns, read like the others: {rows}.")),
        (remarks.hidden_sheets, N_("{file}: hidden sheets, not read: {rows}.")),
        (remarks.technical, N_("{file}: technical columns of the form, passed over: {rows}.")),
    )
    lines = [_tell_table(file, table) for table in remarks.wide_tables]
    lines += [_(message, file=file, rows=_(", ").join(places)) for places, message in told if places]
    return [*lines, *tell_unread(file, remarks)]


def _tell_table(file: str, table: TableRemark) -> str:
    """Say how a wide table was read; who is not told of the year cannot see that it is another one."""
    return _(
        "{file}: a wide table, a column a period: indicators {rows}, periods {columns}, from {first} to"
        " {last}; the year is that of {said_by}.",
        file=f"{file} {table.sheet}" if table.sheet else file,
        rows=table.indicators,
        columns=table.periods,
        first=table.first.isoformat(),
        last=table.last.isoformat(),
        said_by=_(", ").join(table.said_by),
    )


def _in_runs(places: Sequence[str]) -> list[str]:
    """Write rows that follow each other as 5–9: a filter hides hundreds."""
    runs: list[list[str]] = []
    for place in places:
        sheet, sign, row = place.rpartition("!")
        if runs and row.isdigit() and runs[-1][-1] == f"{sheet}{sign}{int(row) - 1}":
            runs[-1].append(place)
        else:
            runs.append([place])
    return [part for run in runs for part in (_run(run) if len(run) > SHORTEST_RUN else run)]


def _run(places: list[str]) -> list[str]:
    return [f"{places[0]}–{places[-1].rpartition('!')[2]}"]


def sum_up_faults(file: str, count: int, cell: str) -> str:
    """Say in a line how many faults one of several files has, and where the first of them is."""
    named = {"file": file, "count": count, "cell": cell}
    return _("{file}: nothing was imported. Faults: {count}, the first at {cell}.", **named)


def advise(refused: int, marked: str | None) -> list[str]:
    """Say how the faults of several files are found, if there are any."""
    if marked is not None:
        return [_("The faulty cells are marked in {path}.", path=marked)]
    advice = _("Imported alone, a file has all its faults listed; --faults marks them in copies.")
    return [advice] if refused else []


def render(file: str, tally: ImportTally, lines: Sequence[str], *, update: bool, dry_run: bool) -> None:
    """Print what was done with a file, or would be.

    Args:
        file: its name.
        tally: what it brought.
        lines: what was changed in records that were there already, and what was found beside the records.
        update: whether such changes were asked for.
        dry_run: whether it was only tried.
    """
    brought = _("{file}: {counts}.", file=file, counts=_(", ").join(_counts(tally, update=update)))
    say(*lines, _("{sentence} Only tried; nothing was kept.", sentence=brought) if dry_run else brought)


def render_of_several(file: str, tally: ImportTally, remarks: ImportRemarks, *, update: bool) -> None:
    """Print what was done with one of several files, or would be: on one line, its remarks counted."""
    found = (
        (remarks.passed_over, N_("{n} passed over")),
        (remarks.hidden_rows, N_("hidden rows: {n}")),
        (remarks.hidden_columns, N_("hidden columns: {n}")),
        (remarks.hidden_sheets, N_("hidden sheets left out: {n}")),
        (remarks.other_sheets, N_("further sheets left out: {n}")),
        (remarks.technical, N_("technical columns passed over: {n}")),
    )
    counts = [*_counts(tally, update=update), *(_(words, n=len(places)) for places, words in found if places)]
    counts += [
        _("{first} to {last}", first=table.first.isoformat(), last=table.last.isoformat())
        for table in remarks.wide_tables
    ]
    say(_("{file}: {counts}.", file=file, counts=_(", ").join(counts)))


def render_total(tallies: Sequence[ImportTally], refused: int, *, update: bool, dry_run: bool) -> None:
    """Print what several files brought together."""
    brought = _(
        "Files: {files}, refused: {refused}; {counts}.",
        files=len(tallies) + refused,
        refused=refused,
        counts=_(", ").join(_counts(_add_up(tallies), update=update)),
    )
    say(_("{sentence} Only tried; nothing was kept.", sentence=brought) if dry_run else brought)


def _add_up(tallies: Sequence[ImportTally]) -> ImportTally:
    totals = [sum(counts) for counts in zip(*tallies, strict=True)] or [0, 0, 0]
    return ImportTally(*totals)


def _counts(tally: ImportTally, *, update: bool) -> list[str]:
    counts = [_("{n} added", n=tally.added)]
    if update:
        counts += [_("{n} updated", n=tally.updated), _("{n} unchanged", n=tally.unchanged)]
    return counts
