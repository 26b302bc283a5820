"""What a command writes must never be the database, or what lies beside it."""

import os
import sys
from pathlib import Path

from kfly.errors import KflyError
from kfly.locale import _
from kfly.store.file import journal

_OUT, _ERR = 1, 2


def must_not_be_the_database(database: Path, output: Path, option: str = "--output") -> None:
    """Refuse to write an output over the database or beside it: it takes only a slip of the fingers.

    Raises:
        KflyError: the output is one of these files, by whatever name or link.
    """
    if not journal.is_beside(output, database):
        return
    if journal.is_same(output, database):
        raise KflyError(_("{option}: {path} is the database itself.", option=option, path=output))
    raise KflyError(
        _("{option}: the name {path} belongs to the database's own files.", option=option, path=output)
    )


def must_print_elsewhere(database: Path) -> None:
    """Refuse to print into the database: ``kfly status >> kfly.db``.

    Raises:
        KflyError: stdout or stderr is one of its files.
    """
    own = [its for file in journal.list_own_files(database) if (its := journal.look_at(file))]
    into = [number for number in (_OUT, _ERR) if any(os.path.samestat(os.fstat(number), one) for one in own)]
    if _ERR in into:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123  (for the rest of the run)
    if into:
        raise KflyError(_("The output would be written into {path}; nothing was changed.", path=database))
