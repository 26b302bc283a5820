"""The build step that compiles the translation catalogues, for a wheel as for an editable install."""

from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


def compile_catalogues(folder: Path) -> None:
    """Write a ``.mo`` beside every ``.po`` below ``folder``."""
    for source in folder.rglob("*.po"):
        with source.open("rb") as po, source.with_suffix(".mo").open("wb") as mo:
            write_mo(mo, read_po(po))


class CompileCatalogues(BuildHookInterface[Any]):
    """The hook that hatchling calls before it packs the files."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile before packing."""
        compile_catalogues(Path(self.root) / "kfly" / "locale")
