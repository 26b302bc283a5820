"""How templates of papers are opened: whatever they put out shows itself and does nothing else."""

from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from kfly.console.screen import make_printable

NOT_XML = {0xFFFE: "\\ufffe", 0xFFFF: "\\uffff"}  # characters that no XML may hold


@cache
def open_templates(folder: Path) -> Environment:
    """Open the templates of a folder: all is escaped, what is not there is an error."""
    return Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=show_plainly,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def show_plainly(value: Any) -> Any:
    """Make a text of a template one that only shows itself; markup of our own stays as it is.

    A length in CSS pixels is written to the tenth.
    """
    if isinstance(value, float):
        return write_length(value)
    if isinstance(value, str) and not isinstance(value, Markup):
        return make_printable(value).translate(NOT_XML)
    return value


def write_length(length: float) -> str:
    """Write a length to the tenth of a pixel."""
    return f"{length:.1f}".removesuffix(".0")
