"""Findings: what is wrong, with which record, and the command that mends it."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from kfly.locale import _

ERROR, WARNING = "error", "warning"
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

    @property
    def where(self) -> str:
        """What the finding is about, in words."""
        if self.kind is None:
            return _("The file")
        called = self.label or self.kind
        if isinstance(self.id, int):
            number = f"#{self.id}"
            if self.title in ("", number):
                return f"{called} {number}"
            return _("{title} (#{id})", title=f"{called} {self.title}", id=self.id)
        return " ".join(filter(None, (called, self.id, self.title)))

    def document(self, command: str) -> dict[str, Any]:
        """Return the JSON that other programs rely on, with the command as it is typed."""
        return {
            "severity": self.severity,
            "code": self.code,
            "kind": self.kind,
            "id": self.id,
            "title": self.title,
            "message": self.message,
            "command": command,
        }


def sort_worst_first(findings: Iterable[Finding]) -> list[Finding]:
    """Sort errors before warnings, each in the order they were found."""
    return sorted(findings, key=lambda finding: finding.severity != ERROR)
