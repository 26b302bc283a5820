"""The command line that hands sheets out and takes them in, beside a database with records."""

import json
from pathlib import Path
from typing import Any

import python_calamine as calamine

from tests.support.runner import Cli


class Desk(Cli):
    """The command line with short ways to record things and to read what was handed out."""

    def refused(self, *args: str, code: int = 1) -> str:
        """Run one that must be refused in English with one line, every file as it was; the line."""
        return super().refused("--lang", "en", *args, code=code)

    def add(self, kind: str, *args: str) -> None:
        """Record one: options and their values."""
        self.ok(f"add-{kind}", *args)

    def add_talent(self, name: str, *args: str) -> None:
        self.add("talent", f"--name={name}", "--introduced-on", "2022-03-01", *args)

    def add_building(self, name: str, *args: str) -> None:
        self.add("building", f"--name={name}", "--town", "高新区", "--floor-area", "5000", *args)

    def exported(self, *args: str) -> Any:
        """The document that ``export -o -`` prints."""
        return json.loads(self.ok("export", *args, "-o", "-"))


def sheets(path: Path) -> dict[str, list[list[Any]]]:
    """The cells of each sheet of a workbook, hidden ones too, as another program reads them."""
    workbook = calamine.load_workbook(path)
    return {name: workbook.get_sheet_by_name(name).to_python() for name in workbook.sheet_names}
