"""Each command that ``kfly check`` names mends what was found: it is run as it is copied from the screen."""

import shlex
from typing import Any

import pytest

from tests.commands.check.test_check import another_program, findings
from tests.support.runner import Cli

TOWN = ("--town", "高新区")
AREA = ("--floor-area", "6000")
PAY = ("add-expenditure", "--category", "载体改造")
ENCLAVE = (
    "add-enclave",
    "--name",
    "飞地",
    "--town",
    "华士镇",
    "--host",
    "高新区",
    "--established-on",
    "2022-05-01",
)
TALENT = ("add-talent", "--name", "王伟", "--introduced-on", "2022-03-01", *TOWN)
BUILDING = ("add-building", "--name", "甲", *TOWN)

# What is recorded, what is found, and what a person puts where the command leaves it open.
FINDINGS: dict[str, tuple[list[tuple[str, ...]], str]] = {
    "improbable_size": ([(*BUILDING, "--floor-area", "5.2")], "5.2万"),
    "date_to_come": ([(*BUILDING, *AREA, "--surveyed-on", "2199-01-01")], "2022-01-01"),
    "date_before_plan": ([("add-meeting", "--subject", "会", "--held-on", "2012-05-01")], "2022-05-01"),
    "says_nothing": ([("add-building", "--name", "无", *TOWN, *AREA)], "乙楼"),
    "name_of_digits": ([("add-building", "--name", "1", *TOWN, *AREA)], "1号楼"),
    "score_as_share": (
        [
            ("add-carrier", "--name", "甲", "--type", "孵化器", "--recognized-on", "2022-01-01"),
            (
                *("add-evaluation", "--carrier", "甲", "--year", "2022"),
                "--score",
                "0.85",
                "--assessed-on",
                "2022-11-01",
            ),
        ],
        "",
    ),
    "stage_skipped": (
        [(*BUILDING, *AREA, "--surveyed-on", "2022-01-05", "--opened-on", "2022-05-01")],
        "2022-04-01",
    ),
    "probably_one": (
        [(*TALENT, "--employer", "江阴华虹科技有限公司"), (*TALENT, "--employer", "江阴华虹科技公司")],
        "重复",
    ),
    "recorded_twice": (
        [
            (*PAY, "--purpose", "改造", "--amount", "10", "--paid-on", "2022-05-01"),
            (*PAY, "--purpose", "改造", "--amount", "10", "--paid-on", "2022-05-02"),
            (*PAY, "--purpose", "退款", "--amount", "-1", "--paid-on", "2022-05-03", "--corrects", "#1"),
        ],
        "重复",
    ),
    "too_large_for_place": (
        [(*BUILDING, *AREA), (*ENCLAVE, "--floor-area", "6001", "--building", "甲")],
        "6000",
    ),
    "promise_not_named": (
        [("add-policy", "--name", "江阴市科创载体入库管理办法", "--issued-on", "2022-05-01")],
        "",
    ),
    "refund_of_nothing": (
        [
            (*PAY, "--purpose", "改造", "--amount", "10", "--paid-on", "2022-05-01"),
            (*PAY, "--purpose", "退款", "--amount", "-1", "--paid-on", "2022-05-03"),
        ],
        "改造",
    ),
    "refund_of_another": (
        [
            (*PAY, "--purpose", "改造", "--amount", "10", "--paid-on", "2022-05-01"),
            (
                *("add-expenditure", "--category", "人才培训", "--purpose", "退款", "--amount", "-1"),
                *("--paid-on", "2022-05-03", "--corrects", "改造"),
            ),
        ],
        "",
    ),
    "refund_too_large": (
        [
            (*PAY, "--purpose", "改造", "--amount", "10", "--paid-on", "2022-05-01"),
            (*PAY, "--purpose", "退款", "--amount", "-11", "--paid-on", "2022-05-03", "--corrects", "改造"),
        ],
        "-1",
    ),
    "refund_before_payment": (
        [
            (*PAY, "--purpose", "改造", "--amount", "10", "--paid-on", "2022-05-01"),
            (*PAY, "--purpose", "退款", "--amount", "-1", "--paid-on", "2022-04-03", "--corrects", "改造"),
        ],
        "2022-06-01",
    ),
}


def type_all(cli: Cli, finding: dict[str, Any], filled_in: str) -> None:
    for command in finding["command"].split(" && "):
        program, *words = shlex.split(command.replace("…", filled_in))
        assert program == "kfly"
        cli.ok(*words)


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("code", FINDINGS)
def test_the_command_mends_what_is_found(
    kfly: Cli, monkeypatch: pytest.MonkeyPatch, code: str, language: str
) -> None:
    monkeypatch.setenv("KFLY_LANG", language)
    commands, filled_in = FINDINGS[code]
    for command in commands:
        kfly.ok(*command)
    (finding,) = findings(kfly)
    assert (finding["code"], finding["severity"]) == (code, "warning")
    assert ("…" in finding["command"]) == bool(filled_in)
    type_all(kfly, finding, filled_in)
    assert findings(kfly) == []


def test_idle_area_that_another_program_has_made_too_large_is_mended(kfly: Cli) -> None:
    kfly.ok(*BUILDING, *AREA)
    with another_program(kfly) as db:
        db.execute("UPDATE building SET idle_area = 6001")
    (finding,) = findings(kfly)
    assert (finding["code"], finding["severity"]) == ("larger_than_whole", "error")
    assert kfly("set", "building", "甲", "owner=乙").code == 1
    type_all(kfly, finding, "600")
    assert findings(kfly) == []
