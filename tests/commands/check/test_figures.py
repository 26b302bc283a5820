"""Reported figures that another program has written: what depends on their target is looked at too."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.support.runner import Cli

PLAN = """\
plan: {name: 方案, starts: 2022-01-01, ends: 2024-12-31, language: en}
organisations:
  - {name: 甲局, kind: department}
  - {name: 东镇, kind: town}
  - {name: 西镇, kind: town}
targets:
  - {key: jobless, section: 一, name: Jobless, reported: level, at_most: 4.5, unit: "%"}
  - {key: income, section: 一, name: Income, reported: level, per: town, at_least: 20000, unit: 元}
"""


@pytest.fixture
def office(empty: Cli) -> Cli:
    Path("targets.yaml").write_text(PLAN, encoding="utf-8")
    empty.ok("init")
    return empty


@pytest.mark.parametrize(
    ("target", "town", "told"),
    [
        ("income", None, "income has a figure for each town"),
        ("jobless", "东镇", "jobless has no figures by town"),
    ],
)
def test_a_town_that_is_missing_or_too_much_is_named(
    office: Cli, target: str, town: str | None, told: str
) -> None:
    office.ok("add-figure", "--target", "jobless", "--value", "4.2", "--stated-on", "2022-03-31")
    assert office("check").code == 0
    with closing(sqlite3.connect(office.db)) as db, db:
        db.execute(
            "INSERT INTO figure (target, town, value, stated_on) VALUES (?, ?, 4.3, '2022-06-30')",
            (target, town),
        )
    run = office("check")
    assert run.code == 1
    assert told in " ".join(run.out.split())
