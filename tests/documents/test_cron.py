"""The crontab of docs/cron.md works as it stands, in cron's own environment."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support import ROOT
from tests.support.runner import Cli
from tests.support.smtp_servers import Mailroom

PAGE = ROOT / "docs" / "cron.md"


def crontab(page: Path = PAGE) -> list[str]:
    return page.read_text(encoding="utf-8").partition("```crontab\n")[2].partition("```")[0].splitlines()


def commands() -> list[str]:
    """The commands, as cron hands them to the shell."""
    jobs = [line for line in crontab() if line[:1].isdigit()]
    return [line.split(None, 5)[5].replace("\\%", "%") for line in jobs]


@pytest.fixture
def machine(kfly: Cli) -> Iterator[tuple[Mailroom, dict[str, str]]]:
    """The places of the page in a folder of the test's own; cron's environment with what the crontab sets."""
    home = kfly.folder
    program = home / "bin" / "kfly"
    program.parent.mkdir()
    program.write_text(
        f"#!/bin/sh\nPYTHONPATH={shlex.quote(os.pathsep.join(filter(None, sys.path)))}"
        f' exec {sys.executable} -m kfly "$@"\n',
        encoding="utf-8",
    )
    program.chmod(0o755)
    with Mailroom() as room:
        (home / "config.yaml").write_text(
            f"mail:\n  to: [ducha@example.cn]\n  smtp: {room.url}\n", encoding="utf-8"
        )
        settings = dict(line.split("=", 1) for line in crontab() if line[:1].isupper() and "=" in line)
        bare = {"HOME": str(home), "LOGNAME": "cron", "PATH": "/usr/bin:/bin", "LANG": "C"}
        yield room, {**bare, **{name: moved(value, home) for name, value in settings.items()}}


def moved(text: str, home: Path) -> str:
    for place in ("/opt/kfly", "/etc/kfly", "/var/lib/kfly"):
        text = text.replace(place, str(home))
    return text


def run(command: str, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    home = Path(environment["HOME"])
    return subprocess.run(
        [environment["SHELL"], "-c", moved(command, home)],
        env=environment,
        cwd="/",
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_there_is_a_daily_a_weekly_and_a_second_chance() -> None:
    daily, weekly, weekly_again, daily_again, copy = commands()
    assert "--always" not in daily
    assert "--always" in weekly
    assert (weekly_again, daily_again) == (weekly, daily)
    assert "backup" in copy


@pytest.mark.parametrize("page", [PAGE, ROOT / "docs" / "zh" / "cron.md"])
def test_crons_own_mail_says_that_it_is_utf_8(page: Path) -> None:
    assert "CONTENT_TYPE=text/plain; charset=UTF-8" in crontab(page)


@pytest.mark.slow
def test_each_line_works_as_it_stands_and_prints_nothing(
    machine: tuple[Mailroom, dict[str, str]],
) -> None:
    room, environment = machine
    for command in commands():
        done = run(command, environment)
        assert (done.returncode, done.stdout, done.stderr) == (0, "", ""), command
    (message,) = room.messages  # the other runs find that it was sent
    assert message["Subject"].startswith("【督办】截至")
    assert len(list(Path(environment["HOME"]).glob("kfly-2*.db"))) == 1


@pytest.mark.slow
def test_a_failure_is_one_line_that_cron_will_mail(machine: tuple[Mailroom, dict[str, str]]) -> None:
    room, environment = machine
    room.refuse = {"ducha@example.cn": ["550 no such user"]}
    failed = run(commands()[0], environment)
    assert (failed.returncode, failed.stdout, failed.stderr.count("\n")) == (75, "", 1)
    assert failed.stderr.startswith("未能发送至 ducha@example.cn：")
    room.refuse = {}
    assert run(commands()[3], environment).returncode == 0
    assert len(room.messages) == 1


def test_a_run_that_finds_another_at_work_leaves_it_to_that_one(
    machine: tuple[Mailroom, dict[str, str]],
) -> None:
    room, environment = machine
    lock = Path(environment["HOME"]) / "mail.lock"
    with subprocess.Popen(["flock", str(lock), "sleep", "30"]) as other:
        while not lock.exists():
            pass
        done = run(commands()[0], environment)
        other.kill()
    assert (done.returncode, done.stdout + done.stderr, room.messages) == (0, "", [])


@pytest.mark.slow
def test_the_report_on_a_bare_machine_is_complete_chinese(machine: tuple[Mailroom, dict[str, str]]) -> None:
    _room, environment = machine
    bare = {name: environment[name] for name in ("HOME", "PATH", "LANG", "SHELL")}
    command = f"/opt/kfly/bin/kfly --db {environment['KFLY_DB']} overdue --as-of 2022-12-05 --behind --soon"
    done = run(command, bare)
    assert done.stdout.startswith("督办报告（截至 2022-12-05）：逾期 12 项")
    assert "…" not in done.stdout
    assert "�" not in done.stdout


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd")
def test_systemd_takes_the_units_as_they_stand(tmp_path: Path) -> None:
    units = re.findall(
        r"```ini\n# /etc/systemd/system/(\S+)\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL
    )
    assert [name for name, _unit in units][:1] == ["kfly-overdue@.service"]
    for name, unit in units:
        # Its own program and user stand for those of a machine where kfly is installed.
        there = unit.replace("/opt/kfly/bin/kfly", sys.executable).replace("User=kfly", "User=root")
        (tmp_path / name).write_text(there, encoding="utf-8")
    (tmp_path / "kfly-overdue@daily.service").symlink_to("kfly-overdue@.service")
    asked = ["kfly-overdue@daily.timer", "kfly-overdue@always.timer", "kfly-failed@x.service"]
    told = subprocess.run(
        ["systemd-analyze", "verify", *(str(tmp_path / name) for name in asked)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert "kfly" not in told.stderr, told.stderr
