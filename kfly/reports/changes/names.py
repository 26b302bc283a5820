"""Names of changed rows and their values: records by their titles, the plan's things by their names."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from kfly.locale import N_, _, format_kept, language
from kfly.plan.changes import Key, LoggedRow
from kfly.plan.kinds import Field, Kind, is_a_name
from kfly.plan.metrics import AMOUNT, AVERAGE, FIRST, LEVEL, RUNNING, SHARE, TOTAL
from kfly.plan.model import Plan
from kfly.plan.organisations import name_organisations
from kfly.plan.periods import HALF, MONTH, QUARTER, YEAR
from kfly.plan.tables import LINES, LISTS, METRICS, THINGS, YES_OR_NO
from kfly.reports import words
from kfly.reports.records import write_value

NOTHING = "—"
READINGS = {
    TOTAL: N_("counted"),
    LEVEL: N_("reported level"),
    RUNNING: N_("reported running total"),
    AMOUNT: N_("reported amounts"),
    SHARE: N_("share"),
    AVERAGE: N_("average"),
}
EVERY = {
    YEAR: N_("every year"),
    HALF: N_("every half year"),
    QUARTER: N_("every quarter"),
    MONTH: N_("every month"),
}
# Columns that hold words of the program's own, and what these are called.
CODES: Mapping[str, Mapping[str, str]] = {
    "reading": READINGS,
    "every": EVERY,
    "report_every": words.PERIODS,
    "every_part": {HALF: N_("half year"), QUARTER: N_("quarter"), MONTH: N_("month")},
    "baseline": {FIRST: N_("the first figure")},
}

STAGES = "task_stages"


class Names(NamedTuple):
    """What is needed to call things by their names."""

    kinds: Mapping[str, Kind]
    plan: Plan
    title: Callable[[str, int], str | None]  # of a record, if it is in the registry
    counted: Mapping[
        int, Sequence[tuple[str, LoggedRow]]
    ] = {}  # what each metric is for: rows of targets, of needs

    def noun(self, table: str) -> str:
        """Say what one row of a table is: a building, a target; else the table's own name."""
        if kind := self.kinds.get(table):
            return kind.noun
        if known := THINGS.get(table):
            return _(known.noun)
        if members := LISTS.get(table):
            return _("list of {noun}", noun=self.noun(members.of))
        if table in METRICS:
            return _("metric")
        return {
            "sign_offs": _("sign-off"),
            "evidence": _("evidence"),
            "task_evidence": _("evidence"),
            "progress_notes": _("feedback"),
            "task_events": _("decision on a task"),
            "notices": _("supervision notice"),
            "returned": _("nil return"),
            "removals": _("note of a removal"),
            "accepted_findings": _("accepted finding"),
        }.get(table, table)

    def called(self, table: str, key: Key, row: LoggedRow) -> str:
        """Name a row: its noun and its name."""
        if kind := self.kinds.get(table):
            return self._record(kind, key, row)
        if table == STAGES:
            task = self.thing("tasks", [row.get("year"), row.get("task")])
            return _("{task}, stage {stage}", task=task, stage=row.get("position"))
        if known := THINGS.get(table):
            return " ".join([self.noun(table), *self._parts(known.named_by, row)])
        if "year" in row and "task" in row:
            return self.thing("tasks", [row["year"], row["task"]])
        return f"{self.noun(table)} {key}"

    def thing(self, table: str, values: Sequence[Any]) -> str:
        """Name a thing of the plan, by the values that identify it."""
        if table == "organisations":
            values = [self.organisation(str(value)) for value in values]
        return self.called(table, "", dict(zip(THINGS[table].named_by, values, strict=False)))

    def organisation(self, name: str) -> str:
        """Name an organisation in the language in use."""
        return name_organisations(self.plan).get(name, name)

    def _record(self, kind: Kind, key: Key, row: LoggedRow) -> str:
        title = self.title(kind.name, key) if isinstance(key, int) else None
        field = kind.field(kind.key[0]) if kind.key else None
        kept = row.get(field.name) if field else None
        without = f"{kind.noun} #{key}"
        if title == without or (title is None and not is_a_name(kept)):
            return without
        return f"{kind.noun} {title or self.value(field, kept)}"

    def _parts(self, columns: Sequence[str], row: LoggedRow) -> list[str]:
        """Return the parts of a name; a task is called as on the command line."""
        number = row.get("number", row.get("task"))
        parts = []
        for column in columns:
            if column == "year":
                several = len({task.year for task in self.plan.tasks} | {row.get("year")}) > 1
                parts.append(f"{row.get('year')}/{number}" if several else str(number))
            elif column == "name" and f"name_{language()}" in row:
                parts.append(str(row[f"name_{language()}"]))
            elif "year" not in columns or column not in ("number", "task"):
                parts.append(str(row.get(column)))
        return [".".join(parts)] if columns[:1] == ("kind",) else parts

    def value(self, field: Field | None, value: Any) -> str:
        """Write a record's value as people read it."""
        if value is None:
            return NOTHING
        if field is not None and field.type == "reference" and isinstance(value, int):
            return self.title(field.to or "", value) or f"#{value}"
        return write_value(value, field) or NOTHING

    def thing_value(self, column: str, value: Any) -> str:
        """Write a value of the plan's own tables."""
        if value is None:
            return NOTHING
        if column in YES_OR_NO:
            return _("yes") if value else _("no")
        if isinstance(value, int | float):
            return str(value) if column == "year" else format_kept(value)
        return _write_text(column, str(value))


def _write_text(column: str, text: str) -> str:
    """Write a text of the plan's own tables: a word of the program's own by its name."""
    if column == "comparison":
        return words.sign(text)
    if column in LINES:
        return _(", ").join(text.splitlines())
    known = CODES.get(column, {}).get(text)
    return _(known) if known else text
