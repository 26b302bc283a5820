"""Workbooks that are written whole: the rows wait in a folder of their own, of which nothing stays behind."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

from xlsxwriter.exceptions import XlsxWriterException

from kfly.store.file.parts import making_folder
from kfly.workbook.book import Book


@contextmanager
def open_book(stream: BinaryIO, *, row_by_row: bool = False) -> Iterator[Book]:
    """Open a workbook that is complete when the block ends.

    Args:
        stream: where it is written.
        row_by_row: keep one row in memory; each must then be written from left to right, after those above.

    Raises:
        OSError: it cannot be written.
    """
    with making_folder() as folder:
        made = Book(stream, str(folder), row_by_row=row_by_row)
        try:
            yield made
            made.file.close()
        except XlsxWriterException as error:
            raise (
                error.__context__ if isinstance(error.__context__, OSError) else OSError(str(error))
            ) from None
        finally:
            made.file.fileclosed = True  # left half done, it must not be finished when it is thrown away
            for sheet in made.file.worksheets():
                if sheet.row_data_fh:
                    sheet.row_data_fh.close()
