"""``kfly check --accept``: what the office leaves as it is, and why; ``--quiet`` is silent over it."""

import gzip
import json
import re
from contextlib import closing
from typing import Any

import pytest

from tests.commands.check.test_check import BUILDING, EXPENDITURE, another_program, codes, findings
from tests.support import FIRST_RELEASE
from tests.support.runner import Cli

REASON = ("--reason", "实地核过")


@pytest.fixture(autouse=True)
def _english_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KFLY_LANG", "en")


@pytest.fixture
def small(kfly: Cli) -> Cli:
    """A database with a building that is hardly so small."""
    kfly.ok("add-building", "--name", "甲", "--town", "澄江街道", "--floor-area", "60")
    return kfly


def the_finding(cli: Cli) -> dict[str, Any]:
    (finding,) = findings(cli)
    return finding


def accept(cli: Cli, *args: str) -> str:
    number: str = the_finding(cli)["finding"]
    cli.ok("check", "--accept", number, *(args or REASON))
    return number


def test_quiet_says_nothing_of_what_was_accepted_and_all_of_what_was_not(small: Cli) -> None:
    loud = small.ok("check")
    assert small.ok("check", "--quiet") == loud
    accept(small)
    assert small.ok("check", "--quiet") == small.ok("check", "-q") == ""
    assert small.ok("check") == "All is well.\nAccepted: 1.\n"


def test_quiet_is_silent_where_all_is_well(kfly: Cli) -> None:
    assert kfly.ok("check", "--quiet") == ""


def test_an_accepted_error_is_out_of_the_list_and_the_exit_code(kfly: Cli) -> None:
    assert kfly(*EXPENDITURE, "--amount", "10001").code == 0
    assert kfly("check", "--quiet").code == 1
    accept(kfly)
    assert (kfly("check").code, kfly("check", "--quiet").code) == (0, 0)
    kfly("add-expenditure", "--purpose", "再改造", *EXPENDITURE[3:], "--amount", "1")
    assert [(f["code"], f["accepted"]) for f in findings(kfly)] == [("over_ceiling", False)]


def test_json_tells_what_was_accepted_and_why(small: Cli) -> None:
    before = the_finding(small)
    assert (before["accepted"], before["reason"]) == (False, None)
    accept(small)
    assert the_finding(small) == {**before, "accepted": True, "reason": "实地核过"}


def test_accepting_prints_the_finding_as_json_too(small: Cli) -> None:
    number = the_finding(small)["finding"]
    told = small.json("check", "--accept", number, *REASON)
    assert told == the_finding(small)


def test_the_id_stands_beside_the_finding_and_is_the_same_in_every_language(small: Cli) -> None:
    number = the_finding(small)["finding"]
    assert re.fullmatch(r"[a-z2-7]{8}", number)
    for language in ("en", "zh"):
        assert f"[{number}]" in small.ok("--lang", language, "check")
        assert json.loads(small.ok("--lang", language, "check", "--json"))[0]["finding"] == number


def test_the_id_may_be_typed_in_capitals(small: Cli) -> None:
    small.ok("check", "--accept", the_finding(small)["finding"].upper(), *REASON)
    assert the_finding(small)["accepted"]


def test_what_was_accepted_is_found_anew_when_its_value_changes_and_only_then(small: Cli) -> None:
    accept(small)
    small.ok("set", "building", "1", "owner=乙")
    assert the_finding(small)["accepted"]
    small.ok("set", "building", "1", "floor_area=61")
    assert not the_finding(small)["accepted"]


def test_only_the_one_that_is_named_is_accepted(small: Cli) -> None:
    small.ok("add-building", "--name", "乙", "--town", "澄江街道", "--floor-area", "60")
    first, second = findings(small)
    assert first["finding"] != second["finding"]
    small.ok("check", "--accept", second["finding"], *REASON)
    assert [f["accepted"] for f in findings(small)] == [False, True]
    lines = small.ok("check").splitlines()
    assert lines[-2:] == ["Accepted: 1.", "Errors: 0. Warnings: 1."]


