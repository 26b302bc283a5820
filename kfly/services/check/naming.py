"""The names of records in findings and in their commands."""

from kfly.plan.kinds import Kind
from kfly.registry.registry import Registry
from kfly.services.check.findings import KFLY, Finding


class Naming:
    """The maker of findings about one kind's records."""

    def __init__(self, registry: Registry, kind: Kind) -> None:
        self.kind = kind
        self.titles = registry.titles

    def finding(
        self,
        severity: str,
        code: str,
        record: int,
        message: str,
        *command: str,
        about: tuple[object, ...] = (),
    ) -> Finding:
        """Make a finding about a record that is there.

        Args:
            severity: an error or a warning.
            code: what sort of thing it is, for programs.
            record: the record's id.
            message: what is wrong.
            command: the words of the command that mends it.
            about: the values that are wrong, and what else tells the finding from others of the record.
        """
        title = self.title(record)
        label = self.kind.label.spoken
        return Finding(
            severity=severity,
            code=code,
            kind=self.kind.name,
            id=record,
            title=title,
            message=message,
            command=command,
            label=label,
            about=about,
        )

    def title(self, record: int) -> str:
        """Return what a record is called."""
        return self.titles.of(self.kind.name).get(record) or self.kind.without_name(record)

    def setting(self, record: int, *assignments: str) -> tuple[str, ...]:
        """Write the command that changes a record."""
        return (KFLY, "set", self.kind.name, self.which(record), *assignments)

    def which(self, record: int) -> str:
        """Write a record's id so that it cannot be taken for another record's name."""
        return f"#{record}" if self.titles.called(self.kind.name, str(record)) else str(record)
