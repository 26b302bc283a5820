"""The acceptance of findings: what the office has looked at and leaves as it is, for a reason."""

import sqlite3
from collections.abc import Sequence

from kfly.errors import KflyError, find_nearest
from kfly.locale import _
from kfly.services.check.findings import DAMAGED, Finding
from kfly.services.session import Desk
from kfly.store import accepted_findings, soundness


def read_reasons(desk: Desk) -> dict[str, str]:
    """Read why each finding was accepted, by its ID; none where the file is too damaged to tell."""
    try:
        return accepted_findings.read_reasons(desk.db)
    except (sqlite3.OperationalError, UnicodeDecodeError) as error:
        if not soundness.is_undecodable(error):
            raise
        soundness.spell_out(desk.db)
        return accepted_findings.read_reasons(desk.db)
    except sqlite3.DatabaseError as error:
        if not soundness.is_damage(error):
            raise
        return {}


def accept(desk: Desk, found: Sequence[Finding], asked: str, reason: str) -> Finding:
    """Accept the finding of an ID, and return it.

    Args:
        desk: the database, open for writing.
        found: all that is found now.
        asked: the ID.
        reason: why it is accepted.

    Raises:
        KflyError: nothing with this ID is found, it was accepted before, or it is damage to the file.
    """
    number = asked.strip().lower()
    known = {finding.finding: finding for finding in found}
    accepted = read_reasons(desk)
    if number in accepted:
        raise KflyError(
            _("--accept: {finding} was accepted already: {reason}", finding=number, reason=accepted[number])
        )
    if number not in known:
        raise KflyError(_unknown(asked, list(known)))
    finding = known[number]
    if finding.code == DAMAGED:
        raise KflyError(_("--accept: {finding} is damage to the file, which must be mended.", finding=number))
    record = None if finding.id is None else str(finding.id)
    row = {"finding": number, "code": finding.code, "kind": finding.kind, "record": record}
    accepted_findings.insert(desk.db, {**row, "reason": reason})
    return finding


def _unknown(asked: str, known: list[str]) -> str:
    near = find_nearest(asked, known)
    if near:
        return _("--accept: nothing is found as “{id}”; did you mean “{near}”?", id=asked, near=near)
    return _("--accept: nothing is found as “{id}”; “kfly check” lists the IDs.", id=asked)
