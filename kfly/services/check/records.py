"""The check of each record by itself: its values, required fields, dates, and what it lacks."""

from collections.abc import Iterator, Set
from datetime import date

from kfly.clock import today
from kfly.locale import _
from kfly.plan.kinds import Field, Kind, Record
from kfly.registry.checks import FieldFault
from kfly.registry.registry import Registry
from kfly.services.check.expectations import read_expectations
from kfly.services.check.findings import DAMAGED, ERROR, RESTORE, TO_FILL_IN, WARNING, Finding
from kfly.services.check.kept import COUNTED, BadlyKept, KeptValues
from kfly.services.check.naming import Naming
from kfly.services.check.passing import judge_name, list_meshes, list_meshes_of_lacks
from kfly.services.check.plausibility import Plausibility
from kfly.store import sieve
from kfly.store.sieve import Mesh


class RecordCheck:
    """One walk through all records of a kind."""

    def __init__(self, registry: Registry, kind: Kind, day: date, broken: Set[str]) -> None:
        self.kind = kind
        self.broken = broken  # texts that are not UTF-8 in the file, as far as it was read
        self.day = day.isoformat()
        self.countable = True  # unless a value turns out to be one that no figure can be made from
        self._kept = KeptValues(registry.values, kind)
        self._checks = registry.checks(kind)
        self._naming = Naming(registry, kind)
        expectations = read_expectations()
        # What lies after a past day that is asked for has come all the same, if it has come by now.
        until = max(self.day, today().isoformat())
        self._plausible = Plausibility(kind, registry.plan, until, expectations)
        self._expected = [f for name in expectations.expected.get(kind.name, ()) if (f := kind.field(name))]
        self._skippable = _find_skippable_stages(kind)
        self._rows = sieve.hold_back(registry.db, kind, list(self._meshes()), judge_name(self._checks))

    def findings(self) -> Iterator[Finding]:
        """Find what is wrong, in the order of the records."""
        for row in self._rows:
            if self.broken:
                yield from self._overwritten(row)
            record = self._kept.without_blanks(row)
            bad = self._kept.faults(record)
            faults = self._checks.faults(record, {one.fault.field.name for one in bad})
            if bad or faults:
                yield from self._wrong(int(str(record["id"])), bad, faults)
            known = {one.field.name for one in (*(b.fault for b in bad), *faults)} if bad or faults else ()
            for doubt in self._plausible.doubts(record):
                if doubt.fault.field.name not in known:
                    yield self._doubted(record, doubt.fault, doubt.mended)
            yield from self._lacking(record)

    def _meshes(self) -> Iterator[Mesh]:
        """Yield what a record satisfies that certainly has no finding: most need no closer look."""
        yield from list_meshes(self._checks)
        yield from self._kept.meshes()
        yield from self._plausible.meshes()
        yield from list_meshes_of_lacks(self._expected, self._skippable)

    def _overwritten(self, record: Record) -> Iterator[Finding]:
        for field in self.kind.fields:
            if (text := record[field.name]) in self.broken:
                fault = FieldFault(field, str(text), _("is not valid UTF-8 text"), DAMAGED)
                yield self._finding(ERROR, int(str(record["id"])), fault, RESTORE)

    def _wrong(self, record: int, bad: list[BadlyKept], faults: list[FieldFault]) -> Iterator[Finding]:
        """Report a record's faults, all with the one command that mends them: “set” wants all of it right."""
        mended = {fault.field.name: TO_FILL_IN for fault in faults} | {
            b.fault.field.name: b.mended for b in bad
        }
        command = self._naming.setting(record, *(f"{name}={value}" for name, value in mended.items()))
        for one in bad:
            self.countable = self.countable and one.fault.field.type not in COUNTED
            yield self._finding(ERROR, record, one.fault, command)
        for fault in faults:
            yield self._finding(ERROR, record, fault, command)

    def _lacking(self, record: Record) -> Iterator[Finding]:
        for field in self._expected:
            if record[field.name] is None and not self._has_come(record, self.kind.counts_until):
                fault = FieldFault(field, "", _("is not given yet"), "expected")
                yield self._doubted(record, fault, TO_FILL_IN)
        for field, implied_by in self._skippable:
            since = next((f for f in implied_by if self._has_come(record, f.name)), None)
            if since and record[field.name] is None:
                day = str(record[since.name])
                message = _("is empty, although {label} is {day}", label=since.label.spoken, day=day)
                fault = FieldFault(field, "", message, "stage_skipped", f"{since.name} {day}")
                yield self._doubted(record, fault, TO_FILL_IN)

    def _doubted(self, record: Record, fault: FieldFault, mended: str) -> Finding:
        number = int(str(record["id"]))
        command = self._naming.setting(number, f"{fault.field.name}={mended}")
        return self._finding(WARNING, number, fault, command)

    def _finding(self, severity: str, record: int, fault: FieldFault, command: tuple[str, ...]) -> Finding:
        about = (fault.field.name, fault.value, fault.against)
        return self._naming.finding(severity, fault.code, record, str(fault), *command, about=about)

    def _has_come(self, record: Record, field: str | None) -> bool:
        value = record.get(field or "")
        return isinstance(value, str) and value <= self.day


def _find_skippable_stages(kind: Kind) -> list[tuple[Field, list[Field]]]:
    """Find the stages' dates that a record must have once it has others.

    What was renovated was surveyed, where the first stage is an earlier one. What was opened was
    renovated.
    """
    dates = [field for stage in kind.stages if (field := kind.field(stage.date))]
    names = [field.name for field in dates]
    if kind.counts_on not in names:
        return []
    at = names.index(kind.counts_on)
    found = [(dates[at], dates[at + 1 :])]
    return [(dates[0], [dates[at]]), *found] if at else found
