"""Commands that do not mail load nothing of mail."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.processes import environment
from tests.support.runner import Cli

pytestmark = pytest.mark.slow

OF_SENDING = {"smtplib", "ssl"}
OF_MAIL = {*OF_SENDING, "email", "platformdirs", "kfly.mail", "kfly.configuration"}


def loaded(folder: Path, *args: str) -> set[str]:
    run = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "kfly", *args],
        cwd=folder,
        env=environment(LANG="C"),
        capture_output=True,
        check=False,
    )
    assert run.returncode == 0
    return set(re.findall(r"^import time:.*\| +(\S+)$", run.stderr.decode(), re.MULTILINE))


@pytest.mark.parametrize("command", ["status", "overdue", "add-policy --name 办法", "--help", "log"])
def test_a_command_that_does_not_mail_loads_nothing_of_it(kfly: Cli, command: str) -> None:
    assert loaded(kfly.folder, *command.split()) & OF_MAIL == set()


def test_showing_the_configuration_loads_nothing_that_sends(tmp_path: Path) -> None:
    assert loaded(tmp_path, "config") & OF_SENDING == set()
