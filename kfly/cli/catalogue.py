"""The catalogue of commands: each one's name, its panel in ``--help``, and what it does.

A command's module is imported when the command runs; ``--help`` and completion read this table alone.
"""

from typing import NamedTuple

from kfly.locale import N_
from kfly.plan.known_kinds import BUILDING, ENCLAVE, EVALUATION

PROGRESS = N_("Progress")
VIEWS = N_("The plan's other views")
SUPERVISION = N_("Supervision")
REGISTRY = N_("Registry")
SHEETS = N_("Sheets")
RECORDING = N_("Record one (add-…)")
DATABASE = N_("Database")
CHANGES = N_("Changes")


class CatalogueEntry(NamedTuple):
    """One command."""

    name: str
    panel: str
    help: str
    kind: str = ""  # of record, that it is about; where the plan leaves it out, no help names the command


COMMANDS_IN = "kfly.commands"  # a module a command, named as the command
FAMILY = "kfly.commands.add"  # makes the add-… commands from the kinds in force

COMMANDS = (
    CatalogueEntry("init", DATABASE, N_("Create the database from the plan's files.")),
    CatalogueEntry("load", DATABASE, N_("Bring in a changed or new plan file.")),
    CatalogueEntry("draft", DATABASE, N_("Draft a yearly table out of the office's own document.")),
    CatalogueEntry("check", DATABASE, N_("Look whether all is well, and say what is not.")),
    CatalogueEntry("backup", DATABASE, N_("Copy the database, and verify the copy.")),
    CatalogueEntry("metadata", DATABASE, N_("Write what Datasette is to know of the database.")),
    CatalogueEntry("config", DATABASE, N_("Show what is configured, and where.")),
    CatalogueEntry("demo", DATABASE, N_("Show a throwaway database with invented records.")),
    CatalogueEntry("guide", DATABASE, N_("Show the handbook.")),
    CatalogueEntry("status", PROGRESS, N_("Show the targets against goals and deadlines.")),
    CatalogueEntry("tasks", PROGRESS, N_("Show the yearly table of tasks.")),
    CatalogueEntry("task", PROGRESS, N_("Show one task with its needs and history.")),
    CatalogueEntry("since", PROGRESS, N_("Show what changed since a day, or the last meeting.")),
    CatalogueEntry("trend", PROGRESS, N_("Draw the way of one target to its goal.")),
    CatalogueEntry("measures", VIEWS, N_("Show the plan's lines of work.")),
    CatalogueEntry(
        "buildings",
        VIEWS,
        N_("Show the buildings by stage and town, and what their plans lack."),
        BUILDING,
    ),
    CatalogueEntry(
        "enclaves",
        VIEWS,
        N_("Show each town's enclaves, year by year."),
        ENCLAVE,
    ),
    CatalogueEntry(
        "budget",
        VIEWS,
        N_("Show what the fund was spent on, and what is left."),
    ),
    CatalogueEntry(
        "league",
        VIEWS,
        N_("Rank the towns by how far they keep what they owe."),
    ),
    CatalogueEntry(
        "evaluations",
        VIEWS,
        N_("Show the carriers by score, and whom it warns."),
        EVALUATION,
    ),
    CatalogueEntry("rollup", VIEWS, N_("Take the figures of many counties' databases as one.")),
    CatalogueEntry("document", VIEWS, N_("Write the plan's figures for a roll-up, without any record.")),
    CatalogueEntry("report", VIEWS, N_("Write the page, the workbook or the brief for a meeting.")),
    CatalogueEntry("calendar", VIEWS, N_("Write the deadlines for a calendar.")),
    CatalogueEntry("overdue", SUPERVISION, N_("Show the tasks that are overdue.")),
    CatalogueEntry("progress", SUPERVISION, N_("Record what is reported of a task.")),
    CatalogueEntry("done", SUPERVISION, N_("Sign a task off.")),
    CatalogueEntry("evidence", SUPERVISION, N_("Show, add and take out the files kept for a task.")),
    CatalogueEntry("reopen", SUPERVISION, N_("Take a sign-off back.")),
    CatalogueEntry("assign", SUPERVISION, N_("Order a task beyond the yearly tables.")),
    CatalogueEntry("extend", SUPERVISION, N_("Give a task a later due day.")),
    CatalogueEntry("suspend", SUPERVISION, N_("Let a task rest.")),
    CatalogueEntry("resume", SUPERVISION, N_("Go on with a task that rested.")),
    CatalogueEntry("cancel", SUPERVISION, N_("Cancel a task.")),
    CatalogueEntry("notice", SUPERVISION, N_("Issue supervision notices.")),
    CatalogueEntry("notices", SUPERVISION, N_("Show the notices issued, and who has answered.")),
    CatalogueEntry("returns", SUPERVISION, N_("Show who has sent what was to be sent.")),
    CatalogueEntry("returned", SUPERVISION, N_("Record that somebody had nothing to send.")),
    CatalogueEntry("mailings", SUPERVISION, N_("Show what was mailed, and what failed.")),
    CatalogueEntry("list", REGISTRY, N_("List the records of a kind.")),
    CatalogueEntry("show", REGISTRY, N_("Show one record.")),
    CatalogueEntry("set", REGISTRY, N_("Change fields of a record, or of many.")),
    CatalogueEntry("remove", REGISTRY, N_("Take a record out of the registry.")),
    CatalogueEntry("kinds", REGISTRY, N_("Show what can be recorded.")),
    CatalogueEntry("template", SHEETS, N_("Write a sheet for others to fill in.")),
    CatalogueEntry("import", SHEETS, N_("Bring in sheets of records.")),
    CatalogueEntry("export", SHEETS, N_("Write the registry out, or the table of tasks.")),
    CatalogueEntry("log", CHANGES, N_("Show who changed what.")),
    CatalogueEntry("undo", CHANGES, N_("Take a change back.")),
)
