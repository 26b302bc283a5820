"""Rows that wait to be written until a whole file is found in order: the first in memory, more on the disk.

So an import takes hardly more memory for a million rows than for a hundred thousand.
"""

import marshal
import weakref
from collections.abc import Iterator, Sequence
from tempfile import TemporaryFile
from typing import IO

from kfly.errors import KflyError, explain_os_error
from kfly.locale import _
from kfly.plan.kinds import Value

MOST_HELD = 100_000  # rows that stay in memory, in some 40 MiB
BATCH = 1000  # rows that are read, kept and written together

Row = Sequence[Value]  # the id, and the values of some fields
Batch = tuple[list[Row], list[int]]  # rows, and the numbers that the sheet has for them


class KeptRows:
    """The rows of one sheet, in the order of their ids."""

    def __init__(self) -> None:
        self._count = 0
        self._held: list[Batch] = []
        self._single: Batch = ([], [])  # those that come one by one
        self._settled: dict[Value, list[tuple[int, Value]]] = {}
        self._file: IO[bytes] | None = None
        self._lengths: list[int] = []  # of the batches in the file

    def __len__(self) -> int:
        """Count the rows."""
        return self._count

    def append(self, row: Row, number: int) -> None:
        """Keep one more."""
        rows, numbers = self._single
        rows.append(row)
        numbers.append(number)
        self._count += 1
        if len(rows) >= BATCH:
            self._finish_single()

    def extend(self, rows: list[Row], numbers: Sequence[int]) -> None:
        """Keep many more."""
        self._finish_single()
        self._count += len(rows)
        self._hold((rows, list(numbers)))

    def settle(self, record: int, at: int, value: Value) -> None:
        """Put a value into the row of a record, wherever that waits by now."""
        self._settled.setdefault(record, []).append((at, value))

    def batches(self) -> Iterator[list[Row]]:
        """Yield the rows, as they are to be written."""
        return (list(map(self._complete, rows)) if self._settled else rows for rows, _numbers in self.raw())

    def raw(self) -> Iterator[Batch]:
        """Yield the rows as they were kept, with their numbers in the sheet."""
        if self._file:
            self._file.seek(0)
            for length in self._lengths:
                yield marshal.loads(self._file.read(length))  # noqa: S302  (what this process has written)
        yield from self._held
        if self._single[0]:
            yield self._single

    def _complete(self, row: Row) -> Row:
        values = list(row)
        for at, value in self._settled.get(row[0], ()):
            values[at] = value
        return values

    def _finish_single(self) -> None:
        if self._single[0]:
            self._hold(self._single)
            self._single = ([], [])

    def _hold(self, batch: Batch) -> None:
        self._held.append(batch)
        if len(self._held) * BATCH > MOST_HELD:
            self._put_aside()

    def _put_aside(self) -> None:
        """Put what is held into a file without a name, which is gone with the process, whatever ends it.

        Raises:
            KflyError: there is no room.
        """
        try:
            if self._file is None:
                self._file = TemporaryFile()  # noqa: SIM115  (it lives as long as the rows)
                weakref.finalize(self, self._file.close)
            for content in map(marshal.dumps, self._held):
                self._file.write(content)
                self._lengths.append(len(content))
            self._file.flush()
        except OSError as error:
            raise KflyError(
                _(
                    "There is no room to set the rows of a large file aside: {why}."
                    " Make room in the temporary folder.",
                    why=explain_os_error(error),
                )
            ) from None
        self._held = []
