"""The catalogue of commands: each one's name, its panel in ``--help``, and what it does.

A command's module is imported when the command runs; ``--help`` and completion read this table alone.
"""

import builtins
from keyword import iskeyword
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
    help: str

    @property
    def identifier(self) -> str:
        """The name of its module and of its function: its own, unless Python has that word already."""
        return self.name + "_" * (iskeyword(self.name) or hasattr(builtins, self.name))

    @property
    def module(self) -> str:
        """The module that it lives in."""
        return f"kfly.commands.{self.identifier}"


FAMILY = "kfly.commands.add"  # makes the add-… commands from the kinds in force

COMMANDS = (
    Entry("init", DATABASE, N_("Create the database from the plan's files.")),
    Entry("load", DATABASE, N_("Bring in a changed or new plan file.")),
    Entry("check", DATABASE, N_("Look whether all is well, and say what is not.")),
    Entry("backup", DATABASE, N_("Copy the database, and verify the copy.")),
    Entry("config", DATABASE, N_("Show what is configured, and where.")),
    Entry("demo", DATABASE, N_("Show a throwaway database with invented records.")),
    Entry("status", PROGRESS, N_("Show the targets against goals and deadlines.")),
    Entry("tasks", PROGRESS, N_("Show the yearly table of tasks.")),
    Entry("task", PROGRESS, N_("Show one task with its needs and history.")),
    Entry("trend", PROGRESS, N_("Draw the way of one target to its goal.")),
    Entry("measures", VIEWS, N_("Show the plan's lines of work.")),
    Entry(
        "buildings",
        VIEWS,
        N_("Show the buildings by stage and town, and what their plans lack."),
    ),
    Entry(
        "enclaves",
        VIEWS,
        N_("Show each town's enclaves, year by year."),
    ),
    Entry(
        "budget",
        VIEWS,
        N_("Show what the fund was spent on, and what is left."),
    ),
    Entry(
        "league",
        VIEWS,
        N_("Rank the towns by how far they keep what they owe."),
    ),
    Entry(
        "evaluations",
        VIEWS,
        N_("Show the carriers by score, and whom it warns."),
    ),
    Entry("overdue", SUPERVISION, N_("Show the tasks that are overdue.")),
    Entry("progress", SUPERVISION, N_("Record what is reported of a task.")),
    Entry("done", SUPERVISION, N_("Sign a task off.")),
    Entry("reopen", SUPERVISION, N_("Take a sign-off back.")),
    Entry("mailings", SUPERVISION, N_("Show what was mailed, and what failed.")),
    Entry("list", REGISTRY, N_("List the records of a kind.")),
    Entry("show", REGISTRY, N_("Show one record.")),
    Entry("set", REGISTRY, N_("Change fields of a record.")),
    Entry("remove", REGISTRY, N_("Take a record out of the registry.")),
    Entry("kinds", REGISTRY, N_("Show what can be recorded.")),
    Entry("template", SHEETS, N_("Write a sheet for others to fill in.")),
    Entry("import", SHEETS, N_("Bring in sheets of records.")),
    Entry("export", SHEETS, N_("Write the registry out.")),
    Entry("log", CHANGES, N_("Show who changed what.")),
    Entry("undo", CHANGES, N_("Take a change back.")),
)
