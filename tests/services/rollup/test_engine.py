"""Processes that read counties side by side: none is lost with the worker that was at it."""

from datetime import date
from pathlib import Path

import pytest

from kfly.plan.counties import County, Missing
from kfly.services.rollup.county import Job
from kfly.services.rollup.engine import read_all
from kfly.services.rollup.sources import Source
from tests.support.many_counties import Deadly

pytestmark = pytest.mark.slow


def jobs(*paths: Path) -> list[Job]:
    return [Job(Source(path.name, path), date(2022, 11, 30), 1, "en") for path in paths]


def test_each_county_is_read_once_however_many_processes_there_are(bundled_database: Path) -> None:
    asked = jobs(*[bundled_database] * 7)
    alone = dict(read_all(asked, 1))
    beside = list(read_all(asked, 3))
    assert sorted(number for number, _county in beside) == list(range(7))
    assert dict(beside) == alone
    assert all(isinstance(county, County) for county in alone.values())


def test_a_county_that_kills_its_worker_twice_is_missing_and_all_others_are_read(
    bundled_database: Path,
) -> None:
    deadly = Deadly(bundled_database)
    found = dict(read_all(jobs(bundled_database, deadly, *[bundled_database] * 4), 2))
    assert len(found) == 6
    gone = found.pop(1)
    assert isinstance(gone, Missing)
    assert gone.reason == "the process that read it ended twice (exit code 9)"
    assert all(isinstance(county, County) for county in found.values())


def test_what_is_asked_of_no_county_is_answered_at_once() -> None:
    assert list(read_all([], 4)) == []
