"""``report FILE.xlsx``: the workbook for a meeting, the views first and the registry behind them.

Beside ``report`` and not in it: what workbooks need is loaded for them alone.
"""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import BinaryIO

from kfly.console.progress_bar import watch_progress
from kfly.registry.registry import Registry
from kfly.registry.sheets.contents import Masked
from kfly.registry.sheets.export import add_sheets, find_recorded_kinds
from kfly.registry.sheets.sources import order_kinds
from kfly.registry.sheets.workbook_out import open_book
from kfly.reports.papers.paper import Paper
from kfly.reports.papers.workbook.views import add_views
from kfly.workbook.book import Book


def list_records(registry: Registry, output: Path, *, redacted: bool) -> Callable[[Book], None]:
    """Return what adds a sheet for each kind that has records, as an export writes it."""
    kinds = find_recorded_kinds(registry, order_kinds(registry.kinds.values()))
    return partial(
        add_sheets,
        registry,
        kinds,
        masked=Masked() if redacted else None,
        watch=lambda rows, total: watch_progress(rows, total, str(output)),
    )


def write_workbook(paper: Paper, stream: BinaryIO) -> None:
    """Write the workbook.

    Raises:
        KflyError: a sheet cannot hold what is recorded.
        OSError: the stream cannot be written.
    """
    with open_book(stream, row_by_row=True) as book:
        add_views(paper, book)
        if paper.add_records:
            paper.add_records(book)
