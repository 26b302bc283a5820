"""Whatever was changed and however, ``since`` compares what ``status`` said then with what it says now."""

import json
from typing import Any

import pytest

from tests.commands.as_known.test_every_moment_comes_back import EVENTFUL
from tests.support.dated_log import last_group
from tests.support.history import act
from tests.support.plan_office import Office

pytestmark = pytest.mark.slow

SAME = ("actual", "goal", "comparison", "met", "progress", "expected", "light", "period")


def figures(rows: list[dict[str, Any]], side: str | None = None) -> dict[str, dict[str, Any]]:
    """The figures of each target, of one side of a comparison."""
    told = {row["key"]: row[side] if side else row for row in rows}
    return {key: {name: its[name] for name in SAME} for key, its in told.items() if its}


def read(office: Office, *words: str) -> Any:
    """What a command prints as JSON; of what the log cannot tell for certain it may complain."""
    run = office.cli(*words, "--json")
    assert run.code == 0, run.err
    return json.loads(run.out)


def test_each_moment_of_an_eventful_year_is_compared_with_the_end_of_it(office: Office) -> None:
    moments = {}
    for step in (None, *EVENTFUL):
        if step is not None:
            act(office, step)
        moments[last_group(office.cli.db)] = figures(read(office, "status")["targets"])
    now = figures(read(office, "status")["targets"])
    for group, then in moments.items():
        found = read(office, "since", f"#{group}")
        assert figures(found["targets"], "then") == then
        assert figures(found["targets"], "now") == now
