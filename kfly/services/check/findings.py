"""Findings: what is wrong, with which record, and the command that mends it."""

import json
from base64 import b32encode
from collections.abc import Iterable, Sequence
from hashlib import sha256
from typing import Any, NamedTuple

from kfly.locale import _

ERROR, WARNING = "error", "warning"
DAMAGED = "damaged"  # the code of what is wrong with the file itself
ID_LENGTH = 8  # of a finding's ID, in base 32: that two of 10,000 share one is as likely as 1 in 20,000
MOST_LISTED = 5
TO_FILL_IN = "…"  # in a command: what only a person knows
KFLY, DATABASE = "kfly", "{db}"  # in a command: this program on this database, and the database's file
FILES, ASIDE, THEN = (
    "{files}",
    "{aside}",
    "&&",
)  # the file and those beside it, a new folder, one after another
# A copy made with “kfly backup” replaces the file and all that lies beside it: what is left of the old file's
# write-ahead log would spoil the copy.
RESTORE = (
    *("mkdir", ASIDE, THEN, "mv", FILES, ASIDE, THEN),
    *(KFLY, "--db", TO_FILL_IN, "backup", DATABASE),
)


class Finding(NamedTuple):
    """One thing that is not as it should be."""

    severity: str
    code: str
    kind: str | None  # of the record; "task" or "target"; another table; None for the file as a whole
    id: int | str | None
    title: str
    message: str
    command: tuple[str, ...]  # its words
    label: str = ""  # what people call the kind
    about: tuple[object, ...] = ()  # the values that are wrong, and what else tells it from other findings

    @property
    def finding(self) -> str:
        """Its ID: the same in every language, and another once a value that it is about has changed."""
        record = self.id if isinstance(self.id, int) else None
        told = json.dumps([self.code, self.kind, record, *self.about], ensure_ascii=False, default=str)
        digest = sha256(told.encode(errors="surrogatepass")).digest()
        return b32encode(digest).decode().lower()[:ID_LENGTH]

    @property
    def where(self) -> str:
        """What the finding is about, in words."""
        if self.kind is None:
            return _("The file")
        called = self.label or self.kind
        if isinstance(self.id, int):
            number = f"#{self.id}"
            if self.title.removesuffix(number).strip() in ("", called, self._noun):
                return f"{called} {number}"
            return _("{title} (#{id})", title=f"{called} {self.title}", id=self.id)
        return " ".join(filter(None, (called, self.id, self.title)))

    @property
    def _noun(self) -> str:
        return (self.kind or "").replace("_", " ")

    def document(self, command: str, reason: str | None) -> dict[str, Any]:
        """Return the JSON that other programs rely on.

        Args:
            command: its own, as it is typed.
            reason: why the finding was accepted; None if it was not.
        """
        return {
            "finding": self.finding,
            "severity": self.severity,
            "code": self.code,
            "kind": self.kind,
            "id": self.id,
            "title": self.title,
            "message": self.message,
            "command": command,
            "accepted": reason is not None,
            "reason": reason,
        }


def sort_worst_first(findings: Iterable[Finding]) -> list[Finding]:
    """Sort errors before warnings, each in the order they were found."""
    return sorted(findings, key=lambda finding: finding.severity != ERROR)


def list_some(names: Sequence[str]) -> str:
    """Join the first of some names, and say how many more there are."""
    more = [_("and {n} more", n=len(names) - MOST_LISTED)] if len(names) > MOST_LISTED else []
    return _(", ").join([*names[:MOST_LISTED], *more])
