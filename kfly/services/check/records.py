"""The check of each record by itself: its values, required fields, dates, and what it lacks."""

from collections.abc import Iterator, Set
from datetime import date

from kfly.locale import _
from kfly.plan.kinds import Field, Kind, Record
from kfly.registry.checks import FieldFault
from kfly.registry.registry import Registry
from kfly.services.check.expectations import read_expected
from kfly.services.check.findings import ERROR, RESTORE, TO_FILL_IN, WARNING, Finding
from kfly.services.check.kept import COUNTED, BadlyKept, KeptValues
from kfly.services.check.naming import Naming
from kfly.store import records


class RecordCheck:
    """One walk through all records of a kind."""

    def __init__(self, registry: Registry, kind: Kind, day: date, broken: Set[str]) -> None:
        self.kind = kind
        self.broken = broken  # texts that are not UTF-8 in the file, as far as it was read
        self.day = day.isoformat()
        self.countable = True  # unless a value turns out to be one that no figure can be made from
        self._rows = records.select(registry.db, kind, {})
        self._kept = KeptValues(registry.values, kind)
        self._checks = registry.checks(kind)
        self._naming = Naming(registry, kind)
        self._expected = [f for name in read_expected().get(kind.name, ()) if (f := kind.field(name))]
        self._first_stage = _stage_before_counting(kind)

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
            yield from self._lacking(record)

    def _overwritten(self, record: Record) -> Iterator[Finding]:
        for field in self.kind.fields:
            if (text := record[field.name]) in self.broken:
                fault = FieldFault(field, str(text), _("is not valid UTF-8 text"))
                yield self._naming.finding(ERROR, "damaged", int(str(record["id"])), str(fault), *RESTORE)

    def _wrong(self, record: int, bad: list[BadlyKept], faults: list[FieldFault]) -> Iterator[Finding]:
        """Report a record's faults, all with the one command that mends them: “set” wants all of it right."""
        mended = {fault.field.name: TO_FILL_IN for fault in faults} | {
            b.fault.field.name: b.mended for b in bad
        }
        command = self._naming.setting(record, *(f"{name}={value}" for name, value in mended.items()))
        for one in bad:
            self.countable = self.countable and one.fault.field.type not in COUNTED
            yield self._naming.finding(ERROR, "bad_value", record, str(one.fault), *command)
        for fault in faults:
            yield self._naming.finding(ERROR, self._code(fault), record, str(fault), *command)

    def _code(self, fault: FieldFault) -> str:
        if not fault.value:
            return "missing_value"
        return "misnamed" if self._checks.is_misnamed(fault) else "dates_backwards"

    def _lacking(self, record: Record) -> Iterator[Finding]:
        for field in self._expected:
            if record[field.name] is None and not self._has_come(record, self.kind.counts_until):
                yield self._lacks("expected", record, field, _("is not given yet"))
        if self._first_stage and record[self._first_stage.name] is None:
            since = self.kind.counts_on or ""
            if self._has_come(record, since):
                label = _label(self.kind.field(since))
                message = _("is empty, although {label} is {day}", label=label, day=record[since])
                yield self._lacks("stage_skipped", record, self._first_stage, message)

    def _lacks(self, code: str, record: Record, field: Field, message: str) -> Finding:
        number = int(str(record["id"]))
        command = self._naming.setting(number, f"{field.name}={TO_FILL_IN}")
        return self._naming.finding(WARNING, code, number, str(FieldFault(field, "", message)), *command)

    def _has_come(self, record: Record, field: str | None) -> bool:
        value = record.get(field or "")
        return isinstance(value, str) and value <= self.day


def _stage_before_counting(kind: Kind) -> Field | None:
    """Find the first stage's date, where records count from a later one's: the renovated was surveyed."""
    dates = [stage.date for stage in kind.stages]
    return kind.field(dates[0]) if kind.counts_on in dates[1:] else None


def _label(field: Field | None) -> str:
    return field.label.spoken if field else ""
