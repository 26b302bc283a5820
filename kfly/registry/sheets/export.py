"""The export of the registry as workbook, CSV, JSON or JSON lines; it can be imported again unchanged."""

import codecs
import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import TYPE_CHECKING, Any, BinaryIO

from kfly.errors import KflyError
from kfly.locale import _
from kfly.plan.kinds import Kind, Value
from kfly.registry.registry import Registry
from kfly.registry.sheets.contents import Contents, Masked, read_contents
from kfly.registry.sheets.csv_files import guard_formula
from kfly.registry.sheets.grid import text_of
from kfly.registry.sheets.headings import heading_of
from kfly.registry.sheets.sources import sheet_name
from kfly.store import records

if TYPE_CHECKING:
    from kfly.workbook.book import Book

FORMATS = ("xlsx", "csv", "json", "jsonl")

Rows = Iterable[list[Value]]
Watch = Callable[[Rows, int], Rows]


def export(  # noqa: PLR0913  (what, where to, how)
    registry: Registry,
    kinds: Sequence[Kind],
    stream: BinaryIO,
    form: str,
    *,
    masked: Masked | None = None,
    watch: Watch = lambda rows, _total: rows,
) -> int:
    """Write the records of some kinds, and return how many there were.

    Args:
        registry: where they are.
        kinds: which.
        stream: where they are written.
        form: one of ``FORMATS``.
        masked: mask what is personal, and count it here.
        watch: is handed the rows of each kind and how many there are, and hands them on.

    Raises:
        KflyError: the format cannot hold them.
        OSError: the stream cannot be written.
    """
    if form == "csv" and len(kinds) != 1:
        raise KflyError(_("A CSV file holds one kind of record; name one, or export to .xlsx or .json."))
    found = [read_contents(registry, kind, masked) for kind in kinds]
    watched = [each._replace(rows=iter(watch(each.rows, each.height))) for each in found]
    if form == "xlsx":
        _write_workbook(watched, [sheet_name(kind, registry.kinds.values()) for kind in kinds], stream)
    else:
        {"csv": _write_csv, "json": _write_json, "jsonl": _write_jsonl}[form](watched, stream)
    return sum(each.height for each in found)


def add_sheets(
    registry: Registry,
    kinds: Sequence[Kind],
    book: "Book",
    *,
    masked: Masked | None = None,
    watch: Watch = lambda rows, _total: rows,
) -> None:
    """Add a sheet for each of some kinds to an open workbook, each as an export writes it.

    Raises:
        KflyError: a sheet cannot hold a kind's records, or a cell a text.
    """
    for kind in kinds:
        each = read_contents(registry, kind, masked)
        name = book.free_name(sheet_name(kind, registry.kinds.values()))
        _write_sheet(each._replace(rows=iter(watch(each.rows, each.height))), name, book)


def find_recorded_kinds(registry: Registry, kinds: Sequence[Kind]) -> list[Kind]:
    """Return the kinds that have records; all of them, if there are no records at all."""
    return [kind for kind in kinds if records.count(registry.db, kind)] or list(kinds)


def _write_workbook(found: list[Contents], names: list[str], stream: BinaryIO) -> None:
    from kfly.registry.sheets import workbook_out

    with workbook_out.open_book(stream, row_by_row=True) as book:
        for each, name in zip(found, names, strict=True):
            _write_sheet(each, name, book)


def _write_sheet(each: Contents, name: str, book: "Book") -> None:
    from kfly.workbook.book import MOST_ROWS, put_text
    from kfly.workbook.widths import SAMPLE, column_width

    kind = each.kind
    if each.height >= MOST_ROWS:
        raise KflyError(
            _(
                "{kind}: {n} records, and a sheet holds {most}; export to .csv or .json.",
                kind=kind.label.spoken,
                n=each.height,
                most=MOST_ROWS - 1,
            )
        )
    sheet = book.add_sheet(name)
    headings = [heading_of(kind, field) for field in each.fields]
    first = list(islice(each.rows, SAMPLE))
    widths = []
    for column, heading in enumerate(headings):
        texts = (text_of(row[column]) for row in first)
        widths.append(column_width(chain([heading], texts)))
        sheet.set_column(column, column, widths[column])
    book.set_page(sheet, widths)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(each.height, 1), len(headings) - 1)
    for column, (heading, field) in enumerate(zip(headings, each.fields, strict=True)):
        put_text(
            sheet, row=0, column=column, text=heading, look=book.required if field.required else book.heading
        )
    writers = [
        book.writer(sheet, column, field, width)
        for column, (field, width) in enumerate(zip(each.fields, widths, strict=True))
    ]
    for number, row in enumerate(chain(first, each.rows), start=1):
        for write, value in zip(writers, row, strict=True):
            if value is not None:
                write(number, value)
        if book.lines > 1:
            sheet.set_row(number, book.height())


def _write_csv(found: list[Contents], stream: BinaryIO) -> None:
    (each,) = found
    headings: list[Value] = [heading_of(each.kind, field) for field in each.fields]
    write_csv(chain([headings], each.rows), stream)


def write_csv(rows: Rows, stream: BinaryIO) -> None:
    """Write rows as CSV that spreadsheets read: UTF-8 with its mark, no text that would be a formula."""
    line = io.StringIO(newline="")
    writer = csv.writer(line)
    stream.write(codecs.BOM_UTF8)
    for row in rows:
        writer.writerow(guard_formula(value) if isinstance(value, str) else text_of(value) for value in row)
        stream.write(line.getvalue().encode())
        line.seek(0)
        line.truncate()


def _write_json(found: list[Contents], stream: BinaryIO) -> None:
    write_json([(each.kind.name, _records(each)) for each in found], stream)


def write_json(found: Iterable[tuple[str, Iterable[Any]]], stream: BinaryIO) -> None:
    """Write one document, a list by each name, a line an entry."""
    for number, (name, entries) in enumerate(found):
        stream.write(("," if number else "{").encode() + f"\n{_json(name)}: [".encode())
        stream.writelines(
            ("," if line else "").encode() + f"\n  {_json(entry)}".encode()
            for line, entry in enumerate(entries)
        )
        stream.write(b"\n]")
    stream.write(b"\n}\n")


def _write_jsonl(found: list[Contents], stream: BinaryIO) -> None:
    for each in found:
        write_jsonl(each.kind.name, _records(each), stream)


def write_jsonl(name: str, entries: Iterable[Any], stream: BinaryIO) -> None:
    """Write a document a line, each an entry by its name."""
    stream.writelines(f"{_json({name: entry})}\n".encode() for entry in entries)


def _records(each: Contents) -> Iterator[dict[str, Value]]:
    names = [field.name for field in each.fields]
    return (dict(zip(names, row, strict=True)) for row in each.rows)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
