import time
from collections.abc import Iterator

import pytest

from tests.support.dated_log import date_groups
from tests.support.plan_office import Office


@pytest.fixture
def china(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The clock of China, eight hours ahead of UTC."""
    monkeypatch.setenv("TZ", "CST-8")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.fixture
def spring(office: Office, china: None) -> Office:
    """The office in the spring of 2022: groups #1 to #6, one each day from 1 March on at 9:00; 一号 grows."""
    office.cli.ok("set", "building", "一号", "floor_area=200")
    office.cli.ok("set", "building", "一号", "floor_area=300")
    date_groups(office.cli.db, [f"2022-03-0{day}T01:00:00.500000Z" for day in range(1, 7)])
    return office
