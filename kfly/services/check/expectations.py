"""The fields that a record is expected to have, though it may be recorded without: the package's table."""

from functools import cache
from pathlib import Path

from kfly.errors import KflyError
from kfly.locale import _

EXPECTATIONS = Path(__file__).parent / "expectations.yaml"


@cache
def read_expected() -> dict[str, list[str]]:
    """Read the names of the expected fields by kind.

    Raises:
        KflyError: the package's own file is damaged.
    """
    from kfly.plan.files.marked_yaml import read_yaml

    document = read_yaml(EXPECTATIONS)
    if document.faults or not isinstance(document.data, dict):
        raise KflyError(_("The installation is damaged: {path} cannot be read.", path=EXPECTATIONS))
    found: dict[str, list[str]] = document.data["expected"]
    return found
