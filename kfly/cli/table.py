"""The table of commands: its name, its panel in ``--help``, where it lives, and what it does.

A command's module is imported when the command runs; ``--help`` and completion read this table alone.
"""

from typing import NamedTuple

from kfly.locale import N_

PROGRESS = N_("Progress")
VIEWS = N_("The plan's other views")
SUPERVISION = N_("Supervision")
REGISTRY = N_("Registry")
SHEETS = N_("Sheets")
RECORDING = N_("Record one (add-…)")
DATABASE = N_("Database")
CHANGES = N_("Changes")


class Entry(NamedTuple):
    """One command."""

    name: str
    panel: str
    module: str
    function: str
    help: str


COMMANDS = (
    Entry("init", DATABASE, "kfly.cli.database", "init", N_("Create the database from the plan's files.")),
    Entry("load", DATABASE, "kfly.cli.loading", "load", N_("Bring in a changed or new plan file.")),
    Entry(
        "check", DATABASE, "kfly.cli.checking", "check", N_("Look whether all is well, and say what is not.")
    ),
    Entry("backup", DATABASE, "kfly.cli.backing_up", "backup", N_("Copy the database, and verify the copy.")),
    Entry("config", DATABASE, "kfly.cli.configuring", "config", N_("Show what is configured, and where.")),
    Entry("demo", DATABASE, "kfly.cli.demo", "demo", N_("Show a throwaway database with invented records.")),
    Entry(
        "status", PROGRESS, "kfly.cli.views", "status", N_("Show the targets against goals and deadlines.")
    ),
    Entry("tasks", PROGRESS, "kfly.cli.views", "tasks", N_("Show the yearly table of tasks.")),
    Entry("task", PROGRESS, "kfly.cli.views", "task", N_("Show one task with its needs and history.")),
    Entry("trend", PROGRESS, "kfly.cli.trends", "show_trend", N_("Draw the way of one target to its goal.")),
    Entry("measures", VIEWS, "kfly.cli.plan_views", "measures", N_("Show the plan's lines of work.")),
    Entry(
        "buildings",
        VIEWS,
        "kfly.cli.registry_views",
        "buildings",
        N_("Show the buildings by stage and town, and what their plans lack."),
    ),
    Entry(
        "enclaves",
        VIEWS,
        "kfly.cli.registry_views",
        "enclaves",
        N_("Show each town's enclaves, year by year."),
    ),
    Entry(
        "budget",
        VIEWS,
        "kfly.cli.plan_views",
        "budget",
        N_("Show what the fund was spent on, and what is left."),
    ),
    Entry(
        "league",
        VIEWS,
        "kfly.cli.contest",
        "league",
        N_("Rank the towns by how far they keep what they owe."),
    ),
    Entry(
        "evaluations",
        VIEWS,
        "kfly.cli.registry_views",
        "evaluations",
        N_("Show the carriers by score, and whom it warns."),
    ),
    Entry("overdue", SUPERVISION, "kfly.cli.supervision", "overdue", N_("Show the tasks that are overdue.")),
    Entry(
        "progress", SUPERVISION, "kfly.cli.supervision", "progress", N_("Record what is reported of a task.")
    ),
    Entry("done", SUPERVISION, "kfly.cli.supervision", "done", N_("Sign a task off.")),
    Entry("reopen", SUPERVISION, "kfly.cli.supervision", "reopen", N_("Take a sign-off back.")),
    Entry(
        "mailings", SUPERVISION, "kfly.cli.mailing", "mailings", N_("Show what was mailed, and what failed.")
    ),
    Entry("list", REGISTRY, "kfly.cli.records", "list_records", N_("List the records of a kind.")),
    Entry("show", REGISTRY, "kfly.cli.records", "show", N_("Show one record.")),
    Entry("set", REGISTRY, "kfly.cli.records", "set_fields", N_("Change fields of a record.")),
    Entry("remove", REGISTRY, "kfly.cli.records", "remove", N_("Take a record out of the registry.")),
    Entry("kinds", REGISTRY, "kfly.cli.records", "kinds", N_("Show what can be recorded.")),
    Entry("template", SHEETS, "kfly.cli.sheets", "template", N_("Write a sheet for others to fill in.")),
    Entry("import", SHEETS, "kfly.cli.importing", "import_sheets", N_("Bring in sheets of records.")),
    Entry("export", SHEETS, "kfly.cli.sheets", "export", N_("Write the registry out.")),
    Entry("log", CHANGES, "kfly.cli.history", "log", N_("Show who changed what.")),
    Entry("undo", CHANGES, "kfly.cli.history", "undo", N_("Take a change back.")),
)
