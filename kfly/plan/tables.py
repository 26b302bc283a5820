"""The plan's own tables: which hold things, which hold lists, and what people call them."""

from collections.abc import Mapping
from typing import NamedTuple

from kfly.locale import N_

METRICS = {"metrics": "id", "metric_conditions": "metric", "metric_towns": "metric"}  # which metric it is
POSITION_COLUMN = "position"  # a column that says only where a row stands among the others
COUNTING = ("metric", "to_metric")  # columns that say how something is counted, and what it is divided by


class ThingTable(NamedTuple):
    """A table whose rows are things of the plan."""

    noun: str
    named_by: tuple[str, ...]  # columns; the year of a task is left out where there is one table
    labels: Mapping[str, str]


class ListTable(NamedTuple):
    """A table whose rows are members of lists."""

    of: str  # the table of the things that have the lists
    owner: tuple[str, ...]  # columns that name such a thing, as its own do
    member: str
    labels: Mapping[str, str]  # of the lists, by role


_NAMES = {"name_zh": N_("Chinese name"), "name_en": N_("English name")}
_LABELS = {"label_zh": N_("Chinese name"), "label_en": N_("English name")}
_GOAL = {
    **_NAMES,
    "comparison": N_("comparison"),
    "goal": N_("goal"),
    "unit_zh": N_("Chinese unit"),
    "unit_en": N_("English unit"),
}
_ROLES = {"lead": N_("lead"), "responsible": N_("responsible"), "support": N_("support")}

THINGS = {
    "plan": ThingTable(
        N_("plan"),
        (),
        {
            **_NAMES,
            "starts": N_("start"),
            "ends": N_("end"),
            "language": N_("language"),
            "yellow": N_("share of the trajectory for yellow"),
            "red": N_("points of lag for red"),
            "due_soon_days": N_("days that count as soon"),
            "grace_days": N_("days of grace"),
            "award": N_("score for an award"),
            "warning": N_("score for a warning"),
            "reply_to": N_("who gets the answers to mail"),
            "year_starts": N_("month in which its years begin"),
        },
    ),
    "organisations": ThingTable(
        N_("organisation"),
        ("name",),
        {
            "name": N_("name"),
            "name_en": N_("English name"),
            "kind": N_("kind"),
            "email": N_("e-mail"),
            "email_cc": N_("copies by e-mail"),
        },
    ),
    "measures": ThingTable(N_("measure"), ("number",), {"number": N_("serial number"), **_NAMES}),
    "tasks": ThingTable(
        N_("task"),
        ("year", "number"),
        {
            "year": N_("year"),
            "number": N_("serial number"),
            "title_zh": N_("Chinese title"),
            "title_en": N_("English title"),
            "due": N_("due date"),
            "measure": N_("measure"),
            "weight": N_("weight"),
            "leader": N_("leader in charge"),
            "report_every": N_("report of progress"),
            "carries": N_("carries on"),
            "assigned_on": N_("assigned on"),
            "assigned_by": N_("assigned by"),
        },
    ),
    "task_stages": ThingTable(
        N_("stage of task"),
        ("year", "task", "position"),
        {"title_zh": N_("Chinese title"), "title_en": N_("English title"), "due": N_("due date")},
    ),
    "task_needs": ThingTable(
        N_("need of task"),
        ("year", "task", "name"),
        {**_GOAL, "target": N_("target that it names"), "stage": N_("stage")},
    ),
    "deliverables": ThingTable(
        N_("deliverable"),
        ("key",),
        {
            "key": N_("key"),
            **_NAMES,
            "measure": N_("measure"),
            "task_year": N_("year of its task"),
            "task": N_("task"),
        },
    ),
    "targets": ThingTable(
        N_("target"),
        ("key",),
        {
            "key": N_("key"),
            "section_zh": N_("Chinese section"),
            "section_en": N_("English section"),
            **_GOAL,
            "due": N_("due date"),
            "every_year": N_("every year"),
            "every_part": N_("begins anew with each"),
            "measure": N_("measure"),
            "reading": N_("how its figure comes about"),
            "factor": N_("factor"),
            "follows": N_("target that it follows"),
            "baseline": N_("baseline"),
            "decimals": N_("decimals"),
            "weight": N_("weight"),
        },
    ),
    "quotas": ThingTable(N_("quota"), ("target", "organisation"), {"amount": N_("amount")}),
    "period_goals": ThingTable(N_("goal by period"), ("target", "period"), {"amount": N_("amount")}),
    "town_goals": ThingTable(N_("goal by town"), ("target", "organisation"), {"amount": N_("amount")}),
    "town_baselines": ThingTable(
        N_("baseline by town"), ("target", "organisation"), {"amount": N_("amount")}
    ),
    "need_town_goals": ThingTable(
        N_("need by town of task"), ("year", "task", "organisation"), {"amount": N_("amount")}
    ),
    "returns": ThingTable(
        N_("return"), ("kind",), {"every": N_("to be sent"), "due_day": N_("by this day of the next month")}
    ),
    "kinds": ThingTable(
        N_("kind of record"),
        ("name",),
        {
            **_LABELS,
            "counts_on": N_("date it counts from"),
            "counts_until": N_("date it counts until"),
            "graded_by": N_("score it is graded by"),
        },
    ),
    "fields": ThingTable(
        N_("field"),
        ("kind", "name"),
        {
            **_LABELS,
            "type": N_("type"),
            "required": N_("required"),
            "key_position": N_("place in the natural key"),
            "unit": N_("unit"),
            "minimum": N_("minimum"),
            "maximum": N_("maximum"),
            "not_above": N_("field that it may not exceed"),
            "decimals": N_("decimals"),
            "refers_to": N_("kind it refers to"),
            "names": N_("what it names"),
            "personal": N_("personal"),
            "help_zh": N_("Chinese help"),
            "help_en": N_("English help"),
        },
    ),
    "stages": ThingTable(N_("stage"), ("kind", "key"), {**_LABELS, "date": N_("date of the stage")}),
}

LISTS = {
    "left_out_kinds": ListTable("plan", (), "kind", {"": N_("kinds left out")}),
    "organisation_aliases": ListTable("organisations", ("organisation",), "alias", {"": N_("also called")}),
    "group_members": ListTable("organisations", ("group",), "member", {"": N_("members")}),
    "measure_organisations": ListTable("measures", ("measure",), "organisation", _ROLES),
    "target_organisations": ListTable("targets", ("target",), "organisation", _ROLES),
    "task_organisations": ListTable("tasks", ("year", "task"), "organisation", _ROLES),
    "return_organisations": ListTable("returns", ("kind",), "organisation", {"": N_("from whom")}),
    "task_stage_organisations": ListTable(
        "task_stages", ("year", "task", "stage"), "organisation", {"": N_("lead")}
    ),
    "field_words": ListTable(
        "fields",
        ("kind", "field"),
        "word",
        {"choice": N_("choices"), "only": N_("only these towns"), "alias": N_("also called")},
    ),
}

LINES = frozenset({"email", "email_cc"})  # columns of several values, a line each
YES_OR_NO = frozenset({"required", "personal", "every_year"})


def find_owner_tables(table: str) -> set[str]:
    """Return the tables of the things that a table's rows are a part of."""
    if table in METRICS:
        return {"targets", "task_needs"}
    return {LISTS[table].of} if table in LISTS else set()
