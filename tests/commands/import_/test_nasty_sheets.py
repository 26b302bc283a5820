"""Sheets as towns really send them: what is taken in, and what is refused with each of its faults."""

import json
from typing import Any

import pytest

from tests.support.nasty_sheets import REFUSED, SOUND, Refused, Sound
from tests.support.runner import Cli

pytestmark = pytest.mark.slow

NOT_IN_SHEETS = ("id", "stage", "outcome", "counts_toward", "not_counted")  # what follows from the rest


def recorded(kfly: Cli, kind: str) -> list[dict[str, Any]]:
    """The records of a kind, each without what is empty or follows from the rest."""
    return [
        {name: value for name, value in record.items() if value is not None and name not in NOT_IN_SHEETS}
        for record in kfly.json("list", kind)
    ]


@pytest.mark.parametrize("sheet", SOUND, ids=[sheet.trait for sheet in SOUND])
def test_a_sheet_as_towns_send_it_is_taken_in(kfly: Cli, sheet: Sound) -> None:
    for command in sheet.before:
        kfly.ok(*command)
    before = recorded(kfly, sheet.kind)
    run = kfly("--lang", "en", "import", sheet.kind, str(sheet.build(kfly.folder)), *sheet.args, "--json")

    assert json.loads(run.out) == {
        "added": len(sheet.expected),
        "updated": 0,
        "unchanged": 0,
        "errors": [],
        "error_count": 0,
    }
    assert (run.code, run.err) == (0, sheet.said)
    assert recorded(kfly, sheet.kind) == before + sheet.expected


@pytest.mark.parametrize("sheet", REFUSED, ids=[sheet.trait for sheet in REFUSED])
def test_a_sheet_with_faults_is_refused_whole_and_every_fault_is_listed(kfly: Cli, sheet: Refused) -> None:
    for command in sheet.before:
        kfly.ok(*command)
    before = recorded(kfly, sheet.kind)
    path = sheet.build(kfly.folder)
    run = kfly("--lang", "en", "import", sheet.kind, str(path), *sheet.args, "--json")

    document = json.loads(run.out)
    found = [
        tuple(fault[key] for key in ("sheet", "row", "column", "field", "value"))
        for fault in document["errors"]
    ]
    assert found == sheet.errors
    assert {fault["file"] for fault in document["errors"]} == {path.name}
    for word, fault in zip(sheet.says, document["errors"], strict=False):
        assert word in fault["message"]
    assert (run.code, run.err) == (1, "")
    assert (document["added"], document["updated"], document["unchanged"]) == (0, 0, 0)
    assert recorded(kfly, sheet.kind) == before


def test_no_two_sheets_are_called_alike() -> None:
    traits = [sheet.trait for sheet in SOUND] + [sheet.trait for sheet in REFUSED]
    assert len(traits) == len(set(traits))
    assert len(traits) >= 22
