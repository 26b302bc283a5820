"""Kinds of record: the one declaration from which a kind's table, command and checks come."""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from kfly.locale import language
from kfly.plan.model import Name

DELIVERABLE, TARGET = "deliverable", "target"  # what a text may have to be a key of
ADD = "add-"  # how the commands that record something begin

Value = str | int | float | None  # of a field: as SQLite keeps it, or as it is shown
Record = dict[str, Value]

# Units whose amounts are kept to a fixed number of decimals: areas to two, money to the fen.
DECIMALS = {"m²": 2, "元": 2, "万元": 6, "亿元": 10}
PLACE = ("longitude", "latitude")  # what the fields are called that place a record on a map
YUAN = {"元": 1, "万元": 10**4, "亿元": 10**8}
DEFAULT_DECIMALS = 6

TASKS = "tasks"  # the yearly table, where commands name kinds of record

# The plan's own tables stand beside those of the kinds, which may not take their names.
RESERVED_KINDS = (
    *("plan", "organisations", "organisation_aliases", "group_members", "measures", "measure_organisations"),
    *(TASKS, "task_organisations", "task_needs", "deliverables", "metrics", "metric_conditions"),
    *(
        "metric_towns",
        "targets",
        "sign_offs",
        "evidence",
        "removals",
        "kinds",
        "fields",
        "field_words",
        "stages",
    ),
    *("period_goals", "town_goals", "town_baselines", "target_organisations", "need_town_goals"),
    *("quotas", "progress_notes", "mailings", "accepted_findings", "left_out_kinds"),
    *("evidence_files", "task_evidence", "notices", "task_stages", "task_stage_organisations"),
    *("returns", "return_organisations", "returned", "task_events"),
    *("change_groups", "changes", "replaced", "watched", "migrations"),
)

# Keys that the JSON of a record, or the option of its command, uses for something else.
RESERVED_FIELDS = (
    *("id", "note", "stage", "outcome", "counts_toward", "not_counted", "as_known"),
    *("json", "help", "rowid", "oid", "_rowid_"),
)


# What names nothing: dashes, and the marks without width; blanks beside them.
NO_NAME = "-‐‑‒–—―−﹘﹣－⸺⸻_＿\u200b\u200c\u200d\u2060\ufeff"


def is_a_name(value: Value) -> bool:
    """Tell whether a record can be called by a value: blanks and dashes are no name."""
    return value is not None and "".join(str(value).split()).strip(NO_NAME) != ""


def command_of(kind: str) -> str:
    """Return the name of the command that records one of a kind."""
    return ADD + kind.replace("_", "-")


class Field(NamedTuple):
    """One column of a kind."""

    name: str
    type: str
    label: Name
    required: bool = False
    unit: str | None = None
    minimum: str | None = None  # decimal text, exact
    maximum: str | None = None
    not_above: str | None = None  # of a number: the field of the same record that it may not exceed
    decimals: int = DEFAULT_DECIMALS  # of a number: how many are kept
    choices: tuple[str, ...] = ()
    only: tuple[str, ...] = ()  # of a town: the only ones allowed, if any are named
    to: str | None = None  # of a reference: the kind it refers to
    names: str | None = None  # of a text: DELIVERABLE or TARGET, whose keys alone it takes
    personal: bool = False
    help: Name = Name("", "")
    aliases: tuple[str, ...] = ()

    @property
    def scale(self) -> int:
        """The number of its smallest steps that make one: sums are added up in whole steps, exactly."""
        return 10**self.decimals if self.type == "number" else 1

    @property
    def is_amount(self) -> bool:
        """Whether its values add up: a year is a number, and does not."""
        return self.type in ("number", "integer")

    @property
    def numeric(self) -> bool:
        """Whether it can be summed and compared by size."""
        return self.type in ("number", "integer", "year")


class Stage(NamedTuple):
    """A step that a record has reached once its date has come."""

    key: str
    date: str  # the date field
    label: Name


class Kind(NamedTuple):
    """A type of record in the registry (台账类别)."""

    name: str
    label: Name
    fields: tuple[Field, ...]
    key: tuple[str, ...]  # the natural key
    counts_on: str | None  # the day it begins to count
    counts_until: str | None = None  # from that day on it no longer does
    stages: tuple[Stage, ...] = ()
    graded_by: str | None = None  # a score that the plan's evaluation grades turn into an outcome

    def field(self, name: str) -> Field | None:
        """Return the field of this name, or None."""
        return next((field for field in self.fields if field.name == name), None)

    @property
    def town(self) -> Field | None:
        """The field that says to which town a record belongs: its first one of type town."""
        return next((field for field in self.fields if field.type == "town"), None)

    @property
    def place(self) -> tuple[Field, Field] | None:
        """The fields that say where on the earth a record lies, its longitude and its latitude."""
        found = [field for name in PLACE if (field := self.field(name)) and field.type == "number"]
        return (found[0], found[1]) if len(found) == len(PLACE) else None

    @property
    def command(self) -> str:
        """The name of the command that records one."""
        return command_of(self.name)

    @property
    def noun(self) -> str:
        """What one record of it is, within a sentence."""
        return self.label.zh if language() == "zh" else self.name.replace("_", " ")

    def without_name(self, record: int) -> str:
        """Return what a record is called that has no name to be called by: 楼宇 #12."""
        return f"{self.noun} #{record}"

    def name_of(self, values: Mapping[str, Value]) -> str:
        """Return the name that a record's own values give it, or what it is called without one."""
        name = values.get(self.key[0])
        return str(name) if is_a_name(name) else self.without_name(int(values.get("id") or 0))

    def stage_on(self, values: Mapping[str, Value], day: date) -> Stage | None:
        """Find the furthest stage whose date is not after a day; None before the first."""
        reached = [stage for stage in self.stages if _has_come(values.get(stage.date), day)]
        return reached[-1] if reached else None

    def counts_by(self, values: Mapping[str, Value], day: date) -> bool:
        """Tell whether a record counts on a day, by its own dates."""
        ended = _has_come(values.get(self.counts_until or ""), day)
        return _has_come(values.get(self.counts_on or ""), day) and not ended


def is_personal(field: Field, kinds: Mapping[str, Kind], seen: frozenset[str] = frozenset()) -> bool:
    """Tell whether a field is marked personal, or refers to records whose titles hold one that is.

    Args:
        field: the field.
        kinds: all kinds by their names.
        seen: the kinds that were looked at on the way here.
    """
    if field.personal or field.to is None or field.to in seen or field.to not in kinds:
        return field.personal
    kind = kinds[field.to]
    parts = [part for name in kind.key if (part := kind.field(name))]
    return any(is_personal(part, kinds, seen | {field.to}) for part in parts)


def _has_come(value: Value, day: date) -> bool:
    return isinstance(value, str) and value <= day.isoformat()


NOTE = Field(
    "note", "text", Name("备注", "Note"), help=Name("其他需要说明的情况", "Anything else worth keeping")
)