@pytest.mark.parametrize(
    ("args", "code", "message"),
    [
        (("--accept", "zzzzzzzz", *REASON), 1, "nothing is found as “zzzzzzzz”; “kfly check” lists the IDs."),
        (("--accept", "", *REASON), 1, "nothing is found as “”"),
        (("--accept", "{id}x", *REASON), 1, "did you mean “{id}”?"),
        (("--accept", "{id}"), 2, "--accept wants --reason, which is kept."),
        (("--accept", "{id}", "--reason", " "), 2, "--reason must not be empty."),
        (REASON, 2, "--reason goes with --accept, and there is none."),
    ],
)
def test_what_cannot_be_accepted_is_refused(
    small: Cli, args: tuple[str, ...], code: int, message: str
) -> None:
    number = the_finding(small)["finding"]
    words = [word.replace("{id}", number) for word in args]
    assert message.replace("{id}", number) in small.refused("check", *words, code=code)


def test_nothing_is_accepted_twice(small: Cli) -> None:
    number = accept(small)
    line = small.refused("check", "--accept", number, "--reason", "再核")
    assert line.endswith(f"--accept: {number} was accepted already: 实地核过")


def test_damage_to_the_file_is_mended_and_never_accepted(kfly: Cli) -> None:
    with another_program(kfly) as db:
        db.execute("UPDATE plan SET starts = 'soon'")
    (finding,) = findings(kfly)
    run = kfly("check", "--accept", finding["finding"], *REASON)
    assert (run.code, run.err.count("\n")) == (1, 1)


def test_the_log_tells_it_and_undo_takes_it_back(small: Cli) -> None:
    number = accept(small)
    assert f"  building 甲: finding {number} accepted: 实地核过" in small.ok("log").splitlines()
    assert f"  楼宇 甲：确认检查结果 {number} 无误：实地核过" in small.ok("--lang", "zh", "log").splitlines()
    assert f"finding {number} accepted" in small.ok("log", "building", "甲")
    assert f"  building 甲: finding {number} no longer accepted" in small.ok("undo", "-y").splitlines()
    assert not the_finding(small)["accepted"]
    small.ok("undo", "-y", "4")
    assert the_finding(small)["accepted"]


def test_the_log_names_a_target_that_a_finding_was_about(kfly: Cli) -> None:
    kfly(*EXPENDITURE, "--amount", "10001")
    number = accept(kfly)
    assert f"  target special_fund: finding {number} accepted: 实地核过" in kfly.ok("log").splitlines()


def test_a_copy_keeps_what_was_accepted(small: Cli) -> None:
    accept(small)
    small.ok("backup", "copy.db")
    assert small.ok("--db", "copy.db", "check", "--quiet") == ""


def test_a_database_of_the_first_release_is_brought_up_when_something_is_accepted(kfly: Cli) -> None:
    kfly.db.write_bytes(gzip.decompress(FIRST_RELEASE.read_bytes()))
    number = the_finding(kfly)["finding"]
    before = kfly.db.read_bytes()
    assert number in kfly.ok("check", "--quiet")  # a warning; only errors are an exit code of 1
    assert kfly.db.read_bytes() == before
    run = kfly("check", "--accept", number, *REASON)
    assert (run.code, "was brought up to date" in run.err) == (0, True)
    assert kfly.ok("check", "--quiet") == ""


def test_every_finding_has_an_id_of_its_own(kfly: Cli) -> None:
    for name in ("甲", "乙", "-"):
        kfly.ok("add-building", "--name", name, *BUILDING)
    with another_program(kfly) as db, closing(db.cursor()) as cursor:
        cursor.execute("UPDATE building SET floor_area = 1, land_area = 2, ownership = '私有', operator = 9")
        cursor.execute("DELETE FROM tasks WHERE year = 2022 AND number < 4")
    found = findings(kfly)
    assert len({f["finding"] for f in found}) == len(found) > 9
    assert codes(kfly) == [f["code"] for f in found]
