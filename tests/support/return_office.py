"""An office to which towns send their sheets, with days of the log as tests want them."""

from pathlib import Path

from tests.support.dated_log import forge, last_group
from tests.support.runner import Cli

PLAN = """\
plan: {name: 三年方案, starts: 2022-01-01, ends: 2024-12-31, language: en}
organisations:
  - {name: 甲局, kind: department}
  - {name: 东镇, kind: town, aliases: [东乡], email: east@b.cn}
  - {name: 西镇, kind: town, email: {to: west@b.cn, cc: head@b.cn}}
  - {name: 南镇, kind: town}
  - {name: 各镇, kind: group, members: {kind: [town]}}
returns:
  - {kind: building, from: 各镇, every: month, by: 5}
  - {kind: talent, from: [西镇], every: quarter, by: 31}
"""


class ReturnOffice:
    """A plan's file beside its database; what comes is dated at noon of a day."""

    def __init__(self, cli: Cli) -> None:
        self.cli = cli
        self.targets = cli.folder / "targets.yaml"

    def set_up(self) -> None:
        self.targets.write_text(PLAN, encoding="utf-8")
        self.cli.ok("init")

    def load(self, old: str, new: str, *args: str) -> str:
        text = self.targets.read_text(encoding="utf-8")
        assert old in text
        self.targets.write_text(text.replace(old, new), encoding="utf-8")
        return self.cli.ok("load", "targets.yaml", *args)

    def on(self, day: str, *args: str) -> None:
        """Run a command, and have the log say that it was this day."""
        self.cli.ok(*args)
        group = last_group(self.cli.db)
        forge(self.cli.db, f"UPDATE change_groups SET made_at = '{day}T04:00:00Z' WHERE id = {group}")

    def add(self, day: str, name: str, town: str) -> None:
        self.on(day, "add-building", f"--name={name}", "--town", town, "--floor-area", "100")

    def bring(self, day: str, *rows: str, update: bool = False) -> None:
        """Import a sheet of buildings: name and town each."""
        sheet = Path(self.cli.folder) / f"{day}.csv"
        lines = ["楼宇名称,所在镇街,建筑面积", *(f"{row},100" for row in rows)]
        sheet.write_text("\n".join(lines), encoding="utf-8")
        self.on(day, "import", "building", str(sheet), *(["--update"] if update else []))

    def stood(self, day: str, *args: str) -> dict[tuple[str, str], str]:
        """How each building return stands, by town and period."""
        rows = self.cli.json("returns", "building", "--as-of", day, *args)
        return {(row["organisation"], row["period"]): row["state"] for row in rows}
