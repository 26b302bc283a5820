"""Copying the database: nothing is called verified that ``status`` could not open."""

from pathlib import Path

from kfly.clock import today
from kfly.errors import KflyError
from kfly.locale import _, settle
from kfly.services.damage import explain_failure
from kfly.services.session import Session
from kfly.store.file.backup import copy


def back_up(path: Path, target: Path) -> int:
    """Copy the database into a new file, and read all of the copy that commands rest on.

    Returns:
        the size of the copy in bytes.

    Raises:
        KflyError: it cannot be copied, or the copy cannot be used; then none is left.
    """
    settle()
    return copy(path, target, verify=_must_open)


def _must_open(part: Path) -> None:
    """Read the plan, the kinds, and where the plan stands, as the commands do that show it."""
    try:
        with Session(part).reading() as desk:
            desk.standing(today())
            desk.registry  # noqa: B018  (it reads the kinds)
    except Exception as error:
        explained = explain_failure(error, part) or (error if isinstance(error, KflyError) else None)
        if explained is None:
            raise
        why = str(explained).replace(f"{part} ", "").rstrip("。.")
        raise KflyError(
            _("The copy cannot be used ({why}) and was deleted; “kfly check” looks at the original.", why=why)
        ) from None
