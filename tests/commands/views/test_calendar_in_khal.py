"""The calendar in a real client: khal takes the file in, shows its days, and knows them again."""

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.support.plan_office import Office

CLIENT = shutil.which("khal")
SETTINGS = """\
[calendars]
[[plan]]
path = {folder}/days
[sqlite]
path = {folder}/khal.db
[locale]
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
[default]
default_calendar = plan
"""

pytestmark = [pytest.mark.slow, pytest.mark.skipif(CLIENT is None, reason="khal is not installed")]


def khal(folder: Path, *args: str) -> list[str]:
    """Run the client with a calendar of its own; the lines it prints."""
    settings = folder / "khal.conf"
    (folder / "days").mkdir(exist_ok=True)
    settings.write_text(SETTINGS.format(folder=folder), encoding="utf-8")
    command = [str(CLIENT), "-c", str(settings), *args]
    environment = {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "HOME": str(folder)}
    run = subprocess.run(command, capture_output=True, env=environment, timeout=60, check=True)
    return run.stdout.decode().splitlines()


def test_the_client_shows_the_days_and_moves_them_with_a_new_file(office: Office) -> None:
    folder = office.cli.folder
    shown = ("list", "--day-format", "", "--format", "{start-date} {title}", "2022-01-01", "2023-01-01")
    office.cli.ok("calendar", "-o", "a.ics")
    khal(folder, "import", "--batch", "-a", "plan", "a.ics")
    assert khal(folder, *shown) == ["2022-06-30 Due: task 1 开会", "2022-12-31 Due: task 2 办事"]
    office.edit("due: 2022-06-30", "due: 2022-07-31", office.table)
    office.cli.ok("load", "tasks_2022.yaml")
    office.cli.ok("calendar", "-o", "a.ics", "--force")
    khal(folder, "import", "--batch", "-a", "plan", "a.ics")
    assert khal(folder, *shown) == ["2022-07-31 Due: task 1 开会", "2022-12-31 Due: task 2 办事"]
