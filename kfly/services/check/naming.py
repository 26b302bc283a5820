"""How a finding names a record, and how its command does."""

from kfly.plan.kinds import Kind
from kfly.registry.registry import Registry
from kfly.services.check.findings import KFLY, Finding


class Naming:
    """Makes the findings about one kind's records."""

    def __init__(self, registry: Registry, kind: Kind) -> None:
        self.kind = kind
        self.titles = registry.titles

    def finding(self, severity: str, code: str, record: int, message: str, *command: str) -> Finding:
        """A finding about a record that is there."""
        title = self.titles.of(self.kind.name).get(record, f"#{record}")
        label = self.kind.label.spoken
        return Finding(severity, code, self.kind.name, record, title, message, command, label)

    def setting(self, record: int, *assignments: str) -> tuple[str, ...]:
        """The command that changes a record."""
        return (KFLY, "set", self.kind.name, self.which(record), *assignments)

    def which(self, record: int) -> str:
        """A record's id, as no other record is called."""
        return f"#{record}" if self.titles.called(self.kind.name, str(record)) else str(record)
