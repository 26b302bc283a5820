"""Of two records that are probably one, “check” names a removal that works, whatever refers to them."""

import shlex
from typing import Any

import pytest

from tests.commands.check.test_check import BUILDING, findings
from tests.support.runner import Cli

ENCLAVE = ("--town", "澄江街道", "--established-on", "2022-03-01")


@pytest.fixture(autouse=True)
def _english_texts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KFLY_LANG", "en")


@pytest.fixture
def two(kfly: Cli) -> Cli:
    for name in ("创新大厦", "创新大楼"):
        kfly.ok("add-building", "--name", name, *BUILDING)
    return kfly


def refer(cli: Cli, building: int, count: int = 1) -> None:
    for number in range(count):
        day = f"2022-{building:02}-{number + 1:02}"
        words = ("--category", "载体改造", "--paid-on", day, "--building", f"#{building}")
        cli.ok("add-expenditure", "--purpose", f"改造{building}-{number}", "--amount", "1", *words)


def the_twin(cli: Cli) -> dict[str, Any]:
    (finding,) = (f for f in findings(cli) if f["code"] == "probably_one")
    return finding


def type_all(cli: Cli, finding: dict[str, Any]) -> None:
    for command in finding["command"].split(" && "):
        cli.ok(*shlex.split(command.replace("…", "重复"))[1:])


def test_of_two_that_nothing_refers_to_the_later_goes(two: Cli) -> None:
    assert the_twin(two)["command"] == "kfly remove building 2 --reason …"


def test_the_one_that_nothing_refers_to_goes(two: Cli) -> None:
    refer(two, 2)
    finding = the_twin(two)
    assert (finding["id"], finding["command"]) == (1, "kfly remove building 1 --reason …")
    assert "is probably 创新大楼 (#2)" in finding["message"]
    type_all(two, finding)
    assert findings(two) == []


def test_where_both_are_referred_to_what_refers_to_one_is_moved_first(two: Cli) -> None:
    refer(two, 1, 2)
    refer(two, 2)
    finding = the_twin(two)
    assert finding["command"] == ("kfly set expenditure 3 'building=#1' && kfly remove building 2 --reason …")
    assert finding["message"].endswith("; what refers to it is moved to that one first")
    type_all(two, finding)
    assert findings(two) == []


@pytest.mark.slow
def test_many_references_are_moved_in_several_goes(two: Cli) -> None:
    refer(two, 1, 7)
    refer(two, 2, 7)
    type_all(two, the_twin(two))
    type_all(two, the_twin(two))
    assert findings(two) == []
